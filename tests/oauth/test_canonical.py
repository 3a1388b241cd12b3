"""A request that came as a base string writes it is verified as it came, with the same verdict as oauthlib's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.oauth.parameters import FORM, collect
from mock_netflix.oauth.signature import (
    Secrets,
    SignedRequest,
    base_string,
    canonical_base_string,
    hmac_sha1,
    matches_as_it_came,
)
from tests.clients import signer
from tests.oauth.incoming import ACCESS, APPLICATION, received

URL = "http://127.0.0.1:2008/catalog/titles"
SECRETS = Secrets(APPLICATION.secret, ACCESS.secret)

few = settings(max_examples=200, deadline=None)
letters = st.sampled_from(" +~*%&=;'\"!()/?#@,\\éŁ☃𝄞\x00\n.-_aZ09") | st.characters(exclude_categories=["Cs"])
texts = st.text(letters, max_size=8)
plain = st.lists(st.tuples(texts, texts), max_size=6)
# Raw bytes of queries: mostly what a canonical one has, and what spoils it.
raw = st.text(st.sampled_from("ab=&%2EC3A9+~.-_;~7Ed") | st.characters(max_codepoint=255), max_size=60)


def signed_query(pairs: list[tuple[str, str]]) -> str:
    consumer, token = (APPLICATION.key, APPLICATION.secret), (ACCESS.token, ACCESS.secret)
    return signer.encoded([*pairs, *signer.oauth_parameters("GET", URL, pairs, consumer=consumer, token=token)])


@few
@given(plain)
def test_what_an_independent_signer_writes_is_accepted_as_it_came(pairs):
    """Whatever the letters are: names and values, repeated and empty ones."""
    pairs = [one for one in pairs if not one[0].startswith("oauth_")]
    request = received("GET", f"{URL}?{signed_query(pairs)}")
    assert request.parameters.canonical
    assert matches_as_it_came(request, SECRETS)


@few
@given(plain, st.text("abcDEF0123456789+/=", max_size=28))
def test_another_signature_is_not(pairs, signature):
    request = received("GET", f"{URL}?{signer.encoded([*pairs, ('oauth_signature', signature)])}")
    right = hmac_sha1(base_string(request), APPLICATION.secret, ACCESS.secret)
    assert matches_as_it_came(request, SECRETS) == (request.parameters.get("oauth_signature") == right)


@few
@given(raw, raw, raw)
def test_its_base_string_is_oauthlibs_to_the_letter(query, header, body):
    """Of any bytes at all that count as canonical, in the query, the header and the body together."""
    quoted = header.replace('"', "").replace(",", "")
    credentials = f'OAuth realm="x", a="{quoted}"'
    parameters = collect(query.encode("latin-1"), credentials, FORM, body.encode("latin-1"))
    request = SignedRequest("GET", URL, parameters)
    text = canonical_base_string(request)
    if parameters.undecodable is None:
        assert text in (None, base_string(request))
    assert (text is not None) == parameters.canonical


@pytest.mark.parametrize("query", ["", "a=", "=", "a=b&a=b", "a=%C3%A9&b=%20", "%20=%2B", "~.-_=~", "a=b&a1=c"])
def test_these_are_canonical(query):
    assert collect(query.encode(), None, None, b"").canonical


@pytest.mark.parametrize(
    "query",
    [
        "a",
        "a=b&",
        "&a=b",
        "a=b&&c=d",
        "a=b=c",
        "a=+",
        "a=%c3%a9",
        "a=%41",
        "a=%7E",
        "a=%2D",
        "a=!",
        "a=(",
        "a=%",
        "a=é",
    ],
)
def test_these_are_not(query):
    """A missing or second `=`, an empty pair, a plus, small escapes, needless escapes, and letters that lack one."""
    assert not collect(query.encode("latin-1"), None, None, b"").canonical


@pytest.mark.parametrize(
    "header", ['OAuth a="%c3%a9"', 'OAuth a="b+c"', 'OAuth a="b c"', "OAuth a=!", 'OAuth a%7e="b"', 'OAuth a="%2E"']
)
def test_a_header_is_canonical_only_as_a_whole(header):
    assert collect(b"a=b", 'OAuth realm="a b+c!", a="%C3%A9",,b=c', None, b"").canonical
    assert not collect(b"a=b", header, None, b"").canonical


def test_a_body_that_is_no_form_does_not_matter():
    assert collect(b"a=b", None, "application/json", b'{"a": "+"}').canonical
    assert not collect(b"a=b", None, FORM, b'{"a": "+"}').canonical

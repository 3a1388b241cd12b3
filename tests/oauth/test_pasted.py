"""Requests that a person pastes: read as a client would have sent them, and judged at the time that they tell."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_netflix.data.load import load
from mock_netflix.oauth.levels import Level
from mock_netflix.oauth.pasted import (
    Unreadable,
    is_header,
    judge,
    key_for,
    request_in,
    request_of,
    signature_for,
    tidied,
    with_secrets,
    with_verb,
)
from mock_netflix.oauth.signature import base_string
from mock_netflix.world.grants import feed_token_of, issue_request_token
from tests.clients import signer

STATE = load()
GRANTS = STATE.grants
CONSUMER = (STATE.application.key, STATE.application.secret)
TOKEN = (STATE.access_token.token, STATE.access_token.secret)
ADDRESS = "http://127.0.0.1:2008/catalog/titles"
ODD = [("term", "a b+é~*"), ("x", "50%"), ("y", "")]


def signed(address=ADDRESS, plain=(), token=TOKEN, verb="GET", timestamp="1300000000") -> str:
    return signer.signed(verb, address, plain, consumer=CONSUMER, token=token, timestamp=timestamp, nonce="n")


def holds(request) -> bool:
    return judge(request, GRANTS).explanation is None


def cause(request, **known) -> str:
    explanation = judge(request, GRANTS, **known).explanation
    assert explanation is not None
    return explanation.cause


# What pasting puts around a text.


@pytest.mark.parametrize("around", ["{}", " {}\n", "'{}'", '"{}"', "“{}”", "<{}>", "\n  '{}' \r\n", "`{}`", "\ufeff{}"])
def test_a_text_is_freed_of_what_stands_around_it(around):
    assert tidied(around.format(ADDRESS)) == ADDRESS


@pytest.mark.parametrize("around", ["{}", "'{}'", " {} ", "'\n{}'\n", "“{}”"])
def test_a_header_keeps_its_own_last_quotation_mark(around):
    header = 'OAuth oauth_consumer_key="k", oauth_signature="s"'
    assert tidied(around.format(header), " ") == header


@pytest.mark.parametrize("end", ["\n", "\r\n", " \n    ", "\\\n", " \\\n  "])
def test_an_address_that_was_broken_into_lines_is_joined(end):
    assert tidied(f"{ADDRESS}?a=1{end}&b=2") == f"{ADDRESS}?a=1&b=2"


@pytest.mark.parametrize("line", ["PUT {}", "PUT  {} ", "PUT {} HTTP/1.1"])
def test_a_verb_before_the_address_is_taken(line):
    assert with_verb(line.format(ADDRESS)) == ("PUT", ADDRESS)


@pytest.mark.parametrize("line", [ADDRESS, "love", "PUT", "PUT /catalog", f"{ADDRESS}?a=b c"])
def test_what_has_no_verb_before_it_stays(line):
    assert with_verb(line) == (None, line)


@given(st.text())
@example("'\"' " * 100)
def test_a_tidy_text_stays_as_it_is(text):
    once = tidied(text)
    assert "\n" not in once
    assert is_header(once) or tidied(once) == once


# The request that a client would send.


@pytest.mark.parametrize("verb", ["GET", "POST", "DELETE"])
def test_a_signed_address_holds(verb):
    assert holds(request_of(signed(plain=ODD, verb=verb), verb))


def test_blanks_and_letters_that_were_not_escaped_are_sent_escaped():
    url = signed(plain=[("term", "a b é")])
    assert holds(request_of(url.replace("a%20b%20%C3%A9", "a b é")))


def test_a_plus_in_the_query_is_a_blank():
    assert holds(request_of(signed(plain=[("term", "a b")]).replace("a%20b", "a+b")))


def test_bytes_that_are_no_utf_8_are_sent_as_they_are():
    """A terminal of another charset gives them to the command as surrogates."""
    request = request_of(f"{ADDRESS}?term=Am\udce9lie")
    assert request.query == "term=Am%E9lie"


@pytest.mark.parametrize("name", ["Authorization: ", "authorization:", ""])
@pytest.mark.parametrize("scheme", ["OAuth ", ""])
def test_a_header_is_taken_with_its_name_and_its_scheme_or_without(name, scheme):
    protocol = signer.oauth_parameters("GET", ADDRESS, ODD, consumer=CONSUMER, token=TOKEN)
    value = signer.authorization(protocol, realm="x").removeprefix("OAuth ")
    assert holds(request_of(f"{ADDRESS}?{signer.encoded(ODD)}", "GET", f"{name}{scheme}{value}"))


def test_a_form_is_signed_and_another_body_is_not():
    form = signer.oauth_parameters("POST", ADDRESS, ODD, consumer=CONSUMER, token=TOKEN)
    plain = signer.oauth_parameters("POST", ADDRESS, [], consumer=CONSUMER, token=TOKEN)
    body = signer.encoded(ODD)
    assert holds(request_of(ADDRESS, "POST", signer.authorization(form), body))
    assert holds(request_of(ADDRESS, "POST", signer.authorization(plain), body, "application/json"))
    assert cause(request_of(ADDRESS, "POST", signer.authorization(plain), body)) == "body-missing"
    assert cause(request_of(ADDRESS, "POST", signer.authorization(form), body, "text/plain")) == "body-included"


@pytest.mark.parametrize("url", ["", "x", "/catalog", "ftp://h/", "http://", "http://h:x/", "http://[", "http://h:0/"])
def test_what_is_no_address_is_unreadable(url):
    with pytest.raises(Unreadable, match="whole one"):
        request_of(url)


@pytest.mark.parametrize("verb", ["", "G T", "GET\n", "GÉT", "7"])
def test_what_is_no_verb_is_unreadable(verb):
    with pytest.raises(Unreadable, match="verb"):
        request_of(ADDRESS, verb)


# Judged.


@pytest.mark.parametrize("timestamp", ["1", "1300000000", "1300000000.25", "4000000000", "999999999999"])
def test_whatever_the_time_is_the_signature_is_judged(timestamp):
    judged = judge(request_of(signed(timestamp=timestamp)), GRANTS)
    assert judged.explanation is None
    assert judged.signed_at == int(timestamp.partition(".")[0])


@pytest.mark.parametrize("timestamp", ["1300000000000", "x", "12345678901x", "-1", "٣", "9" * 5000, "1e3"])
def test_a_timestamp_that_is_none_is_told(timestamp):
    judged = judge(request_of(signed(timestamp=timestamp)), GRANTS, now=1_300_000_000)
    assert judged.explanation.cause == "timestamp-skew"
    assert judged.signed_at is None


@pytest.mark.parametrize("timestamp", ["nan", "inf", "1_300_000_000", "1e9", "٣", "x"])
def test_what_only_a_programming_language_takes_for_a_number_is_none(timestamp):
    explanation = judge(request_of(signed(timestamp=timestamp)), GRANTS).explanation
    assert explanation.what == f"The oauth_timestamp {timestamp!r} is no number of seconds."


REFUSED = [
    ("consumer-key-missing", ADDRESS, {}),
    ("unknown-consumer-key", signed().replace(CONSUMER[0], "nobody"), {}),
    ("unknown-token", signed(token=("T1nobody", "s")), {}),
    ("token-of-other-application", signed().replace(CONSUMER[0], list(GRANTS.applications)[1]), {}),
    ("nonce-missing", signed().replace("oauth_nonce", "nonce"), {}),
    ("parameter-repeated", f"{signed()}&oauth_nonce=n", {}),
    ("unsigned", f"{ADDRESS}?oauth_consumer_key={CONSUMER[0]}", {}),
    ("signature-method-unsupported", signed().replace("HMAC-SHA1", "HMAC-SHA256"), {}),
    ("access-token-missing", signed(token=("", "")), {"level": Level.PROTECTED}),
    ("request-token-missing", signed(token=("", "")), {"level": Level.REQUEST}),
    ("bad-feed-token", f"{ADDRESS}?oauth_consumer_key={CONSUMER[0]}&feed_token=x", {}),
]


@pytest.mark.parametrize(("code", "url", "known"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_is_no_fault_of_the_signature_is_told_by_its_own_code(code, url, known):
    assert cause(request_of(url), **known) == code


def test_a_feed_token_that_is_good_needs_no_signature():
    key, user = CONSUMER[0], STATE.subscriber.user_id
    token = feed_token_of(GRANTS, key, user, "at_home")
    judged = judge(request_of(f"{ADDRESS}?oauth_consumer_key={key}&feed_token={token}"), GRANTS)
    assert judged.explanation is None
    assert judged.caller.feed_token.feed == "at_home"


def test_a_request_token_is_judged_as_one():
    grants, issued = issue_request_token(GRANTS, STATE.application, None, 1_300_000_000)
    url = signed("http://127.0.0.1:2008/oauth/access_token", token=(issued.token, issued.secret))
    assert judge(request_of(url), grants).explanation is None


def test_secrets_of_keys_that_nobody_knows_can_be_told():
    url = signer.signed("GET", ADDRESS, ODD, consumer=("mine", "s&cret"), token=("tok", "t+s"))
    request = request_of(url)
    assert judge(request, with_secrets(GRANTS, request, "s&cret", "t+s")).explanation is None
    wrong = judge(request, with_secrets(GRANTS, request, "s&cret", "")).explanation
    assert wrong is not None
    assert judge(request, with_secrets(GRANTS, request, "s&cret", None)).explanation.cause == "unknown-token"
    assert key_for(request, GRANTS) is None
    assert signature_for(base_string(request), request, GRANTS) is None


# A base string.


def test_the_request_of_a_base_string_has_that_base_string():
    request = request_of(signed(plain=ODD))
    text = base_string(request)
    assert base_string(request_in(text)) == text
    signature = request.parameters.get("oauth_signature")
    assert signature_for(text, request_in(text), GRANTS) == signature
    assert holds(request_in(text, signature))


def test_a_base_string_with_a_mistake_in_it_is_found_by_its_signature():
    right = base_string(request_of(signed(plain=[("term", "a b")])))
    wrong = right.replace("a%2520b", "a%2Bb")
    signature = signer.hmac_sha1(wrong, CONSUMER[1], TOKEN[1])
    assert cause(request_in(wrong, signature)) == "space-as-plus"


@pytest.mark.parametrize("text", ["", "x", "GET", "http://h/?a=1&b=2", "GET&/catalog&a%3D1", "GET&http%3A%2F%2F&"])
def test_what_is_no_base_string_is_unreadable(text):
    with pytest.raises(Unreadable):
        request_in(text)


# Anything at all.


@given(st.text(), st.text(), st.one_of(st.none(), st.text()), st.text(), st.one_of(st.none(), st.text()))
def test_any_text_is_judged_or_unreadable(query, verb, header, body, kind):
    with suppress(Unreadable):
        assert judge(request_of(f"{ADDRESS}?{query}", verb or "GET", header, body, kind), GRANTS).base_string


@given(st.text(st.characters(categories=("Cs", "Cc", "L", "P", "Zs", "S"))), st.text())
def test_any_base_string_and_signature_are_judged_or_unreadable(rest, signature):
    with suppress(Unreadable):
        assert judge(request_in(f"GET&http%3A%2F%2Fh%2F{rest}", signature), GRANTS).base_string

"""A base string by itself: what is wrong with it whatever the request was (RFC 5849 section 3.4.1)."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import quote, unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_netflix.oauth.base_string import looks_like_one, query_in, read
from tests.clients import signer

ADDRESS = "http://127.0.0.1:2008/catalog/titles"
PLAIN = [("term", "a b+é"), ("empty", "")]
PROTOCOL = [
    ("oauth_consumer_key", "key"),
    ("oauth_nonce", "n"),
    ("oauth_signature_method", "HMAC-SHA1"),
    ("oauth_timestamp", "1"),
]
RIGHT = signer.base_string("GET", ADDRESS, [*PLAIN, *PROTOCOL])
HEAD = RIGHT.rpartition("&")[0]


def twice(text: str) -> str:
    return "&".join(quote(one, safe="-._~") for one in text.split("&"))


# What was done to the right one, and which fault that is.
FAULTY = [
    ("wrong-method", RIGHT.replace("GET", "get"), "get"),
    ("not-encoded", unquote(RIGHT), "address"),
    ("double-encoded", twice(RIGHT), "once"),
    ("lower-case-escapes", RIGHT.replace("%3A", "%3a"), "address"),
    ("lower-case-escapes", RIGHT.replace("%25C3%25A9", "%25c3%25a9"), "term"),
    ("host-case", RIGHT.replace("127.0.0.1", "LOCALHOST"), "host"),
    ("host-case", RIGHT.replace("http%3A", "HTTP%3A"), "Scheme"),
    ("wrong-port", RIGHT.replace("%3A2008", "%3A80"), "80"),
    ("wrong-port", RIGHT.replace("%3A2008", "%3A443").replace("http%3A", "https%3A"), "443"),
    ("trailing-slash", RIGHT.replace("%2Fcatalog%2Ftitles", ""), "path"),
    ("query-left-in-url", RIGHT.replace("titles", "titles%3Fx%3D1"), "query"),
    ("realm-signed", f"{RIGHT}%26realm%3Dx", "realm"),
    ("signature-signed", RIGHT.replace("%26oauth_sig", "%26oauth_signature%3Dabc%26oauth_sig", 1), "oauth_signature"),
    ("unsorted", f"{HEAD}&{signer.encode('term=1&empty=2')}", "term stands where empty should"),
    ("unsorted", f"{HEAD}&{signer.encode('a=2&a=1')}", "a has its values in another order"),
    ("space-as-plus", RIGHT.replace("a%2520b", "a%2Bb"), "term"),
    ("space-as-plus", RIGHT.replace("a%2520b", "a+b"), "term"),
    ("unreserved-encoded", RIGHT.replace("a%2520b", "%2561%2520b"), "term"),
    ("unreserved-encoded", RIGHT.replace("a%2520b", "a%2520!b"), "term"),
    ("not-utf-8", RIGHT.replace("%25C3%25A9", "%25E9"), "term"),
    ("parameter-not-signed", RIGHT.replace("oauth_nonce", "oauth_nonsense"), "oauth_nonce"),
    ("parameter-repeated", RIGHT.replace("%26oauth_nonce", "%26oauth_nonce%3Dm%26oauth_nonce"), "oauth_nonce"),
]


def test_nothing_is_wrong_with_the_right_one():
    alone = read(RIGHT)
    assert (alone.faults, alone.notes, alone.right) == ((), (), RIGHT)
    assert (alone.method, alone.uri) == ("GET", ADDRESS)
    assert sorted(alone.parameters) == sorted([*PLAIN, *PROTOCOL])


@pytest.mark.parametrize(("code", "text", "said"), FAULTY)
def test_a_fault_is_found_and_named_by_its_code(code, text, said):
    found = {one.code: one for one in read(text).faults}
    assert code in found
    assert said in found[code].what
    assert found[code].fix
    assert found[code].section.startswith("3.")


@pytest.mark.parametrize("text", [unquote(RIGHT), twice(RIGHT), f"{RIGHT}\n"])
def test_the_right_one_is_made_of_its_own_parameters(text):
    assert read(text).right == RIGHT


def test_the_query_that_was_left_in_the_address_is_signed_among_the_parameters():
    text = RIGHT.replace("titles", "titles%3Fx%3D1%26term%3Dno")
    assert query_in(text) == "x=1&term=no"
    assert read(text).right == signer.base_string("GET", ADDRESS, [*PLAIN, *PROTOCOL, ("x", "1")])


def test_a_code_is_told_once_with_all_that_there_is_to_it():
    faults = read(unquote(RIGHT)).faults
    assert len({one.code for one in faults}) == len(faults)
    (bare,) = (one for one in faults if one.code == "not-encoded")
    assert "The address" in bare.what
    assert "The parameters" in bare.what


def test_a_value_that_looks_encoded_twice_is_noted_and_no_fault():
    """A client may well search for %20."""
    alone = read(RIGHT.replace("a%2520b", "a%252520b"))
    assert alone.faults == ()
    assert "term" in alone.notes[0]


@pytest.mark.parametrize("text", ["GET&%2Fcatalog&a%3D1", "GET&http%3A%2F%2F&a%3D1", "GET&http://h:x/&a=1", "get&&"])
def test_without_a_whole_address_it_is_none(text):
    assert looks_like_one(text)
    with pytest.raises(ValueError, match=r"."):
        read(text)


@pytest.mark.parametrize("text", ["", "&", "http://h/p?a=1&b=2", "a&b", "1&http://h", "OAuth a=1&http://h"])
def test_what_has_neither_verb_nor_address_does_not_look_like_one(text):
    assert not looks_like_one(text)


_NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)


@given(st.lists(st.tuples(_NAMES, _NAMES), max_size=6))
def test_what_a_signer_makes_has_no_fault_whatever_it_signs(pairs):
    """But those names that are never signed."""
    pairs = [(f"x{name}", value) for name, value in pairs]
    text = signer.base_string("POST", ADDRESS, [*pairs, *PROTOCOL])
    assert (read(text).faults, read(text).right) == ((), text)


@given(st.text())
@example("%\ud800&&&=+%%25%zz")
@example("+%C3=+%c3&a=b=c&=&==")
def test_any_parameters_are_read(rest):
    alone = read(f"GET&http%3A%2F%2Fh%2F&{rest}".encode("utf-8", "replace").decode())
    assert read(alone.right).faults == read(read(alone.right).right).faults


@given(st.text())
def test_any_address_is_read_or_none(rest):
    with suppress(ValueError):
        assert read(f"GET&http%3A%2F%2F{rest}&a%3Db".encode("utf-8", "replace").decode()).right

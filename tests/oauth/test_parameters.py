"""Where parameters stand, and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.oauth.parameters import FORM, Place, collect


def pairs(query: bytes = b"", authorization: str | None = None, content_type: str | None = None, body: bytes = b""):
    return [(one.name, one.value) for one in collect(query, authorization, content_type, body)]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        (b"", []),
        (b"&&", []),
        (b"a=1&b=2", [("a", "1"), ("b", "2")]),
        (b"position=", [("position", "")]),
        (b"a", [("a", "")]),
        (b"=1", [("", "1")]),
        (b"a=b=c", [("a", "b=c")]),
        (b"a=x+y%20z%2B", [("a", "x y z+")]),
        (b"a+b%20c=1", [("a b c", "1")]),
        (b"a=1;b=2", [("a", "1;b=2")]),
        (b"a=%C3%A9&a=%e2%98%83", [("a", "é"), ("a", "☃")]),
        (b"a=%&b=%zz&c=%4", [("a", "%"), ("b", "%zz"), ("c", "%4")]),
        (b"a=%00%0A", [("a", "\x00\n")]),
        (b"a[]=1&a[]=2", [("a[]", "1"), ("a[]", "2")]),
    ],
)
def test_a_query_is_read_as_a_form(query, read):
    """Nothing is lost: empty values, repeated names, names without `=`; what is no escape stays as it is."""
    assert pairs(query) == read
    assert pairs(content_type=FORM, body=query) == read


HEADERS = (
    ('OAuth a="1", b="2"', [("a", "1"), ("b", "2")]),
    ('OAuth realm="http://example.com/",a="1"', [("a", "1")]),
    ('OAuth Realm="x, a=2", a="1"', [("a", "1")]),
    ('OAuth realm="",a="1"', [("a", "1")]),
    ('OAuth ,a="1"', [("a", "1")]),
    ('OAuth a="1",,b="2",', [("a", "1"), ("b", "2")]),
    ("OAuth a=1, b=2", [("a", "1"), ("b", "2")]),
    ('OAuth a="1",b=2 ,c="3"', [("a", "1"), ("b", "2"), ("c", "3")]),
    ('oauth a="1"', [("a", "1")]),
    ('OAUTH   a = "1"', [("a", "1")]),
    ('  OAuth a="1"  ', [("a", "1")]),
    ('OAuth a=""', [("a", "")]),
    ('OAuth a="x%20y%2Bz+w%3D"', [("a", "x y+z+w=")]),
    ('OAuth a="x=y,z w"', [("a", "x=y,z w")]),
    ('OAuth a="%C3%A9"', [("a", "é")]),
    ("OAuth", []),
    ("OAuth   ", []),
    ("OAuth nonsense", []),
    ("", []),
    ('Basic a="1"', []),
    ('Bearer a="1"', []),
    ('OAuth2 a="1"', []),
    ('Basic dXNlcg==, OAuth a="1"', []),
)


@pytest.mark.parametrize(("header", "read"), HEADERS)
def test_an_authorization_header_is_read(header, read):
    """With or without realm, quotes, blanks; an empty list element is legal (client-demands 12)."""
    assert pairs(authorization=header) == read


def test_places_are_remembered_in_the_order_query_header_body():
    found = collect(b"a=1", 'OAuth b="2"', FORM, b"c=3")
    assert [(one.name, one.place) for one in found] == [("a", Place.QUERY), ("b", Place.HEADER), ("c", Place.BODY)]


@pytest.mark.parametrize(
    ("content_type", "is_form"),
    [
        (FORM, True),
        (f"{FORM};charset=UTF-8", True),
        ("Application/X-WWW-Form-URLencoded ; charset=utf-8", True),
        ("multipart/form-data; boundary=a", False),
        ("application/json", False),
        ("text/plain", False),
        ("", False),
        (None, False),
    ],
)
def test_only_a_form_body_has_parameters(content_type, is_form):
    """RFC 5849 section 3.4.1.3.1."""
    assert pairs(content_type=content_type, body=b"a=1") == ([("a", "1")] if is_form else [])


@pytest.mark.parametrize("value", [b"%FF", b"\xff", b"%C3", b"%ED%A0%80", b"%C0%80", b"%F4%90%80%80", b"caf\xe9"])
@pytest.mark.parametrize("place", ["query", "header", "body"])
def test_what_is_not_utf_8_is_named(value, place):
    """Lone surrogates and overlong forms are not UTF-8 either; the other parameters can be read."""
    header = f'OAuth term="{value.decode("latin-1")}", a=1' if place == "header" else None
    form = b"term=" + value + b"&a=1"
    found = collect(form if place == "query" else b"", header, FORM, form if place == "body" else b"")
    assert (found.undecodable, found.get("a")) == ("term", "1")
    assert "�" in found.get("term")


def test_a_name_that_is_not_utf_8_is_told_by_what_can_be_read_of_it():
    assert collect(b"a=1&t%FFrm=1", None, None, b"").undecodable == "t�rm"


def test_the_first_of_several_is_told():
    assert collect(b"a=%FF&b=%FF", 'OAuth c="%FF"', None, b"").undecodable == "a"


@pytest.mark.parametrize("query", [b"", b"a=%EF%BF%BD", b"a=\xc3\xa9"])
def test_what_is_utf_8_is_not_named(query):
    """A replacement character that was sent is a letter like others."""
    assert collect(query, None, None, b"").undecodable is None


def test_a_repeated_parameter_says_its_first_value():
    """Where it is not the protocol's, nobody minds."""
    parameters = collect(b"a=1&a=2", None, FORM, b"a=3")
    assert parameters.get("a") == "1"
    assert parameters.get("b") is None
    assert parameters.repeated_protocol_parameter() is None


@pytest.mark.parametrize(
    ("query", "header"), [(b"oauth_nonce=1&oauth_nonce=1", None), (b"oauth_nonce=1", 'OAuth oauth_nonce="1"')]
)
def test_a_repeated_protocol_parameter_is_noticed_wherever_it_stands(query, header):
    """RFC 5849 section 3.1."""
    assert collect(query, header, None, b"").repeated_protocol_parameter() == "oauth_nonce"


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40), st.text(st.characters(max_codepoint=255), max_size=40), st.binary(max_size=40))
def test_any_bytes_can_be_read(query, credentials, body):
    """What is not UTF-8 is named; nothing that is read cannot be written again."""
    found = collect(query, f"OAuth {credentials}", FORM, body)
    everything = "".join(f"{one.name}{one.value}" for one in found)
    assert everything.encode().decode() == everything
    assert found.undecodable is None or "�" in everything

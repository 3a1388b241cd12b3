"""One request and its answer, read from what went over the wire."""

from __future__ import annotations

import pytest

from tests.journal.entries import a_refused_entry, an_entry

FORM = [(b"content-type", b"application/x-www-form-urlencoded")]
HEADER = [(b"authorization", b'OAuth oauth_consumer_key="key1", oauth_token="token1"')]


def test_its_parameters_keep_their_order_and_places():
    entry = an_entry(target="/x?b=1&a=2", raw_headers=[*HEADER, *FORM], body=b"c=3", verb="POST")
    told = [(one.name, one.value, one.place.value) for one in entry.parameters]
    assert told == [
        ("b", "1", "query"),
        ("a", "2", "query"),
        ("oauth_consumer_key", "key1", "header"),
        ("oauth_token", "token1", "header"),
        ("c", "3", "body"),
    ]
    assert entry.oauth == {"oauth_consumer_key": "key1", "oauth_token": "token1"}


def test_its_parameters_are_told_by_name_and_in_short():
    entry = an_entry(target="/x?b=1&a=2&b=3", raw_headers=FORM, body=b"password=secret", verb="POST")
    assert entry.params == {"b": ["1", "3"], "a": "2", "password": "secret"}
    assert repr(entry.parameters) == "<Parameters 'b=1, a=2, b=3, password=…'>"
    assert len(repr(an_entry(target=f"/x?a={'x' * 9000}").parameters)) < 400


@pytest.mark.parametrize(
    ("target", "key", "token"),
    [
        ("/x?oauth_consumer_key=k&oauth_token=t", "k", "t"),
        ("/x?oauth_consumer_key=k&feed_token=f", "k", "f"),
        ("/catalog/files/full.xml?consumer_key=k&file_token=x", "k", None),
        ("/x", None, None),
    ],
)
def test_key_and_token_are_found_under_every_name(target, key, token):
    entry = an_entry(target=target)
    assert (entry.consumer_key, entry.token) == (key, token)


def test_its_address_is_the_one_that_was_asked():
    entry = an_entry(target="/x?a=%2F", scheme="https", authority="api.netflix.com")
    assert entry.url == "https://api.netflix.com/x?a=%2F"


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (an_entry(3, "/x?term=a&oauth_token=t"), "#3 GET /x?term=a -> 200 (titles.search)"),
        (a_refused_entry(4, target="/x"), "#4 GET /x -> 401 Invalid Signature (titles.search)"),
        (
            an_entry(5, "/x", status=0, endpoint=None, fault="reset-before-body 1"),
            "#5 GET /x -> no answer (fault: reset-before-body 1)",
        ),
        (an_entry(6, "/x", broke_off=True, subscriber="sam"), "#6 GET /x -> 200, broken off (titles.search, sam)"),
        (
            an_entry(7, "/x", verb="POST", raw_headers=FORM, body=b"title_ref=a%2Fb&position=1&oauth_nonce=n"),
            "#7 POST /x with title_ref=a/b&position=1 -> 200 (titles.search)",
        ),
        (
            an_entry(8, "/oauth/login", endpoint=None, raw_headers=FORM, body=b"password=popcorn"),
            "#8 GET /oauth/login -> 200",
        ),
        (
            an_entry(9, "/oauth/login?login=sam&password=popcorn", endpoint=None),
            "#9 GET /oauth/login?login=sam&password=… -> 200",
        ),
    ],
)
def test_one_line_tells_it_without_protocol_and_passwords(entry, line):
    assert entry.line == line


def test_the_line_neither_ends_early_nor_goes_on_for_ever():
    entry = an_entry(target="/x\x1b[31m" + "y" * 5000, raw_headers=FORM, body=b"a=%0A" + b"z" * 5000)
    assert entry.line.isprintable()
    assert len(entry.line) < 400

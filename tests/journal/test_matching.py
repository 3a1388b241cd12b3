"""What is wanted of a request, and in what one differs from it."""

from __future__ import annotations

import pytest

from mock_netflix.journal.matching import ABSENT, Wanted, differences
from mock_netflix.resources import ENDPOINTS
from tests.journal.entries import a_refused_entry, an_entry

FORM = [(b"content-type", b"application/x-www-form-urlencoded")]


def words(wanted: Wanted, entry) -> list[str]:
    return [one.words for one in differences(wanted, entry)]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/catalog/titles", "/catalog/titles", True),
        ("/catalog/titles/", "/catalog/titles", True),
        ("/catalog/titles", "/catalog/titles/autocomplete", False),
        ("/", "/", True),
        ("/users/{user}/queues/disc", "/users/T1abc/queues/disc", True),
        ("/users/{user}/queues/disc", "/users/T1/abc/queues/disc", False),
        ("/users/{user}", "/users", False),
        ("/catalog/titles/{type}/{number}", "/catalog/titles/movies/1", True),
        ("/catalog/files/{name}.xml", "/catalog/files/full.xml", True),
        ("/users/*", "/users/T1/queues/disc", True),
        ("/users/*/disc", "/users/T1/queues/disc", True),
        ("/users/*/disc", "/users/T1/queues/disc/available", False),
        ("*/movies/*/synopsis", "/catalog/titles/movies/1/synopsis", True),
        ("/a*b*c", "/a.b.b.c", True),
        ("/a*b*c", "/a.c.b", False),
        ("/a.c", "/abc", False),
        ("/a{}b", "/a{}b", True),
        ("/x*", "/x\ny", True),
    ],
)
def test_a_path_is_exact_or_has_stars_and_names(pattern, path, fits):
    assert Wanted(path=pattern).matches(an_entry(target=path)) is fits


def test_a_path_with_many_stars_is_found_wanting_at_once():
    """Each star alone decides where it ends; tried together they would take longer than the world lasts."""
    assert not Wanted(path="/" + "*a" * 40 + "b").matches(an_entry(target="/" + "a" * 20_000))


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_the_path_of_every_row_is_a_pattern(endpoint):
    for path in endpoint.paths:
        asked = path.replace("{", "").replace("}", "")
        assert Wanted(path=path).matches(an_entry(target=asked))


@pytest.mark.parametrize(
    ("params", "fits"),
    [
        ({"term": "love"}, True),
        ({"term": "lov"}, False),
        ({"max_results": 25}, True),
        ({"flag": True}, True),
        ({"term": None}, True),
        ({"etag": None}, False),
        ({"etag": ABSENT}, True),
        ({"term": ABSENT}, False),
        ({"twice": "a"}, True),
        ({"twice": "b"}, True),
        ({"twice": ["a", "b"]}, True),
        ({"twice": ("b", "a")}, False),
        ({"twice": ["a"]}, False),
        ({"term": "love", "etag": "x"}, False),
        ({}, True),
    ],
)
def test_some_parameters_are_wanted_and_others_do_not_matter(params, fits):
    entry = an_entry(target="/x?term=love&max_results=25&twice=a&twice=b&flag=true")
    assert Wanted(params=params).matches(entry) is fits


@pytest.mark.parametrize(
    "sent",
    [
        {"target": "/x?term=a%20b"},
        {"target": "/x?term=a+b"},
        {"raw_headers": [(b"authorization", b'OAuth realm="r", term="a%20b"')]},
        {"raw_headers": FORM, "body": b"term=a+b"},
    ],
)
def test_a_parameter_counts_wherever_it_stood(sent):
    assert Wanted(params={"term": "a b"}).matches(an_entry(**{"target": "/x", **sent}))


def test_what_a_body_says_that_is_no_form_is_no_parameter():
    entry = an_entry(raw_headers=[(b"content-type", b"application/json")], body=b"term=a")
    assert not Wanted(params={"term": "a"}).matches(entry)


@pytest.mark.parametrize(
    ("wanted", "name", "fits"),
    [
        ("users.queues", "users.queues", True),
        ("users.queues", "users.queues.disc", False),
        ("users.queues.*", "users.queues.disc", True),
        ("users.queues.*", "users.queues", True),
        ("users.*", "users.queues.disc", True),
        ("users.*", None, False),
        ("titles.*", "users.current", False),
    ],
)
def test_an_endpoint_is_one_or_a_family(wanted, name, fits):
    assert Wanted(endpoint=wanted).matches(an_entry(endpoint=name)) is fits


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"status": 200}, True),
        ({"status": 201}, False),
        ({"method": "DELETE"}, True),
        ({"method": "POST"}, False),
        ({"subscriber": "sam@example.com"}, True),
        ({"subscriber": "T1abc"}, True),
        ({"subscriber": "ann"}, False),
        ({"fault": "latency"}, True),
        ({"fault": "status 2"}, True),
        ({"fault": "status 3"}, False),
        ({"consumer_key": "key1"}, True),
        ({"consumer_key": "key2"}, False),
        ({"after": 4}, True),
        ({"after": 5}, False),
    ],
)
def test_every_other_fact_is_wanted_or_does_not_matter(wanted, fits):
    entry = an_entry(
        5,
        "/x?oauth_consumer_key=key1",
        verb="POST",
        method="DELETE",
        user_id="T1abc",
        subscriber="sam@example.com",
        fault="latency 1, status 2",
    )
    assert Wanted(**wanted).matches(entry) is fits


def test_every_difference_has_a_sentence():
    entry = a_refused_entry(
        target="/catalog/titels?trem=love&term2=x&twice=a&twice=b", endpoint=None, verb="POST", method="PUT"
    )
    wanted = Wanted(
        method="GET",
        path="/catalog/titles",
        endpoint="titles.search",
        status=200,
        params={"term": "love", "genre": None, "term2": ABSENT, "twice": ["b", "a"]},
        consumer_key="key1",
        subscriber="sam",
        fault="latency",
    )
    assert words(wanted, entry) == [
        "no endpoint at /catalog/titels instead of titles.search",
        "path /catalog/titels instead of /catalog/titles",
        "method PUT (sent as POST) instead of GET",
        "status 401 Invalid Signature instead of 200",
        "no subscriber instead of sam",
        "no fault instead of latency",
        "no consumer key instead of key1",
        "params: no term (there is term2), wanted 'love'",
        "params: no genre, wanted any",
        "params: term2 was 'x', wanted none",
        "params: twice was ['a', 'b'], wanted ['b', 'a']",
    ]


def test_what_a_client_sent_commands_no_terminal_and_is_not_told_without_end():
    entry = an_entry(target="/x?term=%1b%5b31m" + "y" * 500)
    (told,) = words(Wanted(params={"term": "love"}), entry)
    assert told.isprintable()
    assert len(told) < 200


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(), "anything"),
        (Wanted(path="/x", method="GET"), "GET /x"),
        (Wanted(endpoint="titles.search", params={"term": "a"}, status=200), "titles.search with term='a', status 200"),
        (
            Wanted(params={"a": None, "b": ABSENT}, fault="reset-in-body"),
            "anything with any a, no b, fault reset-in-body",
        ),
    ],
)
def test_it_says_what_is_wanted(wanted, told):
    assert str(wanted) == told

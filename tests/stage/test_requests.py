"""What a test asks of the journal: filters, assertions and waiting, in Python."""

from __future__ import annotations

from threading import Thread

import pytest

from mock_netflix.errors import MockNetflixError, UnknownError
from mock_netflix.journal import Journal
from mock_netflix.journal.matching import ABSENT
from mock_netflix.resources import ENDPOINTS
from mock_netflix.stage.requests import Requests, assert_requested, requests_of, wait_for_request, wanted
from tests.journal.attended import PATIENCE, Attended
from tests.journal.entries import an_entry

ASKED = (
    an_entry(1, "/catalog/titles?term=love"),
    an_entry(2, "/users/T1/queues/disc", endpoint="users.queues.disc", status=401, message="Invalid Signature"),
    an_entry(3, "/users/T1/queues/disc", endpoint="users.queues.disc", verb="POST", status=201),
    an_entry(4, "/nowhere", endpoint=None, status=404, message="Resource not found"),
)


@pytest.fixture
def journal() -> Journal:
    journal = Journal(limit=4)
    for entry in (an_entry(0), *ASKED):
        journal.add(entry)
    return journal


def numbers(requests) -> list[int]:
    return [one.number for one in requests]


# The requests.


def test_requests_are_a_sequence(journal):
    requests = requests_of(journal)
    assert (len(requests), requests[0], requests[-1], requests.last) == (4, ASKED[0], ASKED[3], ASKED[3])
    assert list(requests) == list(ASKED)
    assert ASKED[2] in requests
    assert (numbers(requests[1:3]), type(requests[1:3]), requests[1:].dropped) == ([2, 3], Requests, 1)
    assert (Requests(()).last, len(Requests(()))) == (None, 0)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"endpoint_or_path": "users.queues.disc"}, [2, 3]),
        ({"endpoint_or_path": "/users/{user}/queues/*"}, [2, 3]),
        ({"endpoint": "users.*"}, [2, 3]),
        ({"path": "/nowhere"}, [4]),
        ({"method": "post"}, [3]),
        ({"status": 404}, [4]),
        ({"params": {"term": "love"}}, [1]),
        ({"params": {"term": ABSENT}, "after": 2}, [3, 4]),
        ({"endpoint_or_path": "users.queues.disc", "status": 201}, [3]),
        ({}, [1, 2, 3, 4]),
    ],
)
def test_requests_are_looked_through_by_facts(journal, facts, found):
    assert numbers(requests_of(journal).filter(**facts)) == found


def test_requests_that_were_found_are_looked_through_again(journal):
    assert numbers(requests_of(journal).filter("users.queues.disc").filter(status=201)) == [3]


def test_they_read_as_one_line_each(journal):
    assert str(requests_of(journal)[:2]).splitlines() == [ASKED[0].line, ASKED[1].line]
    assert repr(requests_of(journal)[2:]) == f"<2 requests: {ASKED[2].line}, {ASKED[3].line}>"
    assert (repr(Requests(())), repr(Requests(ASKED[:1]))) == ("<0 requests>", f"<1 request: {ASKED[0].line}>")
    assert repr(ASKED[0]) == f"<{ASKED[0].line}>"
    assert repr(Requests(an_entry(number) for number in range(100))).startswith("<100 requests: … #95 GET ")


# Assertions.


@pytest.mark.parametrize(
    "often",
    [
        {},
        {"times": 2},
        {"at_least": 2},
        {"at_most": 2},
        {"at_least": 1, "at_most": 3},
    ],
)
def test_what_was_asked_as_often_as_wanted_is_given(journal, often):
    assert numbers(assert_requested(journal, "users.queues.disc", after=1, **often)) == [2, 3]


@pytest.mark.parametrize(
    ("often", "told"),
    [
        ({"times": 1}, "wanted once"),
        ({"times": 0}, "wanted never"),
        ({"times": 3}, "wanted 3 times"),
        ({"at_least": 3}, "wanted at least 3 times"),
        ({"at_most": 1}, "wanted at most once"),
        ({"at_least": 3, "at_most": 4}, "wanted 3 to 4 times"),
    ],
)
def test_what_was_asked_otherwise_is_told(journal, often, told):
    with pytest.raises(AssertionError) as failed:
        assert_requested(journal, "users.queues.disc", **often)
    assert str(failed.value).startswith(f"users.queues.disc was requested twice, {told}\n")
    end = "so there may have been more: assert it earlier, or reset in between"
    assert str(failed.value).endswith(f"\n\n1 older request was forgotten and not counted, {end}")


def test_what_was_never_asked_is_told_with_the_nearest(journal):
    with pytest.raises(AssertionError, match="was never requested, wanted at least once") as failed:
        assert_requested(journal, "users.queues.disc", method="POST", status=200)
    assert "#3 POST /users/T1/queues/disc -> 201 (users.queues.disc)\n      status 201 instead of 200" in str(
        failed.value
    )


def test_that_nothing_was_asked_is_asserted_too(journal):
    assert numbers(assert_requested(journal, "/nothing", times=0, after=1)) == []
    assert numbers(assert_requested(Journal(), times=0)) == []


# What cannot be wanted.


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"endpoint": "titles.serch"},
            "there is no endpoint 'titles.serch', perhaps titles.search; "
            "mock-netflix endpoints lists them, and a path begins with a slash",
        ),
        ({"endpoint": "user.*"}, "there is no endpoint 'user.*', perhaps users.*; mock-netflix"),
        ({"endpoint_or_path": "catalog/titles"}, "there is no endpoint 'catalog/titles'"),
        ({"endpoint_or_path": "http://127.0.0.1/x"}, "and a path begins with a slash"),
        ({"endpoint_or_path": "/x", "path": "/y"}, "path is told twice; give it once"),
        ({"path": "x"}, "path cannot be 'x'; it begins with a slash"),
        ({"path": "/x?term=love"}, "has no query, which goes into params"),
        ({"status": "404"}, "status cannot be '404'; it is a whole number such as 404"),
        ({"params": {"term": 1.5}}, "term cannot be 1.5; it is a text, a list of them, None for any, or ABSENT"),
        ({"params": {"term": [None]}}, "term cannot be [None]"),
        ({"params": "x"}, "params cannot be 'x'; it tells values by name"),
        ({"params": {5: "x"}}, "params cannot be {5: 'x'}"),
        ({"parms": {}}, "nothing is wanted by 'parms'; did you mean params?"),
        ({"zzz": 1}, "nothing is wanted by 'zzz'; there are method, path,"),
        ({"endpoint_or_path": 5}, "a request cannot be named 5"),
        ({"endpoint": 5}, "endpoint cannot be 5; it is a text"),
        ({"subscriber": 5}, "subscriber cannot be 5; it is a text"),
        ({"after": None}, "after cannot be None; it is the number of a request"),
    ],
)
def test_what_cannot_be_wanted_is_told(facts, told):
    with pytest.raises(MockNetflixError) as error:
        wanted(**facts)
    assert told in str(error.value)
    assert not str(error.value).endswith(".")


@pytest.mark.parametrize("often", [{"times": -1}, {"at_least": -1}, {"at_least": 2, "at_most": 1}, {"at_most": -1}])
def test_what_cannot_be_so_often_is_told(often):
    with pytest.raises(MockNetflixError, match="count from 0, at_least before at_most"):
        assert_requested(Journal(), **often)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
def test_every_endpoint_can_be_wanted(endpoint):
    assert wanted(endpoint.name).endpoint == endpoint.name
    family = f"{endpoint.name.partition('.')[0]}.*"
    assert wanted(family).matches(an_entry(endpoint=endpoint.name))


def test_an_endpoint_that_is_not_there_is_unknown():
    with pytest.raises(UnknownError):
        wanted("titles.serch")


@pytest.mark.parametrize(
    ("often", "told"),
    [
        ({"times": "1"}, "times cannot be '1'; it is a whole number"),
        ({"at_most": 1.5}, "at_most cannot be 1.5; it is a whole number"),
        ({"at_leest": 1}, "did you mean at_least?"),
    ],
)
def test_how_often_is_told_in_whole_numbers_and_known_names(often, told):
    with pytest.raises(MockNetflixError) as error:
        assert_requested(Journal(), **often)
    assert told in str(error.value)


# Waiting.


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"timeout": None}, "timeout cannot be None; it is in seconds"),
        ({"timeout": "1"}, "timeout cannot be '1'"),
        ({"times": None}, "times cannot be None; it is a whole number"),
        ({"timeuot": 1}, "did you mean timeout?"),
    ],
)
def test_what_cannot_be_waited_for_is_told(told, words):
    with pytest.raises(MockNetflixError) as error:
        wait_for_request(Journal(), **told)
    assert words in str(error.value)


def test_what_comes_while_somebody_waits_is_given():
    journal, found = Attended(), []
    thread = Thread(target=lambda: found.extend(wait_for_request(journal, "titles.search", timeout=PATIENCE, after=1)))
    journal.add(an_entry(1))
    thread.start()
    assert journal.somebody.wait(PATIENCE)
    journal.add(an_entry(2))
    thread.join(PATIENCE)
    assert numbers(found) == [2]


def test_what_does_not_come_is_told_with_the_nearest(journal):
    with pytest.raises(AssertionError) as failed:
        wait_for_request(journal, "users.queues.disc", times=3, timeout=0)
    assert str(failed.value).startswith("users.queues.disc was requested twice within 0 s, wanted at least 3 times\n")


@pytest.mark.parametrize("timeout", [-1, 61, float("inf"), float("nan")])
def test_nobody_waits_for_ever(timeout):
    with pytest.raises(MockNetflixError, match="in seconds, from 0 to 60"):
        wait_for_request(Journal(), timeout=timeout)


def test_a_family_needs_no_star_where_no_endpoint_has_its_name():
    assert wanted("titles") == wanted("titles.*")
    assert wanted("users.queues").endpoint == "users.queues"

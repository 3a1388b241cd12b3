"""The text of an assertion that fails: what was wanted, what there was, and in what the nearest requests differ."""

from __future__ import annotations

from textwrap import dedent

from mock_netflix.journal.matching import Wanted
from mock_netflix.journal.nearest import Times, nearest, shortfall
from mock_netflix.oauth.refusals import TokenUnknown
from tests.journal.entries import an_entry

SEARCH = Wanted(endpoint="titles.search", params={"term": "casablanca"}, status=200)
# A search with a slip of the pen, one with a wrong token, one of another kind.
ASKED = (
    an_entry(1, "/catalog/titles/autocomplete?term=casablanca", endpoint="titles.autocomplete"),
    an_entry(
        2,
        "/catalog/titles?term=casablanca&oauth_token=T1",
        status=401,
        message="Invalid Or Expired Token",
        refusal=TokenUnknown("T1"),
    ),
    an_entry(3, "/catalog/titles?term=casablnca", subscriber="sam@example.com"),
)


def test_too_few_with_the_nearest_and_what_was_forgotten():
    assert shortfall(SEARCH, Times(), ASKED, dropped=12) == dedent("""\
        titles.search with term='casablanca', status 200 was never requested, wanted at least once

        The nearest differ:
          #3 GET /catalog/titles?term=casablnca -> 200 (titles.search, sam@example.com)
              params: term was 'casablnca', wanted 'casablanca'
          #2 GET /catalog/titles?term=casablanca -> 401 Invalid Or Expired Token (titles.search)
              status 401 Invalid Or Expired Token instead of 200
              refused: unknown-token: No application was ever given the access token T1…, or not since the mock was started. A ready access token is at /_mock/.
          #1 GET /catalog/titles/autocomplete?term=casablanca -> 200 (titles.autocomplete)
              endpoint titles.autocomplete instead of titles.search

        12 older requests were forgotten and not counted""")  # noqa: E501


def test_too_many_with_those_that_match():
    asked = [an_entry(number, f"/catalog/titles?page={number}") for number in range(1, 9)]
    assert shortfall(Wanted(path="/catalog/titles"), Times(0, 0), asked, dropped=1) == dedent("""\
        /catalog/titles was requested 8 times, wanted never

        These match:
          #4 GET /catalog/titles?page=4 -> 200 (titles.search)
          #5 GET /catalog/titles?page=5 -> 200 (titles.search)
          #6 GET /catalog/titles?page=6 -> 200 (titles.search)
          #7 GET /catalog/titles?page=7 -> 200 (titles.search)
          #8 GET /catalog/titles?page=8 -> 200 (titles.search)
          and 3 before

        1 older request was forgotten and not counted""")


def test_too_few_of_several_with_both():
    asked = [an_entry(1), an_entry(2, verb="POST")]
    assert shortfall(Wanted(endpoint="titles.search", method="GET"), Times(2, 3), asked) == dedent("""\
        GET titles.search was requested once, wanted 2 to 3 times

        These match:
          #1 GET /catalog/titles?term=love -> 200 (titles.search)

        The nearest differs:
          #2 POST /catalog/titles?term=love -> 200 (titles.search)
              method POST instead of GET""")


def test_nothing_at_all():
    told = "nothing was requested within 5 s, wanted twice\n\nThere was no request at all"
    assert shortfall(Wanted(), Times(2, 2), (), within=" within 5 s") == told


def test_nothing_since():
    told = shortfall(Wanted(after=2), Times(), ASKED[:2])
    assert told == "nothing was requested, wanted at least once\n\nThere was no request at all after number 2"


def test_nothing_beside_what_matches():
    told = shortfall(Wanted(), Times(2), [an_entry(1)])
    assert told.endswith("-> 200 (titles.search)\n\nThere was no other request")


def test_the_nearest_differ_in_the_fewest_things_then_in_the_least_and_are_the_newest():
    wanted = Wanted(path="/catalog/titles", method="GET", params={"term": "casablanca"})
    asked = [
        an_entry(1, "/catalog/titles?term=casablnca", verb="POST"),
        an_entry(2, "/catalog/titles?term=love"),
        an_entry(3, "/catalog/titles?term=casablnca"),
        an_entry(4, "/users/T1/queues?term=casablanca"),
        an_entry(5, "/catalog/titels?term=casablanca"),
        an_entry(6, "/catalog/titles?term=love"),
        an_entry(7, "/catalog/titles?term=casablanca"),
    ]
    assert [entry.number for entry, _ in nearest(wanted, asked, most=9)] == [3, 6, 2, 5, 4, 1]
    assert len(nearest(wanted, asked)) == 5


def test_how_often_reads_like_a_sentence():
    told = [str(one) for one in (Times(), Times(0, 0), Times(1, 1), Times(2), Times(0, 2), Times(1, 3), Times(5, 5))]
    assert told == ["at least once", "never", "once", "at least twice", "at most twice", "1 to 3 times", "5 times"]

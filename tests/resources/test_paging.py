"""The part of a list that is asked for: defaults, ceilings, and what is no number (reference: resources 1.5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.rentals import RentalEvent, RentalState, newest_first
from mock_netflix.world.titles import TitleType
from tests.resources.in_process import Api, refusal
from tests.resources.samples import PAGED, sample
from tests.wire.trees import Said, said_by_xml
from tests.worlds import a_movie, a_subscriber, a_world

MANY = 520
FIRST = 1_300_000_000

_LANTERNS = [a_movie(70900001 + place, f"Lantern {place}", average_rating=1 + place % 40 / 10) for place in range(120)]
# People without a title, and a series of as many parts of each kind.
_PEOPLE = [Person(30900001 + place, f"Person {place}") for place in range(120)]
_ALONE = a_movie(70900010, "Harbor Lights", type=TitleType.SERIES, cast=(), directors=(), genres=())
_PARTS = [
    replace(_ALONE, type=kind, number=70910000 + place, series=_ALONE.number, sequence=place)
    for kind in (TitleType.SEASON, TitleType.PROGRAM, TitleType.DISC)
    for place in range(120)
]
# Each loan is a minute after the one before; a third of them is in each part of the history.
_LOANS = newest_first(
    RentalEvent(_LANTERNS[0].key, state, FIRST + 60 * place, "DVD") for place in range(MANY) for state in RentalState
)
WORLD = a_world(*_LANTERNS, subscribers=(a_subscriber(rentals=_LOANS),))
WORLD = replace(WORLD, catalogue=Catalogue((*_LANTERNS, _ALONE, *_PARTS), _PEOPLE))
POOR = a_world(a_movie(), _ALONE, subscribers=(a_subscriber(),))

COUNTS = ("number_of_results", "start_index", "results_per_page")

# Lists of which this world has more than any page takes; the others are tested where they are.
_LONG = [one for one in PAGED if one.name.startswith(("titles.", "people.", "users.rental_history"))]

every_list = pytest.mark.parametrize("endpoint", PAGED, ids=lambda endpoint: endpoint.name)
lists = pytest.mark.parametrize("endpoint", _LONG, ids=lambda endpoint: endpoint.name)
SEARCH = next(endpoint for endpoint in PAGED if endpoint.name == "titles.search")
HISTORY = next(endpoint for endpoint in PAGED if endpoint.name == "users.rental_history.returned")


def ask(endpoint, world=WORLD, **parameters):
    """One page of an endpoint's list."""
    user = f"/users/{world.subscriber.user_id}"
    path = sample(endpoint).path.partition("/rental_history")
    address = user + "".join(path[1:]) if path[1] else path[0]
    return Api(world).send("GET", address, parameters, endpoint.level)


def page(endpoint, world=WORLD, **parameters) -> tuple[list[int], list[Said]]:
    """The three counts of a page, and its items."""
    response = ask(endpoint, world, **parameters)
    assert response.status_code == 200
    children = said_by_xml(response.content)[3]
    told = {name: text for name, _, text, _ in children}
    items = [child for child in children if child[0] not in (*COUNTS, "url_template", "link")]
    return [int(told[name]) for name in COUNTS], items


@lists
def test_a_page_has_25_items_from_the_first_on(endpoint):
    counts, items = page(endpoint)
    assert counts[1:] == [0, 25]
    assert len(items) == 25


@lists
def test_the_pages_together_are_the_whole_list_in_its_order(endpoint):
    counts, whole = page(endpoint, max_results=100)
    parts = [item for start in range(0, 100, 40) for item in page(endpoint, start_index=start, max_results=40)[1]]
    assert parts[:100] == whole
    assert page(endpoint, start_index=40)[0] == [counts[0], 40, 25]


def test_a_search_gives_a_hundred_at_most():
    assert page(SEARCH, max_results=500)[0] == [len(WORLD.catalogue.titles), 0, 100]
    assert len(page(SEARCH, max_results=101)[1]) == 100
    assert page(SEARCH, max_results=99)[0][1:] == [0, 99]


def test_a_history_gives_five_hundred_at_most():
    counts, items = page(HISTORY, max_results=9999)
    assert (counts, len(items)) == ([MANY, 0, 500], 500)


@lists
@pytest.mark.parametrize("start", [MANY * 3, 10**6, 10**40])
def test_a_start_beyond_the_end_is_an_empty_page_that_still_tells_the_size(endpoint, start):
    counts, items = page(endpoint, start_index=start)
    assert (counts[0], counts[2], items) == (page(endpoint)[0][0], 25, [])


@lists
def test_the_last_page_is_as_long_as_what_is_left(endpoint):
    total = page(endpoint)[0][0]
    counts, items = page(endpoint, start_index=total - 3)
    assert (counts, len(items)) == ([total, total - 3, 25], 3)


@pytest.mark.parametrize("endpoint", [one for one in _LONG if "term" not in one.parameters], ids=lambda one: one.name)
def test_an_empty_list_tells_the_size_of_page_that_was_asked_for(endpoint):
    """As the captured history and catalogue did (reference: resources 1.5)."""
    assert page(endpoint, POOR, max_results=5) == ([0, 0, 5], [])


@pytest.mark.parametrize("endpoint", [one for one in PAGED if "term" in one.parameters], ids=lambda one: one.name)
def test_a_search_that_finds_nothing_is_an_empty_list(endpoint):
    assert page(endpoint, term="zebra", max_results=5) == ([0, 0, 5], [])


@every_list
@pytest.mark.parametrize("size", ["0", "-1", "ten", "2.5", " ", "１０", "+5", "1e2", "0x10"])
def test_a_page_size_that_is_no_positive_integer_is_refused(endpoint, size):
    response = ask(endpoint, max_results=size)
    assert refusal(response) == (400, "Query parameter max_results must be a positive integer.")
    assert "<sub_code>120</sub_code>" in response.text


@every_list
@pytest.mark.parametrize("start", ["-1", "first", "2.5", "１０"])
def test_a_start_that_is_no_number_is_refused(endpoint, start):
    assert refusal(ask(endpoint, start_index=start)) == (400, "start_index is invalid")


@lists
def test_zeros_before_a_number_change_nothing(endpoint):
    assert page(endpoint, start_index="0007", max_results="03")[0][1:] == [7, 3]


histories = pytest.mark.parametrize(
    "endpoint", [one for one in _LONG if "updated_min" in one.parameters], ids=lambda endpoint: endpoint.name
)


@histories
def test_updated_min_leaves_out_what_is_older(endpoint):
    share = 3 if endpoint.name == "users.rental_history" else 1
    newest = FIRST + 60 * (MANY - 1)
    assert page(endpoint, updated_min=newest)[0][0] == share
    assert page(endpoint, updated_min=newest - 60 * 9 + 1)[0][0] == 9 * share
    assert page(endpoint, updated_min=newest + 1)[0][0] == 0


@histories
def test_updated_min_and_paging_go_together(endpoint):
    since = FIRST + 60 * (MANY - 30)
    assert page(endpoint, updated_min=since, start_index=25)[0][1:] == [25, 25]
    assert all(moment >= since for moment in moments(page(endpoint, updated_min=since, start_index=25)[1]))


def moments(items: list[Said]) -> list[int]:
    return [int(text) for _, _, _, fields in items for name, _, text, _ in fields if name == "updated"]


@histories
def test_a_history_is_newest_first(endpoint):
    found = moments(page(endpoint, max_results=100)[1])
    assert len(found) == 100
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(
    "endpoint", [one for one in PAGED if "updated_min" in one.parameters], ids=lambda endpoint: endpoint.name
)
@pytest.mark.parametrize("moment", ["yesterday", "-1", "1.5", "2011-02-30T00:00:00Z", "2011-06-01"])
def test_an_updated_min_that_is_no_moment_is_refused(endpoint, moment):
    assert refusal(ask(endpoint, updated_min=moment)) == (400, "updated_min is invalid")


@pytest.mark.parametrize("date", ["2011-03-13T07:06:40Z", "2011-03-13t07:06:40z", "2011-03-13T09:06:40+02:00"])
def test_updated_min_may_be_a_date(date):
    """reference: protocol 8.3."""
    assert page(HISTORY, updated_min=date) == page(HISTORY, updated_min=FIRST)
    assert page(HISTORY, updated_min="2012-01-01T00:00:00.5Z")[0][0] == 0

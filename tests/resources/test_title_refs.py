"""Titles as clients name them: addresses of any host and age, entries of queues, ids of ratings, numbers."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest

from mock_netflix.oauth.parameters import Parameter, Parameters, Place
from mock_netflix.resources.title_refs import asked_titles, refs_in, title_in, titles_in, titles_numbered
from mock_netflix.world.refusals import ParameterInvalid
from mock_netflix.world.titles import Title, TitleType
from tests.resources.lantern import DISC, EPISODE, FISH, LANTERN, SEASON, SERIES
from tests.worlds import a_world

# A series and its only season share a number in the captured answers (reference: resources 2.4).
TWINS = replace(SERIES, number=70900020), replace(SEASON, number=70900020, series=70900020)
CATALOGUE = a_world(LANTERN, FISH, SERIES, SEASON, EPISODE, DISC, *TWINS).catalogue
LANTERN_PATH = "/catalog/titles/movies/70900001"


def asked(*refs: str) -> tuple[Title, ...] | None:
    """The titles of a request with these values of `title_refs`."""
    return asked_titles(Parameters.of(Parameter("title_refs", ref, Place.QUERY) for ref in refs), CATALOGUE)


@pytest.mark.parametrize(
    "base",
    [
        "http://api.netflix.com",
        "https://api-public.netflix.com",
        "http://127.0.0.1:2008",
        "http://elsewhere",
        "",
        "//h",
    ],
)
@pytest.mark.parametrize("tail", ["", "/", "//", "?v=2"])
def test_an_address_names_its_title_whatever_its_host(base, tail):
    """reference: resources 9.12."""
    assert title_in(base + LANTERN_PATH + tail, CATALOGUE) == LANTERN


@pytest.mark.parametrize(
    ("ref", "title"),
    [
        ("series/70900010", SERIES),
        ("series/70900010/seasons/70900011", SEASON),
        ("seasons/70900011", SEASON),
        ("programs/70900010/70900012", EPISODE),
        ("programs/70900012", EPISODE),
        ("discs/70900013", DISC),
        ("  movies/70900002 ", FISH),
        ("catalog%2Ftitles%2Fmovies%2F70900002", FISH),
    ],
)
def test_a_path_names_its_title_by_type_and_number(ref, title):
    assert title_in(ref, CATALOGUE) == title_in(f"/catalog/titles/{ref.strip()}", CATALOGUE) == title


@pytest.mark.parametrize(
    "ref",
    [
        "http://api.netflix.com/users/T1x-/queues/disc/available/3/70900001",
        "http://api.netflix.com/users/T1x-/queues/instant/saved/70900001/",
        "http://api.netflix.com/users/T1x-/ratings/title/70900001",
        "http://api.netflix.com/users/T1x-/ratings/title/actual/70900001",
        "http://api.netflix.com/users/T1x-/rental_history/returned/70900001",
        "http://api.netflix.com/users/T1x-/recommendations/70900001",
        "http://www.netflix.com/Movie/The_Paper_Lantern/70900001",
        "70900001",
    ],
)
def test_the_id_of_anything_else_names_its_title_by_number(ref):
    """A client moves a queue entry by its id (reference: resources 3.5)."""
    assert title_in(ref, CATALOGUE) == LANTERN


def test_where_two_share_a_number_the_address_tells_them_apart_and_the_number_gives_the_series():
    series, season = TWINS
    assert title_in("series/70900020", CATALOGUE) == series
    assert title_in("series/70900020/seasons/70900020", CATALOGUE) == season
    assert title_in("70900020", CATALOGUE) == series
    assert titles_numbered(70900020, CATALOGUE) == TWINS


# No type, no number, a number of nothing, one that is none, and what is no title's.
NO_TITLES = (
    *("", "/", "movies", "movies/", "movies/1", "discs/70900001", "?70900001"),
    *("movies/x", "movies/-70900001", "movies/７０９００００１", "7" * 5000),
    *("movies/70900001/synopsis", f"http://api.netflix.com/catalog/people/{LANTERN.number}"),
)


@pytest.mark.parametrize("ref", NO_TITLES)
def test_anything_else_names_no_title(ref):
    assert title_in(ref, CATALOGUE) is None


@pytest.mark.parametrize("comma", [",", "%2C", "%2c", " , ", ",,"])
def test_a_list_has_the_known_titles_in_its_order(comma):
    """Clients encode the commas, and some once too often (reference: resources 9.9)."""
    refs = comma.join(("movies/70900002", "movies/1", LANTERN_PATH, "movies/70900002", "nonsense"))
    assert titles_in(refs, CATALOGUE) == (FISH, LANTERN, FISH)


def test_a_request_names_each_title_once_also_where_it_repeats_the_parameter():
    assert asked("movies/70900002,discs/70900013", quote("movies/70900001,movies/70900002")) == (FISH, DISC, LANTERN)
    assert asked("movies/1") == ()


@pytest.mark.parametrize("refs", [(), ("",), (",",), (" ", "")])
def test_an_empty_parameter_is_an_absent_one(refs):
    assert asked(*refs) is None


def test_five_hundred_may_be_named_and_no_more():
    """reference: resources 3.4."""
    assert len(titles_in(",".join(["70900001"] * 500), CATALOGUE)) == 500
    with pytest.raises(ParameterInvalid, match="title_refs"):
        refs_in(",".join(["1"] * 501))


def test_types_are_those_of_the_addresses():
    assert {kind.value for kind in TitleType} == {"movies", "series", "seasons", "programs", "discs"}

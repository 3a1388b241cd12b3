"""Titles and people that a test adds: what a fixture file makes of them, in one world alone."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_netflix.data.faults import FixtureError
from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.stage.titles import add_person, add_title, add_titles, address_of, find_title
from mock_netflix.world.titles import TitleType
from tests.data.own_fixtures import faults, loaded

LANTERN = {"title": "The Paper Lantern", "year": 2009, "cast": ["Ada Marsh", "Humphrey Bogart"]}
FULL = {
    **LANTERN,
    "id": 79000001,
    "short": "Lantern",
    "rating": "PG-13",
    "genres": ["Dramas"],
    "minutes": 105,
    "average_rating": 3.7,
    "synopsis": "Two sisters keep a lantern shop open.",
    "directors": ["Noor Vale"],
    "formats": {"DVD": "2009-10-01", "instant": {"from": "2010-01-01", "until": "2012-01-01"}},
    "screen_formats": {"DVD": ["Widescreen"]},
    "languages": {"DVD": {"English": ["Stereo"]}},
    "awards": [{"type": "afi", "name": "Best Picture", "year": 2010, "person": "Noor Vale"}],
    "bonus_discs": [{"title": "Making It"}, {}],
    "official_url": "http://lantern.example.com/",
}
HARBOR = {
    "title": "Harbor Lights",
    "rating": "TV-14",
    "seasons": [
        {"episodes": [{"title": "Fog"}, {"cast": ["A Guest"]}], "discs": [{}]},
        {"number": 3, "title": "The Last One", "discs": [{}, {"formats": ["Blu-ray"]}]},
    ],
}


@pytest.mark.parametrize(("kind", "told"), [("movies", LANTERN), ("movies", FULL), ("series", HARBOR)])
def test_what_is_added_is_what_a_fixture_file_makes_of_it(sandbox, tmp_path, kind, told):
    made = add_titles(sandbox, **told)
    read = loaded(tmp_path, {kind: [told]}).catalogue
    assert made == tuple(title for title in read.titles.values() if title.key in read.own)
    people = {number for title in made for number in (*title.cast, *title.directors)}
    assert {sandbox.state.catalogue.people[number] for number in people} == {read.people[number] for number in people}


FAULTY = [
    {"titel": "X"},
    {"title": "X", "yaer": 2009},
    {"title": "", "year": "soon", "minutes": 0, "rating": "PG13"},
    {"title": "X", "formats": ["VHS"], "cast": ["A", 7.5, None, {}]},
    {"title": "X", "formats": {"DVD": "2011-02-30", "instant": {"until": "2011-13-01"}}},
    {"title": "X", "awards": [{"type": "best", "name": "Best"}], "bonus_discs": [{"id": 0}, []]},
]


@pytest.mark.parametrize("told", FAULTY, ids=str)
def test_every_fault_is_told_as_of_a_fixture_file(sandbox, tmp_path, told):
    before = sandbox.state
    with pytest.raises(FixtureError) as refused:
        add_title(sandbox, **{"title": "X", **told} if "titel" in told else told)
    place = f"movies[0]{'.' if refused.value.faults[0].place else ''}"
    where = {f"{place}{fault}" for fault in refused.value.faults}
    file = {"movies": [{"title": "X", **told} if "titel" in told else told]}
    assert where == {fault.partition(": ")[2] for fault in faults(tmp_path, file)}
    assert sandbox.state is before


def test_the_message_has_every_fault(sandbox):
    with pytest.raises(FixtureError) as refused:
        add_title(sandbox, "X", type="series", yaer=2009, seasons=[{"number": 0}])
    assert str(refused.value).splitlines() == [
        "2 faults in this series:",
        'yaer: unknown field "yaer"; did you mean "year"?',
        "seasons[0].number: should be a whole number from 1 on, not 0",
    ]


def test_dates_and_lists_may_be_those_of_python(sandbox):
    movie = add_title(
        sandbox,
        "Now",
        genres=("Dramas", "Comedies"),
        formats={"DVD": date(2010, 1, 1), "instant": {"from": datetime(2010, 1, 2, 3)}},
    )
    assert movie.genres == ("Dramas", "Comedies")
    assert [one.available_from for one in movie.formats] == [1_262_401_200, 1_262_304_000]


def test_what_has_seasons_is_a_series_and_type_says_it_of_others(sandbox):
    types = [
        add_title(sandbox, name, **told).type for name, told in (("A", {"seasons": []}), ("B", {"type": "series"}))
    ]
    assert types == [TitleType.SERIES, TitleType.SERIES]
    assert add_title(sandbox, "C").type is TitleType.MOVIE
    with pytest.raises(MockNetflixError, match='type cannot be "film"; it is movie or series'):
        add_title(sandbox, "D", type="film")


def test_an_id_that_is_taken_is_refused_and_one_that_is_made_is_another(sandbox):
    made = add_title(sandbox, "A").number
    with pytest.raises(ConflictError, match=f"there is a title movies/{made} already: A"):
        add_title(sandbox, "B", id=made)
    # The number of "A", but of a disc: a number that is made is that of nothing else.
    sandbox.reset()
    add_title(sandbox, "B", bonus_discs=[{"id": made}])
    assert add_title(sandbox, "A").number == made + 1


def test_a_name_and_year_that_are_there_need_an_id_or_another_year(sandbox):
    first = add_title(sandbox, "A", year=1999)
    with pytest.raises(ConflictError, match="has this name and year too; give this one an id, or another year"):
        add_title(sandbox, "A", year=1999)
    others = [add_title(sandbox, "A", year=2000), add_title(sandbox, "A", year=1999, id=5)]
    assert len({title.number for title in (first, *others)}) == 3


def test_two_parts_with_one_id_are_refused_and_nothing_is_added(sandbox):
    before = sandbox.state
    with pytest.raises(ConflictError, match="there is a title programs/7 already: A: Season 1: Episode 1"):
        add_title(sandbox, "A", seasons=[{"episodes": [{"id": 7}, {"id": 7}]}])
    assert sandbox.state is before


def test_people_are_found_by_name_or_made(sandbox, default):
    first = add_title(sandbox, "A", cast=["Humphrey Bogart", "Nobody Yet"])
    second = add_title(sandbox, "B", directors=["Nobody Yet"])
    bogart, nobody = (sandbox.state.catalogue.people[number] for number in first.cast)
    assert bogart == default.catalogue.people[bogart.number]
    assert second.directors == (nobody.number,)
    assert nobody.number not in default.catalogue.people
    assert [title.regular for title in sandbox.state.catalogue.filmography(nobody.number)] == ["A", "B"]


def test_a_person_is_added_once_and_named_by_titles_that_come_later(sandbox):
    person = add_person(sandbox, "Ada Marsh", id=5, bio="Came to film late.")
    assert add_title(sandbox, "A", cast=["Ada Marsh"]).cast == (5,)
    assert sandbox.state.catalogue.search_people("ada marsh")[0] == person
    for name, number in (("Ada Marsh", None), ("Another", 5)):
        with pytest.raises(ConflictError, match="there is a person 5 already: Ada Marsh"):
            add_person(sandbox, name, id=number)
    with pytest.raises(FixtureError, match='born: unknown field "born"'):
        add_person(sandbox, "X", born=1900)


def test_another_world_hears_nothing_of_it_and_a_reset_forgets_it(sandbox, other, default):
    here, there = add_title(sandbox, "Here", id=5), add_title(other, "There", id=5)
    assert (find_title(sandbox, 5), find_title(other, 5)) == (here, there)
    for world, name in ((sandbox, "There"), (other, "Here")):
        with pytest.raises(UnknownError, match="no title is called"):
            find_title(world, name)
    sandbox.reset()
    assert sandbox.state is default
    with pytest.raises(UnknownError, match='"Here" is no title of this world'):
        find_title(sandbox, here)


CASABLANCA = 60010016
WAYS = ["Casablanca", "casablanca", "Casablanca (1942)", CASABLANCA, str(CASABLANCA), f"movies/{CASABLANCA}"]
ADDRESSES = [
    f"http://api.netflix.com/catalog/titles/movies/{CASABLANCA}",
    f"/catalog/titles/movies/{CASABLANCA}",
    f"http://127.0.0.1:9/users/T1/queues/disc/available/3/{CASABLANCA}",
]


@pytest.mark.parametrize("named", WAYS + ADDRESSES)
def test_a_title_is_named_as_in_a_fixture_or_by_its_address(sandbox, named):
    assert find_title(sandbox, named).key == (TitleType.MOVIE, CASABLANCA)
    assert find_title(sandbox, find_title(sandbox, named)).number == CASABLANCA


def test_what_was_added_goes_before_what_was_there(sandbox):
    mine = add_title(sandbox, "Casablanca", year=2020)
    assert find_title(sandbox, "Casablanca") == mine
    assert find_title(sandbox, "Casablanca (1942)").number == CASABLANCA


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("Casablanka", 'no title is called "Casablanka"; did you mean "Casablanca"?'),
        ("The Paper Lantren", 'no title is called "The Paper Lantren"; did you mean "The Paper Lantern"?'),
        ("King Kong", 'several titles are called "King Kong"; write "King Kong (1933)" or "King Kong (2005)"'),
        (0, "no title is number 0"),
        (10**5000, "no title is number a very long number"),
        ("movies/1", "no title is movies/1"),
        ("http://api.netflix.com/catalog/people/1", 'there is no title at "http://api.netflix.com/catalog/people/1"'),
        (True, "a title is named by its name, number or address, not by true"),
        (None, "a title is named by its name, number or address, not by None"),
    ],
    ids=lambda one: str(one)[:30] if not isinstance(one, int) else "number",
)
def test_who_names_no_title_is_told_what_to_write(sandbox, named, told):
    add_title(sandbox, "The Paper Lantern")
    with pytest.raises(MockNetflixError) as refused:
        find_title(sandbox, named)
    assert str(refused.value) == told


def test_a_title_has_an_address_for_each_base_url(sandbox):
    _, season, *_ = add_titles(sandbox, "A", id=5, seasons=[{"id": 6}])
    assert address_of(season, "http://127.0.0.1:2008") == "http://127.0.0.1:2008/catalog/titles/series/5/seasons/6"
    assert address_of(season, "http://api.netflix.com") == "http://api.netflix.com/catalog/titles/series/5/seasons/6"


junk = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.just(object())),
    lambda inside: st.one_of(st.lists(inside, max_size=3), st.dictionaries(st.text(max_size=3), inside, max_size=3)),
    max_leaves=6,
)
NAMES = st.sampled_from([*FULL, "seasons", "yaer"]).filter(lambda name: name != "title")


@given(junk, st.dictionaries(NAMES, junk, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_told_gets_a_sentence_or_is_added(sandbox, title, told):
    before = sandbox.state
    with suppress(MockNetflixError):
        added = add_titles(sandbox, title, **told)
        assert len(sandbox.state.catalogue.titles) == len(before.catalogue.titles) + len(added)
        sandbox.reset()
    assert sandbox.state is before

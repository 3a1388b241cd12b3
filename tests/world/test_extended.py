"""A catalogue to which something was added answers like one that had it from the beginning, in everything it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_netflix.data.generate.world import Generated
from mock_netflix.data.load import load
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.extended import Extended, extended
from mock_netflix.world.people import Person
from mock_netflix.world.releases import Medium
from mock_netflix.world.titles import Availability, Title, TitleType
from mock_netflix.world.woven import Woven
from tests.worlds import a_movie

# Few words and few people, so that many titles share them.
WORDS = ["the", "lantern", "lanternfish", "lan", "moon", "Ámelie", "amelie", "O'Brien", "!", "…"]
NAMES = ("Ada Moon", "Lan Vale", "Belén the", "O’Brien", "Ada Moon", "Noor", "amelie Vale", "Zed")
PEOPLE = [Person(number, name) for number, name in enumerate(NAMES, start=1)]
# Who is in the catalogue from the beginning; the others come with what is added.
OLD, NEW = PEOPLE[:5], PEOPLE[5:]

texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
terms = st.one_of(st.just(""), st.builds(lambda text, cut: text[: len(text) - cut], texts, st.integers(0, 3)))
kinds = st.sampled_from(TitleType)


@st.composite
def described(draw: st.DrawFn, number: int, people: list[Person], **told: object) -> Title:
    some = st.lists(st.sampled_from([one.number for one in people]), max_size=3).map(tuple)
    return a_movie(
        number,
        draw(texts),
        short=draw(texts),
        synopsis=draw(texts),
        average_rating=draw(st.integers(30, 33)) / 10,
        release_year=draw(st.sampled_from([None, 1999, 2009])),
        cast=draw(some),
        directors=draw(some),
        genres=tuple(draw(st.sets(st.sampled_from("aÄb")))),
        formats=tuple(Availability("DVD", day) for day in draw(st.lists(st.integers(0, 3), max_size=1))),
        **told,
    )


@st.composite
def a_series(draw: st.DrawFn, first: int, people: list[Person]) -> list[Title]:
    """A series with a season and some parts of it, all numbered on from the first."""
    season = {"series": first, "season": first + 1}
    parts = st.lists(st.sampled_from([TitleType.PROGRAM, TitleType.DISC]), max_size=3)
    return [
        draw(described(first, people, type=TitleType.SERIES)),
        draw(described(first + 1, people, type=TitleType.SEASON, series=first)),
        *(
            draw(described(number, people, type=kind, sequence=draw(st.integers(1, 3)), **season))
            for number, kind in enumerate(draw(parts), start=first + 2)
        ),
    ]


@st.composite
def some_titles(draw: st.DrawFn, first: int, people: list[Person], least: int = 0) -> list[Title]:
    """Titles of every type, bonus discs among them, and perhaps a series."""
    single = [
        draw(described(number, people, type=draw(kinds)))
        for number in range(first, first + draw(st.integers(least, 6)))
    ]
    bonus = draw(described(first + 50, people, type=TitleType.DISC))
    with_bonus = draw(described(first + 51, people, bonus_discs=(bonus.number,)))
    return [*single, *draw(st.one_of(st.just([]), st.just([with_bonus, bonus]), a_series(first + 20, people)))]


@st.composite
def additions(draw: st.DrawFn) -> tuple[Catalogue, Catalogue]:
    """A catalogue to which titles were added, in one step or in two, and one that had them from the beginning."""
    old, more = draw(some_titles(100, OLD)), draw(some_titles(200, PEOPLE, least=1))
    later = draw(st.one_of(st.just([]), some_titles(300, PEOPLE)))
    made: Catalogue = extended(Catalogue(old, OLD), more, NEW)
    return extended(made, later) if later else made, Catalogue([*old, *more, *later], PEOPLE)


def keys(titles: Iterable[Title]) -> list[tuple[TitleType, int]]:
    return [title.key for title in titles]


def same(told: Callable[[Catalogue], object], both: tuple[Catalogue, Catalogue]) -> None:
    assert told(both[0]) == told(both[1])


@given(additions(), terms, st.integers(-3, 9), st.integers(-3, 9))
def test_a_search_finds_the_same_in_the_same_order_and_any_part_of_it(both, term, start, stop):
    same(lambda one: len(one.search(term)), both)
    same(lambda one: keys(one.search(term)), both)
    same(lambda one: keys(one.search(term)[start:stop]), both)
    same(lambda one: keys(one.search(term)[start:stop:2]), both)
    same(lambda one: keys(one.called(term)), both)
    same(lambda one: one.complete(term), both)
    found, expected = both[0].search(term), keys(both[1].search(term))
    assert [found[place].key for place in range(-len(expected), len(expected))] == expected * 2


@given(additions(), terms)
def test_people_are_the_same_and_move_up_with_what_was_added(both, term):
    same(lambda one: [person.number for person in one.search_people(term)], both)
    same(lambda one: [one.people[person.number] for person in one.people_called(term)], both)
    for number in (*both[1].people, 99):
        same(lambda one, number=number: keys(one.filmography(number)), both)
        same(lambda one, number=number: one.changed_with(number), both)


@given(additions(), st.integers(0, 9))
def test_titles_have_the_same_relatives_and_lists_are_the_same(both, limit):
    for title in both[1].titles.values():
        same(lambda one, title=title: keys(one.similar(title)), both)
        same(lambda one, title=title: keys(one.parents(title)), both)
        same(lambda one, title=title: [keys(one.children(title, kind)) for kind in TitleType], both)
    same(lambda one: keys(one.titles.values()), both)
    same(lambda one: [*one.titles], both)
    same(lambda one: [*one.people.values()], both)
    same(lambda one: (len(one.titles), len(one.people), one.genres), both)
    same(lambda one: [keys(one.best_known(kind, limit)) for kind in TitleType], both)
    same(lambda one: [keys(one.famous(genres)) for genres in (None, (), ("a",), ("b", "Ä", "none"))], both)
    same(lambda one: [keys(one.newest(medium, day)) for medium in Medium for day in range(5)], both)


placed = st.lists(st.tuples(st.integers(0, 12), st.text("xyz", max_size=1)), max_size=5)


@given(placed, st.sets(st.integers(0, 11)), st.integers(-30, 30), st.integers(-30, 30))
def test_things_are_put_in_where_they_belong_and_left_out(put, out, start, stop):
    base = "abcdefghijkl"
    put = sorted(put, key=lambda one: one[0])
    plainly: list[str] = []
    for place in range(13):
        plainly += [thing for at, thing in put if at == place]
        plainly += [base[place]] if place < 12 and place not in out else []
    woven = Woven(base, put, sorted(out))
    assert (len(woven), [*woven]) == (len(plainly), plainly)
    assert [*woven[start:stop]] == plainly[start:stop]


def alone(number: int, name: str) -> Title:
    return a_movie(number, name, cast=(), directors=())


def test_the_catalogue_that_was_there_stays_as_it_was():
    base = Catalogue([alone(1, "Apple")], OLD)
    made = extended(base, [alone(2, "Banana")])
    assert (keys(base.search("banana")), keys(base.titles.values())) == ([], [(TitleType.MOVIE, 1)])
    again = extended(made, [alone(3, "Cherry")])
    assert keys(made.search("")) == [(TitleType.MOVIE, 1), (TitleType.MOVIE, 2)]
    assert (again.base, next(iter(again.added.values())).number) == (base, 2)


def test_two_worlds_may_add_different_titles_of_the_same_number():
    base = Catalogue([alone(1, "Apple")], OLD)
    here, there = (extended(base, [alone(2, name)]) for name in ("Banana", "Date"))
    assert [len(here.search(term)) for term in ("banana", "date")] == [1, 0]
    assert [len(there.search(term)) for term in ("banana", "date")] == [0, 1]


GENERATED = load(generated=Generated(1, 3000)).catalogue
ADDED = [
    a_movie(90_000_000 + place, title.regular, cast=title.cast, directors=title.directors, genres=title.genres)
    for place, title in enumerate(islice(GENERATED.titles.values(), 1000, 3000, 97))
]


@pytest.fixture(scope="module")
def generated() -> tuple[Extended, Catalogue]:
    everything = {**dict(GENERATED.titles.items()), **{one.key: one for one in ADDED}}
    return extended(GENERATED, ADDED), Catalogue(everything, dict(GENERATED.people.items()))


@pytest.mark.parametrize("term", ["the", "the man", "t", "lan", "", "season 1", "zebra", ADDED[3].regular])
def test_it_is_so_in_a_generated_world_too(generated, term):
    same(lambda one: keys(one.search(term)), generated)
    same(lambda one: [person.number for person in one.search_people(term)], generated)
    same(lambda one: one.complete(term), generated)


def test_the_relatives_of_generated_titles_are_the_same_too(generated):
    for title in (*ADDED[:5], *islice(GENERATED.titles.values(), 0, 3000, 301)):
        same(lambda one, title=title: keys(one.similar(title)), generated)
        for number in title.cast[:2]:
            same(lambda one, number=number: keys(one.filmography(number)), generated)

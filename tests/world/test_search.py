"""Search: generous in what it matches, strict in its order (reference: resources 1.5, 2.1)."""

from __future__ import annotations

from itertools import permutations

import pytest

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleType
from tests.worlds import ADA, NOOR, a_movie

BELEN = Person(30900003, "Belén Rueda")


def named(number: int, name: str, **told: object) -> Title:
    """A movie of which no word but those of its name is known."""
    return a_movie(number, name, **{"synopsis": "", "cast": (), "directors": (), **told})


def found(term: str, *titles: Title) -> list[str]:
    """The names of what a search finds, in its order."""
    return [title.regular for title in Catalogue(titles, (ADA, NOOR, BELEN)).search(term)]


def test_any_word_of_the_term_matches():
    titles = named(1, "Harbor Lights"), named(2, "Paper Moon"), named(3, "Casablanca")
    assert sorted(found("paper lights", *titles)) == ["Harbor Lights", "Paper Moon"]


def test_the_counts_are_generous():
    """A term of two words finds all that either of them finds."""
    titles = [named(number, f"Paper {number}") for number in range(30)]
    assert len(found("paper lantern", named(99, "Lantern"), *titles)) == 31


def test_more_matching_words_come_first():
    titles = named(1, "Paper Moon"), named(2, "The Lantern"), named(3, "The Paper Lantern")
    assert found("paper lantern", *titles)[0] == "The Paper Lantern"


def test_the_very_name_comes_before_every_other_match():
    longer = named(1, "Lights, Lights and Harbor Lights", synopsis="Harbor lights.", average_rating=5.0)
    assert found("harbor lights", longer, named(2, "Harbor: Lights")) == ["Harbor: Lights", longer.regular]


def test_a_word_in_the_name_counts_more_than_in_a_person_and_that_more_than_in_the_synopsis():
    titles = (
        named(1, "A", synopsis="They meet Marsh."),
        named(2, "B", cast=(ADA.number,)),
        named(3, "Marsh House"),
    )
    for order in permutations(titles):
        assert found("marsh", *order) == ["Marsh House", "B", "A"]


@pytest.mark.parametrize("part", ["cast", "directors"])
def test_people_are_found_by_each_of_their_names(part):
    title = named(1, "A", **{part: (NOOR.number,)})
    assert found("noor", title) == found("vale", title) == ["A"]


def test_the_synopsis_is_searched_too():
    assert found("sisters", a_movie()) == ["The Paper Lantern"]


def test_the_last_word_may_be_unfinished():
    assert found("lan", named(1, "Lanternfish"), named(2, "The Paper Lantern"), named(3, "Plan")) == [
        "Lanternfish",
        "The Paper Lantern",
    ]


def test_an_earlier_word_must_be_whole():
    assert found("lan paper", named(1, "Lanternfish"), named(2, "Paper Moon")) == ["Paper Moon"]


def test_a_whole_word_comes_before_one_that_only_begins_so():
    assert found("lantern", named(1, "Lanternfish", average_rating=5.0), named(2, "Lantern Street")) == [
        "Lantern Street",
        "Lanternfish",
    ]


@pytest.mark.parametrize("term", ["BELEN", "belén", "Belen", "Bele\u0301n", "BELÉN"])
def test_case_and_accents_make_no_difference(term):
    assert found(term, named(1, "Belén"), named(2, "Other")) == ["Belén"]
    assert found(term, named(1, "BELEN"), named(2, "Other")) == ["BELEN"]
    assert found(term, named(1, "A", cast=(BELEN.number,))) == ["A"]


@pytest.mark.parametrize("term", ["schindlers list", "schindler's list", "Schindler’s List"])
def test_an_apostrophe_does_not_part_a_word(term):
    assert found(term, named(1, "Schindler's List"), named(2, "The S")) == ["Schindler's List"]


@pytest.mark.parametrize("term", ["wall-e", "WALL·E", "wall, e!"])
def test_other_marks_part_words_in_terms_and_names_alike(term):
    assert found(term, named(1, "WALL-E"))[0] == "WALL-E"


def test_equal_matches_come_by_type_then_rating_then_name():
    """What people most likely mean comes first."""
    titles = (
        named(1, "Lantern D", type=TitleType.DISC),
        named(2, "Lantern P", type=TitleType.PROGRAM),
        named(3, "Lantern S", type=TitleType.SERIES),
        named(4, "Lantern C", average_rating=3.0),
        named(5, "Lantern B", average_rating=3.0),
        named(6, "Lantern A", average_rating=4.5),
    )
    expected = ["Lantern A", "Lantern B", "Lantern C", "Lantern S", "Lantern P", "Lantern D"]
    assert found("lantern", *titles) == found("lantern", *titles[::-1]) == expected


@pytest.mark.parametrize("term", ["", "   "])
def test_an_empty_term_leaves_nothing_out(term):
    assert found(term, named(1, "B", average_rating=3.0), named(2, "A", average_rating=4.0)) == ["A", "B"]


@pytest.mark.parametrize("term", ["!", "…", "zebra"])
def test_a_term_that_matches_nothing_finds_nothing(term):
    assert found(term, named(1, "A"), named(2, "Wow!")) == []


def test_a_title_is_found_once_however_often_it_matches():
    twice = named(1, "Lantern, Lantern", synopsis="A lantern.", cast=(ADA.number,), directors=(ADA.number,))
    assert found("lantern ada marsh lantern", twice) == ["Lantern, Lantern"]

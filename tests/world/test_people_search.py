"""People are searched like titles: generously, and with the best matches first (reference: resources 2.7)."""

from __future__ import annotations

import pytest

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from tests.worlds import a_movie

NAMES = ("Ada Marsh", "Noor Vale", "Belén Rueda", "Vale Marsh", "Adam Valentin", "Conan O'Brien")
PEOPLE = [Person(number, name) for number, name in enumerate(NAMES, start=1)]
# Noor Vale is in two titles, Vale Marsh in one.
MOVIES = (a_movie(1, cast=(2, 4), directors=()), a_movie(2, cast=(), directors=(2,)))
CATALOGUE = Catalogue(MOVIES, PEOPLE)


def found(term: str) -> list[str]:
    return [person.name for person in CATALOGUE.search_people(term)]


def test_any_word_of_the_term_matches():
    assert sorted(found("ada rueda")) == ["Ada Marsh", "Belén Rueda"]


def test_more_matching_words_come_first_and_the_very_name_before_all():
    assert found("vale marsh")[0] == "Vale Marsh"
    assert found("marsh ada")[0] == "Ada Marsh"


def test_the_last_word_may_be_unfinished_and_whole_ones_come_first():
    assert found("ada") == ["Ada Marsh", "Adam Valentin"]
    assert found("ada mar") == ["Ada Marsh", "Vale Marsh"]


def test_people_of_more_titles_come_first():
    assert found("vale") == ["Noor Vale", "Vale Marsh", "Adam Valentin"]


@pytest.mark.parametrize("term", ["BELEN", "belén", "Bele\u0301n"])
def test_case_and_accents_make_no_difference(term):
    assert found(term) == ["Belén Rueda"]


@pytest.mark.parametrize("term", ["obrien", "O'Brien", "O’Brien"])
def test_an_apostrophe_does_not_part_a_name(term):
    assert found(term) == ["Conan O'Brien"]


@pytest.mark.parametrize("term", ["", "  "])
def test_an_empty_term_leaves_nobody_out_and_orders_by_titles_then_names(term):
    assert found(term) == ["Noor Vale", "Vale Marsh", "Ada Marsh", "Adam Valentin", "Belén Rueda", "Conan O'Brien"]


@pytest.mark.parametrize("term", ["!", "…", "zebra"])
def test_a_term_that_matches_nobody_finds_nobody(term):
    assert found(term) == []

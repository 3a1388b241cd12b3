"""Autocomplete: names that begin, from one of their words on, with what was typed (reference: resources 2.2)."""

from __future__ import annotations

import pytest

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.titles import Title, TitleType
from tests.worlds import ADA, NOOR, a_movie


def completed(term: str, *titles: Title) -> list[str]:
    return list(Catalogue(titles, (ADA, NOOR)).complete(term))


LANTERN = a_movie(1, "The Paper Lantern", average_rating=3.7)
FISH = a_movie(2, "Lanternfish", average_rating=3.1)


@pytest.mark.parametrize("term", ["the", "paper", "lan", "PAPER LAN", "the paper lantern", " paper  lan "])
def test_a_name_is_completed_from_the_beginning_of_any_of_its_words(term):
    assert completed(term, LANTERN) == ["The Paper Lantern"]


@pytest.mark.parametrize("term", ["antern", "paper fish", "lantern paper", "the paper lantern 2"])
def test_a_name_is_not_completed_from_the_middle_of_a_word_nor_out_of_order(term):
    assert completed(term, LANTERN) == []


@pytest.mark.parametrize("term", ["", " ", "!"])
def test_nothing_typed_completes_to_nothing(term):
    assert completed(term, LANTERN) == []


def test_the_best_known_come_first():
    assert completed("lan", FISH, LANTERN) == ["The Paper Lantern", "Lanternfish"]


def test_there_are_ten_at_most_and_the_best_known_ones():
    titles = [a_movie(number, f"Lantern {number}", average_rating=1 + number / 10) for number in range(12)]
    assert completed("lantern", *titles) == [f"Lantern {number}" for number in range(11, 1, -1)]


def test_only_movies_and_series_are_completed():
    titles = [a_movie(place, f"Lantern {kind}", type=kind) for place, kind in enumerate(TitleType)]
    assert completed("lantern", *titles) == ["Lantern movies", "Lantern series"]


def test_the_short_name_is_given_for_what_the_full_one_matches():
    assert completed("fellow", a_movie(1, "LOTR: The Fellowship", short="LOTR 1")) == ["LOTR 1"]


def test_titles_of_one_name_are_given_once():
    assert completed("lan", a_movie(1, "Lantern"), a_movie(2, "Lantern")) == ["Lantern"]


@pytest.mark.parametrize("term", ["ame", "Amé", "AME"])
def test_case_and_accents_make_no_difference(term):
    assert completed(term, a_movie(1, "Amélie")) == ["Amélie"]

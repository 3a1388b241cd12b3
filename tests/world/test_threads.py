"""Worlds share what finds titles, and are used on several threads at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.tally import Tally
from tests.worlds import a_movie

THREADS = 6
PEOPLE = [Person(number, f"Person {number}") for number in range(40)]
TITLES = [a_movie(number, f"The Movie {number}", cast=(number % 40,), directors=()) for number in range(400)]


@pytest.fixture(autouse=True)
def _hasty() -> Iterator[None]:
    """Threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(ask: Callable[[], object]) -> list[object]:
    """What several threads are told that begin together."""
    barrier = Barrier(THREADS)

    def asked(_: int) -> object:
        barrier.wait()
        return ask()

    with ThreadPoolExecutor(THREADS) as pool:
        return [*pool.map(asked, range(THREADS))]


def test_what_finds_titles_is_made_once():
    for _ in range(5):
        catalogue = Catalogue(TITLES, PEOPLE)
        told = at_once(lambda catalogue=catalogue: [len(catalogue.search("movie")), catalogue.complete("the movie 39")])
        told += at_once(
            lambda catalogue=catalogue: [len(catalogue.search("movie")), catalogue.complete("the movie 39")]
        )
        assert {str(one) for one in told} == {str(told[0])}
        assert told[0][0] == len(TITLES)  # type: ignore[index]


def test_one_ranking_is_read_by_several():
    for _ in range(20):
        tally = Tally()
        for rank in range(200):
            tally.give((1 << rank, rank + 1))
        ranking = tally.ranking()
        assert at_once(lambda ranking=ranking: [*ranking[:]]) == [[*reversed(range(200))]] * THREADS

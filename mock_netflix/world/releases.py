"""Movies and series by the day on which they first came out on disc, and by that on which they could first be watched.

A list of what is new asks for the last days of many, so they are kept in order beside the titles.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import groupby

from mock_netflix.world.titles import Title
from mock_netflix.world.word_index import numbers


class Medium(Enum):
    """How titles come to people, with the delivery formats that it has."""

    DISC = ("DVD", "Blu-ray")
    INSTANT = ("instant",)


def released(title: Title, formats: Iterable[str]) -> int | None:
    """When a title first came out in one of these formats, in epoch seconds; None where it never did."""
    return min((one.available_from for one in title.formats if one.format in formats), default=None)


def is_out(title: Title, formats: Iterable[str], now: int) -> bool:
    """Whether a title can be had at this moment (epoch seconds) in one of these formats."""
    return any(
        one.format in formats
        and one.available_from <= now
        and (one.available_until is None or one.available_until > now)
        for one in title.formats
    )


class Releases:
    """The days of all titles of a survey; a title stands for its place in the walk, and later for its rank."""

    def __init__(self) -> None:
        self._told = {medium: (array("q"), numbers()) for medium in Medium}

    def add(self, thing: int, title: Title) -> None:
        for medium, (days, things) in self._told.items():
            if (day := released(title, medium.value)) is not None:
                days.append(day)
                things.append(thing)

    def put_in_order(self, rank_of: Sequence[int]) -> None:
        """By day, and by rank within one; to be called once."""
        for medium, (days, things) in self._told.items():
            told = sorted((day, rank_of[thing]) for day, thing in zip(days, things, strict=True))
            self._told[medium] = (
                array("q", [day for day, _ in told]),
                array(things.typecode, [rank for _, rank in told]),
            )

    def newest(self, medium: Medium, now: int) -> Iterator[int]:
        """The ranks of all that has come out, newest first, and the better known first where the day is the same."""
        days, ranks = self._told[medium]
        back = range(bisect_right(days, now) - 1, -1, -1)
        for _, places in groupby(back, days.__getitem__):
            yield from (ranks[place] for place in reversed([*places]))

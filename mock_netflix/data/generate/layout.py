"""Which number is what: movies, and series with their seasons, episodes and discs.

Numbers come in blocks, and what is in a block is a function of the seed and the block; so a number is the same thing
in a world of any size. A series comes before its parts: a world that ends in the middle of one has its first seasons.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from mock_netflix.data.generate.draws import draws
from mock_netflix.world.titles import TitleType

BLOCK = 500

_TYPES = tuple(TitleType)

# Of so many movies and series one is a series.
_SERIES_OF = 36
_SEASONS = (1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 9)
_EPISODES = (3, 4, 6, 6, 8, 10, 10, 12, 13, 13, 13, 13, 20, 22, 22, 24)
_EPISODES_ON_A_DISC = 5


class Place(NamedTuple):
    """What a number of a block is. Series and season are places in the same block; `ordinal` counts the movies and
    series of the block, `sequence` the parts of a whole.
    """

    kind: TitleType
    ordinal: int
    series: int = 0
    season: int = 0
    sequence: int = 0


class Layout:
    """What each number of a block is, in little room."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._kinds = bytes(_TYPES.index(place.kind) for place in places)
        self._others = array("H", [number for place in places for number in place[1:]])

    def __getitem__(self, place: int) -> Place:
        return Place(_TYPES[self._kinds[place]], *self._others[4 * place : 4 * place + 4])

    @property
    def wholes(self) -> int:
        """How many movies and series are in the block."""
        return self[BLOCK - 1].ordinal + 1


@lru_cache(maxsize=4096)
def layout(seed: int, block: int) -> Layout:
    """What each number of a block is."""
    places: list[Place] = []
    kinds = (number for part in range(8) for number in draws(seed, "layout", block * 8 + part))
    for ordinal, one in enumerate(kinds):
        series = [*_series(one, len(places), ordinal)] if one % _SERIES_OF == 0 else []
        if len(places) == BLOCK:
            break
        if series and len(places) + len(series) <= BLOCK:
            places += series
        else:
            places.append(Place(TitleType.MOVIE, ordinal))
    return Layout(places)


def _series(draw: int, place: int, ordinal: int) -> Iterator[Place]:
    """A series at this place, its seasons, and after each its episodes and discs."""
    draw //= _SERIES_OF
    episodes = _EPISODES[draw >> 4 & 15]
    yield Place(TitleType.SERIES, ordinal, place)
    season = place + 1
    for number in range(1, _SEASONS[draw & 15] + 1):
        yield Place(TitleType.SEASON, ordinal, place, season, number)
        for episode in range(1, episodes + 1):
            yield Place(TitleType.PROGRAM, ordinal, place, season, episode)
        discs = -(-episodes // _EPISODES_ON_A_DISC)
        for disc in range(1, discs + 1):
            yield Place(TitleType.DISC, ordinal, place, season, disc)
        season += 1 + episodes + discs

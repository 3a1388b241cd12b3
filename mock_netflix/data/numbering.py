"""Ids of titles for which a fixture gives none: derived from what a title is, the same every time, and nobody else's.

A movie and a series are told apart by name and year, their parts by their place in the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import shake_256

from mock_netflix.data import schema
from mock_netflix.data.faults import Faults, Place, shown_place
from mock_netflix.data.files import Fixture
from mock_netflix.data.schema import UNNUMBERED

# Eight digits, as the ids of the real service had, and none of the default world.
_FIRST = 80_000_000
_COUNT = 9_999_000

Titled = schema.Movie | schema.Series | schema.Season | schema.Episode | schema.Disc


def number_titles(fixtures: Iterable[Fixture], faults: Faults) -> None:
    """Gives every title that has no id one. Two of one name and year without ids are a fault."""
    fixtures = list(fixtures)
    whole = [(fixture, place, one) for fixture in fixtures for place, one in described(fixture.content)]
    taken = {part.id for _, _, one in whole for part, _ in _parts(one)} - {UNNUMBERED}
    seen: dict[tuple[str, str, int | None], str] = {}
    for fixture, place, one in whole:
        if one.id == UNNUMBERED:
            who = type(one).__name__, one.title.casefold(), one.year
            if who in seen:
                reason = f"{seen[who]} has this name and year too; give one of them an id, or another year"
                faults.add(fixture.file, reason, (*place, "title"), fixture.find)
            seen.setdefault(who, f"{shown_place(place)} in {fixture.file}")
        for part, name in _parts(one):
            if part.id == UNNUMBERED:
                part.id = _free_number(name, taken)
                taken.add(part.id)


def described(content: schema.FixtureFile) -> Iterator[tuple[Place, schema.Movie | schema.Series]]:
    """The movies and series of a file, each with its place there."""
    for index, movie in enumerate(content.movies):
        yield ("movies", index), movie
    for index, series in enumerate(content.series):
        yield ("series", index), series


def _parts(whole: schema.Movie | schema.Series) -> Iterator[tuple[Titled, tuple[object, ...]]]:
    """A movie or a series and everything in it, each with what tells it from all others."""
    name = type(whole).__name__, whole.title, whole.year
    yield whole, name
    if isinstance(whole, schema.Movie):
        yield from ((disc, (*name, "bonus", place)) for place, disc in enumerate(whole.bonus_discs, start=1))
        return
    for place, season in enumerate(whole.seasons, start=1):
        if season.number == UNNUMBERED:
            season.number = place
        below = *name, "season", season.number
        yield season, below
        yield from ((disc, (*below, "disc", place)) for place, disc in enumerate(season.discs, start=1))
        yield from ((one, (*below, "episode", place)) for place, one in enumerate(season.episodes, start=1))


def _free_number(name: tuple[object, ...], taken: set[int]) -> int:
    key = "\x1f".join(map(str, name)).encode()
    number = _FIRST + int.from_bytes(shake_256(key).digest(8), "big") % _COUNT
    while number in taken:
        number += 1
    return number

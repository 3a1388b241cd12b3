"""Ids of titles for which a fixture gives none: derived from what a title is, the same every time, and nobody else's.

A movie and a series are told apart by name and year, their parts by their place in the whole.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from hashlib import shake_256

from mock_netflix.data import schema
from mock_netflix.data.faults import Faults, Place, shown_place
from mock_netflix.data.files import Fixture
from mock_netflix.data.schema import UNNUMBERED
from mock_netflix.world.titles import TitleKey, TitleType

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
        _number(one, taken)


def number_beside(whole: schema.Movie | schema.Series, titles: Container[TitleKey]) -> None:
    """Gives a title and its parts the ids that they would have in a fixture file; none is that of another title."""
    _number(whole, _Taken(titles, (part.id for part, _ in _parts(whole) if part.id != UNNUMBERED)))


def number_by_name(whole: schema.Movie | schema.Series) -> int:
    """The id of a title for which no id is given, where nothing else has it."""
    return _free_number(next(_parts(whole))[1], set())


class _Taken:
    """The ids that are taken: those of all titles there are, of whatever type, and those that are added."""

    def __init__(self, titles: Container[TitleKey], ids: Iterable[int]) -> None:
        self._titles, self._ids = titles, set(ids)

    def __contains__(self, number: object) -> bool:
        return number in self._ids or any((kind, number) in self._titles for kind in TitleType)

    def add(self, number: int) -> None:
        self._ids.add(number)


def _number(whole: schema.Movie | schema.Series, taken: set[int] | _Taken) -> None:
    for part, name in _parts(whole):
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


def _free_number(name: tuple[object, ...], taken: Container[int]) -> int:
    key = "\x1f".join(map(str, name)).encode()
    number = _FIRST + int.from_bytes(shake_256(key).digest(8), "big") % _COUNT
    while number in taken:
        number += 1
    return number

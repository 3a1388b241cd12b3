"""What can be rented or watched: movies, series, seasons, episodes ("programs") and discs.

A title is known by its type and number; the number alone is not unique, for a single-season series and its season may
share one (reference: resources 2.4). How a title is written on the wire is decided in `resources/titles.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TitleType(StrEnum):
    """The word that stands for the type of a title in its URL."""

    MOVIE = "movies"
    SERIES = "series"
    SEASON = "seasons"
    PROGRAM = "programs"
    DISC = "discs"


# Type and number, as in the path /catalog/titles/{type}/{number}.
TitleKey = tuple[TitleType, int]


@dataclass(frozen=True, slots=True)
class Availability:
    """When one delivery format ("instant", "DVD", "Blu-ray") can be had; epoch seconds."""

    format: str
    available_from: int
    available_until: int | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An award won, or a nomination. `type` is the tail of its category scheme, such as "academy_awards"."""

    type: str
    name: str
    year: int
    won: bool
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """One title with all that the catalogue tells of it. Runtime in seconds; people and parents by number."""

    type: TitleType
    number: int
    regular: str
    short: str
    release_year: int | None
    rating_scheme: str
    rating: str
    genres: tuple[str, ...]
    runtime: int | None
    average_rating: float
    synopsis: str
    cast: tuple[int, ...] = ()
    directors: tuple[int, ...] = ()
    formats: tuple[Availability, ...] = ()
    screen_formats: tuple[tuple[str, str], ...] = ()
    languages: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    awards: tuple[Award, ...] = ()
    bonus_discs: tuple[int, ...] = ()
    official_url: str | None = None
    series: int | None = None
    season: int | None = None
    sequence: int = 0
    episode_name: str | None = None

    @property
    def key(self) -> TitleKey:
        return self.type, self.number

    @property
    def changed(self) -> int | None:
        """When it could first be had in its newest format; epoch seconds."""
        return max((availability.available_from for availability in self.formats), default=None)

    def has_format(self, name: str) -> bool:
        return any(availability.format == name for availability in self.formats)

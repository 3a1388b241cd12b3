"""Titles as fixtures describe them, turned into titles of the domain; what was left out is filled in stably.

A season takes what it leaves out from its series, an episode and a disc from their season.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mock_netflix.data import schema
from mock_netflix.data.cast_list import CastList
from mock_netflix.data.moments import epoch
from mock_netflix.world.titles import Availability, Award, Title, TitleType

# These ratings are in both schemes.
_OF_BOTH = ("NR", "UR")
_FORMAT_ORDER: tuple[schema.DeliveryFormat, ...] = ("instant", "DVD", "Blu-ray")


# The fields of a title by their names, before they become one; a title is made once, for there are a thousand.
_Fields = dict[str, Any]
# What a part of a title takes from it unless it says something else.
_INHERITED = (
    "release_year",
    "rating_scheme",
    "rating",
    "genres",
    "average_rating",
    "synopsis",
    "cast",
    "directors",
    "series",
)

_ALWAYS = "2008-01-01"
# What a title can be had as that does not tell it.
_UNTOLD = tuple(Availability(name, epoch(_ALWAYS)) for name in ("instant", "DVD"))
# Minutes of a movie that does not tell them: as many as these, and fewer than so many more.
_SHORTEST, _LONGER = 80, 60


def of_movie(movie: schema.Movie, people: CastList) -> Iterator[Title]:
    """A movie and its bonus discs."""
    blank = _blank(TitleType.MOVIE, movie, movie.title, ("Dramas",))
    title = _made(movie, {**blank, "bonus_discs": tuple(disc.id for disc in movie.bonus_discs)}, people)
    yield title
    inherited = _inherited(TitleType.DISC, title)
    for disc in movie.bonus_discs:
        name = disc.title or f"{title.regular}: Bonus Material"
        yield _made(disc, {**inherited, **_named(disc, name)}, people)


def of_series(series: schema.Series, people: CastList) -> Iterator[Title]:
    """A series, its seasons, and their episodes and discs."""
    blank = _blank(TitleType.SERIES, series, series.title, ("Television",))
    whole = _made(series, {**blank, "formats": _of_seasons(series) or blank["formats"]}, people)
    yield whole
    inherited = {**_inherited(TitleType.SEASON, whole), "series": series.id}
    for season in series.seasons:
        name = season.title or f"{whole.regular}: Season {season.number}"
        part = _made(season, {**inherited, **_named(season, name), "sequence": season.number}, people)
        yield part
        yield from _of_season(season, part, people)


def _of_season(season: schema.Season, part: Title, people: CastList) -> Iterator[Title]:
    """The discs and the episodes of a season."""
    inherited = {**_inherited(TitleType.DISC, part), "season": season.id}
    for place, disc in enumerate(season.discs, start=1):
        name = disc.title or f"{part.regular}: Disc {place}"
        yield _made(disc, {**inherited, **_named(disc, name), "sequence": place}, people)
    inherited = {**_inherited(TitleType.PROGRAM, part), "season": season.id}
    for place, episode in enumerate(season.episodes, start=1):
        own_name = episode.title or f"Episode {place}"
        named = _named(episode, f"{part.regular}: {own_name}")
        yield _made(episode, {**inherited, **named, "sequence": place, "episode_name": own_name}, people)


def _of_seasons(series: schema.Series) -> tuple[Availability, ...]:
    """What a series comes in: whatever any of its seasons does, from the first of them on until the last is gone."""
    had: dict[str, list[Availability]] = {}
    for season in series.seasons:
        for one in _formats(season.formats or {}):
            had.setdefault(one.format, []).append(one)
    return tuple(
        Availability(name, min(one.available_from for one in windows), _last(one.available_until for one in windows))
        for name in _FORMAT_ORDER
        if (windows := had.get(name))
    )


def _last(ends: Iterable[int | None]) -> int | None:
    """The last of several ends; None stands for no end."""
    told = list(ends)
    return None if None in told else max(end for end in told if end is not None)


def _formats(given: schema.Formats) -> tuple[Availability, ...]:
    """What a title can be had as; a format without a date has always been there."""
    windows = dict(given.items() if isinstance(given, dict) else ((name, _ALWAYS) for name in given))
    told = sorted(windows.items(), key=lambda one: _FORMAT_ORDER.index(one[0]))
    return tuple(_availability(name, window) for name, window in told)


def _availability(name: str, window: schema.Window | schema.Moment) -> Availability:
    if isinstance(window, str):
        return Availability(name, epoch(window))
    return Availability(name, epoch(window.from_), epoch(window.until) if window.until else None)


def _blank(kind: TitleType, given: schema._Described, name: str, genres: tuple[str, ...]) -> _Fields:
    """A title of which nothing is told but its name."""
    return {
        **_named(given, name),
        "runtime": (_SHORTEST + given.id % _LONGER) * 60 if kind is TitleType.MOVIE else None,
        "type": kind,
        "release_year": None,
        "rating_scheme": "tv_ratings" if kind is TitleType.SERIES else "mpaa_ratings",
        "rating": "NR",
        "genres": genres,
        "average_rating": 2.5 + given.id * 7 % 20 / 10,
        "synopsis": name,
        "formats": _UNTOLD,
    }


def _named(given: schema._Described, name: str) -> _Fields:
    """What every title has of its own: its number, its name, and a runtime only where it is told."""
    return {"number": given.id, "regular": name, "short": name, "runtime": None}


# What a part can be had as at all: a disc is sent, an episode is watched.
_PART_FORMATS = {TitleType.DISC: ("DVD", "Blu-ray"), TitleType.PROGRAM: ("instant",)}


def _inherited(kind: TitleType, parent: Title) -> _Fields:
    """What all parts of a title have from it."""
    had_as = _PART_FORMATS.get(kind, _FORMAT_ORDER)
    return {
        **{name: getattr(parent, name) for name in _INHERITED},
        "type": kind,
        "formats": tuple(one for one in parent.formats if one.format in had_as),
        "screen_formats": tuple(one for one in parent.screen_formats if one[0] in had_as),
        "languages": tuple(one for one in parent.languages if one[0] in had_as),
    }


def _made(given: schema._Described, fields: _Fields, people: CastList) -> Title:
    """The title of these fields, with all that a fixture tells of it instead of what it would have without."""
    told = _told(given, people)
    return Title(**{**fields, **{name: value for name, value in told.items() if value is not None}})


def _told(given: schema._Described, people: CastList) -> _Fields:
    """What a fixture tells of a title; None where it says nothing."""
    told: _Fields = {
        "short": given.short,
        "release_year": given.year,
        "average_rating": given.average_rating,
        "synopsis": given.synopsis,
        "official_url": given.official_url,
    }
    if given.minutes is not None:
        told["runtime"] = given.minutes * 60
    if given.genres is not None:
        told["genres"] = tuple(given.genres)
    if given.rating is not None:
        told["rating"] = given.rating
        if given.rating not in _OF_BOTH:
            told["rating_scheme"] = "tv_ratings" if given.rating.startswith("TV-") else "mpaa_ratings"
    if given.cast is not None:
        told["cast"] = tuple(people.number(name) for name in given.cast)
    if given.directors is not None:
        told["directors"] = tuple(people.number(name) for name in given.directors)
    if given.formats is not None:
        told["formats"] = _formats(given.formats)
    if given.screen_formats is not None:
        told["screen_formats"] = tuple(
            (delivery, label) for delivery, labels in given.screen_formats.items() for label in labels
        )
    if given.languages is not None:
        told["languages"] = tuple(
            (delivery, tuple((language, tuple(audios)) for language, audios in spoken.items()))
            for delivery, spoken in given.languages.items()
        )
    if given.awards:
        told["awards"] = tuple(
            Award(a.type, a.name, a.year, a.won, people.number(a.person) if a.person else None) for a in given.awards
        )
    return told

"""Titles as fixtures describe them, turned into titles of the domain; what was left out is filled in stably.

A season takes what it leaves out from its series, an episode and a disc from their season.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mock_netflix.data import schema
from mock_netflix.data.cast_list import CastList
from mock_netflix.data.moments import epoch
from mock_netflix.world.titles import Availability, Award, Title, TitleType

# These ratings are in both schemes.
_OF_BOTH = ("NR", "UR")
_FORMAT_ORDER = ("instant", "DVD", "Blu-ray")
_ALWAYS = "2008-01-01"
# What a title can be had as that does not tell it.
_UNTOLD = tuple(Availability(name, epoch(_ALWAYS)) for name in ("instant", "DVD"))
# Minutes of a movie that does not tell them: as many as these, and fewer than so many more.
_SHORTEST, _LONGER = 80, 60


def of_movie(movie: schema.Movie, people: CastList) -> Iterator[Title]:
    """A movie and its bonus discs."""
    title = _described(movie, _blank(TitleType.MOVIE, movie, movie.title, ("Dramas",)), people)
    yield replace(title, bonus_discs=tuple(disc.id for disc in movie.bonus_discs))
    for disc in movie.bonus_discs:
        name = disc.title or f"{title.regular}: Bonus Material"
        yield _described(disc, _child(TitleType.DISC, disc, title, name), people)


def of_series(series: schema.Series, people: CastList) -> Iterator[Title]:
    """A series, its seasons, and their episodes and discs."""
    whole = _described(series, _blank(TitleType.SERIES, series, series.title, ("Television",)), people)
    if series.formats is None:
        whole = replace(whole, formats=_of_seasons(series) or whole.formats)
    yield whole
    for season in series.seasons:
        name = season.title or f"{whole.regular}: Season {season.number}"
        part = _described(
            season,
            replace(_child(TitleType.SEASON, season, whole, name), series=series.id, sequence=season.number),
            people,
        )
        yield part
        for place, disc in enumerate(season.discs, start=1):
            below = _child(TitleType.DISC, disc, part, disc.title or f"{part.regular}: Disc {place}")
            yield _described(disc, replace(below, series=series.id, season=season.id, sequence=place), people)
        for place, episode in enumerate(season.episodes, start=1):
            own_name = episode.title or f"Episode {place}"
            below = _child(TitleType.PROGRAM, episode, part, f"{part.regular}: {own_name}")
            yield _described(
                episode,
                replace(below, series=series.id, season=season.id, sequence=place, episode_name=own_name),
                people,
            )


def _of_seasons(series: schema.Series) -> tuple[Availability, ...]:
    """What a series comes in: whatever any of its seasons does, from the first of them on."""
    told = [one for season in series.seasons if season.formats is not None for one in _formats(season.formats)]
    return tuple(
        Availability(name, min(one.available_from for one in told if one.format == name))
        for name in _FORMAT_ORDER
        if any(one.format == name for one in told)
    )


def _formats(given: schema.Formats) -> tuple[Availability, ...]:
    """What a title can be had as; a format without a date has always been there."""
    windows = dict(given.items() if isinstance(given, dict) else ((name, _ALWAYS) for name in given))
    told = sorted(windows.items(), key=lambda one: _FORMAT_ORDER.index(one[0]))
    return tuple(_availability(name, window) for name, window in told)


def _availability(name: str, window: schema.Window | schema.Moment) -> Availability:
    if isinstance(window, str):
        return Availability(name, epoch(window))
    return Availability(name, epoch(window.from_), epoch(window.until) if window.until else None)


def _blank(kind: TitleType, given: schema._Described, name: str, genres: tuple[str, ...]) -> Title:
    """A title of which nothing is told but its name."""
    return Title(
        type=kind,
        number=given.id,
        regular=name,
        short=name,
        release_year=None,
        rating_scheme="tv_ratings" if kind is TitleType.SERIES else "mpaa_ratings",
        rating="NR",
        genres=genres,
        runtime=(_SHORTEST + given.id % _LONGER) * 60 if kind is TitleType.MOVIE else None,
        average_rating=2.5 + given.id * 7 % 20 / 10,
        synopsis=name,
        formats=_UNTOLD,
    )


# What a part can be had as at all: a disc is sent, an episode is watched.
_PART_FORMATS = {TitleType.DISC: ("DVD", "Blu-ray"), TitleType.PROGRAM: ("instant",)}


def _child(kind: TitleType, given: schema._Described, parent: Title, name: str) -> Title:
    """A part of a title, like it but for what makes it a part."""
    had_as = _PART_FORMATS.get(kind, _FORMAT_ORDER)
    return replace(
        parent,
        type=kind,
        number=given.id,
        regular=name,
        short=name,
        runtime=None,
        awards=(),
        bonus_discs=(),
        official_url=None,
        episode_name=None,
        formats=tuple(one for one in parent.formats if one.format in had_as),
        screen_formats=tuple(one for one in parent.screen_formats if one[0] in had_as),
        languages=tuple(one for one in parent.languages if one[0] in had_as),
    )


def _described(given: schema._Described, title: Title, people: CastList) -> Title:
    """The title with all that a fixture tells of it."""
    told: dict[str, object] = {
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
    return replace(title, **{name: value for name, value in told.items() if value is not None})  # type: ignore[arg-type]

"""Generated titles: each is made from its number, and what is drawn for it decides everything.

Years, ratings and formats are spread as in life: most titles are of the last twenty years, old films are seldom rated,
few can be watched instantly, and what a genre is decides on ratings and length. A part is like its whole but for what
is its own, exactly as a fixture file would have it (data/titles.py).
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from mock_netflix.data.generate.draws import Draws, draws
from mock_netflix.data.generate.layout import BLOCK, Place, layout
from mock_netflix.data.generate.material import SLOTS, Genre, Pattern, material
from mock_netflix.data.generate.people import People
from mock_netflix.world.titles import Availability, Award, Title, TitleType

FIRST_TITLE = 80_000_001

_DAY = 86_400
_LAST_YEAR = 2011
# The service began to send discs in 1998 and to stream in 2007; Blu-ray is of 2006.
_DISCS, _STREAMING, _BLU_RAY = 1998, 2007, 2006
# Before, films were not rated (the rating system is of 1968).
_RATED_FROM = 1968
# Of 32 titles so many are of the ten years that begin here; the last two years stand for themselves.
_SHARES = (
    (1920, 1),
    (1930, 1),
    (1940, 1),
    (1950, 1),
    (1960, 2),
    (1970, 3),
    (1980, 4),
    (1990, 6),
    (2000, 11),
    (2010, 2),
)
_DECADES = tuple(year for year, share in _SHARES for _ in range(share))

# What each draw decides, after those for the words of the name.
(
    _NAME, _PLOT, _GENRE, _ALSO, _RATING, _MINUTES, _LIKED, _DECADE, _YEAR, _DISC, _DISC_DAY, _BLUE, _INSTANT,
    _INSTANT_DAY, _UNTIL, _SOUND, _SHAPE, _AWARD, _AWARD_YEAR, _SEQUEL, _PEOPLE,
) = range(SLOTS, SLOTS + 21)  # fmt: skip
_PEOPLE_DRAWS = 17

_SOUNDS = (("Dolby Digital 5.1",), ("Dolby Digital 2.0 Stereo",), ("Dolby Digital 2.0 Stereo", "Dolby Digital 5.1"))
_OLD_SOUND = ("Dolby Digital 1.0 Mono",)
_SHAPES = ("Widescreen 1.85:1", "Widescreen 2.35:1", "Widescreen 1.78:1", "Widescreen Anamorphic 2.35:1")
_OLD_SHAPE = "Full Screen"
_WIDE_FROM = 1955
_AWARDS = (
    ("academy_awards", "Best Picture"),
    ("academy_awards", "Best Original Screenplay"),
    ("golden_globe_awards", "Best Motion Picture"),
    ("baftas", "Best Film"),
    ("independent_spirit_awards", "Best Feature"),
    ("sundance_film_festival", "Audience Award"),
)
# Of so many titles one has an award or was nominated, of so many one is a sequel.
_AWARDED, _SEQUELS = 40, 25


class Titles:
    """Makes titles from a seed."""

    def __init__(self, seed: int, people: People) -> None:
        self._seed, self._people = seed, people
        # A series and a season are made once for all their parts.
        self._series = lru_cache(maxsize=1024)(self._made_series)
        self._season = lru_cache(maxsize=1024)(self._made_season)

    def place(self, number: int) -> Place:
        """What the title with this number is."""
        block, place = divmod(number - FIRST_TITLE, BLOCK)
        return layout(self._seed, block)[place]

    def title(self, number: int) -> Title:
        """The title with this number."""
        place = self.place(number)
        if place.kind is TitleType.MOVIE:
            return self._made_whole(number, place)
        if place.kind is TitleType.SERIES:
            return self._series(number)
        return self._season(number) if place.kind is TitleType.SEASON else self._part_of_season(number, place)

    def _made_series(self, number: int) -> Title:
        return self._made_whole(number, self.place(number))

    def _made_whole(self, number: int, place: Place) -> Title:
        told = draws(self._seed, "title", number)
        movie = place.kind is TitleType.MOVIE
        genres = material().genres if movie else material().television
        genre = genres[told[_GENRE] % len(genres)]
        name, year = _name(told, movie=movie), _year(told)
        rating = _rating(told, genre, year)
        cast, directors = self._people.of_title(
            (number - FIRST_TITLE) // BLOCK, place.ordinal, told[_PEOPLE : _PEOPLE + _PEOPLE_DRAWS]
        )
        formats = _formats(told, year)
        on_disc = formats[-1].format != "instant"
        return Title(
            type=place.kind,
            number=number,
            regular=name,
            short=name,
            release_year=year,
            rating_scheme="mpaa_ratings" if movie else "tv_ratings",
            rating=rating,
            genres=_genres(told, genre, movie=movie),
            runtime=_minutes(told, genre) * 60 if movie else None,
            average_rating=_liked(told),
            synopsis=_plot(told),
            cast=cast,
            directors=directors,
            formats=formats,
            screen_formats=(("DVD", _shape(told, year)),) if on_disc else (),
            languages=(("DVD", (("English", _sound(told, year)),)),) if on_disc else (),
            awards=_awards(told, year),
        )

    def _made_season(self, number: int) -> Title:
        place = self.place(number)
        told = draws(self._seed, "title", number)
        series = self._series(_block(number) + place.series)
        return self._part(
            number,
            place,
            series,
            f"{series.regular}: Season {place.sequence}",
            release_year=min((series.release_year or _LAST_YEAR) + place.sequence - 1, _LAST_YEAR),
            average_rating=_like(series, told),
            synopsis=_plot(told),
            formats=series.formats,
            screen_formats=series.screen_formats,
            languages=series.languages,
        )

    def _part_of_season(self, number: int, place: Place) -> Title:
        season = self._season(_block(number) + place.season)
        if place.kind is TitleType.DISC:
            return self._part(
                number,
                place,
                season,
                f"{season.regular}: Disc {place.sequence}",
                season=season.number,
                formats=tuple(one for one in season.formats if one.format != "instant"),
                screen_formats=season.screen_formats,
                languages=season.languages,
            )
        told = draws(self._seed, "title", number)
        genre = next(one for one in material().television if one.name == season.genres[1])
        own_name = _filled(material().episodes, told[_NAME], told)
        return self._part(
            number,
            place,
            season,
            f"{season.regular}: {own_name}",
            season=season.number,
            runtime=_minutes(told, genre) * 60,
            average_rating=_like(season, told),
            synopsis=_plot(told),
            formats=tuple(one for one in season.formats if one.format == "instant"),
            episode_name=own_name,
        )

    def _part(self, number: int, place: Place, whole: Title, name: str, **own: Any) -> Title:
        """A part of a series or a season: like it, but for its own things."""
        told: dict[str, Any] = {
            "release_year": whole.release_year,
            "runtime": None,
            "average_rating": whole.average_rating,
            "synopsis": whole.synopsis,
            **own,
        }
        return Title(
            type=place.kind,
            number=number,
            regular=name,
            short=name,
            rating_scheme=whole.rating_scheme,
            rating=whole.rating,
            genres=whole.genres,
            cast=whole.cast,
            directors=whole.directors,
            series=_block(number) + place.series,
            sequence=place.sequence,
            **told,
        )


def _block(number: int) -> int:
    """The first number of the block of a title."""
    return number - (number - FIRST_TITLE) % BLOCK


def _filled(patterns: tuple[Pattern, ...], which: int, told: Draws) -> str:
    return patterns[which % len(patterns)].filled(told)


def _name(told: Draws, *, movie: bool) -> str:
    name = _filled(material().names if movie else material().series, told[_NAME], told)
    if movie and told[_SEQUEL] % _SEQUELS == 0:
        return _filled(material().sequels, told[_SEQUEL] // _SEQUELS, told).replace("<name>", name)
    return name


def _plot(told: Draws) -> str:
    plot = _filled(material().plots, told[_PLOT], told)
    return plot[0].upper() + plot[1:]


def _genres(told: Draws, genre: Genre, *, movie: bool) -> tuple[str, ...]:
    """The main genre and one or two more."""
    also = genre.also[told[_ALSO] % len(genre.also)]
    if not movie:
        return "Television", genre.name, also
    if told[_ALSO] & 0x8000:
        return genre.name, also
    other = material().genres[told[_SEQUEL] % len(material().genres)].name
    return (genre.name, also) if other in (genre.name, also) else (genre.name, also, other)


def _year(told: Draws) -> int:
    first = _DECADES[told[_DECADE] % len(_DECADES)]
    return first + told[_YEAR] % min(10, _LAST_YEAR - first + 1)


def _rating(told: Draws, genre: Genre, year: int) -> str:
    if year < _RATED_FROM and told[_RATING] % 5:
        return "NR"
    return genre.ratings[told[_RATING] // 5 % len(genre.ratings)]


def _minutes(told: Draws, genre: Genre) -> int:
    """A third more or less than is usual, seldom so much."""
    draw, spread = told[_MINUTES], genre.minutes // 3
    return genre.minutes + (draw % spread + draw // spread % spread) - spread


def _liked(told: Draws) -> float:
    """2.2 to 4.6 stars, mostly about the middle."""
    draw = told[_LIKED]
    return (22 + draw % 9 + draw // 9 % 9 + draw // 81 % 9) / 10


def _like(whole: Title, told: Draws) -> float:
    """About as much as the whole."""
    return (round(whole.average_rating * 10) + told[_LIKED] % 5 - 2) / 10


def _formats(told: Draws, year: int) -> tuple[Availability, ...]:
    """Instant for two in five; a disc for all but some of these; Blu-ray for few, of new films more often."""
    on_disc = told[_DISC] % 8 < 7
    instant = told[_INSTANT] % 5 < 2 or not on_disc
    blue = on_disc and told[_BLUE] % 20 < (5 if year > 1990 else 1)
    found = []
    if instant:
        begun = _day(max(year, _STREAMING + told[_INSTANT] // 5 % 5), told[_INSTANT_DAY])
        until = told[_UNTIL]
        found.append(
            Availability("instant", begun, begun + (300 + until // 3 % 900) * _DAY if until % 3 == 0 else None)
        )
    if on_disc:
        found.append(Availability("DVD", _day(max(year, _DISCS + told[_DISC] // 8 % 11), told[_DISC_DAY])))
    if blue:
        found.append(Availability("Blu-ray", _day(max(year, _BLU_RAY + told[_BLUE] // 20 % 6), told[_BLUE] // 120)))
    return tuple(found)


@lru_cache(maxsize=64)
def _new_year(year: int) -> int:
    """The first day of a year, counted from 1970."""
    return (date(year, 1, 1) - date(1970, 1, 1)).days


def _day(year: int, draw: int) -> int:
    """A day of a year, in epoch seconds."""
    return (_new_year(year) + draw % 365) * _DAY


def _shape(told: Draws, year: int) -> str:
    return _SHAPES[told[_SHAPE] % len(_SHAPES)] if year >= _WIDE_FROM else _OLD_SHAPE


def _sound(told: Draws, year: int) -> tuple[str, ...]:
    return _SOUNDS[told[_SOUND] % len(_SOUNDS)] if year >= _RATED_FROM else _OLD_SOUND


def _awards(told: Draws, year: int) -> tuple[Award, ...]:
    """Mostly none; one that was won, or a nomination."""
    draw = told[_AWARD]
    if draw % _AWARDED:
        return ()
    kind, name = _AWARDS[draw // _AWARDED % len(_AWARDS)]
    return (Award(kind, name, year + 1, won=told[_AWARD_YEAR] % 3 == 0),)

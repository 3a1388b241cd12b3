"""A generated world as a fixture file, from which the same world is loaded.

It is written piece by piece, so that a large one takes no room: an object with its lists, or lines of JSON, each an
object of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count, groupby
from operator import itemgetter
from typing import Any, BinaryIO

import msgspec

from mock_netflix.data.generate.world import Generated
from mock_netflix.world.people import Person
from mock_netflix.world.survey import Progress
from mock_netflix.world.titles import Title, TitleType

_Described = dict[str, Any]
# Name of a list in a fixture file, and something in it.
_Piece = tuple[str, object]


def write(generated: Generated, out: BinaryIO, *, lines: bool, progress: Progress) -> None:
    """Writes the world; `lines`: as lines of JSON. `progress` is told of the people and titles."""
    encode = msgspec.json.Encoder().encode
    if lines:
        out.writelines(encode({name: [piece]}) + b"\n" for name, piece in _pieces(generated, progress))
        return
    before = b"{"
    for name, pieces in groupby(_pieces(generated, progress), key=itemgetter(0)):
        out.write(before + f'"{name}": [\n'.encode())
        for place, (_, piece) in enumerate(pieces):
            out.write((b",\n" if place else b"") + encode(piece))
        before = b"\n],\n"
    out.write(b"{}\n" if before == b"{" else b"\n]}\n")


def _pieces(generated: Generated, progress: Progress) -> Iterator[_Piece]:
    """People, movies, series and subscribers, each as it stands in a list of a fixture file."""
    people, titles = generated.people, generated.titles
    steps = count()

    def step() -> None:
        progress(next(steps), len(people) + 2 * len(titles))

    for person in people.values():
        step()
        yield "people", _stripped({"id": person.number, "name": person.name, "bio": person.bio})
    for title in titles.values():
        step()
        if title.type is TitleType.MOVIE:
            yield "movies", _whole(title, people)
    series: _Described | None = None
    for title in titles.values():
        step()
        if title.type is TitleType.SERIES:
            if series is not None:
                yield "series", series
            series = {**_whole(title, people), "seasons": []}
        elif title.type is not TitleType.MOVIE and series is not None:
            _add_part(series["seasons"], title)
    if series is not None:
        yield "series", series
    for subscriber in generated.described():
        yield "subscribers", _stripped(msgspec.to_builtins(subscriber))


def _whole(title: Title, people: Mapping[int, Person]) -> _Described:
    """A movie or a series."""
    told: _Described = _stripped(
        {
            "id": title.number,
            "title": title.regular,
            "year": title.release_year,
            "rating": title.rating,
            "genres": list(title.genres),
            "minutes": title.runtime and title.runtime // 60,
            "average_rating": title.average_rating,
            "synopsis": title.synopsis,
            "cast": [people[number].name for number in title.cast],
            "directors": [people[number].name for number in title.directors],
            "formats": {
                one.format: {"from": _date(one.available_from), "until": _date(one.available_until)}
                for one in title.formats
            },
            "screen_formats": {delivery: [label] for delivery, label in title.screen_formats},
            "languages": {
                delivery: {language: list(audios) for language, audios in spoken}
                for delivery, spoken in title.languages
            },
            "awards": [{"type": one.type, "name": one.name, "year": one.year, "won": one.won} for one in title.awards],
        }
    )
    return told


def _add_part(seasons: list[_Described], title: Title) -> None:
    """A season, or an episode or a disc of the last one; what it has from its whole is left out."""
    told = {"id": title.number, "average_rating": title.average_rating}
    if title.type is TitleType.SEASON:
        own = {"number": title.sequence, "year": title.release_year, "synopsis": title.synopsis}
        seasons.append({**told, **own, "episodes": [], "discs": []})
    elif title.type is TitleType.PROGRAM:
        own = {"title": title.episode_name, "minutes": (title.runtime or 0) // 60, "synopsis": title.synopsis}
        seasons[-1]["episodes"].append({**told, **own})
    else:
        seasons[-1]["discs"].append({"id": title.number})


def _date(moment: int | None) -> str | None:
    """A day; formats come and go at midnight."""
    return None if moment is None else datetime.fromtimestamp(moment, UTC).date().isoformat()


def _stripped(value: Any) -> Any:
    """Without what is empty or not known: it need not be written."""
    if isinstance(value, dict):
        told = {name: _stripped(inside) for name, inside in value.items()}
        return {name: inside for name, inside in told.items() if inside is not None and inside not in ([], {})}
    return [_stripped(one) for one in value] if isinstance(value, list) else value

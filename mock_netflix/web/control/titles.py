"""The titles and people of a world: found by words, and added with the fields of a fixture."""

from __future__ import annotations

from typing import Annotated

import msgspec

from mock_netflix.data import schema
from mock_netflix.stage.titles import add_person, add_titles, address_of
from mock_netflix.web.control.messages import query, told
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.titles import Title

Limit = Annotated[int, msgspec.Meta(ge=1, le=500)]


class FoundTitle(msgspec.Struct):
    """A title: its id in the API, its type in addresses, its number, name and year."""

    id: str
    type: str
    number: int
    title: str
    year: int | None


class FoundTitles(msgspec.Struct):
    """Some of the titles that were found, best first; `found` is how many there are."""

    titles: list[FoundTitle]
    found: int


class AddedTitle(FoundTitle):
    """A title that was added, with its seasons, episodes and discs, which are titles too."""

    parts: list[FoundTitle]


class AddedPerson(msgspec.Struct):
    """A person who was added, and their number, which is in addresses."""

    number: int
    name: str


class TitlesWanted(msgspec.Struct, forbid_unknown_fields=True):
    """Words that any title with one of them matches, as in the search of the API; every title without."""

    q: str = ""
    limit: Limit = 25


def as_message(asked: Asked, title: Title) -> FoundTitle:
    """A title as it is told."""
    return FoundTitle(**_fields(asked, title))  # type: ignore[arg-type]


def _fields(asked: Asked, title: Title) -> dict[str, object]:
    return {
        "id": address_of(title, asked.base_url),
        "type": title.type.value,
        "number": title.number,
        "title": title.regular,
        "year": title.release_year,
    }


def listed(asked: Asked) -> FoundTitles:
    wanted = query(asked, TitlesWanted)
    found = asked.sandbox.state.catalogue.search(wanted.q)
    return FoundTitles([as_message(asked, title) for title in found[: wanted.limit]], len(found))


def movie_added(asked: Asked) -> AddedTitle:
    """What is left out is filled in as in a fixture file; who is named in its cast is found, or added too."""
    return _added(asked, "movie")


def series_added(asked: Asked) -> AddedTitle:
    """The same for a series with its seasons, episodes and discs."""
    return _added(asked, "series")


def _added(asked: Asked, kind: str) -> AddedTitle:
    fields = told(asked, schema.Movie if kind == "movie" else schema.Series, f"this {kind}")
    whole, *parts = add_titles(asked.sandbox, type=kind, **fields)
    return AddedTitle(**_fields(asked, whole), parts=[as_message(asked, part) for part in parts])  # type: ignore[arg-type]


def person_added(asked: Asked) -> AddedPerson:
    """Titles that are added later may name them; only who is to have a biography needs this."""
    person = add_person(asked.sandbox, **told(asked, schema.Person, "this person"))
    return AddedPerson(person.number, person.name)


OPERATIONS = (
    Operation("GET", "/titles", listed, "Find titles", asks=TitlesWanted, gives=FoundTitles),
    Operation(
        "POST",
        "/titles",
        movie_added,
        "Add a movie",
        takes=schema.Movie,
        gives=AddedTitle,
        status=201,
        problems=(400, 409),
    ),
    Operation(
        "POST",
        "/series",
        series_added,
        "Add a series",
        takes=schema.Series,
        gives=AddedTitle,
        status=201,
        problems=(400, 409),
    ),
    Operation(
        "POST",
        "/people",
        person_added,
        "Add a person",
        takes=schema.Person,
        gives=AddedPerson,
        status=201,
        problems=(400, 409),
    ),
)

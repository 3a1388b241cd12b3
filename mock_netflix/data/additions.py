"""A title that comes to a catalogue later: filled in as in a fixture file, with ids and people that fit in."""

from __future__ import annotations

from mock_netflix.data import schema
from mock_netflix.data.cast_list import CastList
from mock_netflix.data.numbering import number_beside, number_by_name
from mock_netflix.data.schema import UNNUMBERED
from mock_netflix.data.titles import of_movie, of_series
from mock_netflix.errors import ConflictError
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleKey, TitleType


def titles_beside(
    whole: schema.Movie | schema.Series, catalogue: Catalogue
) -> tuple[tuple[Title, ...], tuple[Person, ...]]:
    """A movie or a series and everything in it, and the people of it who are new. Raises ConflictError."""
    if whole.id == UNNUMBERED:
        _check_name(whole, catalogue)
    number_beside(whole, catalogue.titles)
    people = CastList((), catalogue)
    made: dict[TitleKey, Title] = {}
    for title in of_movie(whole, people) if isinstance(whole, schema.Movie) else of_series(whole, people):
        there = catalogue.titles.get(title.key) or made.get(title.key)
        if there is not None:
            raise ConflictError(f"there is a title {title.type}/{title.number} already: {there.regular}")
        made[title.key] = title
    return tuple(made.values()), tuple(people.everyone())


def person_beside(described: schema.Person, catalogue: Catalogue) -> Person:
    """A person who is in nothing yet. Raises ConflictError."""
    namesakes = (one for one in catalogue.people_called(described.name) if one.name == described.name)
    there = next(namesakes, None) or catalogue.people.get(described.id or 0)
    if there is not None:
        raise ConflictError(f"there is a person {there.number} already: {there.name}")
    (made,) = CastList((described,), catalogue).everyone()
    return made


def _check_name(whole: schema.Movie | schema.Series, catalogue: Catalogue) -> None:
    """Whose id is made of name and year needs a name and year of its own."""
    kind = TitleType.MOVIE if isinstance(whole, schema.Movie) else TitleType.SERIES
    there = catalogue.titles.get((kind, number_by_name(whole)))
    if there is not None and (there.regular, there.release_year) == (whole.title, whole.year):
        reason = f"{there.type}/{there.number} has this name and year too; give this one an id, or another year"
        raise ConflictError(reason)

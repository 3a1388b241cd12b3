"""Titles and people of a world: added as a fixture file would tell them, and found as a person names them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from mock_netflix.data import schema
from mock_netflix.data.additions import person_beside, titles_beside
from mock_netflix.data.faults import shown
from mock_netflix.data.references import Ambiguous, Dangling, References
from mock_netflix.errors import MockNetflixError, UnknownError
from mock_netflix.resources.title_refs import title_in
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.descriptions import described
from mock_netflix.wire.links import links_for
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.extended import Extended, extended
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleKey

# A title of this world, its address in the API, or what a fixture file calls it: "Casablanca", "Titanic (1997)",
# 70010001, "movies/70010001".
Named = Title | str | int

# What tells the path of an address from a name.
_PATH = "/catalog/titles/"
# So many titles that could be meant are named.
_CHOICES = 6
_KINDS: dict[str, type[schema.Movie] | type[schema.Series]] = {"movie": schema.Movie, "series": schema.Series}
# So many catalogues are remembered with the names of what is in them.
_REMEMBERED = 8


def add_title(sandbox: Sandbox, title: str, *, type: str | None = None, **fields: Any) -> Title:  # noqa: A002
    """A movie or a series more, with the fields of a fixture; what is left out is filled in as there.

    `type` is "movie" or "series"; without it, what has seasons is a series. Raises FixtureError, ConflictError.
    """
    return add_titles(sandbox, title, type=type, **fields)[0]


def add_titles(sandbox: Sandbox, title: str, *, type: str | None = None, **fields: Any) -> tuple[Title, ...]:  # noqa: A002
    """The same; gives the title and all its parts, seasons, episodes and discs."""
    wanted = type or ("series" if "seasons" in fields else "movie")
    if wanted not in [*_KINDS]:
        raise MockNetflixError(f"type cannot be {shown(wanted)}; it is {' or '.join(_KINDS)}")
    kind = _KINDS[wanted]
    whole: schema.Movie | schema.Series = described(kind, {"title": title, **fields}, f"this {wanted}")
    with sandbox.lock:
        catalogue = sandbox.state.catalogue
        titles, people = titles_beside(whole, catalogue)
        sandbox.state = sandbox.state.with_catalogue(extended(catalogue, titles, people))
    return titles


def add_person(sandbox: Sandbox, name: str, **fields: Any) -> Person:
    """A person with the fields of a fixture, whom titles that are added later may name.

    Raises FixtureError, ConflictError.
    """
    told = described(schema.Person, {"name": name, **fields}, "this person")
    with sandbox.lock:
        catalogue = sandbox.state.catalogue
        person = person_beside(told, catalogue)
        sandbox.state = sandbox.state.with_catalogue(extended(catalogue, (), (person,)))
    return person


def find_title(sandbox: Sandbox, named: Named) -> Title:
    """The title that is meant. Raises UnknownError, also where it could be several."""
    catalogue = sandbox.state.catalogue
    if isinstance(named, Title):
        if catalogue.titles.get(named.key) != named:
            raise UnknownError(f"{shown(named.regular)} is no title of this world")
        return named
    if isinstance(named, bool) or not isinstance(named, str | int):
        raise MockNetflixError(f"a title is named by its name, number or address, not by {shown(named)}")
    if isinstance(named, int) and not 0 < named <= schema.LARGEST:
        raise UnknownError(f"no title is number {shown(named)}")
    try:
        key = references(catalogue).find(named)
    except Dangling as error:
        raise UnknownError(str(error)) from None
    if key is None:
        raise UnknownError(f"no title is {shown(named)}")
    return catalogue.titles[key]


def address_of(title: Title, base_url: str) -> str:
    """The id of a title in the API of a mock at this address."""
    parts = urlsplit(base_url)
    return links_for(parts.scheme, parts.netloc).title(title)


def references(catalogue: Catalogue) -> NamesOfTitles:
    """What titles are called in this catalogue; what was added to it goes before what was there."""
    if not isinstance(catalogue, Extended):
        return NamesOfTitles(catalogue, {}, _references(catalogue))
    return NamesOfTitles(catalogue, catalogue.added, _references(catalogue.base))


@lru_cache(maxsize=_REMEMBERED)
def _references(catalogue: Catalogue) -> References:
    return References(catalogue.described.values(), catalogue.own, catalogue.titles)


class NamesOfTitles(References):
    """Finds titles by their addresses too, and generated ones by their names."""

    def __init__(self, catalogue: Catalogue, added: Mapping[TitleKey, Title], beyond: References) -> None:
        super().__init__(added.values(), added, beyond=beyond)
        self._catalogue = catalogue
        # What led nowhere.
        self.missed: list[schema.TitleRef] = []

    def find(self, ref: schema.TitleRef) -> TitleKey | None:
        try:
            return self._found(ref)
        except Dangling:
            self.missed.append(ref)
            raise

    def _found(self, ref: schema.TitleRef) -> TitleKey | None:
        if isinstance(ref, str) and ("://" in ref or _PATH in ref):
            title = title_in(ref, self._catalogue)
            if title is None:
                raise Dangling(f"there is no title at {shown(ref)}")
            return title.key
        try:
            return super().find(ref)
        except Ambiguous:
            raise
        except Dangling:
            called = self._generated(ref)
            if not called:
                raise
            if len(called) == 1:
                return called[0].key
            choices = " or ".join(f'"{one.type}/{one.number}"' for one in called[:_CHOICES])
            raise Ambiguous(f"several titles are called {shown(ref)}; write {choices}") from None

    def _generated(self, ref: schema.TitleRef) -> tuple[Title, ...]:
        """The titles of this name; only a generated world has some that are not among those looked through."""
        catalogue = self._catalogue
        every = isinstance(ref, int) or len(catalogue.titles) == len(catalogue.described)
        return () if every else catalogue.called(str(ref))

"""The files of the whole catalogue, for clients that keep a copy of it (reference: resources 2.3, examples 8.9).

What is asked with a signature leads to the file elsewhere, which is had without one: clients follow without signing
again. Where the rule `redirects_to_files` is off, the file itself is the answer. `include_amg` and `include_tms` need
an approval that no application has, so they change nothing.

Everything that a title tells is expanded but its similar titles, which stay a link: they say what other items of the
file say, and would be most of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap

from mock_netflix.calendar import REMOVALS
from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler, Moved, Record, Stream
from mock_netflix.resources.facets import FACETS
from mock_netflix.resources.second_titles import second_title
from mock_netflix.resources.sight import Sight
from mock_netflix.resources.titles import fields_with
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import RELS, category, leaf, link
from mock_netflix.world.grants import file_token_of
from mock_netflix.world.titles import Availability, Title, TitleType

Item = Callable[[Title, Sight], Element]

_EVERYTHING = frozenset(facet.name for facet in FACETS) - {"similars"}
_RELATIVES = {
    TitleType.SERIES: "series",
    TitleType.SEASON: "season",
    TitleType.PROGRAM: "program",
    TitleType.DISC: "disc",
}
_CHILDREN = (TitleType.SEASON, TitleType.PROGRAM, TitleType.DISC)
_ON_DISC = ("DVD", "Blu-ray")


def _index_item(title: Title, sight: Sight) -> Element:
    """A title as the index of 1.0 had it."""
    genres = (category(sight.links.scheme("genres"), genre) for genre in title.genres)
    formats = (_availability(one, sight) for one in title.formats)
    return Element(
        "title_index_item",
        children=(
            leaf("id", sight.links.title(title)),
            leaf("title", title.regular),
            *_told("updated", title.changed),
            *genres,
            *_people(title, sight),
            *_relatives(title, sight),
            *_told("release_year", title.release_year),
            *_told("sequence_nr_in_series", title.sequence or None),
            link(sight.links.title_page(title), "alternate", "web page"),
            *_external_ids(title),
            Element("delivery_formats", children=tuple(formats)),
        ),
    )


def _told(name: str, value: int | None) -> Iterable[Element]:
    return () if value is None else (leaf(name, value),)


def _people(title: Title, sight: Sight) -> Iterable[Element]:
    for part, numbers in (("actor", title.cast), ("director", title.directors)):
        for number in numbers:
            yield link(sight.links.person(number), f"catalog/person.{part}", sight.catalogue.people[number].name)


def _relatives(title: Title, sight: Sight) -> Iterable[Element]:
    """Links to what a title is a part of, and to its parts."""
    catalogue = sight.catalogue
    children = (child for kind in _CHILDREN for child in catalogue.children(title, kind))
    for one in (*catalogue.parents(title), *children):
        yield link(sight.links.title(one), f"catalog/{_RELATIVES[one.type]}", one.regular)


def _external_ids(title: Title) -> Iterable[Element]:
    """The number under the bars on a box of discs: invented, from the range that shops use among themselves."""
    if not any(map(title.has_format, _ON_DISC)):
        return ()
    digits = f"2{title.number:011d}"
    check = -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10
    upc = Element("id", (("rel", f"{RELS}catalog/id.upc"),), text=f"{digits}{check}")
    return (Element("external_ids", children=(upc,)),)


def _availability(one: Availability, sight: Sight) -> Element:
    """Each format is told in the old words and in the new ones, as captured."""
    window = (("available_from", one.available_from), ("available_until", one.available_until))
    old = (("scheme", f"{sight.links.schemes}/catalog/titles/formats"), ("label", one.format), ("term", one.format))
    return Element(
        "availability",
        tuple((name, moment) for name, moment in window if moment is not None),
        (
            Element("category", (*old, ("status", "deprecated"))),
            category(sight.links.scheme("title_formats"), one.format),
        ),
    )


def _full_item(title: Title, sight: Sight) -> Element:
    """A title as in a search, with everything expanded."""
    children = (leaf("id", sight.links.title(title)), fields_with(_EVERYTHING, title, sight))
    return Element("catalog_title", children=children)


@dataclass(frozen=True, slots=True)
class File:
    """A file of all titles, or of those that can be had in one of these formats; `until`: when it went."""

    name: str
    root: str
    item: Item
    formats: tuple[str, ...] = ()
    until: int | None = None
    record: Record = "inferred"

    def titles(self, sight: Sight) -> Iterator[Title]:
        every = iter(sight.catalogue.titles.values())
        return (one for one in every if any(map(one.has_format, self.formats))) if self.formats else every

    def stream(self, sight: Sight) -> Stream:
        """The file as it is seen from there."""
        told = ((title, sight) for title in self.titles(sight))
        return Stream(self.name, self.root, sight, starmap(self.item, told))


# The root of all but the index is a guess.
FILES = {
    file.name: file
    for file in (
        File("index", "catalog_title_index", _index_item, until=REMOVALS, record="documented"),
        File("full", "catalog_titles", _full_item, until=REMOVALS),
        File("streaming", "catalog_titles", second_title, ("instant",)),
        File("dvd", "catalog_titles", second_title, _ON_DISC),
    )
}


def _handler(file: File) -> Handler:
    def handler(call: Call) -> Answer:
        if not call.state.rules.redirects_to_files:
            return Answer(file.stream(call.sight))
        key = call.caller.application.key
        token = file_token_of(call.state.grants, key, file.name)
        return Answer(Moved(call.links.catalogue_file(file.name, key, token)), 302)

    return handler


ENDPOINTS = tuple(
    Endpoint(
        name=f"files.{file.name}",
        paths=(f"/catalog/titles/{file.name}",),
        level=Level.SIGNED,
        verbs={"GET": _handler(file)},
        title=f"Catalog file: {file.name}",
        record=file.record,
        source="resources 2.3",
        parameters=("include_amg", "include_tms"),
        xml_only=True,
        until=file.until,
    )
    for file in FILES.values()
)

"""The files of the whole catalogue, for clients that keep a copy of it (reference: resources 2.3, examples 8.9).

The real service led to a file elsewhere; here the file itself is the answer. `include_amg` and `include_tms` need an
approval that no application has, so they change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mock_netflix.calendar import REMOVALS
from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler, Record
from mock_netflix.resources.facets import FACETS
from mock_netflix.resources.second_titles import second_title
from mock_netflix.resources.titles import fields_with
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import RELS, category, leaf, link
from mock_netflix.world.titles import Availability, Title, TitleType

Item = Callable[[Title, Call], Element]

_EVERYTHING = frozenset(facet.name for facet in FACETS)
_RELATIVES = {
    TitleType.SERIES: "series",
    TitleType.SEASON: "season",
    TitleType.PROGRAM: "program",
    TitleType.DISC: "disc",
}
_CHILDREN = (TitleType.SEASON, TitleType.PROGRAM, TitleType.DISC)
_ON_DISC = ("DVD", "Blu-ray")


def _index_item(title: Title, call: Call) -> Element:
    """A title as the index of 1.0 had it."""
    genres = (category(call.links.scheme("genres"), genre) for genre in title.genres)
    formats = (_availability(one, call) for one in title.formats)
    return Element(
        "title_index_item",
        children=(
            leaf("id", call.links.title(title)),
            leaf("title", title.regular),
            *_told("updated", title.changed),
            *genres,
            *_people(title, call),
            *_relatives(title, call),
            *_told("release_year", title.release_year),
            *_told("sequence_nr_in_series", title.sequence or None),
            link(call.links.title_page(title), "alternate", "web page"),
            *_external_ids(title),
            Element("delivery_formats", children=tuple(formats)),
        ),
    )


def _told(name: str, value: int | None) -> Iterable[Element]:
    return () if value is None else (leaf(name, value),)


def _people(title: Title, call: Call) -> Iterable[Element]:
    for part, numbers in (("actor", title.cast), ("director", title.directors)):
        for number in numbers:
            yield link(call.links.person(number), f"catalog/person.{part}", call.state.catalogue.people[number].name)


def _relatives(title: Title, call: Call) -> Iterable[Element]:
    """Links to what a title is a part of, and to its parts."""
    catalogue = call.state.catalogue
    children = (child for kind in _CHILDREN for child in catalogue.children(title, kind))
    for one in (*catalogue.parents(title), *children):
        yield link(call.links.title(one), f"catalog/{_RELATIVES[one.type]}", one.regular)


def _external_ids(title: Title) -> Iterable[Element]:
    """The number under the bars on a box of discs: invented, from the range that shops use among themselves."""
    if not any(map(title.has_format, _ON_DISC)):
        return ()
    digits = f"2{title.number:011d}"
    check = -sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10
    upc = Element("id", (("rel", f"{RELS}catalog/id.upc"),), text=f"{digits}{check}")
    return (Element("external_ids", children=(upc,)),)


def _availability(one: Availability, call: Call) -> Element:
    """Each format is told in the old words and in the new ones, as captured."""
    window = (("available_from", one.available_from), ("available_until", one.available_until))
    old = (("scheme", f"{call.links.schemes}/catalog/titles/formats"), ("label", one.format), ("term", one.format))
    return Element(
        "availability",
        tuple((name, moment) for name, moment in window if moment is not None),
        (
            Element("category", (*old, ("status", "deprecated"))),
            category(call.links.scheme("title_formats"), one.format),
        ),
    )


def _full_item(title: Title, call: Call) -> Element:
    """A title as in a search, with everything expanded."""
    children = (leaf("id", call.links.title(title)), fields_with(_EVERYTHING, title, call))
    return Element("catalog_title", children=children)


def _file(root: str, item: Item, *formats: str) -> Handler:
    """The handler of a file of all titles, or of those that can be had in one of these formats."""

    def file(call: Call) -> Answer:
        titles = call.state.catalogue.titles.values()
        told = (one for one in titles if not formats or any(map(one.has_format, formats)))
        return Answer(Element(root, children=tuple(item(title, call) for title in told)))

    return file


# Name, handler, when it went, how sure the record is. The root of all but the index is a guess.
_FILES: tuple[tuple[str, Handler, int | None, Record], ...] = (
    ("index", _file("catalog_title_index", _index_item), REMOVALS, "documented"),
    ("full", _file("catalog_titles", _full_item), REMOVALS, "inferred"),
    ("streaming", _file("catalog_titles", second_title, "instant"), None, "inferred"),
    ("dvd", _file("catalog_titles", second_title, *_ON_DISC), None, "inferred"),
)

ENDPOINTS = tuple(
    Endpoint(
        name=f"files.{name}",
        paths=(f"/catalog/titles/{name}",),
        level=Level.SIGNED,
        verbs={"GET": handler},
        title=f"Catalog file: {name}",
        record=record,
        source="resources 2.3",
        parameters=("include_amg", "include_tms"),
        xml_only=True,
        until=until,
    )
    for name, handler, until, record in _FILES
)

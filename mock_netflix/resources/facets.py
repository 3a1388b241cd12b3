"""What a title tells of one side of it: synopsis, cast, formats, … (reference: resources 2.5, 2.6).

From one row come the link in every title, the document at the link's address, and the same document inside the link
when a request expands it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.links import Links
from mock_netflix.wire.vocabulary import category, leaf, link
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Availability, Award, Title, TitleType

Build = Callable[[Title, Catalogue, Links], Element]

# The captured answer names three people in an expanded cast.
_EXPANDED_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a title. `build` makes its document; `nested` what stands in the link, where that is another."""

    name: str
    rel: str
    title: str
    present: Callable[[Title, Catalogue], object]
    build: Build
    nested: Build | None = None


def _always(title: Title, catalogue: Catalogue) -> bool:
    return True


def _synopsis(title: Title, catalogue: Catalogue, links: Links) -> Element:
    return Element("synopsis", text=title.synopsis, cdata=True)


def person_element(person: Person, links: Links) -> Element:
    """A person as an item of a list or as a document (reference: resources 2.7)."""
    address = links.person(person.number)
    bio = (Element("bio", text=person.bio, cdata=True),) if person.bio else ()
    return Element(
        "person",
        children=(
            leaf("id", address),
            leaf("name", person.name),
            *bio,
            link(f"{address}/filmography", "catalog/titles.filmography", "filmography"),
            link(links.person_page(person.name, person.number), "alternate", "web page"),
        ),
    )


def _people(numbers: Callable[[Title], tuple[int, ...]]) -> Build:
    def build(title: Title, catalogue: Catalogue, links: Links) -> Element:
        people = (person_element(catalogue.people[number], links) for number in numbers(title))
        return Element("people", children=tuple(people), items="person")

    return build


def _people_links(numbers: Callable[[Title], tuple[int, ...]]) -> Build:
    def build(title: Title, catalogue: Catalogue, links: Links) -> Element:
        people = (catalogue.people[number] for number in numbers(title)[:_EXPANDED_PEOPLE])
        return Element(
            "people",
            children=tuple(link(links.person(person.number), "catalog/person", person.name) for person in people),
        )

    return build


def _delivery_formats(title: Title, catalogue: Catalogue, links: Links) -> Element:
    def availability(one: Availability) -> Element:
        window = [("available_from", Epoch(one.available_from))]
        if one.available_until is not None:
            window.append(("available_until", Epoch(one.available_until)))
        return Element("availability", tuple(window), (category(links.scheme("title_formats"), one.format),))

    return Element("delivery_formats", children=tuple(map(availability, title.formats)), items="availability")


def _screen_formats(title: Title, catalogue: Catalogue, links: Links) -> Element:
    children = tuple(
        Element(
            "screen_format",
            children=(
                category(links.scheme("title_formats"), delivery),
                category(links.scheme("screen_formats"), label),
            ),
        )
        for delivery, label in title.screen_formats
    )
    return Element("screen_formats", children=children, items="screen_format")


def _languages_and_audio(title: Title, catalogue: Catalogue, links: Links) -> Element:
    def holding(scheme: str, label: str, children: tuple[Element, ...]) -> Element:
        outer = category(links.scheme(scheme), label)
        return Element(outer.name, outer.attributes, children)

    formats = []
    for delivery, languages in title.languages:
        # Audio labels begin with a blank on the wire (reference: resources 2.5).
        spoken = tuple(
            holding("languages", language, tuple(category(links.scheme("audio"), f" {audio}") for audio in audios))
            for language, audios in languages
        )
        formats.append(Element("language_audio_format", children=(holding("title_formats", delivery, spoken),)))
    return Element("languages_and_audio", children=tuple(formats), items="language_audio_format")


def _awards(title: Title, catalogue: Catalogue, links: Links) -> Element:
    def award(one: Award) -> Element:
        label = one.name if one.won else f"{one.name} nominee"
        person = catalogue.people[one.person] if one.person is not None else None
        to = (link(links.person(person.number), "catalog/person", person.name),) if person else ()
        return Element(
            "award_winner" if one.won else "award_nominee",
            (("year", one.year),),
            (category(links.scheme(f"award_types/{one.type}"), label), *to),
        )

    return Element("awards", children=tuple(map(award, title.awards)))


def _bonus_materials(title: Title, catalogue: Catalogue, links: Links) -> Element:
    discs = (catalogue.titles[TitleType.DISC, number] for number in title.bonus_discs)
    children = tuple(link(links.title(disc), "catalog/title", disc.regular) for disc in discs)
    return Element("bonus_materials", children=children, items="link")


def _children(kind: TitleType) -> Build:
    """Links to the discs, seasons or episodes of a title, as they stand in an expanded link."""

    def build(title: Title, catalogue: Catalogue, links: Links) -> Element:
        return _title_links(catalogue.children(title, kind), links)

    return build


def _similars(title: Title, catalogue: Catalogue, links: Links) -> Element:
    return _title_links(catalogue.similar(title), links)


def _title_links(titles: tuple[Title, ...], links: Links) -> Element:
    children = tuple(link(links.title(title), "catalog/title", title.regular) for title in titles)
    return Element("catalog_titles", children=children, items="link")


def _has_children(kind: TitleType) -> Callable[[Title, Catalogue], object]:
    return lambda title, catalogue: catalogue.children(title, kind)


FACETS = (
    Facet("synopsis", "catalog/titles/synopsis", "synopsis", _always, _synopsis),
    Facet(
        "cast",
        "catalog/people.cast",
        "cast",
        _always,
        _people(lambda title: title.cast),
        _people_links(lambda title: title.cast),
    ),
    Facet(
        "directors",
        "catalog/people.directors",
        "directors",
        lambda title, catalogue: title.directors,
        _people(lambda title: title.directors),
        _people_links(lambda title: title.directors),
    ),
    Facet("format_availability", "catalog/titles/format_availability", "formats", _always, _delivery_formats),
    Facet(
        "screen_formats",
        "catalog/titles/screen_formats",
        "screen formats",
        lambda title, catalogue: title.screen_formats,
        _screen_formats,
    ),
    Facet(
        "languages_and_audio",
        "catalog/titles/languages_and_audio",
        "languages and audio",
        lambda title, catalogue: title.languages,
        _languages_and_audio,
    ),
    Facet("awards", "catalog/titles/awards", "awards", lambda title, catalogue: title.awards, _awards),
    Facet(
        "bonus_materials",
        "catalog/titles/bonus_materials",
        "bonus materials",
        lambda title, catalogue: title.bonus_discs,
        _bonus_materials,
    ),
    Facet("similars", "catalog/titles.similars", "similars", _always, _similars),
    Facet("discs", "catalog/titles.discs", "discs", _has_children(TitleType.DISC), _children(TitleType.DISC)),
    Facet(
        "episodes",
        "catalog/titles.programs",
        "episodes",
        _has_children(TitleType.PROGRAM),
        _children(TitleType.PROGRAM),
    ),
)

_BY_NAME = {facet.name: facet for facet in FACETS}
# `expand` takes the titles of links as well as the last parts of their addresses, with blanks or underscores.
_EXPANDABLE = {name.replace(" ", "_"): facet.name for facet in FACETS for name in (facet.name, facet.title)}


def facet_link(name: str, title: Title, catalogue: Catalogue, links: Links, expanded: frozenset[str]) -> Element | None:
    """The link to one facet, holding its document when it is expanded; None where the title has no such side.

    An expanded link without data stays empty (reference: resources 2.6).
    """
    facet = _BY_NAME[name]
    if not facet.present(title, catalogue):
        return None
    documents = ((facet.nested or facet.build)(title, catalogue, links),) if name in expanded else ()
    inside = tuple(document for document in documents if document.children or document.text)
    return link(f"{links.title(title)}/{name}", facet.rel, facet.title, *inside)


@lru_cache(maxsize=256)
def expanded_in(expand: str | None) -> frozenset[str]:
    """The facets that a list of names asks for; unknown names are ignored, as they were (reference: resources 9.10)."""
    asked = (name.strip().lower().replace(" ", "_") for name in (expand or "").split(","))
    return frozenset(_EXPANDABLE[name] for name in asked if name in _EXPANDABLE)


def unknown_in(expand: str | None) -> tuple[str, ...]:
    """The names in a list that no title and no person has a side of; names of version 2.0 begin with @."""
    known = {*_EXPANDABLE, "filmography", "seasons", ""}
    asked = (name.strip() for name in (expand or "").split(","))
    return tuple(name for name in asked if name.lower().replace(" ", "_").removeprefix("@") not in known)

"""What a title tells of one side of it: synopsis, cast, formats, … (reference: resources 2.5, 2.6).

From one row come the link in every title, the document at the link's address, and the same document inside the link
when a request expands it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from mock_netflix.resources.endpoint import Record
from mock_netflix.resources.sight import Sight
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.links import PICTURES, Links
from mock_netflix.wire.vocabulary import category, leaf, link
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Availability, Award, Title, TitleType

Build = Callable[[Title, Sight], Element]
Titles = Callable[[Title, Catalogue], tuple[Title, ...]]

# The captured answer names three people in an expanded cast.
_EXPANDED_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a title. `build` makes its document; `nested` what stands in the link, where that is another.

    `titles`: it is a list of these titles, of which its address shows pages. `on_demand`: its link is told only where
    it is expanded.
    """

    name: str
    rel: str
    title: str
    present: Callable[[Title, Catalogue], object]
    build: Build
    nested: Build | None = None
    titles: Titles | None = None
    on_demand: bool = False
    record: Record = "captured"


def _always(title: Title, catalogue: Catalogue) -> bool:
    return True


def _synopsis(title: Title, sight: Sight) -> Element:
    return Element("synopsis", text=title.synopsis, cdata=True)


def person_element(person: Person, sight: Sight, *, expanded: bool = False) -> Element:
    """A person as an item of a list or as a document (reference: resources 2.7); `expanded`: with the filmography.

    A person changes with the newest of their titles.
    """
    address, page = sight.links.person(person.number), sight.links.person_page(person.name, person.number)
    titles = sight.catalogue.filmography(person.number) if expanded else ()
    inside = (Element("filmography", children=title_links(titles, sight.links)),) if titles else ()
    bio = (Element("bio", text=person.bio, cdata=True),) if person.bio else ()
    about = f"<p>{escape(person.bio)}</p>" if person.bio else ""
    return Element(
        "person",
        children=(
            leaf("id", address),
            leaf("name", person.name),
            *bio,
            link(f"{address}/filmography", "catalog/titles.filmography", "filmography", *inside),
            link(page, "alternate", "web page"),
        ),
        html=f'{about}<p><a href="{escape(page)}">{escape(person.name)}</a></p>',
        changed=sight.catalogue.changed_with(person.number),
        kept={},
    )


def _people(numbers: Callable[[Title], tuple[int, ...]]) -> Build:
    def build(title: Title, sight: Sight) -> Element:
        people = (person_element(sight.catalogue.people[number], sight) for number in numbers(title))
        return Element("people", children=tuple(people), items="person")

    return build


def _people_links(numbers: Callable[[Title], tuple[int, ...]]) -> Build:
    def build(title: Title, sight: Sight) -> Element:
        people = (sight.catalogue.people[number] for number in numbers(title)[:_EXPANDED_PEOPLE])
        return Element(
            "people",
            children=tuple(link(sight.links.person(person.number), "catalog/person", person.name) for person in people),
        )

    return build


def _delivery_formats(title: Title, sight: Sight) -> Element:
    def availability(one: Availability) -> Element:
        window = [("available_from", Epoch(one.available_from))]
        if one.available_until is not None:
            window.append(("available_until", Epoch(one.available_until)))
        return Element("availability", tuple(window), (category(sight.links.scheme("title_formats"), one.format),))

    return Element("delivery_formats", children=tuple(map(availability, sight.formats(title))), items="availability")


def _screen_formats(title: Title, sight: Sight) -> Element:
    children = tuple(
        Element(
            "screen_format",
            children=(
                category(sight.links.scheme("title_formats"), delivery),
                category(sight.links.scheme("screen_formats"), label),
            ),
        )
        for delivery, label in title.screen_formats
    )
    return Element("screen_formats", children=children, items="screen_format")


def _languages_and_audio(title: Title, sight: Sight) -> Element:
    def holding(scheme: str, label: str, children: tuple[Element, ...]) -> Element:
        outer = category(sight.links.scheme(scheme), label)
        return Element(outer.name, outer.attributes, children)

    formats = []
    for delivery, languages in title.languages:
        # Audio labels begin with a blank on the wire (reference: resources 2.5).
        spoken = tuple(
            holding(
                "languages", language, tuple(category(sight.links.scheme("audio"), f" {audio}") for audio in audios)
            )
            for language, audios in languages
        )
        formats.append(Element("language_audio_format", children=(holding("title_formats", delivery, spoken),)))
    return Element("languages_and_audio", children=tuple(formats), items="language_audio_format")


def _awards(title: Title, sight: Sight) -> Element:
    def award(one: Award) -> Element:
        label = one.name if one.won else f"{one.name} nominee"
        person = sight.catalogue.people[one.person] if one.person is not None else None
        to = (link(sight.links.person(person.number), "catalog/person", person.name),) if person else ()
        return Element(
            "award_winner" if one.won else "award_nominee",
            (("year", one.year),),
            (category(sight.links.scheme(f"award_types/{one.type}"), label), *to),
        )

    return Element("awards", children=tuple(map(award, title.awards)))


def _bonus_materials(title: Title, sight: Sight) -> Element:
    discs = (sight.catalogue.titles[TitleType.DISC, number] for number in title.bonus_discs)
    return Element("bonus_materials", children=title_links(discs, sight.links), items="link")


def _box_art(title: Title, sight: Sight) -> Element:
    pictures = ((width, sight.links.box_art(title.number, size)) for size, (width, _) in PICTURES.items())
    children = tuple(
        link(address, f"catalog/titles/box_art/{width}pix_w", f"{width}pix width box art")
        for width, address in pictures
    )
    return Element("box_art", children=children)


def title_links(titles: Iterable[Title], links: Links) -> tuple[Element, ...]:
    """Titles as they are named where they are not told."""
    return tuple(link(links.title(title), "catalog/title", title.regular) for title in titles)


def _streams(title: Title, catalogue: Catalogue) -> bool:
    """Whether there are episodes that can be watched; only then they are linked (reference: resources 2.1)."""
    return any(episode.formats for episode in catalogue.children(title, TitleType.PROGRAM))


def _of_titles(
    name: str, rel: str, titles: Titles, present: Callable[[Title, Catalogue], object], *, on_demand: bool = False
) -> Facet:
    """A facet that is a list of titles: links where it is expanded, pages of titles at its address."""

    def build(title: Title, sight: Sight) -> Element:
        return Element(
            "catalog_titles", children=title_links(titles(title, sight.catalogue), sight.links), items="link"
        )

    return Facet(name, rel, name, present, build, titles=titles, on_demand=on_demand, record="inferred")


def _children(kind: TitleType) -> Titles:
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
        # Discs have no such link in practice (reference: resources 2.1).
        lambda title, catalogue: title.directors and title.type is not TitleType.DISC,
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
        record="inferred",
    ),
    Facet(
        "languages_and_audio",
        "catalog/titles/languages_and_audio",
        "languages and audio",
        lambda title, catalogue: title.languages,
        _languages_and_audio,
    ),
    Facet(
        "awards",
        "catalog/titles/awards",
        "awards",
        lambda title, catalogue: title.awards,
        _awards,
        record="inferred",
    ),
    Facet(
        "bonus_materials",
        "catalog/titles/bonus_materials",
        "bonus materials",
        lambda title, catalogue: title.bonus_discs,
        _bonus_materials,
        record="inferred",
    ),
    _of_titles("similars", "catalog/titles.similars", lambda title, catalogue: catalogue.similar(title), _always),
    _of_titles("discs", "catalog/titles.discs", _children(TitleType.DISC), _children(TitleType.DISC)),
    # Clients read this link, but no captured title has it (reference: resources 2.1, 2.6): it comes when asked for.
    _of_titles(
        "seasons", "catalog/titles.seasons", _children(TitleType.SEASON), _children(TitleType.SEASON), on_demand=True
    ),
    _of_titles("episodes", "catalog/titles.programs", _children(TitleType.PROGRAM), _streams),
)
# A link of version 2.0 only, where box art is no element of the title (reference: resources 5.1).
BOX_ART = Facet("box_art", "catalog/titles/box_art", "box art", _always, _box_art, record="inferred")

_BY_NAME = {facet.name: facet for facet in FACETS}
# `expand` takes the titles of links as well as the last parts of their addresses, with blanks or underscores.
_EXPANDABLE = {name.replace(" ", "_"): facet.name for facet in FACETS for name in (facet.name, facet.title)}


def facet_link(name: str, title: Title, sight: Sight, expanded: frozenset[str]) -> Element | None:
    """The link to one facet, holding its document when it is expanded; None where the title has no such side."""
    facet = _BY_NAME[name]
    if not facet.present(title, sight.catalogue) or (facet.on_demand and name not in expanded):
        return None
    document = (facet.nested or facet.build)(title, sight) if name in expanded else None
    return link_holding(document, facet, title, sight.links)


def link_holding(document: Element | None, facet: Facet, title: Title, links: Links) -> Element:
    """The link to a facet with a document inside; an empty one is left out (reference: resources 2.6)."""
    inside = (document,) if document is not None and (document.children or document.text) else ()
    return link(f"{links.title(title)}/{facet.name}", facet.rel, facet.title, *inside)


@lru_cache(maxsize=256)
def expanded_in(expand: str | None) -> frozenset[str]:
    """The facets that a list of names asks for; unknown names are ignored, as they were (reference: resources 9.10)."""
    return frozenset(_EXPANDABLE[name] for name in names_in(expand) if name in _EXPANDABLE)


def names_in(expand: str | None) -> list[str]:
    """The names in an `expand` parameter, with underscores."""
    return [name.strip().lower().replace(" ", "_") for name in (expand or "").split(",")]


def unknown_in(expand: str | None) -> tuple[str, ...]:
    """The names in a list that no title and no person has a side of; names of version 2.0 begin with @."""
    known = {*_EXPANDABLE, "filmography", ""}
    asked = (name.strip() for name in (expand or "").split(","))
    return tuple(name for name in asked if name.lower().replace(" ", "_").removeprefix("@") not in known)

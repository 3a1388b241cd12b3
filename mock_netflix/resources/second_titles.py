"""A title in the words of version 2.0, with everything expanded but similar titles (reference: resources 2.3, 5.1).

Box art and synopsis are links; rating and runtime belong to each delivery format; attributes stand in the order of the
alphabet. Put together from what clients read, for no whole answer is on record. Not told, because nothing is known of
it here: quality (HD or SD), subtitles, the short synopsis and the short address.
"""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.resources.facets import BOX_ART, FACETS, Facet, link_holding
from mock_netflix.resources.sight import Sight
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import category, leaf, link
from mock_netflix.world.maturity import level_of
from mock_netflix.world.titles import Availability, Title, TitleType

_FORMATS = "format_availability"
# What stays a link: similar titles would be most of every title.
_LEFT_OUT = "similars"
# Lists of titles begin with their number (reference: resources 5.1).
_COUNTED = "number_of_results"


def second_title(title: Title, sight: Sight) -> Element:
    """The whole title; `updated` in milliseconds."""
    optional = (
        ("release_year", title.release_year),
        ("average_rating", title.average_rating),
        ("updated", None if title.changed is None else title.changed * 1000),
        ("sequence", title.sequence or None),
        ("season_number", _season_number(title, sight)),
    )
    return _alphabetical(
        Element(
            "catalog_title",
            children=(
                leaf("id", sight.links.title(title)),
                Element("title", _names(title, sight)),
                *(leaf(name, value) for name, value in optional if value is not None),
                category(sight.links.scheme("maturity_level"), level_of(title.rating)),
                *(category(sight.links.scheme("genres"), genre) for genre in title.genres),
                *(_expanded(facet, title, sight) for facet in (BOX_ART, *FACETS) if _is_told(facet, title, sight)),
                link(sight.links.title_page(title), "alternate", "web page"),
            ),
        )
    )


def _names(title: Title, sight: Sight) -> tuple[tuple[str, str], ...]:
    names = (("regular", title.regular), ("short", title.short))
    if title.episode_name is None:
        return names
    place = f"S{_season_number(title, sight)}:E{title.sequence}"
    return (("episode_short", f"{place} - {title.episode_name}"), *names)


def _season_number(title: Title, sight: Sight) -> int | None:
    seasons = (one for one in sight.catalogue.parents(title) if one.type is TitleType.SEASON)
    return next((season.sequence for season in seasons), None)


def _is_told(facet: Facet, title: Title, sight: Sight) -> bool:
    return bool(facet.present(title, sight.catalogue))


def _expanded(facet: Facet, title: Title, sight: Sight) -> Element:
    """The link to a facet with its document inside."""
    if facet.name == _LEFT_OUT:
        return link_holding(None, facet, title, sight.links)
    document = (facet.nested or facet.build)(title, sight)
    if facet.name == _FORMATS:
        document = _delivery_formats(title, sight)
    elif facet.titles is not None and document.children:
        document = replace(document, children=(leaf(_COUNTED, len(document.children)), *document.children))
    return link_holding(document, facet, title, sight.links)


def _delivery_formats(title: Title, sight: Sight) -> Element:
    rating = category(sight.links.scheme(title.rating_scheme), title.rating)
    runtime = () if title.runtime is None else (leaf("runtime", title.runtime),)

    def availability(one: Availability) -> Element:
        window = (("available_from", one.available_from), ("available_until", one.available_until))
        of_format = replace(category(sight.links.scheme("title_formats"), one.format), children=(rating,))
        told = tuple((name, moment) for name, moment in window if moment is not None)
        return Element("availability", told, (of_format, *runtime))

    return Element("delivery_formats", children=tuple(map(availability, sight.formats(title))))


def _alphabetical(element: Element) -> Element:
    """The same with the attributes in order, all the way down."""
    children = tuple(map(_alphabetical, element.flattened()))
    return replace(element, attributes=tuple(sorted(element.attributes)), children=children, kept=None)

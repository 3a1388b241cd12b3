"""Titles: search, autocomplete, and a title on its own (reference: resources 2.1, 2.2, 2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.resources.facets import expanded_in, facet_link
from mock_netflix.resources.sight import Sight
from mock_netflix.wire.element import Element, group, kept
from mock_netflix.wire.links import Links
from mock_netflix.wire.vocabulary import category, leaf, link, listing, url_template
from mock_netflix.world.refusals import ResourceNotFound
from mock_netflix.world.titles import Title, TitleType

SEARCH_CEILING = 100

# The number of a title may follow that of its series.
TITLE_PATHS = (
    "/catalog/titles/series/{series}/seasons/{number}",
    "/catalog/titles/programs/{series}/{number}",
    "/catalog/titles/{type}/{number}",
)
# Digits; int() would refuse some thousands of them.
_LONGEST_NUMBER = 18
_PARENTS = {TitleType.SEASON: "season", TitleType.SERIES: "series"}
_ADDRESSED_BY_TYPE = (TitleType.MOVIE, TitleType.SERIES, TitleType.PROGRAM, TitleType.DISC)


def whole_number(text: str) -> int:
    """The number at the end of an address. Refuses ResourceNotFound where it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise ResourceNotFound
    return int(text)


def title_of(call: Call) -> Title:
    """The title that the path names. Refuses ResourceNotFound."""
    number = whole_number(call.path["number"])
    series = call.path.get("series")
    kind = call.path.get("type") or ("programs" if "/programs/" in call.path["pattern"] else "seasons")
    if series is None and kind not in _ADDRESSED_BY_TYPE:
        raise ResourceNotFound
    title = call.state.catalogue.titles.get((TitleType(kind), number))
    if title is None or (kind == "seasons" and str(title.series) != series):
        raise ResourceNotFound
    return title


def catalog_title(name: str, title: Title, call: Call) -> Element:
    """A title as a document of its own: its id and its fields."""
    return catalog_titles(name, (title,), call)[0]


def catalog_titles(name: str, titles: Iterable[Title], call: Call) -> list[Element]:
    """Titles as the items of a list."""

    def build(title: Title) -> Element:
        return Element(name, children=(leaf("id", call.links.title(title)), fields(title, call)), kept={})

    form = (name, call.sight, expanded_in(call.parameters.get("expand")))
    return call.kept.elements(titles, form, build)


def fields(title: Title, call: Call) -> Element:
    """All that is said of a title but its id, as a group; every list that speaks of titles ends its items with it."""
    expanded = expanded_in(call.parameters.get("expand"))
    return call.kept.element(title, ("", call.sight, expanded), lambda title: fields_with(expanded, title, call.sight))


def fields_with(expanded: frozenset[str], title: Title, sight: Sight) -> Element:
    """The same with these facets expanded, built anew: for files, which would drive out all else that is kept."""
    links = sight.links

    def facets(*names: str) -> list[Element]:
        made = [facet_link(name, title, sight, expanded) for name in names]
        return [element for element in made if element is not None]

    names = [("short", title.short), ("regular", title.regular)]
    if title.episode_name is not None:
        names.append(("episode_short", title.episode_name))
    year = [leaf("release_year", title.release_year)] if title.release_year is not None else []
    runtime = [leaf("runtime", title.runtime)] if title.runtime is not None else []
    return group(
        Element("title", tuple(names)),
        _box_art(title, links),
        *facets("synopsis", "bonus_materials"),
        *year,
        category(links.scheme(title.rating_scheme), title.rating),
        *(category(links.scheme("genres"), genre) for genre in title.genres),
        *runtime,
        *facets("cast", "directors", "format_availability", "awards", "screen_formats", "languages_and_audio"),
        leaf("average_rating", title.average_rating),
        *_parents(title, sight),
        *facets("discs", "seasons", "episodes", "similars"),
        *([link(title.official_url, "catalog/titles/official_url", "official webpage")] if title.official_url else []),
        link(links.title_page(title), "alternate", "web page"),
        html=_for_people(title, links),
        changed=title.changed,
    )


def _box_art(title: Title, links: Links) -> Element:
    sizes = (("small", "tiny"), ("medium", "small"), ("large", "large"))
    return Element("box_art", tuple((name, links.box_art(title.number, size)) for name, size in sizes))


def _parents(title: Title, sight: Sight) -> list[Element]:
    """Links up: from an episode to its season, from everything of a series to the series."""
    return [
        link(sight.links.title(parent), f"catalog/titles.{_PARENTS[parent.type]}", parent.regular)
        for parent in sight.catalogue.parents(title)
        if parent.type is TitleType.SERIES or title.type is TitleType.PROGRAM
    ]


def _for_people(title: Title, links: Links) -> str:
    """What a feed reader shows: the poster, the synopsis, and the way to the title's page."""
    page, poster = escape(links.title_page(title)), escape(links.box_art(title.number, "large"))
    name = escape(title.regular)
    year = f" ({title.release_year})" if title.release_year else ""
    return (
        f'<p><a href="{page}"><img src="{poster}" alt="{name}"/></a></p>'
        f"<p>{escape(title.synopsis)}</p>"
        f'<p><a href="{page}">{name}{year}</a></p>'
    )


def _search(call: Call) -> Answer:
    found = call.state.catalogue.search(call.parameters.get("term") or "")
    page = paging.page(call.parameters, found, SEARCH_CEILING)
    address = call.links.titles()
    return Answer(
        listing(
            "catalog_titles",
            "catalog_title",
            catalog_titles("catalog_title", page.items, call),
            template=url_template(address, "term", *paging.PARAMETERS),
            total=page.total,
            start_index=page.start_index,
            results_per_page=page.max_results,
            head=_ways_in(address, call.edition.removals),
        )
    )


@lru_cache(maxsize=64)
def _ways_in(address: str, removals: bool) -> tuple[Element, ...]:
    """The links to the other ways into the catalogue."""
    names = ("autocomplete",) if removals else ("index", "autocomplete")
    return tuple(kept(link(f"{address}/{name}", f"catalog/titles/{name}", name)) for name in names)


def _autocomplete(call: Call) -> Answer:
    names = call.state.catalogue.complete(call.parameters.get("term") or "")
    template = leaf("url_template", url_template(call.links.titles("/autocomplete"), "term"))
    items = [Element("autocomplete_item", children=(Element("title", (("short", name),)),)) for name in names]
    return Answer(Element("autocomplete", children=(template, *items), items="autocomplete_item"))


def _title(call: Call) -> Answer:
    return Answer(catalog_title("catalog_title", title_of(call), call))


ENDPOINTS = (
    Endpoint(
        name="titles.search",
        paths=("/catalog/titles",),
        level=Level.SIGNED,
        verbs={"GET": _search},
        title="Catalog search",
        record="captured",
        source="resources 2.1",
        parameters=("term", *paging.PARAMETERS, "expand"),
        listed=True,
    ),
    Endpoint(
        name="titles.autocomplete",
        paths=("/catalog/titles/autocomplete",),
        level=Level.KEY,
        verbs={"GET": _autocomplete},
        title="Autocomplete",
        record="captured",
        source="resources 2.2",
        parameters=("term",),
        listed=True,
    ),
    Endpoint(
        name="titles.title",
        paths=TITLE_PATHS,
        level=Level.SIGNED,
        verbs={"GET": _title},
        title="One title",
        record="captured",
        source="resources 2.4",
        parameters=("expand",),
    ),
)

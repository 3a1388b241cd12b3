"""The parts of a title at the addresses of its links: synopsis, cast, …, and lists of titles that belong to it.

One endpoint a row of the table of facets (reference: resources 2.5). A part that a title does not have is the empty
document of its root: the record does not tell what came there (invented).
"""

from __future__ import annotations

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler
from mock_netflix.resources.facets import BOX_ART, FACETS, Facet, Titles
from mock_netflix.resources.titles import TITLE_PATHS, catalog_titles, title_of
from mock_netflix.wire.element import kept
from mock_netflix.wire.vocabulary import listing, url_template

# Lists of people, which Atom can show as well as lists of titles.
_OF_PEOPLE = ("cast", "directors")
# What a list of titles and its items are called, where not as in a search (reference: resources 2.5, 10.6). That discs,
# seasons and episodes come in pages like similars is a guess (10.8).
_NAMES = {"similars": ("similars", "similars_item")}
_USUAL_NAMES = ("catalog_titles", "catalog_title")


def _document(facet: Facet) -> Handler:
    def document(call: Call) -> Answer:
        title = title_of(call)
        return Answer(
            call.kept.element(
                title,
                (facet.name, call.sight),
                lambda title: kept(facet.build(title, call.sight)),
            )
        )

    return document


def _pages(facet: Facet, titles: Titles) -> Handler:
    name, items_name = _NAMES.get(facet.name, _USUAL_NAMES)

    def pages(call: Call) -> Answer:
        title = title_of(call)
        page = paging.page(call.parameters, titles(title, call.state.catalogue))
        return Answer(
            listing(
                name,
                items_name,
                catalog_titles(items_name, page.items, call),
                template=url_template(f"{call.links.title(title)}/{facet.name}", *paging.PARAMETERS),
                total=page.total,
                start_index=page.start_index,
                results_per_page=page.max_results,
            )
        )

    return pages


def _part(facet: Facet) -> Endpoint:
    return Endpoint(
        name=f"titles.{facet.name}",
        paths=tuple(f"{path}/{facet.name}" for path in TITLE_PATHS),
        level=Level.SIGNED,
        verbs={"GET": _document(facet) if facet.titles is None else _pages(facet, facet.titles)},
        title=facet.title.capitalize(),
        record=facet.record,
        source="resources 2.5",
        parameters=() if facet.titles is None else (*paging.PARAMETERS, "expand"),
        listed=facet.titles is not None or facet.name in _OF_PEOPLE,
    )


ENDPOINTS = tuple(_part(facet) for facet in (*FACETS, BOX_ART))

"""People: search, a person, and what they took part in (reference: resources 2.7)."""

from __future__ import annotations

from collections.abc import Iterable

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.resources.facets import names_in, person_element
from mock_netflix.resources.titles import catalog_titles, whole_number
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import listing, url_template
from mock_netflix.world.people import Person
from mock_netflix.world.refusals import ResourceNotFound

_FILMOGRAPHY = "filmography"


def _person_of(call: Call) -> Person:
    """The person that the path names. Refuses ResourceNotFound."""
    person = call.state.catalogue.people.get(whole_number(call.path["number"]))
    if person is None:
        raise ResourceNotFound
    return person


def _told(people: Iterable[Person], call: Call) -> list[Element]:
    expanded = _FILMOGRAPHY in names_in(call.parameters.get("expand"))
    return call.kept.elements(
        people,
        ("person", call.sight, expanded),
        lambda person: person_element(person, call.sight, expanded=expanded),
    )


def _search(call: Call) -> Answer:
    found = call.state.catalogue.search_people(call.parameters.get("term") or "")
    page = paging.page(call.parameters, found)
    return Answer(
        listing(
            "people",
            "person",
            _told(page.items, call),
            template=url_template(call.links.people(), "term", *paging.PARAMETERS),
            total=page.total,
            start_index=page.start_index,
            results_per_page=page.max_results,
        )
    )


def _person(call: Call) -> Answer:
    return Answer(_told((_person_of(call),), call)[0])


def _filmography(call: Call) -> Answer:
    """All of it: the record knows of no counts and no pages."""
    titles = call.state.catalogue.filmography(_person_of(call).number)
    items = catalog_titles("filmography_item", titles, call)
    return Answer(Element(_FILMOGRAPHY, children=tuple(items), items="filmography_item"))


ENDPOINTS = (
    Endpoint(
        name="people.search",
        paths=("/catalog/people",),
        level=Level.SIGNED,
        verbs={"GET": _search},
        title="People search",
        record="captured",
        source="resources 2.7",
        parameters=("term", *paging.PARAMETERS, "expand"),
        listed=True,
    ),
    Endpoint(
        name="people.person",
        paths=("/catalog/people/{number}",),
        level=Level.SIGNED,
        verbs={"GET": _person},
        title="One person",
        record="captured",
        source="resources 2.7",
        parameters=("expand",),
    ),
    Endpoint(
        name="people.filmography",
        paths=("/catalog/people/{number}/filmography",),
        level=Level.SIGNED,
        verbs={"GET": _filmography},
        title="Filmography",
        record="inferred",
        source="resources 2.7",
        parameters=("expand",),
        listed=True,
    ),
)

"""Pages for people: the templates, and the small pages of titles and persons that links lead to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from mock_netflix.resources.titles import whole_number
from mock_netflix.web.exchange import Exchange
from mock_netflix.world.refusals import MethodNotAllowed, ResourceNotFound
from mock_netflix.world.titles import Title, TitleType

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def _templates() -> Environment:
    # Imported late: most clients never ask for a page, and a server starts sooner without it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("mock_netflix.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, *, headers: Mapping[str, str] | None = None, **values: object) -> Response:
    """A rendered page."""
    html = _templates().get_template(template).render(values)
    return Response(html, headers=headers, media_type="text/html")


def title_page(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """/Movie/{name}/{number}: what the web page of a title was; any name will do, the number decides."""
    title = title_with_number(exchange, path["number"])
    people = exchange.sandbox.state.catalogue.people
    return page(
        "title.html",
        title=title,
        links=exchange.links,
        cast=[people[one] for one in title.cast],
        directors=[people[one] for one in title.directors],
    )


def person_page(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """/RoleDisplay/{name}/{number}: what the web page of a person was."""
    check_reading(exchange)
    catalogue = exchange.sandbox.state.catalogue
    person = catalogue.people.get(whole_number(path["number"]))
    if person is None:
        raise ResourceNotFound
    return page("person.html", person=person, titles=catalogue.filmography(person.number), links=exchange.links)


def title_with_number(exchange: Exchange, number: str) -> Title:
    """The title of any type with this number, for reading; a series before its season where they share it.

    Refuses ResourceNotFound, MethodNotAllowed.
    """
    check_reading(exchange)
    titles = exchange.sandbox.state.catalogue.titles
    wanted = whole_number(number)
    found = next((titles[kind, wanted] for kind in TitleType if (kind, wanted) in titles), None)
    if found is None:
        raise ResourceNotFound
    return found


def check_reading(exchange: Exchange) -> None:
    """Pages and pictures are only read. Refuses MethodNotAllowed."""
    if exchange.verb not in ("GET", "HEAD"):
        raise MethodNotAllowed(("GET",))

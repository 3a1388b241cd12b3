"""Pages for people: the templates, and the small pages of titles and persons that links lead to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mock_netflix.web.errors import refuse
from mock_netflix.web.exchange import Exchange, exchange_of
from mock_netflix.world.refusals import ResourceNotFound
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


async def title_page(scope: Scope, receive: Receive, send: Send) -> None:
    """/Movie/{name}/{number}: what the web page of a title was; any name will do, the number decides."""
    await _shown(scope, receive, send, _title)


async def person_page(scope: Scope, receive: Receive, send: Send) -> None:
    """/RoleDisplay/{name}/{number}: what the web page of a person was."""
    await _shown(scope, receive, send, _person)


async def _shown(scope: Scope, receive: Receive, send: Send, show: object) -> None:
    exchange = exchange_of(scope)
    number = scope["path_params"]["number"]
    response = show(exchange, int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None  # type: ignore[operator]
    await (response or refuse(exchange, ResourceNotFound()))(scope, receive, send)


def title_with_number(exchange: Exchange, number: int) -> Title | None:
    """The title of any type with this number; a series before its season where they share it."""
    titles = exchange.sandbox.state.catalogue.titles
    return next((titles[kind, number] for kind in TitleType if (kind, number) in titles), None)


def _title(exchange: Exchange, number: int) -> Response | None:
    title = title_with_number(exchange, number)
    if title is None:
        return None
    people = exchange.sandbox.state.catalogue.people
    return page(
        "title.html",
        title=title,
        links=exchange.links,
        cast=[people[one] for one in title.cast],
        directors=[people[one] for one in title.directors],
    )


def _person(exchange: Exchange, number: int) -> Response | None:
    catalogue = exchange.sandbox.state.catalogue
    person = catalogue.people.get(number)
    if person is None:
        return None
    titles = [title for title in catalogue.titles.values() if number in (*title.cast, *title.directors)]
    known = [title for title in titles if title.type in (TitleType.MOVIE, TitleType.SERIES)]
    return page("person.html", person=person, titles=known, links=exchange.links)

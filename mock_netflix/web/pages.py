"""Pages for people: the templates, and the small pages of titles and persons that links lead to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import Response

from mock_netflix.calendar import FAR_AWAY
from mock_netflix.resources.genre_numbers import GENRES
from mock_netflix.resources.personal_feeds import PERSONAL
from mock_netflix.resources.sight import sight_of
from mock_netflix.resources.site_feeds import FEEDS
from mock_netflix.resources.titles import whole_number
from mock_netflix.web.exchange import Exchange
from mock_netflix.wire.as_atom import date_of
from mock_netflix.world.refusals import MethodNotAllowed, ResourceNotFound
from mock_netflix.world.titles import Availability, Title, TitleType

if TYPE_CHECKING:
    from jinja2 import Environment


_FORMATS = {"instant": "Instant streaming"}
# What a series or a season is made of, by what people call it.
_PARTS = (("Seasons", TitleType.SEASON), ("Episodes", TitleType.PROGRAM), ("Discs", TitleType.DISC))


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
    catalogue, edition = exchange.sandbox.state.catalogue, exchange.edition
    sight = sight_of(catalogue, exchange.links, edition.today, edition.told_until)
    return page(
        "title.html",
        title=title,
        links=exchange.links,
        cast=[catalogue.people[one] for one in title.cast],
        directors=[catalogue.people[one] for one in title.directors],
        formats=[(_FORMATS.get(one.format, one.format), *_window(one)) for one in sight.formats(title)],
        wholes=catalogue.parents(title),
        parts=[(label, catalogue.children(title, kind)) for label, kind in _PARTS],
    )


def _window(one: Availability) -> tuple[str, str | None]:
    """From which day on and up to which; None for what stays."""
    until = one.available_until
    leaves = until is not None and until < FAR_AWAY
    return date_of(one.available_from)[:10], date_of(until)[:10] if leaves and until is not None else None


def person_page(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """/RoleDisplay/{name}/{number}: what the web page of a person was."""
    check_reading(exchange)
    catalogue = exchange.sandbox.state.catalogue
    person = catalogue.people.get(whole_number(path["number"]))
    if person is None:
        raise ResourceNotFound
    return page("person.html", person=person, titles=catalogue.filmography(person.number), links=exchange.links)


def feeds_page(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """/RSSFeeds: where people of the site found its feeds."""
    check_reading(exchange)
    at = exchange.links.site_feed
    return page(
        "feeds.html",
        lists=[(feed.title, at(feed.path)) for feed in FEEDS],
        personal=[at(feed.path) for feed in PERSONAL],
        genres=[(one.name, at(f"/Top25RSS?gid={one.number}")) for one in GENRES.values()],
    )


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

"""The application put together: rings and routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_netflix import chance
from mock_netflix.oauth.levels import Level
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Endpoint, Kept
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.addresses import PREFIX
from mock_netflix.web.dispatch import Page, Resource, unknown_path
from mock_netflix.web.downloads import Downloads
from mock_netflix.web.errors import LastResort
from mock_netflix.web.hosts import is_foreign_host, role_at
from mock_netflix.web.injecting import Injecting
from mock_netflix.web.intake import Intake
from mock_netflix.web.login import login
from mock_netflix.web.packing import Packing
from mock_netflix.web.pages import feeds_page, person_page, title_page
from mock_netflix.web.pictures import Pictures
from mock_netflix.web.recording import Recording, Report
from mock_netflix.web.routes import Routes, Show
from mock_netflix.web.spoiling import Spoiling
from mock_netflix.web.stored_files import StoredFiles
from mock_netflix.web.target import authority_asked, server_of, target_of
from mock_netflix.wire.hosts import Role
from mock_netflix.world.extended import Extended

if TYPE_CHECKING:
    from mock_netflix.authority import Authority

# What links of titles and people lead to, and where the site told of its feeds.
_PAGES: tuple[tuple[str, Show], ...] = (
    ("/Movie/{name}/{number}", title_page),
    ("/RoleDisplay/{name}/{number}", person_page),
    ("/RSSFeeds", feeds_page),
)
# Which hosts have what. Some clients know the sign-in page at the API's host (reference: protocol 1.1).
_API = frozenset((Role.API,))
_SIGNING_IN = frozenset((Role.LOGIN, Role.API))
_SITE = frozenset((Role.SITE, Role.FEEDS))
_PICTURES = frozenset((Role.PICTURES,))
# Both are on record; the mock's own links have the first (reference: resources 2.1).
_PICTURE_FOLDERS = ("/us", "/en_us")


def build_app(
    worlds: Sandboxes | Sandbox,
    report: Report | None = None,
    control_token: str | None = None,
    instance: str | None = None,
    authority: Callable[[], Authority] | None = None,
) -> ASGIApp:
    """The ASGI application of these worlds; `report` hears of each request that was answered.

    `control_token` is what the mock's own side wants to be shown, by default nothing. `instance` tells this start of
    the server from every other; it is made where none is given. `authority` gives what signs the server's certificates,
    where it speaks https; it is asked for when somebody wants to see it.
    """
    sandboxes = Sandboxes(worlds) if isinstance(worlds, Sandbox) else worlds
    routes = _routes(sandboxes)
    rings = Injecting(Packing(Recording(Spoiling(LastResort(routes)), report)), partial(_endpoint_at, routes))
    own = _WhenAsked(partial(_control, sandboxes, control_token, instance or chance.instance_id(), authority))
    return _Beside(own, Intake(rings, sandboxes.asked))


def _control(
    sandboxes: Sandboxes, control_token: str | None, instance: str, authority: Callable[[], Authority] | None
) -> ASGIApp:
    # Imported late: clients of the service never ask for it, and a server starts sooner without it.
    from mock_netflix.web.control import control

    return control(sandboxes, control_token, instance, authority)


def _endpoint_at(routes: Routes, path: str) -> Endpoint | None:
    """The endpoint that answers a path; None where a page does, or nobody."""
    show, _ = routes.find(path)
    return show.endpoint if isinstance(show, Resource) else None


def _with_additions(sandboxes: Sandboxes) -> Iterator[Sandbox]:
    """The worlds to which titles were added: links to pages and pictures do not tell which world they are of."""
    return (one for one in sandboxes.made.values() if isinstance(one.state.catalogue, Extended))


def _from_a_person(scope: Scope) -> bool:
    """Whether somebody opened the bare address in a browser, by one of the mock's own names or as that of the site."""
    target = target_of(scope)
    if target.query or "text/html" not in (Headers(scope=scope).get("accept") or ""):
        return False
    # Clients of Java say that they take HTML, and mean the API.
    return role_at(authority_asked(scope, target) or "") in (None, Role.SITE) and not _is_for_others(scope)


def _is_for_others(scope: Scope) -> bool:
    """Whether a client takes the mock for a proxy, and means another host."""
    target = target_of(scope)
    return target.authority is not None and is_foreign_host(target.authority.lower(), True, server_of(scope))


class _WhenAsked:
    """An application that is put together when somebody first asks it."""

    def __init__(self, make: Callable[[], ASGIApp]) -> None:
        self._make = make
        self._made: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._made is None:
            self._made = self._make()
        await self._made(scope, receive, send)


class _Beside:
    """Leads to the mock's own side or to the service."""

    def __init__(self, own: ASGIApp, service: ASGIApp) -> None:
        self.own = own
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = target_of(scope).path
            if (path == PREFIX or path.startswith(f"{PREFIX}/")) and not _is_for_others(scope):
                # The path of an absolute request line is told by the target alone.
                await self.own({**scope, "path": unquote(path, errors="replace")}, receive, send)
            elif path == "/" and _from_a_person(scope):
                await RedirectResponse(f"{PREFIX}/", 302)(scope, receive, send)
            else:
                await self.service(scope, receive, send)


def _routes(sandboxes: Sandboxes) -> Routes:
    kept, files, elsewhere = Kept(), StoredFiles(), partial(_with_additions, sandboxes)
    resources = (
        (path, Resource(endpoint, path, kept, files), _SITE if endpoint.level is Level.OPEN else _API)
        for endpoint in ENDPOINTS
        for path in endpoint.paths
    )
    pages = ((path, Page(show, elsewhere), _SITE) for path, show in _PAGES)
    pictures = Page(Pictures(), elsewhere)
    others = (
        ("/oauth/login", Page(login), _SIGNING_IN),
        ("/catalog/files/{name}.xml", Page(Downloads(files)), _API),
        *((f"{folder}/boxshots/{{size}}/{{number}}.jpg", pictures, _PICTURES) for folder in _PICTURE_FOLDERS),
    )
    return Routes((*resources, *pages, *others), unknown_path)

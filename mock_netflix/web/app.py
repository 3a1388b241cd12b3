"""The application put together: rings and routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Kept
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.control import control
from mock_netflix.web.control.mounting import PREFIX
from mock_netflix.web.dispatch import Page, Resource, Show, unknown_path
from mock_netflix.web.errors import LastResort
from mock_netflix.web.intake import Intake
from mock_netflix.web.login import login
from mock_netflix.web.pages import person_page, title_page
from mock_netflix.web.pictures import picture
from mock_netflix.web.recording import Recording, Report
from mock_netflix.web.target import target_of

# What a client of the service sees besides its resources.
_PAGES: tuple[tuple[str, Show], ...] = (
    ("/oauth/login", login),
    ("/us/boxshots/{size}/{number}.jpg", picture),
    ("/Movie/{name}/{number}", title_page),
    ("/RoleDisplay/{name}/{number}", person_page),
)
_GZIP_LEVEL = 4


def build_app(sandbox: Sandbox, report: Report | None = None) -> ASGIApp:
    """The ASGI application of one world; `report` hears of each request that was answered."""
    rings: ASGIApp = LastResort(_routes())
    rings = Recording(rings, report)
    # One client decodes gzip unconditionally, so even the smallest answer is packed (reference: client-demands 8); an
    # empty one is not, for it must stay empty.
    rings = GZipMiddleware(rings, minimum_size=1, compresslevel=_GZIP_LEVEL)
    return _Beside(control(lambda: sandbox), Intake(rings, lambda parameters: sandbox))


def _from_a_person(scope: Scope) -> bool:
    """Whether somebody opened the bare address in a browser; no client of the service asks for HTML."""
    return not target_of(scope).query and "text/html" in (Headers(scope=scope).get("accept") or "")


class _Beside:
    """Leads to the mock's own side or to the service."""

    def __init__(self, own: ASGIApp, service: ASGIApp) -> None:
        self.own = own
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path = target_of(scope).path
            if path == PREFIX or path.startswith(f"{PREFIX}/"):
                # The path of an absolute request line is told by the target alone.
                await self.own({**scope, "path": unquote(path, errors="replace")}, receive, send)
            elif path == "/" and _from_a_person(scope):
                await RedirectResponse(f"{PREFIX}/", 302)(scope, receive, send)
            else:
                await self.service(scope, receive, send)


class _Families:
    """Finds the routes of a path by its first segment and its length, which is faster than one flat list."""

    def __init__(self, routes: Iterable[Route]) -> None:
        families: defaultdict[tuple[str, int], list[Route]] = defaultdict(list)
        for route in routes:
            families[_family(route.path)].append(route)
        self._routers = {
            family: Router(own, redirect_slashes=False, default=unknown_path) for family, own in families.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._routers.get(_family(scope["path"]), unknown_path)(scope, receive, send)


def _family(path: str) -> tuple[str, int]:
    return path.lstrip("/").partition("/")[0], path.count("/")


def _routes() -> _Families:
    kept = Kept()
    resources = (Route(path, Resource(endpoint, path, kept)) for endpoint in ENDPOINTS for path in endpoint.paths)
    pages = (Route(path, Page(page)) for path, page in _PAGES)
    return _Families((*resources, *pages))

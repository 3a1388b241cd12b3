"""The mock's own side, under /_mock/: for the person in front of it and for tests.

It stands beside the service, not inside it: no key, no signature, nothing of the service's manners.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import JSONResponse
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.control import credentials, dashboard, requests
from mock_netflix.web.control.mounting import PREFIX, Page, answering

_PAGES: dict[str, Page] = {
    "/": dashboard.dashboard,
    "/health": credentials.health,
    "/credentials": credentials.credentials,
    "/requests": requests.listed,
    "/requests/{number:int}": requests.one,
}


def control(sandbox_of: Callable[[], Sandbox]) -> Router:
    """The ASGI application of everything under /_mock."""
    routes = [Route(PREFIX + path, answering(page, sandbox_of)) for path, page in _PAGES.items()]
    routes.append(Route(PREFIX, answering(dashboard.dashboard, sandbox_of)))
    return Router(routes, redirect_slashes=False, default=_unknown)


async def _unknown(scope: Scope, receive: Receive, send: Send) -> None:
    known = ", ".join(PREFIX + path for path in _PAGES)
    response = JSONResponse({"status": 404, "title": f"There is nothing here. There is: {known}"}, 404)
    await response(scope, receive, send)

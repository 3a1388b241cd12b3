"""The mock's own side, under /_mock/: for the person in front of it and for tests.

It stands beside the service, not inside it: no key, no signature, nothing of the service's manners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.routing import Route, Router

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.control import applications, credentials, dashboard, requests, settings, tokens
from mock_netflix.web.control.mounting import PREFIX, Answering, Page, nothing_here

_PAGES: Mapping[str, Mapping[str, Page]] = {
    "": {"GET": dashboard.dashboard},
    "/": {"GET": dashboard.dashboard},
    "/health": {"GET": credentials.health},
    "/credentials": {"GET": credentials.credentials},
    "/applications": {"GET": applications.listed, "POST": applications.registered},
    "/applications/{key}": {"PATCH": applications.changed},
    "/settings": {"GET": settings.shown, "PATCH": settings.set_some},
    "/tokens": {"GET": tokens.listed, "POST": tokens.issued},
    "/tokens/{token}": {"DELETE": tokens.revoked},
    "/tokens/{token}/expire": {"POST": tokens.expired},
    "/requests": {"GET": requests.listed},
    "/requests/{number}": {"GET": requests.one},
}


def control(sandbox_of: Callable[[], Sandbox]) -> Router:
    """The ASGI application of everything under /_mock."""
    routes = [Route(PREFIX + path, Answering(pages, sandbox_of)) for path, pages in _PAGES.items()]
    return Router(routes, redirect_slashes=False, default=nothing_here)

"""How a page of the mock's own side becomes an ASGI endpoint."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_netflix.sandbox import Sandbox

PREFIX = "/_mock"

Page = Callable[[Request, Sandbox], Response]


class _Answering:
    def __init__(self, page: Page, sandbox_of: Callable[[], Sandbox]) -> None:
        self.page = page
        self.sandbox_of = sandbox_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if request.method not in ("GET", "HEAD"):
            response: Response = JSONResponse({"status": 405, "title": "Only GET is answered here."}, 405)
        else:
            response = self.page(request, self.sandbox_of())
        await response(scope, receive, send)


def answering(page: Page, sandbox_of: Callable[[], Sandbox]) -> ASGIApp:
    """An endpoint that answers GET with what the page makes of the current world."""
    return _Answering(page, sandbox_of)

"""Lets go wrong what a test wants to go wrong, on the way of a request or of its answer."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Injecting:
    """Asks the faults of the world what becomes of each request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

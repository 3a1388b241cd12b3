"""Writes every request and its answer into the journal, and tells the terminal."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_netflix.clock import elapsed
from mock_netflix.journal import Entry
from mock_netflix.web.exchange import exchange_of

# Of an endless address so many characters are kept.
_REMEMBERED = 8192

# Hears of an entry, and of the name of its world.
Report = Callable[[Entry, str], None]


class Recording:
    """One entry a request, written when the answer is complete or has broken off."""

    def __init__(self, app: ASGIApp, report: Report | None) -> None:
        self.app = app
        self.report = report

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        status, begun = 0, elapsed()

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            exchange = exchange_of(scope)
            user_id = exchange.caller.user_id if exchange.caller is not None else None
            # The world may have changed since, and the subscriber be gone from it.
            subscriber = exchange.sandbox.state.subscribers.get(user_id) if user_id is not None else None
            entry = Entry(
                number=exchange.number,
                at=exchange.wall,
                verb=exchange.verb,
                target=exchange.target[:_REMEMBERED],
                status=status,
                seconds=elapsed() - begun,
                endpoint=exchange.endpoint.name if exchange.endpoint is not None else None,
                subscriber=subscriber.login if subscriber is not None else None,
                refusal=exchange.refusal,
                message=exchange.message,
                hints=exchange.hints,
                fault=exchange.fault,
            )
            exchange.sandbox.journal.add(entry)
            if self.report is not None:
                self.report(entry, exchange.sandbox.name)

"""The outer ring of faults: which of them a request meets, and what goes wrong with the answer on its way.

It stands outside of gzip, so that what is late, slow, cut or reset is what goes over the wire. A request is carried out
when it comes and only its answer is late, so that none of a test that is over still changes anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_netflix.faults.effects import Fault, ResetAfterBody, ResetBeforeBody, ResetInBody, Truncated
from mock_netflix.faults.rules import Fate, Occasion
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.web.exchange import Exchange, exchange_of
from mock_netflix.web.reset import can_reset, reset

_PIECES_PER_SECOND = 10
_HEADER = b"x-mock-netflix-fault"

# Waits so many seconds, or until the client hangs up; tells whether it has.
Wait = Callable[[Receive, float], Awaitable[bool]]


async def until_gone(receive: Receive, seconds: float) -> bool:
    client = asyncio.ensure_future(receive())
    try:
        gone, _ = await asyncio.wait({client}, timeout=seconds)
    finally:
        client.cancel()
    return bool(gone)


class Injecting:
    """Asks the faults of the world what becomes of each request. `endpoint_at` finds who answers a path."""

    def __init__(self, app: ASGIApp, endpoint_at: Callable[[str], Endpoint | None], wait: Wait = until_gone) -> None:
        self.app = app
        self.endpoint_at = endpoint_at
        self.wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        fate = self._fate(exchange) if exchange.sandbox.faults.rules else None
        if fate is None:
            await self.app(scope, receive, send)
            return
        exchange.fate = fate
        answer = _Answer(fate, receive, send, self.wait, bodiless=exchange.verb == "HEAD")
        await self.app(scope, receive, answer.on)
        await answer.end(scope)

    def _fate(self, exchange: Exchange) -> Fate | None:
        exchange.endpoint = endpoint = self.endpoint_at(exchange.path)
        given, sandbox = exchange.parameters.get, exchange.sandbox
        occasion = Occasion(
            endpoint=endpoint.name if endpoint is not None else None,
            path=exchange.path,
            method=exchange.meant,
            # The second is that of the addresses of catalogue files.
            consumer_key=given("oauth_consumer_key") or given("consumer_key"),
            wall=exchange.wall,
        )
        with sandbox.lock:
            return sandbox.faults.meet(occasion, sandbox.state.subscribers)


class _Answer:
    """An answer on its way to the client.

    One that comes whole waits here until its request is over, and in the journal; one in pieces goes on at once.
    `over`: no more of it is sent, by the fault or because the client has hung up, which is `gone`.
    """

    def __init__(self, fate: Fate, receive: Receive, send: Send, wait: Wait, *, bodiless: bool = False) -> None:
        # What goes no further than the server takes no time.
        self.pace = None if bodiless else fate.pace
        self.fate, self.receive, self.send, self.wait = fate, receive, send, wait
        self.head: Message | None = None
        self.whole: bytes | None = None
        self.over = self.gone = False

    async def on(self, message: Message) -> None:
        """Takes a message of the answer."""
        if message["type"] == "http.response.start":
            self.head = message
        elif self.head is not None and not message.get("more_body", False):
            self.whole = message["body"]
        else:
            await self._send(message["body"], more=message.get("more_body", False))

    async def end(self, scope: Scope) -> None:
        """Sends what waits, and breaks the connection. Raises ConnectionResetError where there is none to break."""
        failure = self.fate.failure
        if isinstance(failure, ResetBeforeBody):
            await self._pause(self.fate.delay)
        elif self.whole is not None:
            await self._send(self.whole, more=False)
        if not self.gone and _breaks(failure, can_reset(scope)):
            await reset(scope)

    async def _send(self, body: bytes, *, more: bool) -> None:
        """Sends a piece of the body as the fault wants it, after the head when it is the first."""
        failure, head, self.head = self.fate.failure, self.head, None
        if self.over:
            return
        if head is not None:
            await self._pause(self.fate.delay)
            await self._pass_on({**head, "headers": [*head["headers"], self._header()]})
        if isinstance(failure, ResetInBody | Truncated):
            # However large the share is, it is not all.
            body, more = body[: min(int(len(body) * failure.share), len(body) - 1)], True
        await self._paced(body, begun=head is None, more=more)
        self.over = self.over or isinstance(failure, ResetInBody | Truncated)

    async def _paced(self, body: bytes, *, begun: bool, more: bool) -> None:
        """Passes a piece of the body on, at once or in smaller ones."""
        pace = self.pace
        size = (len(body) or 1) if pace is None else max(1, pace // _PIECES_PER_SECOND)
        for place in range(0, len(body) or 1, size):
            if pace is not None and (begun or place):
                await self._pause(size / pace)
            await self._pass_on(
                {
                    "type": "http.response.body",
                    "body": body[place : place + size],
                    "more_body": more or place + size < len(body),
                }
            )

    async def _pause(self, seconds: float) -> None:
        if seconds and not self.over and await self.wait(self.receive, seconds):
            self.over = self.gone = True

    async def _pass_on(self, message: Message) -> None:
        if not self.over:
            await self.send(message)

    def _header(self) -> tuple[bytes, bytes]:
        return _HEADER, ", ".join(str(rule.id) for rule in self.fate.rules).encode()


def _breaks(failure: Fault | None, ours: bool) -> bool:
    """Whether the connection is to be reset, where it is one of ours, or else an error is to stand for that."""
    match failure:
        case ResetBeforeBody() | ResetInBody():
            return True
        case ResetAfterBody():
            # In process nothing follows what was answered in full.
            return ours
        case Truncated():
            # The server itself closes what was not completed.
            return not ours
        case _:
            return False

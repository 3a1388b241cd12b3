"""The inner ring of faults: the service does not answer, or answers something else than it should.

What goes wrong with the answer on its way to the client is in `injecting.py`, further out.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_netflix.faults.effects import Empty, Fault, Malformed, RateLimit, ResetBeforeBody, Status, WrongEtag
from mock_netflix.oauth import refusals as g
from mock_netflix.web.conditional import bare
from mock_netflix.web.damage import damaged, with_etag
from mock_netflix.web.errors import WORDS, Words, answered, words_wanted
from mock_netflix.web.exchange import Exchange, exchange_of

_LIMITS: Mapping[str, type[g.OverRate]] = {
    "second": g.OverQueriesPerSecond,
    "day": g.OverQueriesPerDay,
    "service": g.ServiceOverQueriesPerSecond,
}
_PROLOG = re.compile(rb"<\?xml.*?\?>\s*")
# Another etag of the same length.
_WRONG = str.maketrans("0123456789", "1234567890")
_LENGTH, _ETAG, _TYPE = b"content-length", b"etag", b"content-type"


class Spoiling:
    """Carries out what a fault wants of the service itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        fault = None if exchange.fate is None else exchange.fate.failure
        spoil = None if fault is None else _SPOILED.get(type(fault))
        if spoil is None:
            await self.app(scope, receive, send)
        else:
            await spoil(fault, _Request(self.app, exchange, scope, receive, send))


class _Enough(BaseException):
    """The answer has begun, and nobody wants the rest; no error, so that nobody takes it for one."""


@dataclass(frozen=True, slots=True)
class _Request:
    """A request whose answer is to be spoiled."""

    app: ASGIApp
    exchange: Exchange
    scope: Scope
    receive: Receive
    send: Send

    async def carry_out(self) -> tuple[Message, bytes]:
        """The head of the answer and the first piece of its body, of most answers the whole; nothing is sent."""
        messages: list[Message] = []

        async def first(message: Message) -> None:
            messages.append(message)
            if message["type"] == "http.response.body":
                raise _Enough

        with suppress(_Enough):
            await self.app(self.scope, self.receive, first)
        head, body = messages
        return head, body["body"]

    async def answer(self, response: Response) -> None:
        await response(self.scope, self.receive, self.send)

    async def answer_with(self, head: Message, body: bytes) -> None:
        """Sends another body with the head of an answer, which tells the new length where it told one."""
        lengths = {_LENGTH: b"%d" % len(body)}
        headers = [(name, lengths.get(name, value)) for name, value in head["headers"]]
        await self.send({**head, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


async def _status(fault: Status, request: _Request) -> None:
    if fault.processed:
        await request.carry_out()
    words = words_wanted(fault)
    seconds = _until_next(request.exchange, words) if fault.retry_after is None else fault.retry_after
    await request.answer(answered(request.exchange, words, seconds))


async def _rate_limit(fault: RateLimit, request: _Request) -> None:
    words = WORDS[_LIMITS[fault.per]]
    await request.answer(answered(request.exchange, words, _until_next(request.exchange, words)))


def _until_next(exchange: Exchange, words: Words) -> int | None:
    """Seconds until a limit admits calls again; None for what is no limit."""
    if not words.retry:
        return None
    sandbox, by_day = exchange.sandbox, words.gateway == WORDS[g.OverQueriesPerDay].gateway
    return (sandbox.days if by_day else sandbox.seconds).left(exchange.wall)


async def _unanswered(fault: ResetBeforeBody, request: _Request) -> None:
    if fault.processed:
        await request.carry_out()


async def _empty(fault: Empty, request: _Request) -> None:
    head, body = await request.carry_out()
    declared = _PROLOG.match(body) if fault.prolog else None
    headers = [(name, value) for name, value in head["headers"] if name not in (_ETAG, _LENGTH)]
    head = {**head, "status": 200, "headers": [*headers, (_LENGTH, b"")]}
    await request.answer_with(head, b"" if declared is None else declared[0])


async def _malformed(fault: Malformed, request: _Request) -> None:
    head, body = await request.carry_out()
    media_type = dict(head["headers"]).get(_TYPE, b"").decode("latin-1")
    await request.answer_with(head, damaged(body, media_type, fault.damage) if body else body)


async def _wrong_etag(fault: WrongEtag, request: _Request) -> None:
    """The wrong one is as long as the right one, so that nothing else changes."""
    right = ""

    async def telling(message: Message) -> None:
        nonlocal right
        if message["type"] == "http.response.start":
            right = bare(dict(message["headers"]).get(_ETAG, b"").decode("latin-1")) or ""
            headers = [(name, _wrong(value) if name == _ETAG else value) for name, value in message["headers"]]
            message = {**message, "headers": headers}
        elif right and not message.get("more_body", False):
            message = {**message, "body": with_etag(message["body"], right, right.translate(_WRONG))}
        await request.send(message)

    await request.app(request.scope, request.receive, telling)


def _wrong(header: bytes) -> bytes:
    return header.decode("latin-1").translate(_WRONG).encode("latin-1")


# By the type of the fault, which is given to it.
_SPOILED: Mapping[type[Fault], Callable[[Any, _Request], Awaitable[None]]] = {
    Status: _status,
    RateLimit: _rate_limit,
    ResetBeforeBody: _unanswered,
    Empty: _empty,
    Malformed: _malformed,
    WrongEtag: _wrong_etag,
}

"""Writes every request and its answer into the journal, and tells the terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mock_netflix.clock import elapsed
from mock_netflix.journal import Entry, Journal
from mock_netflix.journal.entry import KEPT, RawHeaders
from mock_netflix.web.exchange import Exchange, exchange_of
from mock_netflix.world.refusals import Refusal

# The endpoints that answer with the files of the catalogue.
_FILES = "files."

# Hears of an entry, and of the name of its world.
Report = Callable[[Entry, str], None]


class Recording:
    """One entry a request, written when its answer is complete or has broken off.

    A complete one is written before its last piece goes out, so that whoever has the answer finds it in the journal.
    """

    def __init__(self, app: ASGIApp, report: Report | None) -> None:
        self.app = app
        self.report = report

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        journal = exchange.sandbox.journal
        answer = _Answer(exchange, scope["headers"], send, self.report, journal, journal.era)
        try:
            await self.app(scope, receive, answer.send)
        finally:
            if not answer.complete:
                answer.write()


@dataclass(slots=True, eq=False)
class _Answer:
    """An answer on its way out; `pieces` are as much of its body as is kept."""

    exchange: Exchange
    asked: RawHeaders
    onward: Send
    report: Report | None
    journal: Journal
    era: int
    begun: float = field(default_factory=elapsed)
    first_byte: float | None = None
    status: int = 0
    headers: RawHeaders = ()
    pieces: tuple[bytes, ...] = ()
    size: int = 0
    complete: bool = False

    async def send(self, message: Message) -> None:
        """Passes a part of the answer on."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
            self.first_byte = elapsed() - self.begun
        elif message["type"] == "http.response.body":
            self._see(message.get("body", b""))
            if not message.get("more_body", False) and not self.complete:
                self.complete = True
                self.write()
        await self.onward(message)

    def _see(self, part: bytes) -> None:
        if self.exchange.verb == "HEAD":
            # Its body goes no further than the server.
            return
        text = self.exchange.text
        if text is not None and text.body is part and len(part) <= KEPT:
            self.pieces = text.pieces
        elif part and self.size < KEPT:
            self.pieces = (*self.pieces, part[: KEPT - self.size])
        self.size += len(part)

    def write(self) -> None:
        """Writes the entry."""
        exchange, endpoint = self.exchange, self.exchange.endpoint
        if exchange.refusal is not None:
            _let_go(exchange.refusal)
        user_id = exchange.caller.user_id if exchange.caller is not None else None
        # The world may have changed since, and the subscriber be gone from it.
        subscriber = exchange.sandbox.state.subscribers.get(user_id) if user_id is not None else None
        entry = Entry(
            number=exchange.number,
            at=exchange.wall,
            now=exchange.now,
            verb=exchange.verb,
            method=exchange.meant,
            scheme=exchange.scheme,
            authority=exchange.authority,
            target=exchange.target[:KEPT],
            path=exchange.path,
            raw_headers=self.asked,
            body=exchange.sent[:KEPT],
            body_size=len(exchange.sent),
            world=exchange.sandbox.name,
            endpoint=endpoint.name if endpoint is not None else None,
            user_id=user_id,
            subscriber=subscriber.login if subscriber is not None else None,
            refusal=exchange.refusal,
            message=exchange.message,
            hints=exchange.hints,
            warning=exchange.warning,
            fault=exchange.fault,
            status=self.status,
            raw_answer_headers=self.headers,
            answer_pieces=self.pieces if self._is_kept() else None,
            answer_size=self.size,
            seconds=elapsed() - self.begun,
            first_byte=self.first_byte,
            broke_off=not self.complete,
        )
        self.journal.add(entry, self.era)
        if self.report is not None:
            self.report(entry, entry.world)

    def _is_kept(self) -> bool:
        """Whether the body is kept: not that of a picture or a catalogue file."""
        endpoint = self.exchange.endpoint
        if endpoint is not None:
            return self.status >= 300 or not endpoint.name.startswith(_FILES)
        return not dict(self.headers).get(b"content-type", b"").startswith(b"image/")


def _let_go(refusal: Refusal) -> None:
    """Parts a refusal from the frames in which it was raised, and from what it was made of.

    These hold the whole request as it was read, many times its size.
    """
    refusal.__traceback__ = refusal.__context__ = None
    refusal.args = ()

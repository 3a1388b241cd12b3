"""Requests and their answers as messages: a line of the journal, and all that is known of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from mock_netflix.journal import Entry
from mock_netflix.journal.entry import KEPT, Headers, key_in, token_in
from mock_netflix.oauth.explanation import Explanation, explain, known
from mock_netflix.oauth.told import told_of
from mock_netflix.wire.as_atom import date_of


class SentParameter(msgspec.Struct):
    """A parameter, decoded, and where in the request it stood."""

    name: str
    value: str
    place: Literal["query", "header", "body"]


class Header(msgspec.Struct):
    """A header as it went over the wire."""

    name: str
    value: str


class Content(msgspec.Struct):
    """The headers and the body of a request or of an answer.

    `body` is as much of it as is kept, as text, without the packing of gzip; null for pictures and catalogue files.
    `size`: the bytes of the whole one. `truncated`: there is more of it than is kept.
    """

    headers: list[Header]
    body: str | None
    size: int
    truncated: bool


class LoggedRequest(msgspec.Struct, kw_only=True):
    """A request and how it was answered.

    `at` is when it came by the clock of the world, `now` in the life of the service. `method` is the verb that was
    meant, `verb` the one that was sent: another one where `method=` says so. `parameters` are all that were sent, in
    order; `oauth` those of OAuth by name. `status` is 0 where there was no answer; `broke_off`: it has no end.
    `milliseconds`: until the answer was complete, `first_byte`: until it began. `refused`: in the words of the service.
    """

    number: int
    at: str
    now: str
    world: str
    method: str
    verb: str
    url: str
    target: str
    path: str
    endpoint: str | None
    consumer_key: str | None
    token: str | None
    user_id: str | None
    subscriber: str | None
    parameters: list[SentParameter]
    oauth: dict[str, str]
    status: int
    milliseconds: float
    first_byte: float | None
    broke_off: bool
    refused: str | None
    hints: list[str]
    warning: str | None
    fault: str | None
    explanation: dict[str, Any] | None


class WholeRequest(LoggedRequest, kw_only=True):
    """The same with what went over the wire: `sent` by the client, and the `answer`."""

    sent: Content
    answer: Content


def logged(entry: Entry) -> LoggedRequest:
    """A request without what went over the wire; a refused one is explained as far as is known."""
    return LoggedRequest(**_facts(entry, known(entry.refusal) if entry.refusal is not None else None))


def whole(entry: Entry) -> WholeRequest:
    """All that is known of a request, or can be found out."""
    answer = Content(
        _headers(entry.answer_headers), _text(entry.answer_body), entry.answer_size, truncated=not entry.is_whole
    )
    truncated = entry.body_size > KEPT
    sent = Content(_headers(entry.headers), _text(entry.body), entry.body_size, truncated=truncated)
    explanation = explain(entry.refusal) if entry.refusal is not None else None
    return WholeRequest(**_facts(entry, explanation), sent=sent, answer=answer)


def _facts(entry: Entry, explanation: Explanation | None) -> Mapping[str, Any]:
    parameters = entry.parameters
    return {
        "number": entry.number,
        "at": date_of(entry.at),
        "now": date_of(entry.now),
        "world": entry.world,
        "method": entry.method,
        "verb": entry.verb,
        "url": entry.url,
        "target": entry.target,
        "path": entry.path,
        "endpoint": entry.endpoint,
        "consumer_key": key_in(parameters),
        "token": token_in(parameters),
        "user_id": entry.user_id,
        "subscriber": entry.subscriber,
        "parameters": [SentParameter(one.name, one.value, one.place.value) for one in parameters],
        "oauth": {name: parameters.get(name) for name in parameters.names() if name.startswith("oauth_")},
        "status": entry.status,
        "milliseconds": round(entry.seconds * 1000, 2),
        "first_byte": None if entry.first_byte is None else round(entry.first_byte * 1000, 2),
        "broke_off": entry.broke_off,
        "refused": entry.message,
        "hints": list(entry.hints),
        "warning": entry.warning,
        "fault": entry.fault,
        "explanation": told_of(explanation) if explanation is not None else None,
    }


def _headers(headers: Headers) -> list[Header]:
    return [Header(name, value) for name, value in headers]


def _text(body: bytes | None) -> str | None:
    return None if body is None else body.decode(errors="replace")

"""One request as a page, for the person in front of it: why it was refused, and what went over the wire."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from mock_netflix.journal import Entry, Journal
from mock_netflix.oauth.comparison import Difference, beside, cores
from mock_netflix.oauth.explanation import known
from mock_netflix.web.control.entries import WholeRequest
from mock_netflix.web.control.mounting import Asked
from mock_netflix.web.pages import page

# A page shows so many lines of two base strings side by side, and so many parameters.
_MOST_LINES = 300


def request_page(asked: Asked, entry: Entry, told: WholeRequest, headers: Mapping[str, str]) -> Response:
    """The page of a request."""
    facts = msgspec.to_builtins(told)
    return page(
        "request.html",
        headers=headers,
        entry=_visible(facts),
        plain_target=_visible(entry.plain_target),
        answer=_lines(told.answer.body),
        sent=_lines(told.sent.body),
        lines=_visible(_side_by_side(facts["explanation"] or {})),
        what=_visible(known(entry.refusal).what) if entry.refusal is not None else "",
        neighbours=_neighbours(asked.sandbox.journal, entry),
        base_url=asked.base_url,
        own=asked.own,
        most=_MOST_LINES,
    )


def _lines(body: str | None) -> str | None:
    """A body whose lines stay lines."""
    return None if body is None else "\n".join(map(_visible, body.splitlines()))


def _neighbours(journal: Journal, entry: Entry) -> dict[str, int | None]:
    """The numbers of the requests before and after this one, as far as they are kept."""
    numbers = sorted(one.number for one in journal.entries())
    return {
        "previous": max((one for one in numbers if one < entry.number), default=None),
        "next": min((one for one in numbers if one > entry.number), default=None),
    }


def _side_by_side(why: Mapping[str, Any]) -> dict[str, Any]:
    """What was signed and what is right, line by line, each text parted into what is the same and what differs."""
    right, signed = why.get("base_string"), why.get("signed_base_string")
    if not right or not signed:
        return {"rows": [], "more": 0}
    every = beside(signed, right)
    names = ("method", "address", *(f"parameter {nth}" for nth in range(1, len(every) - 1)))
    rows = [_row(name, *line) for name, line in zip(names, every, strict=True)]
    first = next((row for row in rows if row["differs"]), None)
    if first is not None:
        first["first"] = True
    return {"rows": rows[:_MOST_LINES], "more": max(0, len(rows) - _MOST_LINES)}


def _row(name: str, signed: str | None, right: str | None) -> dict[str, Any]:
    row = {"name": name, "differs": signed != right, "first": False}
    if signed is None or right is None or signed == right or _name(signed) != _name(right):
        return {**row, "signed": _whole(signed, signed != right), "right": _whole(right, signed != right)}
    place = next((nth for nth, (a, b) in enumerate(zip(signed, right, strict=False)) if a != b), None)
    same = min(len(signed), len(right)) if place is None else place
    before, mine, other, after = cores(Difference("", "", "", signed, right, same))
    return {**row, "signed": (before, mine, after), "right": (before, other, after)}


def _name(line: str) -> str:
    """What parameter a line is; of one that is none, nothing."""
    name, mark, _ = line.partition("=")
    return name if mark and ":" not in name else ""


def _whole(text: str | None, marked: bool) -> tuple[str, str, str] | None:
    if text is None:
        return None
    return ("", text, "") if marked else (text, "", "")


def _visible(told: Any) -> Any:
    """The same with every character that cannot be seen written as an escape: it would hide or turn round others."""
    if isinstance(told, str):
        return told if told.isprintable() else "".join(map(_seen, told))
    if isinstance(told, Mapping):
        return {name: _visible(value) for name, value in told.items()}
    return [_visible(one) for one in told] if isinstance(told, list | tuple) else told


def _seen(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode()

"""The journal as JSON, with the reason of each refusal; one request also as a page, for the person in front of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

from mock_netflix.journal import LIMIT, Entry, Journal
from mock_netflix.oauth.comparison import Difference, beside, cores
from mock_netflix.oauth.explanation import Explanation, explain, known
from mock_netflix.oauth.refusals import NonceUsed
from mock_netflix.oauth.told import told_of
from mock_netflix.web.control.mounting import Asked, Operation, Problem
from mock_netflix.web.pages import page
from mock_netflix.wire.as_atom import date_of

# In place of a number.
LAST_REFUSED = "last-refused"

# What browsers ask for by themselves; its refusal is nobody's question.
UNASKED = "/favicon.ico"
# A page shows so many lines of two base strings side by side.
_MOST_LINES = 300


def as_json(entry: Entry, explanation: Explanation | None = None) -> dict[str, Any]:
    """One request and its answer; a refused one is explained as far as is known, or as it is given."""
    if explanation is None and entry.refusal is not None:
        explanation = known(entry.refusal)
    return {
        "number": entry.number,
        "at": date_of(entry.at),
        "method": entry.verb,
        "target": entry.target,
        "status": entry.status,
        "milliseconds": round(entry.seconds * 1000, 2),
        "endpoint": entry.endpoint,
        "subscriber": entry.subscriber,
        "refused": entry.message,
        "hints": list(entry.hints),
        "fault": entry.fault,
        "explanation": told_of(explanation) if explanation is not None else None,
    }


def listed(asked: Asked) -> dict[str, object]:
    return {"requests": [as_json(entry) for entry in asked.sandbox.journal.entries()]}


def one(asked: Asked) -> Response:
    """One request; as a page where a person asks for it in a browser."""
    entry, journal = entry_asked(asked), asked.sandbox.journal
    explanation = explain(entry.refusal) if entry.refusal is not None else None
    told = as_json(entry, explanation)
    if isinstance(entry.refusal, NonceUsed):
        first = journal.find(str(entry.refusal.first_request))
        told["explanation"]["requests"] = [as_json(one) for one in (first, entry) if one is not None]
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if "text/html" not in asked.request.headers.get("accept", ""):
        return JSONResponse(told, headers=headers)
    return page(
        "request.html",
        headers=headers,
        entry=_visible(told),
        plain_target=_visible(without_protocol(entry.target)),
        lines=_visible(_side_by_side(told["explanation"] or {})),
        what=_visible(explanation.what) if explanation is not None else "",
        neighbours=_neighbours(journal, entry),
        base_url=asked.base_url,
    )


def entry_asked(asked: Asked) -> Entry:
    """The entry that an address names by its number, or as the last that was refused. Raises Problem."""
    number = asked.request.path_params["number"]
    journal = asked.sandbox.journal
    entry = _last_refused(journal) if number == LAST_REFUSED else journal.find(number)
    if entry is None:
        raise Problem(404, f"There was no such request, or it is forgotten: the last {LIMIT} are kept.")
    return entry


def without_protocol(target: str) -> str:
    """A request target without the parameters of OAuth, which say nothing to a person."""
    path, _, query = target.partition("?")
    told = "&".join(pair for pair in query.split("&") if not pair.startswith("oauth_"))
    return f"{path}?{told}" if told else path


def _last_refused(journal: Journal) -> Entry | None:
    refused = (one for one in reversed(journal.entries()) if one.refusal is not None)
    return next((one for one in refused if one.target != UNASKED), None)


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


OPERATIONS = (
    Operation("GET", "/requests", listed, "The last requests"),
    Operation("GET", "/requests/{number}", one, "One request with its explanation, or last-refused", problems=(404,)),
)

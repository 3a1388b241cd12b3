"""The journal as JSON, with the reason of each refusal."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from mock_netflix.journal import LIMIT, Entry
from mock_netflix.oauth.explanation import Explanation, explain, known
from mock_netflix.oauth.refusals import NonceUsed
from mock_netflix.oauth.told import told_of
from mock_netflix.web.control.mounting import Asked, Problem
from mock_netflix.web.pages import page
from mock_netflix.wire.as_atom import date_of

# In place of a number.
LAST_REFUSED = "last-refused"


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
        "explanation": told_of(explanation) if explanation is not None else None,
    }


def listed(asked: Asked) -> Response:
    return JSONResponse({"requests": [as_json(entry) for entry in asked.sandbox.journal.entries()]})


def one(asked: Asked) -> Response:
    """One request; as a page where a person asks for it in a browser."""
    entry = entry_asked(asked)
    explanation = explain(entry.refusal) if entry.refusal is not None else None
    told = as_json(entry, explanation)
    if isinstance(entry.refusal, NonceUsed):
        first = asked.sandbox.journal.find(str(entry.refusal.first_request))
        told["explanation"]["requests"] = [as_json(one) for one in (first, entry) if one is not None]
    if "text/html" in asked.request.headers.get("accept", ""):
        return page("request.html", headers={"Cache-Control": "no-store"}, entry=told, base_url=asked.base_url)
    return JSONResponse(told)


def entry_asked(asked: Asked) -> Entry:
    """The entry that an address names by its number, or as the last that was refused. Raises Problem."""
    number = asked.request.path_params["number"]
    journal = asked.sandbox.journal
    entry = journal.last_refused() if number == LAST_REFUSED else journal.find(number)
    if entry is None:
        raise Problem(404, f"There was no such request, or it is forgotten: the last {LIMIT} are kept.")
    return entry

"""The journal as JSON, with the reason of each refusal."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from mock_netflix.journal import LIMIT, Entry
from mock_netflix.web.control.mounting import Asked, Problem
from mock_netflix.wire.as_atom import date_of
from mock_netflix.world.refusals import Refusal


def explained(refusal: Refusal) -> dict[str, Any]:
    """A refusal in words, with the evidence it carries."""
    what = " ".join((type(refusal).__doc__ or "").split())
    return {"cause": type(refusal).__name__, "message": what, **vars(refusal)}


def as_json(entry: Entry) -> dict[str, Any]:
    """One request and its answer."""
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
        "explanation": explained(entry.refusal) if entry.refusal is not None else None,
    }


def listed(asked: Asked) -> Response:
    return JSONResponse({"requests": [as_json(entry) for entry in asked.sandbox.journal.entries()]})


def one(asked: Asked) -> Response:
    number = asked.request.path_params["number"]
    entry = next((one for one in asked.sandbox.journal.entries() if str(one.number) == number), None)
    if entry is None:
        raise Problem(404, f"There was no such request, or it is forgotten: the last {LIMIT} are kept.")
    return JSONResponse(as_json(entry))

"""The rules of the world: read, and changed while the server runs."""

from __future__ import annotations

from dataclasses import asdict

from starlette.responses import JSONResponse, Response

from mock_netflix.web.control.messages import members
from mock_netflix.web.control.mounting import Asked, Problem
from mock_netflix.world.rules import RuleError, changed


def shown(asked: Asked) -> Response:
    return JSONResponse(asdict(asked.sandbox.state.rules))


def set_some(asked: Asked) -> Response:
    """Changes the rules that are named and no others; all of them or none."""
    state = asked.sandbox.state
    try:
        rules = changed(state.rules, members(asked))
    except RuleError as error:
        raise Problem(400, f"{error}.") from None
    asked.sandbox.state = state.with_rules(rules)
    return JSONResponse(asdict(rules))

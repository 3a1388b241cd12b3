"""The rules of the world: read, and changed while the server runs."""

from __future__ import annotations

from dataclasses import asdict

from mock_netflix.web.control.messages import members
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.rules import changed


def shown(asked: Asked) -> dict[str, object]:
    return asdict(asked.sandbox.state.rules)


def set_some(asked: Asked) -> dict[str, object]:
    """Changes the rules that are named and no others; all of them or none."""
    state = asked.sandbox.state
    rules = changed(state.rules, members(asked))
    asked.sandbox.state = state.with_rules(rules)
    return asdict(rules)


OPERATIONS = (
    Operation("GET", "/settings", shown, "The rules of the service"),
    Operation("PATCH", "/settings", set_some, "Change some rules of the service", problems=(400,)),
)

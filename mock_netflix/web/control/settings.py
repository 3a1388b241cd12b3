"""The rules of the world: read, and changed while the server runs."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Annotated, Literal, Union

import msgspec

from mock_netflix.web.control.messages import members
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.rules import LARGEST, Rules, changed, kinds_of
from mock_netflix.world.texts import TEXT

_EXAMPLE = '{"unique_nonces": true}'
# What a kind of rule may be.
_KINDS: dict[object, object] = {
    int: Annotated[int, msgspec.Meta(ge=0, le=LARGEST)],
    str: Annotated[str, msgspec.Meta(extra_json_schema={"pattern": f"^{TEXT}$"})],
}
_NAMES = tuple(one.name for one in fields(Rules))


def _type_of(name: str) -> object:
    """What a rule may be, as a type."""
    kinds = kinds_of(name)
    words = tuple(kind for kind in kinds if isinstance(kind, str))
    others = tuple(_KINDS.get(kind, kind) for kind in kinds if not isinstance(kind, str))
    return Union[(*others, Literal[words])] if words else Union[others]  # noqa: UP007 - there are as many as there are


Settings = msgspec.defstruct(
    "Settings",
    [(name, _type_of(name)) for name in _NAMES],
    namespace={"__doc__": "All rules of a world; docs/settings.md says what each one does."},
    module=__name__,
)
SomeSettings = msgspec.defstruct(
    "SomeSettings",
    [(name, Union[_type_of(name), msgspec.UnsetType], msgspec.UNSET) for name in _NAMES],  # noqa: UP007
    namespace={"__doc__": "The rules that are to be other ones."},
    forbid_unknown_fields=True,
    module=__name__,
)


def shown(asked: Asked) -> dict[str, object]:
    return asdict(asked.sandbox.state.rules)


def set_some(asked: Asked) -> dict[str, object]:
    """Changes the rules that are named and no others; all of them or none."""
    state = asked.sandbox.state
    rules = changed(state.rules, members(asked, _EXAMPLE))
    asked.sandbox.state = state.with_rules(rules)
    return asdict(rules)


OPERATIONS = (
    Operation("GET", "/settings", shown, "The rules of the service", gives=Settings),
    Operation("PATCH", "/settings", set_some, "Change some rules of the service", takes=SomeSettings, gives=Settings),
)

"""Why a fault cannot have the members that it was given, in words: which there are, and what each may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import inspect

from mock_netflix.data.faults import meant, shown
from mock_netflix.faults.effects import EFFECTS


def why_not(effect: str, members: Mapping[str, object]) -> str:
    """The first thing that is wrong, as a sentence; it is known that something is."""
    fields = {one.encode_name: one for one in msgspec.structs.fields(EFFECTS[effect])}
    for name, value in members.items():
        if name == "effect":
            continue
        if name not in fields:
            like = meant(name, fields) or f"; it takes {', '.join(fields)}"
            return f"the effect {effect} takes no {shown(name)}{like}"
        if not _fits(value, fields[name].type):
            return f"{name} cannot be {shown(value)}; it is {_in_words(inspect.type_info(fields[name].type))}"
    missing = [name for name, one in fields.items() if one.required and name not in members]
    return f"the effect {effect} needs {' and '.join(missing)}"


def _fits(value: object, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _range(kind: Any) -> str:
    return f" from {kind.ge} to {kind.le}" if kind.ge is not None and kind.le is not None else ""


def _text(kind: Any) -> str:
    return f"a text of {kind.min_length or 0} to {kind.max_length} characters"


_WORDS: Mapping[type[inspect.Type], Callable[[Any], str]] = {
    inspect.IntType: lambda kind: f"a whole number{_range(kind)}",
    inspect.FloatType: lambda kind: f"a number{_range(kind)}",
    inspect.StrType: _text,
    inspect.BoolType: lambda kind: "true or false",
    inspect.NoneType: lambda kind: "null",
    inspect.LiteralType: lambda kind: f"one of {', '.join(map(str, kind.values))}",
    inspect.UnionType: lambda kind: " or ".join(map(_in_words, kind.types)),
}


def _in_words(kind: inspect.Type) -> str:
    return _WORDS[type(kind)](kind)

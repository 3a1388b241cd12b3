"""Texts, numbers, dates and words of a list, as a fixture may have them: whether a value is one, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from msgspec import inspect

from mock_netflix.data.faults import meant, shown
from mock_netflix.data.formats.reading import Plain
from mock_netflix.data.schema import MOMENT

_like_a_moment = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII).fullmatch
# No value at all.
WRONG: Final = object()


def scalar(node: object, kinds: Sequence[inspect.Type]) -> tuple[Any, str]:
    """The value as the first of these kinds that it is of; or WRONG, and why it is of none."""
    reasons = []
    for kind in kinds:
        read, reason = _as(node, kind.type if isinstance(kind, inspect.Metadata) else kind)
        if read is not WRONG:
            return read, ""
        if reason and (len(kinds) == 1 or not isinstance(kind, inspect.LiteralType)):
            reasons.append(reason)
    # A kind that says something of its own knows best; a general sentence names all kinds.
    return WRONG, reasons[0] if reasons else f"should be {in_words(kinds)}, not {name_of(node)}"


def _as(node: object, kind: inspect.Type) -> tuple[Any, str]:
    value = node.value if isinstance(node, Plain) else node
    match kind:
        case inspect.StrType():
            return _text(node, kind)
        case inspect.LiteralType():
            return _word(node, kind)
        case inspect.BoolType():
            return (value, "") if isinstance(value, bool) else (WRONG, "")
        case inspect.IntType() | inspect.FloatType():
            return _number(value, kind)
    return WRONG, ""


def _number(value: object, kind: inspect.IntType | inspect.FloatType) -> tuple[Any, str]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return WRONG, ""
    if isinstance(kind, inspect.IntType) and isinstance(value, float):
        if not value.is_integer():
            return WRONG, ""
        value = int(value)
    if (kind.ge is None or value >= kind.ge) and (kind.le is None or value <= kind.le):
        return value, ""
    return WRONG, ""


def _text(node: object, kind: inspect.StrType) -> tuple[Any, str]:
    if kind.pattern == MOMENT:
        return _moment(node, kind)
    text = _written(node)
    if text is None:
        return WRONG, ""
    if not text and kind.min_length:
        return WRONG, "should not be empty"
    try:
        text.encode()
    except UnicodeEncodeError:
        return WRONG, "holds half a character, which no encoding can carry"
    return (text, "") if _fits(text, kind) else (WRONG, "")


def _moment(node: object, kind: inspect.StrType) -> tuple[Any, str]:
    value = node.value if isinstance(node, Plain) else node
    if isinstance(value, datetime):
        try:
            there = value.astimezone(UTC) if value.tzinfo is not None else value
        except OverflowError:
            return WRONG, ""
        text = f"{there.replace(microsecond=0, tzinfo=None).isoformat()}Z"
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, str):
        text = value
    else:
        return WRONG, ""
    if not _like_a_moment(text):
        return WRONG, ""
    return (text, "") if _fits(text, kind) else (WRONG, f"{text} is no day that there is")


def _fits(text: str, kind: inspect.StrType) -> bool:
    return kind.pattern is None or re.search(kind.pattern, text) is not None


def _word(node: object, kind: inspect.LiteralType) -> tuple[Any, str]:
    text = _written(node)
    if text in kind.values:
        return text, ""
    if text is None or not isinstance(node, str | Plain):
        return WRONG, ""
    words = [str(one) for one in kind.values]
    return WRONG, f"{shown(text)} is not one of {', '.join(words)}{meant(text, words)}"


def _written(node: object) -> str | None:
    """A value as a text, where a person may have meant one."""
    if isinstance(node, Plain):
        return node.text
    if isinstance(node, str):
        return node
    if isinstance(node, date | time):
        return node.isoformat()
    if isinstance(node, int | float) and not isinstance(node, bool):
        try:
            return str(node)
        except ValueError:
            # A number of thousands of digits.
            return None
    return None


def name_of(node: object) -> str:
    """What a value is, in words."""
    value = node.value if isinstance(node, Plain) else node
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "an object with fields"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if isinstance(value, bool):
        return shown(value)
    return shown(node.text).strip('"') if isinstance(node, Plain) else shown(value)


def in_words(kinds: Sequence[inspect.Type]) -> str:
    """What is wanted, in words."""
    return " or ".join(dict.fromkeys(_wanted(kind) for kind in kinds))


def _wanted(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata():
            return str((kind.extra_json_schema or {}).get("description") or _wanted(kind.type))
        case inspect.StrType():
            return "a text"
        case inspect.IntType() | inspect.FloatType():
            return f"a {'whole ' if isinstance(kind, inspect.IntType) else ''}number{_bounds(kind)}"
        case inspect.LiteralType():
            return " or ".join(str(one) for one in kind.values)
        case inspect.BoolType():
            return "true or false"
        case inspect.ListType():
            return "a list"
    return "an object with fields"


def _bounds(kind: inspect.IntType | inspect.FloatType) -> str:
    if kind.ge is not None and kind.le is not None:
        return f" from {kind.ge:g} to {kind.le:g}" if kind.le < 10_000 else f" from {kind.ge:g} on"
    return f" from {kind.ge:g} on" if kind.ge is not None else ""

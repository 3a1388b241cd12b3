"""Elements as the JSON of versions 1.0 and 1.5: a mechanical rewrite of the XML (reference: resources 1.4).

Attributes and children become members of one object; a name that repeats becomes an array, a lone one does not; text
beside attributes is the member `content`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from mock_netflix.wire.as_xml import written
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, Scalar, each
from mock_netflix.wire.text import Piece, Text, piece, put_together

# The values of an object by member name, each already written; an array is one that has several.
_Members = dict[str, list[str]]

_quoted = json.JSONEncoder().encode


def encode(root: Element, dialect: Dialect) -> bytes:
    """A whole document: one object with the root's name as its only member."""
    return text(root, dialect).body


def text(root: Element, dialect: Dialect) -> Text:
    """The same with its pieces: the root where it is kept, or else those of its children that are."""
    name, make = ("json part", dialect), partial(_part, dialect=dialect)
    members = {} if root.kept is not None else _gathered(root, each(root.children, name, make), dialect)
    value = _object(members) if members else [_last(one) for one in each((root,), name, make)]
    return put_together((f"{{{_quoted(root.name)}: ".encode(), *value, b"}"))


def _part(element: Element, dialect: Dialect) -> str | Piece | _Members:
    """What `_value` writes of an element; one that is kept has what parts it from the next behind it."""
    value = _value(element, dialect)
    return value if element.kept is None or not isinstance(value, str) else piece(f"{value}, ".encode())


def _last(part: Any) -> bytes | Piece:
    """A value with nothing behind it."""
    return Piece(part.text[:-2], part.digest) if isinstance(part, Piece) else part.encode()


def _object(members: dict[str, list[Any]]) -> list[bytes | Piece]:
    """What `_value` writes of members, in parts."""
    parts: list[bytes | Piece] = []
    opening, closing = "{", ""
    for name, values in members.items():
        *before, last = values or ("",)
        lead, closing = ("[", "]") if len(values) != 1 else ("", "")
        parts.append(f"{opening}{_quoted(name)}: {lead}".encode())
        parts += [one if isinstance(one, Piece) else f"{one}, ".encode() for one in before]
        parts.append(_last(last))
        opening = f"{closing}, "
    parts.append(f"{closing}}}".encode())
    return parts


def _value(element: Element, dialect: Dialect) -> str | _Members:
    """What an element is in the object around it: one value, or the members of a group."""
    members = _members(element, dialect)
    if not element.name:
        return members
    if not members:
        return _scalar("" if element.text is None else element.text, dialect)
    return f"{{{', '.join([f'{_quoted(name)}: {_one_or_many(values)}' for name, values in members.items()])}}}"


def _members(element: Element, dialect: Dialect) -> _Members:
    return _gathered(element, each(element.children, ("json", dialect), partial(_value, dialect=dialect)), dialect)


def _gathered(element: Element, values: Sequence[Any], dialect: Dialect) -> dict[str, list[Any]]:
    """The members of an element whose children are written like this."""
    members: dict[str, list[Any]] = defaultdict(list)
    for name, scalar in element.attributes:
        members[name] = [_scalar(scalar, dialect)]
    if members and element.text is not None:
        members["content"] = [_scalar(element.text, dialect)]
    for child, value in zip(element.children, values, strict=True):
        if isinstance(value, dict):
            for name, several in value.items():
                members[name] += several
        else:
            members[child.name].append(value)
    if element.items is not None and dialect.empty_lists:
        members.setdefault(element.items, [])
    return members


def _one_or_many(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _scalar(value: Scalar, dialect: Dialect) -> str:
    if dialect.typed and not isinstance(value, str):
        return written(value)
    return _quoted(written(value))

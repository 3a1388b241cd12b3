"""Elements as the JSON of versions 1.0 and 1.5: a mechanical rewrite of the XML (reference: resources 1.4).

Attributes and children become members of one object; a name that repeats becomes an array, a lone one does not; text
beside attributes is the member `content`.
"""

from __future__ import annotations

import json

from mock_netflix.wire.as_xml import written
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, Scalar

# The values of an object by member name, each already written; an array is one that has several.
_Members = dict[str, list[str]]


def encode(root: Element, dialect: Dialect) -> bytes:
    """A whole document: one object with the root's name as its only member."""
    return f"{{{json.dumps(root.name)}: {_value(root, dialect)}}}".encode()


def _value(element: Element, dialect: Dialect) -> str:
    if element.kept is None:
        return _object(element, dialect)
    return element.keep(("json", dialect), lambda: _object(element, dialect))


def _object(element: Element, dialect: Dialect) -> str:
    members = _members(element, dialect)
    if not members:
        return _scalar("" if element.text is None else element.text, dialect)
    return "{" + ", ".join(f"{json.dumps(name)}: {_one_or_many(values)}" for name, values in members.items()) + "}"


def _members(element: Element, dialect: Dialect) -> _Members:
    members: _Members = {name: [_scalar(value, dialect)] for name, value in element.attributes}
    if members and element.text is not None:
        members["content"] = [_scalar(element.text, dialect)]
    for child in element.children:
        if child.name:
            members.setdefault(child.name, []).append(_value(child, dialect))
        else:
            for name, values in _of_group(child, dialect).items():
                members.setdefault(name, []).extend(values)
    if element.items is not None and dialect.empty_lists:
        members.setdefault(element.items, [])
    return members


def _of_group(group: Element, dialect: Dialect) -> _Members:
    return group.keep(("json members", dialect), lambda: _members(group, dialect))


def _one_or_many(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _scalar(value: Scalar, dialect: Dialect) -> str:
    if dialect.typed and not isinstance(value, str):
        return written(value)
    return json.dumps(written(value))

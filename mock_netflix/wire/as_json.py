"""Elements as the JSON of versions 1.0 and 1.5: a mechanical rewrite of the XML (reference: resources 1.4).

Attributes and children become members of one object; a name that repeats becomes an array, a lone one does not; text
beside attributes is the member `content`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import partial

from mock_netflix.wire.as_xml import written
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, Scalar, each

# The values of an object by member name, each already written; an array is one that has several.
_Members = dict[str, list[str]]

_quoted = json.JSONEncoder().encode


def encode(root: Element, dialect: Dialect) -> bytes:
    """A whole document: one object with the root's name as its only member."""
    (value,) = each((root,), ("json", dialect), partial(_value, dialect=dialect))
    return f"{{{_quoted(root.name)}: {value}}}".encode()


def _value(element: Element, dialect: Dialect) -> str | _Members:
    """What an element is in the object around it: one value, or the members of a group."""
    members = _members(element, dialect)
    if not element.name:
        return members
    if not members:
        return _scalar("" if element.text is None else element.text, dialect)
    return f"{{{', '.join([f'{_quoted(name)}: {_one_or_many(values)}' for name, values in members.items()])}}}"


def _members(element: Element, dialect: Dialect) -> _Members:
    members: _Members = defaultdict(list)
    for name, scalar in element.attributes:
        members[name] = [_scalar(scalar, dialect)]
    if members and element.text is not None:
        members["content"] = [_scalar(element.text, dialect)]
    values = each(element.children, ("json", dialect), partial(_value, dialect=dialect))
    for child, value in zip(element.children, values, strict=True):
        if isinstance(value, str):
            members[child.name].append(value)
        else:
            for name, several in value.items():
                members[name] += several
    if element.items is not None and dialect.empty_lists:
        members.setdefault(element.items, [])
    return members


def _one_or_many(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _scalar(value: Scalar, dialect: Dialect) -> str:
    if dialect.typed and not isinstance(value, str):
        return written(value)
    return _quoted(written(value))

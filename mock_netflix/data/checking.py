"""A document read by the schema, with every fault in it and not only the first.

What is left of a faulty document is whole, so that what it refers to can be checked too: a faulty field that may be
left out is left out, any other has a stand-in (`stand_in`). Where nothing is wrong, this reads what msgspec reads, and
kindly more: nothing (`genres:` in YAML) is as left out, and a number or a date is a text where a text is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from mock_netflix.data.documents import Document
from mock_netflix.data.faults import Faults, Place, meant, most_like, shown
from mock_netflix.data.scalars import WRONG, in_words, name_of, scalar
from mock_netflix.data.schema import UNNUMBERED, FixtureFile

Described = TypeVar("Described", bound=msgspec.Struct)

# Of so many names that would be right, all are said.
_FEW = 12


def check_document(document: Document, faults: Faults) -> FixtureFile:
    """What a document says; `faults` hears what is wrong with it."""
    return check_as(FixtureFile, document, faults)


def check_as(kind: type[Described], document: Document, faults: Faults) -> Described:
    """What a document says that is a part of a file, such as a title; `faults` hears what is wrong with it."""
    schema = _schema(kind)
    read: Described = _Check(document, faults).value(document.tree, schema, ())
    return stand_in(schema, ()) if read is WRONG else read


@lru_cache(maxsize=16)
def _schema(kind: type[msgspec.Struct]) -> inspect.StructType:
    described = inspect.type_info(kind)
    if not isinstance(described, inspect.StructType):
        raise TypeError(kind)
    return described


def stand_in(kind: inspect.Type, place: Place) -> Any:
    """What takes the place of a needed value that is wrong: a text that nothing else has, a reference to nothing."""
    kinds = _alternatives(kind)
    kind = _bare(kinds[0])
    if isinstance(kind, inspect.StructType):
        return kind.cls(**{one.name: stand_in(one.type, (*place, one.name)) for one in kind.fields if one.required})
    if isinstance(kind, inspect.LiteralType):
        return kind.values[0]
    if isinstance(kind, inspect.StrType):
        return "2008-10-01" if kind.pattern else f"?{place}"
    return UNNUMBERED if len(kinds) > 1 else 1


def _alternatives(kind: inspect.Type) -> list[inspect.Type]:
    """The kinds that a value may be of, but for nothing."""
    kinds = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    return [one for one in kinds if not isinstance(one, inspect.NoneType)]


class _Check:
    """Reads one document; every method gives the value, or WRONG when `faults` has heard why."""

    def __init__(self, document: Document, faults: Faults) -> None:
        self._document = document
        self._faults = faults

    def value(self, node: object, kind: inspect.Type, place: Place) -> Any:
        kinds = _alternatives(kind)
        for one in kinds:
            bare = _bare(one)
            if isinstance(node, dict):
                if isinstance(bare, inspect.StructType):
                    return self._struct(node, bare, place)
                if isinstance(bare, inspect.DictType):
                    return self._dict(node, bare, place)
            elif isinstance(node, list) and isinstance(bare, inspect.ListType):
                return self._list(node, bare, place)
        if isinstance(node, dict | list):
            return self._wrong(f"should be {in_words(kinds)}, not {name_of(node)}", place)
        read, why = scalar(node, kinds)
        return self._wrong(why, place) if read is WRONG else read

    def _wrong(self, reason: str, place: Place, *, of_name: bool = False) -> Any:
        self._faults.add(self._document.file, reason, place, self._document.find, of_name=of_name)
        return WRONG

    def _struct(self, node: Mapping[str, object], kind: inspect.StructType, place: Place) -> Any:
        known = {one.encode_name: one for one in kind.fields}
        misspelt = {most_like(name, known) for name in node if name not in known}
        values: dict[str, object] = {}
        for name, below in node.items():
            one = known.get(name)
            if one is None:
                self._wrong(f"unknown field {shown(name)}{_instead(name, known)}", (*place, name), of_name=True)
            elif below is not None or one.required:
                read = self.value(below, one.type, (*place, name))
                if read is not WRONG:
                    values[one.name] = read
        for name, one in known.items():
            if one.required and one.name not in values:
                if name not in node and name not in misspelt:
                    self._wrong(f"the field {name} is missing", place)
                values[one.name] = stand_in(one.type, (*place, name))
        return kind.cls(**values)

    def _list(self, node: Iterable[object], kind: inspect.ListType, place: Place) -> Any:
        return [
            stand_in(kind.item_type, (*place, index)) if read is WRONG else read
            for index, below in enumerate(node)
            for read in (self.value(below, kind.item_type, (*place, index)),)
        ]

    def _dict(self, node: Mapping[str, object], kind: inspect.DictType, place: Place) -> Any:
        read: dict[str, object] = {}
        known = kind.key_type.values if isinstance(kind.key_type, inspect.LiteralType) else None
        for name, below in node.items():
            if known is not None and name not in known:
                names = [str(one) for one in known]
                self._wrong(f"unknown name {shown(name)}{_instead(name, names)}", (*place, name), of_name=True)
            else:
                one = self.value(below, kind.value_type, (*place, name))
                if one is not WRONG:
                    read[name] = one
        return read


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _instead(name: str, known: Iterable[str]) -> str:
    """The name that was meant, or where none is like it, those that there are."""
    names = list(known)
    if like := meant(name, names):
        return like
    return f"; there are {', '.join(sorted(names))}" if len(names) <= _FEW else ""

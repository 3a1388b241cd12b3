"""Random element trees, and readings of documents that share no code with the encoders."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

from hypothesis import settings
from hypothesis import strategies as st

from mock_netflix.wire.as_xml import written
from mock_netflix.wire.element import Element, Epoch, group

# Name, attributes in their order, text, children: all that a document says, and nothing of its layout.
Said = tuple[str, tuple[tuple[str, str], ...], str, tuple["Said", ...]]

# How properties of trees are held: on slow machines too, and without much ado.
held = settings(deadline=None, max_examples=60)

NAMES = ("link", "title", "id", "category", "updated", "box_art", "release_year")
ITEM = "catalog_title"

_characters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
texts = st.text(_characters | st.sampled_from("\t\n\r&<>\"']"), min_size=1, max_size=12)
scalars = st.one_of(
    texts,
    st.integers(-(10**12), 10**12),
    st.integers(0, 4_102_444_800).map(Epoch),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
)
_attributes = st.dictionaries(st.sampled_from(("href", "rel", "label", "year")), scalars, max_size=3)


def _leaf(name: str, attributes: dict[str, Any], text: Any, cdata: bool) -> Element:
    return Element(name, tuple(attributes.items()), text=text, cdata=cdata)


def _branch(name: str, attributes: dict[str, Any], children: list[Element], items: str | None, keeps: bool) -> Element:
    return Element(name, tuple(attributes.items()), tuple(children), items=items, kept={} if keeps else None)


_names = st.sampled_from(NAMES)
_leaves = st.builds(_leaf, _names, _attributes, st.none() | scalars, st.booleans())
_parts = st.recursive(
    _leaves,
    lambda parts: (
        st.builds(_branch, _names, _attributes, st.lists(parts, max_size=3), st.none() | _names, st.booleans())
        | st.lists(parts, min_size=1, max_size=3).map(lambda children: group(*children))
    ),
    max_leaves=10,
)

elements = _parts.filter(lambda part: part.name != "")


def _list(around: list[Element], items: list[list[Element]], html: str, keeps: bool) -> Element:
    entries = (Element(ITEM, children=tuple(parts), html=html, kept={} if keeps else None) for parts in items)
    return Element("catalog_titles", children=(*around, *entries), items=ITEM)


_items = st.lists(st.lists(_parts, max_size=3), max_size=2)
lists = st.builds(_list, st.lists(_leaves, max_size=2), _items, texts, st.booleans())


def forgetful(element: Element) -> Element:
    """The same tree, in which nothing keeps its encodings."""
    return replace(element, children=tuple(map(forgetful, element.children)), kept=None)


def said_by_tree(element: Element) -> Said:
    """What an element says, groups taken for their children."""
    children = tuple(map(said_by_tree, element.flattened()))
    attributes = tuple((name, written(value)) for name, value in element.attributes)
    return element.name, attributes, "" if element.text is None else written(element.text), children


def said_by_xml(document: bytes | str) -> Said:
    """What an XML document says. White space around children is layout."""
    return _said(ElementTree.fromstring(document))


def _said(node: ElementTree.Element) -> Said:
    text = "" if len(node) else node.text or ""
    return node.tag, tuple(node.attrib.items()), text, tuple(map(_said, node))


def rewritten(document: bytes | str) -> dict[str, Any]:
    """An XML document as the JSON of the record: a mechanical rewrite (reference: resources 1.4)."""
    name, *_ = said = said_by_xml(document)
    return {name: _member(said)}


def _member(said: Said) -> Any:
    _, attributes, text, children = said
    values: dict[str, list[Any]] = {}
    for name, value in [*attributes, *((child[0], _member(child)) for child in children)]:
        values.setdefault(name, []).append(value)
    if not values:
        return text
    if text:
        values["content"] = [text]
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def in_words(value: Any) -> Any:
    """A JSON value with its numbers and booleans as the strings of the older dialect."""
    if isinstance(value, dict):
        return {name: in_words(member) for name, member in value.items()}
    if isinstance(value, list):
        return [in_words(member) for member in value]
    return value if isinstance(value, str) else written(value)


def without_empty_lists(value: Any) -> Any:
    """A JSON value without its empty arrays; an object that holds nothing else is an empty text."""
    if isinstance(value, dict):
        kept = {name: without_empty_lists(member) for name, member in value.items() if member != []}
        return kept if kept or not value else ""
    return [without_empty_lists(member) for member in value] if isinstance(value, list) else value


def parsed(document: bytes) -> Any:
    """A JSON document, in which no name may stand twice in one object."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f"a name stands twice: {names}"
        return dict(pairs)

    return json.loads(document, object_pairs_hook=unique)

"""The tree that every answer is, before it is XML, JSON or Atom.

    Element("category", (("scheme", …), ("label", …), ("term", …)), text="Available Now")

Leaves are typed, so that JSON may keep the types and Atom may write moments as dates. A list names its items, so that
Atom knows its entries and JSON an empty list. A group (no name) stands for its children wherever it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

T = TypeVar("T")


class Epoch(int):
    """A moment in seconds since 1970: digits in XML and JSON, a date in Atom (reference: resources 3.6)."""


Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Element:
    """One element. For feeds, `html` is what a person reads of it, and `changed` when it last did, in epoch seconds.

    `kept` holds encodings of what never changes.
    """

    name: str
    attributes: tuple[tuple[str, Scalar], ...] = ()
    children: tuple[Element, ...] = ()
    text: Scalar | None = None
    items: str | None = None
    cdata: bool = False
    html: str | None = None
    changed: int | None = None
    kept: dict[Hashable, Any] | None = field(default=None, compare=False, repr=False)

    def flattened(self) -> Iterator[Element]:
        """The children, with those of groups in their place."""
        for child in self.children:
            if child.name:
                yield child
            else:
                yield from child.flattened()


def group(*children: Element, html: str | None = None, changed: int | None = None) -> Element:
    """Elements that always come together and never change; they keep their encodings."""
    return Element("", children=children, html=html, changed=changed, kept={})


def kept(element: Element) -> Element:
    """The same element, which is never to change and so keeps its encodings."""
    return replace(element, kept={})


def each(elements: Iterable[Element], name: Hashable, make: Callable[[Element], T]) -> list[T]:
    """What `make` gives of every element; made only once where one keeps its encodings, under this name."""
    made: list[T] = []
    for element in elements:
        if element.kept is None:
            made.append(make(element))
            continue
        found = element.kept.get(name)
        if found is None:
            found = element.kept[name] = make(element)
        made.append(found)
    return made

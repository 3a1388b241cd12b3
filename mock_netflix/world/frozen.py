"""Mappings that nobody can change: worlds share them, and a test may look at them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def frozen(mapping: Mapping[K, V]) -> Mapping[K, V]:
    """The same mapping, to be read only; those that are no dictionaries are so already."""
    return MappingProxyType(mapping) if type(mapping) is dict else mapping


def freeze(thing: object, *names: str) -> None:
    """Makes these mappings of a frozen dataclass ones to be read only, when it is made."""
    for name in names:
        object.__setattr__(thing, name, frozen(getattr(thing, name)))

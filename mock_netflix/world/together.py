"""Two mappings as one, without looking at what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, ValuesView
from itertools import chain
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Walk(ValuesView[V]):
    """The values of a mapping, as something else makes them than to look each up."""

    def __init__(self, mapping: Mapping[Any, V], walk: Callable[[], Iterator[V]]) -> None:
        super().__init__(mapping)
        self._walk = walk

    def __iter__(self) -> Iterator[V]:
        return self._walk()


class Together(Mapping[K, V]):
    """Two mappings as one; what is in both is taken from the first."""

    def __init__(self, first: Mapping[K, V], second: Mapping[K, V]) -> None:
        self._first, self._second = first, second
        fewer, more = (first, second) if len(first) < len(second) else (second, first)
        self._length = len(more) + sum(1 for key in fewer if key not in more)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[K]:
        yield from self._first
        yield from (key for key in self._second if key not in self._first)

    def __contains__(self, key: object) -> bool:
        return key in self._first or key in self._second

    def __getitem__(self, key: K) -> V:
        found = self._first.get(key)
        return self._second[key] if found is None else found

    def values(self) -> ValuesView[V]:
        """Those of both, where they have no key in common; else each looked up."""
        apart = self._length == len(self._first) + len(self._second)
        return Walk(self, lambda: chain(self._first.values(), self._second.values())) if apart else super().values()

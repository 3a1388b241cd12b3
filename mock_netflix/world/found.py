"""Things of a catalogue in an order, each looked up when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Found(Sequence[T]):
    """What a search found: it knows how many there are, and gives any part of them.

    `ranks` are in the order in which the things are told; `at` gives the thing of a rank.
    """

    def __init__(self, ranks: Sequence[int], at: Callable[[int], T]) -> None:
        self._ranks, self._at = ranks, at

    def __len__(self) -> int:
        return len(self._ranks)

    def __iter__(self) -> Iterator[T]:
        return map(self._at, self._ranks)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(map(self._at, self._ranks[place]))
        return self._at(self._ranks[place])

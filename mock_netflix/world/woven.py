"""A sequence as it is with a few things put in and others left out, without being looked through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar, overload

T = TypeVar("T")

# So many things are looked at together.
_STEP = 500


class Woven(Sequence[T]):
    """`base` with each thing of `put` before what stands at its place there, and without what stands at `out`.

    Both are in the order of their places; what is put at the same place keeps its order.
    """

    def __init__(self, base: Sequence[T], put: Iterable[tuple[int, T]], out: Iterable[int] = ()) -> None:
        self._base, self._out = base, [*out]
        # What is left of the base, counted, goes on from there.
        self._gaps = [place - count for count, place in enumerate(self._out)]
        self._put: list[T] = []
        self._at: list[int] = []
        for place, thing in put:
            self._at.append(place - bisect_left(self._out, place) + len(self._put))
            self._put.append(thing)

    def __len__(self) -> int:
        return len(self._base) - len(self._out) + len(self._put)

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self[start : start + _STEP] for start in range(0, len(self), _STEP))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, int):
            found = range(len(self))[place]
            return self[found : found + 1][0]
        start, stop, step = place.indices(len(self))
        if step != 1:
            return tuple(self)[place]
        first, last = bisect_left(self._at, start), bisect_left(self._at, stop)
        some = self._left(start - first, stop - last)
        for number in range(first, last):
            some.insert(self._at[number] - start, self._put[number])
        return tuple(some)

    def _left(self, start: int, stop: int) -> list[T]:
        """What is left of the base, from one place to another among what is left."""
        if start >= stop:
            return []
        low = start + bisect_right(self._gaps, start)
        high = stop + bisect_right(self._gaps, stop - 1)
        some = [*self._base[low:high]]
        for place in reversed(self._out[bisect_left(self._out, low) : bisect_left(self._out, high)]):
            del some[place - low]
        return some

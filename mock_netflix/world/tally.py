"""Points for ranks, counted for all of them at once.

A set of ranks is one whole number: bit r stands for rank r. The points of all ranks are a few such numbers, one for
each binary digit of a score:

    rank      3 2 1 0
    digit 0   0 1 1 0
    digit 1   1 1 0 0        rank 3 has 2 points, rank 2 has 3, rank 1 has 1, rank 0 has none

To give points is to add binary numbers, for every rank by the same few operations; how many ranks have any is a count
of bits; and the best come first by looking at the highest digit first. So the time it takes depends on how many ranks
there are, and hardly on how many of them match: "the" is found as fast as any word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from threading import Lock
from typing import overload

# So many bits are looked at together for those that are set; what is looked for is mostly near the beginning.
_WINDOW = 4096
_WHOLE_WINDOW = (1 << _WINDOW) - 1


def bits_of(ranks: Iterable[int], size: int) -> int:
    """The set of these ranks, all below `size`."""
    flags = bytearray(size // 8 + 1)
    mark(flags, ranks)
    return int.from_bytes(flags, "little")


def mark(flags: bytearray, ranks: Iterable[int]) -> None:
    """Adds ranks to a set that is still being put together."""
    for rank in ranks:
        flags[rank >> 3] |= 1 << (rank & 7)


def ranks_of(bits: int, start: int = 0, stop: int | None = None) -> Iterator[int]:
    """The ranks of a set in their order, from the one in place `start` to the one before place `stop`."""
    left = bits.bit_count() if stop is None else stop
    base, length = 0, bits.bit_length()
    while base < length and left > 0:
        window = (bits >> base) & _WHOLE_WINDOW
        count = window.bit_count()
        if count > start:
            yield from _set_bits(window, base, start, left)
        start, left, base = max(start - count, 0), left - count, base + _WINDOW


def _set_bits(window: int, base: int, start: int, stop: int) -> Iterator[int]:
    digits = bin(window)[:1:-1]
    place, count = digits.find("1"), 0
    while place >= 0 and count < stop:
        if count >= start:
            yield base + place
        place, count = digits.find("1", place + 1), count + 1


class Tally:
    """How many points each rank has."""

    def __init__(self) -> None:
        self._digits: list[int] = []

    def give(self, *sets: tuple[int, int]) -> None:
        """Gives points to sets of ranks, of which no two share a rank: (set, points)."""
        length = max((points.bit_length() for _, points in sets), default=0)
        digits = [0] * length
        for ranks, points in sets:
            for place in range(length):
                if points >> place & 1:
                    digits[place] |= ranks
        self._add(digits)

    def _add(self, digits: Sequence[int]) -> None:
        carry, place = 0, 0
        while place < len(digits) or carry:
            if place == len(self._digits):
                self._digits.append(0)
            mine, other = self._digits[place], digits[place] if place < len(digits) else 0
            if other or carry:
                either = mine ^ other
                self._digits[place] = either ^ carry
                carry = (mine & other) | (carry & either)
            place += 1

    def ranking(self) -> Ranking:
        """The ranks that have any points, those of the most first, and in their order where they have the same."""
        return Ranking(reduce(or_, self._digits, 0), tuple(self._digits))


class Ranking(Sequence[int]):
    """A set of ranks in the order of their points, and of the ranks where those are the same.

    `digits`: the points in binary, the lowest digit first; without any, all have the same. Parts of the same points are
    looked at as far as somebody looks: hardly anybody asks for more than the best. Several threads may.
    """

    def __init__(self, ranks: int, digits: Sequence[int] = ()) -> None:
        self._ranks, self._digits, self._length = ranks, digits, ranks.bit_count()
        # Knows nothing of this object: in a circle they would stay until the collector of garbage finds them.
        self._coming = _of_most(digits, len(digits), ranks, 0)
        self._parts: list[tuple[int, int, int]] = []
        self._one_at_a_time = Lock()
        # The part that was asked for last: the same page is often asked for again.
        self._last: tuple[tuple[int, int], tuple[int, ...]] = (0, 0), ()

    @classmethod
    def of_all(cls, size: int) -> Ranking:
        """All ranks below `size`, none of them better than another."""
        return cls((1 << size) - 1)

    def scored(self) -> Iterator[tuple[int, int]]:
        """Points and rank of each."""
        for _, ranks, points in self._counted():
            yield from ((points, rank) for rank in ranks_of(ranks))

    def ahead_of(self, points: int, rank: int) -> int:
        """How many come before a thing with these points that would stand before this rank."""
        more, same = 0, self._ranks
        for place in reversed(range(max(len(self._digits), points.bit_length()))):
            high = same & self._digits[place] if place < len(self._digits) else 0
            if points >> place & 1:
                same = high
            else:
                more, same = more | high, same ^ high
        return more.bit_count() + (same & ((1 << rank) - 1)).bit_count()

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[int, ...]: ...
    def __getitem__(self, place: int | slice) -> int | tuple[int, ...]:
        if isinstance(place, int):
            return next(self._between(range(len(self))[place], len(self)))
        start, stop, step = place.indices(len(self))
        if step != 1:
            return tuple(self)[place]
        if self._last[0] != (start, stop):
            self._last = (start, stop), tuple(self._between(start, stop))
        return self._last[1]

    def __iter__(self) -> Iterator[int]:
        return self._between(0, len(self))

    def _between(self, start: int, stop: int) -> Iterator[int]:
        for count, ranks, _ in self._counted():
            if stop <= 0:
                return
            if start < count:
                yield from ranks_of(ranks, start, min(stop, count))
            start, stop = max(start - count, 0), stop - count

    def _counted(self) -> Iterator[tuple[int, int, int]]:
        """The number of ranks in each part, the ranks and their points; parts that were looked at are kept."""
        place = 0
        while place < len(self._parts) or self._has(place):
            yield self._parts[place]
            place += 1

    def _has(self, place: int) -> bool:
        with self._one_at_a_time:
            while place >= len(self._parts):
                ranks, points = next(self._coming, (0, 0))
                if not ranks:
                    return False
                self._parts.append((ranks.bit_count(), ranks, points))
        return True


def _of_most(digits: Sequence[int], place: int, ranks: int, points: int) -> Iterator[tuple[int, int]]:
    """A set of ranks in parts of the same points, those of the most first, by the digits below this place."""
    if not ranks:
        return
    if not place:
        yield ranks, points
        return
    high = ranks & digits[place - 1]
    yield from _of_most(digits, place - 1, high, points | 1 << (place - 1))
    yield from _of_most(digits, place - 1, ranks ^ high, points)

"""Stretches of a sorted list of texts: where those stand that begin alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

_LAST_LETTER = "\U0010ffff"


def stretch(texts: Sequence[str], begun: str) -> tuple[int, int]:
    """The first place of a text that begins so, and the one after the last."""
    first = bisect_left(texts, begun)
    return first, bisect_left(texts, begun + _LAST_LETTER, lo=first)


def parts(texts: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """A stretch in parts that each have at least one letter more in common; one part if all its texts are the same."""
    pairs = zip(texts[first], texts[last - 1], strict=False)
    length = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    while first < last:
        begun = texts[first][: length + 1]
        if len(begun) > length:
            end = bisect_left(texts, begun + _LAST_LETTER, first, last)
        else:
            end = bisect_right(texts, begun, first, last)
        yield first, end
        first = end

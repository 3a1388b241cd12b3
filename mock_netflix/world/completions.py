"""Autocomplete: the names that begin, from one of their words on, with what was typed (reference: resources 2.2).

Every name stands in one sorted list as often as it has words, each time from another of them on; so what a beginning
may become is a stretch of that list. The best of a long stretch are known beforehand.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from mock_netflix.world.stretches import parts, stretch
from mock_netflix.world.word_index import words

AUTOCOMPLETE_LIMIT = 10

# The best of a stretch longer than this are known beforehand.
_LONG = 64


class Completions:
    """Names by the beginnings of their words. `names`: what is told, by rank; `begun`: pairs of a name from one of its
    words on, folded, and the rank of what it names.
    """

    def __init__(self, names: Sequence[str], begun: Iterable[tuple[str, int]]) -> None:
        self._names = names
        ordered = sorted(begun)
        self._texts = [text for text, _ in ordered]
        self._ranks = array("I", [rank for _, rank in ordered])
        self._best: dict[tuple[int, int], array[int]] = {}
        if len(ordered) > _LONG:
            self._prepare(0, len(ordered))

    def complete(self, term: str) -> list[tuple[int, str]]:
        """Names that, from one of their words on, begin with the term, each with the best rank that has it; the best
        first, and no more than are told.
        """
        asked = " ".join(words(term))
        first, last = stretch(self._texts, asked) if asked else (0, 0)
        best = self._best.get((first, last)) or self._few(self._ranks[first:last])
        return [(rank, self._names[rank]) for rank in best]

    def _prepare(self, first: int, last: int) -> array[int]:
        """The best ranks of a stretch, with as many names as are told or all there are; noted where it is long."""
        if last - first <= _LONG:
            return self._few(self._ranks[first:last])
        found = array("I")
        for begin, end in parts(self._texts, first, last):
            same = (begin, end) == (first, last)
            found.extend(self._ranks[begin:end] if same else self._prepare(begin, end))
        best = self._best[first, last] = self._few(found)
        return best

    def _few(self, ranks: Iterable[int]) -> array[int]:
        """Of these ranks the best of each name, no more names than are told."""
        by_name: dict[str, int] = {}
        for rank in sorted(ranks):
            by_name.setdefault(self._names[rank], rank)
            if len(by_name) == AUTOCOMPLETE_LIMIT:
                break
        return array("I", by_name.values())

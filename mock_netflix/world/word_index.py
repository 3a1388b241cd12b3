"""Finding things by words, as generously as the original did: any word of a term matches (reference: resources 1.5).

Better matches come first. Inside, a thing stands for its rank: its place among all in the order of fame, which decides
where matches are equally good.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

_PREFIX_SHARE = 0.5
_WHOLE_NAME_BONUS = 40.0

# The name of a thing, and the texts in which it is found, each with what a matching word in it is worth.
Entry = tuple[str, tuple[tuple[str, int], ...]]


def fold(text: str) -> str:
    """Without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text; an apostrophe does not part a word."""
    return re.findall(r"\w+", re.sub(r"['’]", "", fold(text)))


def best(scores: Mapping[int, float]) -> list[int]:
    """The ranks that have a score, the highest first, and the better known where they have the same."""
    return sorted(scores, key=lambda rank: (-scores[rank], rank))


class WordIndex:
    """Ranks by the words of what they stand for. The entries come in the order of fame."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_word: dict[str, dict[int, float]] = defaultdict(dict)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for rank, (name, texts) in enumerate(entries):
            self._by_name[" ".join(words(name))].append(rank)
            for text, weight in texts:
                for word in words(text):
                    found = self._by_word[word]
                    found[rank] = max(found.get(rank, 0.0), float(weight))

    def search(self, term: str) -> list[int]:
        """The ranks that any word of the term matches, best first; the last word may be unfinished."""
        asked = words(term)
        scores: dict[int, float] = defaultdict(float)
        for place, word in enumerate(asked):
            for rank, score in self._matches(word, unfinished=place == len(asked) - 1).items():
                scores[rank] += score
        for rank in self._by_name.get(" ".join(asked), ()):
            scores[rank] += _WHOLE_NAME_BONUS
        return best(scores)

    def _matches(self, word: str, *, unfinished: bool) -> dict[int, float]:
        """How well each rank is matched by one word."""
        scores = dict(self._by_word.get(word, {}))
        if unfinished:
            place = bisect_left(self._words, word)
            while place < len(self._words) and self._words[place].startswith(word):
                for rank, weight in self._by_word[self._words[place]].items():
                    scores[rank] = max(scores.get(rank, 0.0), weight * _PREFIX_SHARE)
                place += 1
        return scores

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._by_word)

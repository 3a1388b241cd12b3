"""Finding things by words, as generously as the original did: any word of a term matches (reference: resources 1.5).

Better matches come first. Inside, a thing stands for its rank: its place among all in the order of fame, which decides
where matches are equally good. Points are in halves, so that they are whole numbers.

Words that begin alike stand together in the sorted list of all words, so what an unfinished word may mean is a
stretch of that list. What a stretch matches is put together when it is asked for; where that would be much, it was put
together before.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate, chain
from operator import and_

from mock_netflix.world.stretches import parts, stretch
from mock_netflix.world.tally import Ranking, Tally, mark, ranks_of

_WHOLE, _BEGUN, _WHOLE_NAME = 2, 1, 80
# A stretch that matches more than so many times, or than this part of all things, is put together beforehand.
# Where all words together match no more than so many times, that is never worth while.
_MANY, _LARGE_PART, _FEW = 1000, 100, 100_000

_NONE = array("I")


def fold(text: str) -> str:
    """Without case and accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    # Nothing before U+0300 combines; to ask each letter would take as long as all the rest.
    return "".join([c for c in decomposed if c < "\u0300" or not unicodedata.combining(c)]).casefold()


_apart: Callable[[str], list[str]] = re.compile(r"\w+").findall


def words(text: str) -> list[str]:
    """The folded words of a text; an apostrophe does not part a word."""
    folded = fold(text).replace("'", "")
    return _apart(folded if text.isascii() else folded.replace("’", ""))


def numbers() -> array[int]:
    """An empty list of numbers, in a form that takes little room."""
    return array("I")


class Texts:
    """The words of things, noted before it is known which rank each has; until then it is known by a number.

    There are several kinds of texts, the name of a thing always being the first.
    """

    def __init__(self, kinds: int) -> None:
        self.by_word = tuple(defaultdict[str, "array[int]"](numbers) for _ in range(kinds))
        self.by_length = defaultdict[int, "array[int]"](numbers)

    def add(self, thing: int, *texts: Collection[str]) -> None:
        """The words of a thing, of each kind of text; those of its name in their order."""
        self.by_length[len(texts[0])].append(thing)
        for by_word, found in zip(self.by_word, texts, strict=True):
            for word in {*found}:
                by_word[word].append(thing)


class WordIndex:
    """Ranks by the words of what they stand for.

    `points`: what a matching word is worth in each kind of text, the name first and the rest no better. `rank_of`: from
    a number in the texts to the rank. `name_of`: from a rank to the name.
    """

    def __init__(
        self, texts: Texts, points: Sequence[int], rank_of: Sequence[int], name_of: Callable[[int], str]
    ) -> None:
        self._size = len(rank_of)
        self._tiers = sorted(
            (share * worth, kind, share) for kind, worth in enumerate(points) for share in (_WHOLE, _BEGUN)
        )[::-1]
        self._name_of = name_of
        self._words = sorted(set[str]().union(*texts.by_word))
        columns = (_matches(self._words, by_word, rank_of) for by_word in texts.by_word)
        self._matches = list(zip(*columns, strict=True))
        self._of_length = {length: self._set(_ranked(one, rank_of)) for length, one in texts.by_length.items()}
        self._no_sets = (0,) * len(points)
        self._many = max(_MANY, self._size // _LARGE_PART)
        self._ready: dict[tuple[int, int], tuple[int, ...]] = {}
        before = [0, *accumulate(sum(map(len, matches)) for matches in self._matches)]
        if before[-1] > _FEW:
            self._prepare(0, len(self._words), before)

    def search(self, term: str) -> Ranking:
        """The ranks that any word of the term matches, best first; the last word may be unfinished."""
        asked = words(term)
        wholes = {word: self._whole(word) for word in asked}
        tally = Tally()
        if asked:
            for word, times in Counter(asked[:-1]).items():
                self._give(tally, wholes[word], self._no_sets, times)
            first, last = stretch(self._words, asked[-1])
            only_itself = last - first == 1 and self._words[first] == asked[-1]
            begun = wholes[asked[-1]] if only_itself else self._between(first, last)
            self._give(tally, wholes[asked[-1]], begun, 1)
        tally.give((self._called(asked, wholes), _WHOLE_NAME))
        return tally.ranking()

    def _give(self, tally: Tally, whole: tuple[int, ...], begun: tuple[int, ...], times: int) -> None:
        """Each rank gets the points of its best match by one word."""
        given, better = [], 0
        for points, kind, share in self._tiers:
            matched = (whole if share == _WHOLE else begun)[kind]
            if matched:
                given.append((matched & ~better, points * times))
                better |= matched
        tally.give(*given)

    def _called(self, asked: list[str], wholes: Mapping[str, tuple[int, ...]]) -> int:
        """The ranks of what has just this name. `wholes`: what each word matches."""
        named = (sets[0] for sets in wholes.values())
        like_it = reduce(and_, named, self._of_length.get(len(asked), 0))
        return self._set(rank for rank in ranks_of(like_it) if words(self._name_of(rank)) == asked)

    def _whole(self, word: str) -> tuple[int, ...]:
        place = bisect_left(self._words, word)
        known = place < len(self._words) and self._words[place] == word
        return self._between(place, place + 1) if known else self._no_sets

    def _between(self, first: int, last: int) -> tuple[int, ...]:
        """What the words of a stretch match in each kind of text."""
        if first == last:
            return self._no_sets
        return self._ready.get((first, last)) or self._united(first, last)

    def _united(self, first: int, last: int) -> tuple[int, ...]:
        if last - first == 1:
            return tuple(self._set(ranks) if ranks else 0 for ranks in self._matches[first])
        flags = [bytearray(self._size // 8 + 1) for _ in self._no_sets]
        self._mark(flags, first, last)
        return tuple(int.from_bytes(one, "little") for one in flags)

    def _mark(self, flags: list[bytearray], first: int, last: int) -> None:
        for place in range(first, last):
            for one, ranks in zip(flags, self._matches[place], strict=True):
                if ranks:
                    mark(one, ranks)

    def _prepare(self, first: int, last: int, before: Sequence[int]) -> tuple[int, ...] | None:
        """Puts together what a stretch matches, and what the stretches in it do; None if that is not much.

        `before`: how often the words before each place match.
        """
        if before[last] - before[first] <= self._many:
            return None
        flags = [bytearray(self._size // 8 + 1) for _ in self._no_sets]
        inside = []
        for begin, end in parts(self._words, first, last):
            if last - first == 1 or (part := self._prepare(begin, end, before)) is None:
                self._mark(flags, begin, end)
            else:
                inside.append(part)
        sets = [int.from_bytes(one, "little") for one in flags]
        for part in inside:
            sets = [mine | other for mine, other in zip(sets, part, strict=True)]
        self._ready[first, last] = tuple(sets)
        if last - first == 1:
            self._matches[first] = tuple(_NONE for _ in sets)
        return self._ready[first, last]

    def _set(self, ranks: Iterable[int]) -> int:
        flags = bytearray(self._size // 8 + 1)
        mark(flags, ranks)
        return int.from_bytes(flags, "little")


def _matches(words: Iterable[str], things: dict[str, array[int]], rank_of: Sequence[int]) -> Iterator[array[int]]:
    """What each word matches, turned into ranks all at once; `things` is empty afterwards."""
    found = [things.pop(word, _NONE) for word in words]
    ranks, end = _ranked(chain.from_iterable(found), rank_of), 0
    for one in found:
        start, end = end, end + len(one)
        yield ranks[start:end] if one else _NONE


def _ranked(things: Iterable[int], rank_of: Sequence[int]) -> array[int]:
    return array("I", map(rank_of.__getitem__, things))

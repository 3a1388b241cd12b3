"""The catalogue: every title and person, found by key, by words or by the beginning of a word.

It never changes while the mock runs, so all worlds share it. Search is generous as the original's was: any word
matches, better matches come first (reference: resources 1.5, 2.1).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleKey, TitleType

# What a matching word is worth by where it stands: in the name of the title, of a person in it, in its synopsis.
_WEIGHTS = (("title", 8), ("people", 3), ("synopsis", 1))
_PREFIX_SHARE = 0.5
_WHOLE_NAME_BONUS = 40.0
# Where two titles match equally well, what people most likely mean comes first.
_TYPE_ORDER = {kind: place for place, kind in enumerate(TitleType)}
# So many answers to searches are remembered: clients page through them, tests repeat them.
_REMEMBERED = 256

AUTOCOMPLETE_LIMIT = 10


def fold(text: str) -> str:
    """Without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text; an apostrophe does not part a word."""
    return re.findall(r"\w+", re.sub(r"['’]", "", fold(text)))


class Catalogue:
    """Titles and people, with what is needed to find them.

    Inside, a title stands for its rank: its place among all titles in the order of fame.
    """

    def __init__(self, titles: Iterable[Title], people: Iterable[Person]) -> None:
        self.titles: Mapping[TitleKey, Title] = {title.key: title for title in titles}
        self.people: Mapping[int, Person] = {person.number: person for person in people}
        self._ranked = tuple(sorted(self.titles.values(), key=_fame))
        self._children: dict[tuple[TitleType, int | None, int | None], list[Title]] = defaultdict(list)
        for title in self.titles.values():
            self._children[title.type, title.series, title.season].append(title)
            if title.season is not None:
                self._children[title.type, title.series, None].append(title)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._search)

    def children(self, parent: Title, kind: TitleType) -> tuple[Title, ...]:
        """The seasons, episodes or discs of a series or a season, in their order."""
        if parent.type is TitleType.SERIES:
            return tuple(self._children.get((kind, parent.number, None), ()))
        if parent.type is TitleType.SEASON:
            return tuple(self._children.get((kind, parent.series, parent.number), ()))
        return ()

    def similar(self, title: Title) -> tuple[Title, ...]:
        """Other movies and series that share people or genres with this one, the most alike first."""
        directors, cast, genres = set(title.directors), set(title.cast), set(title.genres)
        likeness = {
            rank: 4 * len(directors & set(other.directors))
            + 3 * len(cast & set(other.cast))
            + len(genres & set(other.genres))
            for rank, other in enumerate(self._ranked)
            if other.type in (TitleType.MOVIE, TitleType.SERIES) and other.key != title.key
        }
        return self._best({rank: score for rank, score in likeness.items() if score})

    def search(self, term: str) -> tuple[Title, ...]:
        """Every title that any word of the term matches, best first; the last word may be unfinished.

        A term without a word in it matches nothing; an empty term leaves nothing out.
        """
        return self._remembered(term) if term.strip() else self._ranked

    def complete(self, term: str) -> tuple[str, ...]:
        """Names of movies and series that, from one of their words on, begin with the term; best known first."""
        begun = " ".join(words(term))
        if not begun:
            return ()
        found = set()
        place = bisect_left(self._completions, (begun, 0))
        while place < len(self._completions) and self._completions[place][0].startswith(begun):
            found.add(self._completions[place][1])
            place += 1
        names = dict.fromkeys(self._ranked[rank].short for rank in sorted(found))
        return tuple(names)[:AUTOCOMPLETE_LIMIT]

    def _search(self, term: str) -> tuple[Title, ...]:
        asked = words(term)
        scores: dict[int, float] = defaultdict(float)
        for place, word in enumerate(asked):
            for rank, score in self._matches(word, unfinished=place == len(asked) - 1).items():
                scores[rank] += score
        for rank in self._by_name.get(" ".join(asked), ()):
            scores[rank] += _WHOLE_NAME_BONUS
        return self._best(scores)

    def _best(self, scores: Mapping[int, float]) -> tuple[Title, ...]:
        """The titles that have a score, the highest first, and the better known where they have the same."""
        return tuple(self._ranked[rank] for rank in sorted(scores, key=lambda rank: (-scores[rank], rank)))

    def _matches(self, word: str, *, unfinished: bool) -> dict[int, float]:
        """How well each title is matched by one word."""
        scores = dict(self._index.get(word, {}))
        if unfinished:
            place = bisect_left(self._words, word)
            while place < len(self._words) and self._words[place].startswith(word):
                for rank, weight in self._index[self._words[place]].items():
                    scores[rank] = max(scores.get(rank, 0.0), weight * _PREFIX_SHARE)
                place += 1
        return scores

    @cached_property
    def _index(self) -> dict[str, dict[int, float]]:
        index: dict[str, dict[int, float]] = defaultdict(dict)
        for rank, title in enumerate(self._ranked):
            people = " ".join(self.people[number].name for number in (*title.cast, *title.directors))
            texts = {"title": title.regular, "people": people, "synopsis": title.synopsis}
            for place, weight in _WEIGHTS:
                for word in words(texts[place]):
                    index[word][rank] = max(index[word].get(rank, 0.0), float(weight))
        return dict(index)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._index)

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        names: dict[str, list[int]] = defaultdict(list)
        for rank, title in enumerate(self._ranked):
            names[" ".join(words(title.regular))].append(rank)
        return names

    @cached_property
    def _completions(self) -> list[tuple[str, int]]:
        """The name of each movie and series from each of its words on, sorted."""
        starts = []
        for rank, title in enumerate(self._ranked):
            if title.type in (TitleType.MOVIE, TitleType.SERIES):
                name = words(title.regular)
                starts += [(" ".join(name[place:]), rank) for place in range(len(name))]
        return sorted(starts)


def _fame(title: Title) -> tuple[int, float, str, int]:
    return _TYPE_ORDER[title.type], -title.average_rating, title.regular, title.number

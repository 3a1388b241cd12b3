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
from functools import cached_property

from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleKey, TitleType

# What a matching word is worth by where it stands: in the name of the title, of a person in it, in its synopsis.
_WEIGHTS = (("title", 8), ("people", 3), ("synopsis", 1))
_PREFIX_SHARE = 0.5
_WHOLE_NAME_BONUS = 40.0
# Where two titles match equally well, what people most likely mean comes first.
_TYPE_ORDER = {kind: place for place, kind in enumerate(TitleType)}

AUTOCOMPLETE_LIMIT = 10


def fold(text: str) -> str:
    """Without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words of a text; an apostrophe does not part a word."""
    return re.findall(r"\w+", re.sub(r"['’]", "", fold(text)))


class Catalogue:
    """Titles and people, with what is needed to find them."""

    def __init__(self, titles: Iterable[Title], people: Iterable[Person]) -> None:
        self.titles: Mapping[TitleKey, Title] = {title.key: title for title in titles}
        self.people: Mapping[int, Person] = {person.number: person for person in people}
        self._children: dict[tuple[TitleType, int | None, int | None], list[Title]] = defaultdict(list)
        for title in self.titles.values():
            self._children[title.type, title.series, title.season].append(title)
            if title.season is not None:
                self._children[title.type, title.series, None].append(title)

    def children(self, parent: Title, kind: TitleType) -> tuple[Title, ...]:
        """The seasons, episodes or discs of a series or a season, in their order."""
        of_season = parent.number if parent.type is TitleType.SEASON else None
        series = parent.series if parent.type is TitleType.SEASON else parent.number
        if parent.type not in (TitleType.SERIES, TitleType.SEASON):
            return ()
        return tuple(self._children.get((kind, series, of_season), ()))

    def similar(self, title: Title) -> tuple[Title, ...]:
        """Other movies and series that share people or genres with this one, the most alike first."""
        directors, cast, genres = set(title.directors), set(title.cast), set(title.genres)
        likeness = {
            other.key: 4 * len(directors & set(other.directors))
            + 3 * len(cast & set(other.cast))
            + len(genres & set(other.genres))
            for other in self.titles.values()
            if other.type in (TitleType.MOVIE, TitleType.SERIES) and other.key != title.key
        }
        alike = [self.titles[key] for key, score in likeness.items() if score]
        return tuple(sorted(alike, key=lambda other: (-likeness[other.key], *_fame(other))))

    def search(self, term: str) -> tuple[Title, ...]:
        """Every title that any word of the term matches, best first; the last word may be unfinished.

        A term without a word in it matches nothing; an empty term leaves nothing out.
        """
        if not term.strip():
            return self._by_fame
        asked = words(term)
        scores: dict[TitleKey, float] = defaultdict(float)
        for place, word in enumerate(asked):
            for key, score in self._matches(word, unfinished=place == len(asked) - 1).items():
                scores[key] += score
        whole = " ".join(asked)
        for key in self._by_name.get(whole, ()):
            scores[key] += _WHOLE_NAME_BONUS
        return tuple(sorted((self.titles[key] for key in scores), key=lambda t: (-scores[t.key], *_fame(t))))

    def complete(self, term: str) -> tuple[str, ...]:
        """Names of movies and series that, from one of their words on, begin with the term; best known first."""
        begun = " ".join(words(term))
        if not begun:
            return ()
        found: dict[str, Title] = {}
        place = bisect_left(self._completions, begun, key=lambda completion: completion[0])
        while place < len(self._completions) and self._completions[place][0].startswith(begun):
            title = self._completions[place][1]
            found.setdefault(title.short, title)
            place += 1
        return tuple(sorted(found, key=lambda name: _fame(found[name])))[:AUTOCOMPLETE_LIMIT]

    def _matches(self, word: str, *, unfinished: bool) -> dict[TitleKey, float]:
        """How well each title is matched by one word."""
        scores = dict(self._index.get(word, {}))
        if unfinished:
            place = bisect_left(self._words, word)
            while place < len(self._words) and self._words[place].startswith(word):
                for key, weight in self._index[self._words[place]].items():
                    scores[key] = max(scores.get(key, 0.0), weight * _PREFIX_SHARE)
                place += 1
        return scores

    @cached_property
    def _index(self) -> dict[str, dict[TitleKey, float]]:
        index: dict[str, dict[TitleKey, float]] = defaultdict(dict)
        for title in self.titles.values():
            people = " ".join(self.people[number].name for number in (*title.cast, *title.directors))
            texts = {"title": title.regular, "people": people, "synopsis": title.synopsis}
            for place, weight in _WEIGHTS:
                for word in words(texts[place]):
                    index[word][title.key] = max(index[word].get(title.key, 0.0), float(weight))
        return dict(index)

    @cached_property
    def _words(self) -> list[str]:
        return sorted(self._index)

    @cached_property
    def _by_name(self) -> dict[str, list[TitleKey]]:
        names: dict[str, list[TitleKey]] = defaultdict(list)
        for title in self.titles.values():
            names[" ".join(words(title.regular))].append(title.key)
        return names

    @cached_property
    def _by_fame(self) -> tuple[Title, ...]:
        return tuple(sorted(self.titles.values(), key=_fame))

    @cached_property
    def _completions(self) -> list[tuple[str, Title]]:
        """The name of each movie and series from each of its words on, sorted."""
        starts = []
        for title in self.titles.values():
            if title.type in (TitleType.MOVIE, TitleType.SERIES):
                name = words(title.regular)
                starts += [(" ".join(name[place:]), title) for place in range(len(name))]
        return sorted(starts, key=lambda start: (start[0], start[1].number))


def _fame(title: Title) -> tuple[int, float, str, int]:
    return _TYPE_ORDER[title.type], -title.average_rating, title.regular, title.number

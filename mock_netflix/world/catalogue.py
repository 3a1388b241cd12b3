"""The catalogue: every title and person, found by key, by words, by the beginning of a word, or by what they share.

It never changes while the mock runs, so all worlds share it (reference: resources 2).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.word_index import WordIndex, best, fold, words

# What a matching word is worth by where it stands: in the name of a title, of a person in it, in its synopsis.
_IN_NAME, _IN_PEOPLE, _IN_SYNOPSIS = 8, 3, 1
# What makes two titles alike, and how much.
_LIKENESS = (("directors", 4), ("cast", 3), ("genres", 1))
# Where two titles match equally well, what people most likely mean comes first.
_TYPE_ORDER = {kind: place for place, kind in enumerate(TitleType)}
_WHOLE = (TitleType.MOVIE, TitleType.SERIES)
# So many answers to searches are remembered: clients page through them, tests repeat them.
_REMEMBERED = 256

AUTOCOMPLETE_LIMIT = 10
# The record does not tell how many similar titles there were at most (reference: resources 2.5, guess).
SIMILAR_LIMIT = 100


class Catalogue:
    """Titles and people, with what is needed to find them.

    Inside, a title stands for its rank: its place among all titles in the order of fame.
    """

    def __init__(self, titles: Iterable[Title], people: Iterable[Person]) -> None:
        self.titles: Mapping[TitleKey, Title] = {title.key: title for title in titles}
        self.people: Mapping[int, Person] = {person.number: person for person in people}
        self._ranked = tuple(sorted(self.titles.values(), key=_fame))
        self._children = self._by_parent()
        self._titles_found = lru_cache(maxsize=_REMEMBERED)(self._search)
        self._people_found = lru_cache(maxsize=_REMEMBERED)(self._search_people)
        self._similar_found = lru_cache(maxsize=_REMEMBERED)(self._similar)

    def children(self, parent: Title, kind: TitleType) -> tuple[Title, ...]:
        """The seasons, episodes or discs of a series or a season, in their order."""
        if parent.type is TitleType.SERIES:
            return tuple(self._children.get((kind, parent.number, None), ()))
        if parent.type is TitleType.SEASON and parent.series is not None:
            return tuple(self._children.get((kind, parent.series, parent.number), ()))
        return ()

    def parents(self, title: Title) -> tuple[Title, ...]:
        """The season and the series that a title is part of, as far as there are any."""
        keys = ((TitleType.SEASON, title.season), (TitleType.SERIES, title.series))
        return tuple(self.titles[key] for kind, number in keys if number and (key := (kind, number)) in self.titles)

    def similar(self, title: Title) -> tuple[Title, ...]:
        """Other movies and series that share people or genres with this one, the most alike first."""
        return self._similar_found(title)

    def filmography(self, person: int) -> tuple[Title, ...]:
        """What a person took part in, newest first; a part of a title only where the whole does not name them."""
        return self._filmographies.get(person, ())

    def search(self, term: str) -> tuple[Title, ...]:
        """Every title that any word of the term matches, best first; the last word may be unfinished.

        A term without a word in it matches nothing; an empty term leaves nothing out.
        """
        return self._titles_found(term) if term.strip() else self._ranked

    def search_people(self, term: str) -> tuple[Person, ...]:
        """Every person whose name any word of the term matches, like titles; those of the most titles first."""
        return self._people_found(term) if term.strip() else self._ranked_people

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

    @cached_property
    def genres(self) -> tuple[str, ...]:
        """Every genre that a title has, by the alphabet."""
        return tuple(sorted({genre for title in self._ranked for genre in title.genres}, key=fold))

    def _search(self, term: str) -> tuple[Title, ...]:
        return tuple(self._ranked[rank] for rank in self._title_index.search(term))

    def _search_people(self, term: str) -> tuple[Person, ...]:
        return tuple(self._ranked_people[rank] for rank in self._people_index.search(term))

    def _similar(self, title: Title) -> tuple[Title, ...]:
        scores: dict[int, float] = defaultdict(float)
        for quality, weight in _LIKENESS:
            for value in set(getattr(title, quality)):
                for rank in self._sharing.get((quality, value), ()):
                    scores[rank] += weight
        found = (self._ranked[rank] for rank in best(scores))
        return tuple(other for other in found if other.key != title.key)[:SIMILAR_LIMIT]

    @cached_property
    def _sharing(self) -> dict[Hashable, list[int]]:
        """The movies and series with each director, actor and genre."""
        sharing: dict[Hashable, list[int]] = defaultdict(list)
        for rank, title in enumerate(self._ranked):
            if title.type in _WHOLE:
                for quality, _ in _LIKENESS:
                    for value in set(getattr(title, quality)):
                        sharing[quality, value].append(rank)
        return dict(sharing)

    @cached_property
    def _filmographies(self) -> dict[int, tuple[Title, ...]]:
        credited: dict[int, list[Title]] = defaultdict(list)
        movies = {disc: title for title in self._ranked for disc in title.bonus_discs}
        for title in self._ranked:
            wholes = self.parents(title)
            if title.type is TitleType.DISC and title.number in movies:
                wholes = (*wholes, movies[title.number])
            named = {number for whole in wholes for number in _credits(whole)}
            for number in _credits(title):
                if number not in named:
                    credited[number].append(title)
        return {
            number: tuple(sorted(titles, key=lambda title: -(title.release_year or 0)))
            for number, titles in credited.items()
        }

    @cached_property
    def _ranked_people(self) -> tuple[Person, ...]:
        return tuple(
            sorted(self.people.values(), key=lambda one: (-len(self.filmography(one.number)), one.name, one.number))
        )

    @cached_property
    def _title_index(self) -> WordIndex:
        def names(title: Title) -> str:
            return " ".join(self.people[number].name for number in _credits(title))

        return WordIndex(
            (title.regular, ((title.regular, _IN_NAME), (names(title), _IN_PEOPLE), (title.synopsis, _IN_SYNOPSIS)))
            for title in self._ranked
        )

    @cached_property
    def _people_index(self) -> WordIndex:
        return WordIndex((person.name, ((person.name, _IN_NAME),)) for person in self._ranked_people)

    @cached_property
    def _completions(self) -> list[tuple[str, int]]:
        """The name of each movie and series from each of its words on, sorted."""
        starts = []
        for rank, title in enumerate(self._ranked):
            if title.type in _WHOLE:
                name = words(title.regular)
                starts += [(" ".join(name[place:]), rank) for place in range(len(name))]
        return sorted(starts)

    def _by_parent(self) -> dict[tuple[TitleType, int, int | None], list[Title]]:
        """The parts of each series and of each of its seasons, by season first and then by their own numbers."""
        parts: dict[tuple[TitleType, int, int | None], list[Title]] = defaultdict(list)
        for title in self.titles.values():
            if title.series is not None:
                for season in {title.season, None}:
                    parts[title.type, title.series, season].append(title)
        seasons = {title.number: title.sequence for title in self.titles.values() if title.type is TitleType.SEASON}
        for titles in parts.values():
            titles.sort(key=lambda title: (seasons.get(title.season or 0, 0), title.sequence))
        return dict(parts)


def _credits(title: Title) -> Iterator[int]:
    """The people of a title, each once."""
    yield from dict.fromkeys((*title.cast, *title.directors))


def _fame(title: Title) -> tuple[int, float, str, int]:
    return _TYPE_ORDER[title.type], -title.average_rating, title.regular, title.number

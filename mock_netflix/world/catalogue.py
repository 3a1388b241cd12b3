"""The catalogue: every title and person, found by key, by words, by the beginning of a word, or by what they share.

It never changes while the mock runs, so all worlds share it (reference: resources 2); a world of which there is more
has another one (`extended.py`). Titles and people may be made when they are looked at; what finds them is in
`finder.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import takewhile

from mock_netflix.world.finder import REMEMBERED, Finder
from mock_netflix.world.found import Found
from mock_netflix.world.frozen import frozen
from mock_netflix.world.people import Person
from mock_netflix.world.releases import Medium
from mock_netflix.world.survey import Progress, parents
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.word_index import fold, words

# The record does not tell how many similar titles there were at most (reference: resources 2.5, guess).
SIMILAR_LIMIT = 100


class Catalogue:
    """Titles and people, with what is needed to find them.

    `described`: the titles that a fixture tells, where others are made; `own`: those of them that are a person's own.
    """

    def __init__(
        self,
        titles: Iterable[Title] | Mapping[TitleKey, Title],
        people: Iterable[Person] | Mapping[int, Person],
        described: Mapping[TitleKey, Title] | None = None,
        own: Iterable[TitleKey] = (),
    ) -> None:
        self.titles: Mapping[TitleKey, Title] = (
            frozen(titles) if isinstance(titles, Mapping) else frozen({title.key: title for title in titles})
        )
        self.people: Mapping[int, Person] = (
            frozen(people) if isinstance(people, Mapping) else frozen({person.number: person for person in people})
        )
        self.described = self.titles if described is None else described
        self.own = frozenset(own)
        self.finder = Finder(self.titles, self.people)
        self._similar_found = lru_cache(maxsize=REMEMBERED)(self._similar)
        self._children_found = lru_cache(maxsize=REMEMBERED)(self._children)

    def prepare(self, progress: Progress | None = None) -> None:
        """Makes all that finds titles and people at once, so that no request has to wait for it."""
        self.finder.prepare(progress)

    def forget(self) -> None:
        """Forgets the answers to searches; the next ones are searched for anew."""
        self.finder.forget()

    def children(self, parent: Title, kind: TitleType) -> tuple[Title, ...]:
        """The seasons, episodes or discs of a series or a season, in their order."""
        if parent.type is TitleType.SERIES:
            return self._children_found(kind, parent.number, None)
        if parent.type is TitleType.SEASON and parent.series is not None:
            return self._children_found(kind, parent.series, parent.number)
        return ()

    def parents(self, title: Title) -> tuple[Title, ...]:
        """The season and the series that a title is part of, as far as there are any."""
        return parents(title, self.titles)

    def similar(self, title: Title) -> tuple[Title, ...]:
        """Other movies and series that share people or genres with this one, the most alike first."""
        return self._similar_found(title)

    def filmography(self, person: int) -> tuple[Title, ...]:
        """What a person took part in, newest first; a part of a title only where the whole does not name them."""
        return tuple(sorted(self._films(person), key=lambda title: -(title.release_year or 0)))

    def changed_with(self, person: int) -> int | None:
        """When the newest of a person's titles was changed; epoch seconds."""
        return self.finder.changed_with(person) or None

    def search(self, term: str) -> Sequence[Title]:
        """Every title that any word of the term matches, best first; the last word may be unfinished.

        A term without a word in it matches nothing; an empty term leaves nothing out.
        """
        return Found(self.finder.ranked(term), self.finder.title_at)

    def search_people(self, term: str) -> Sequence[Person]:
        """Every person whose name any word of the term matches, like titles; those of the most titles first."""
        return Found(self.finder.ranked_people(term), self.finder.person_at)

    def called(self, name: str) -> tuple[Title, ...]:
        """The titles of which this is the whole name, but for case and marks; best known first."""
        asked = words(name)
        return tuple(takewhile(lambda title: words(title.regular) == asked, self.search(name)))

    def people_called(self, name: str) -> tuple[Person, ...]:
        """The people of whom this is the whole name, but for case and marks; those of the most titles first."""
        asked = words(name)
        return tuple(takewhile(lambda person: words(person.name) == asked, self.search_people(name)))

    def complete(self, term: str) -> tuple[str, ...]:
        """Names of movies and series that, from one of their words on, begin with the term; best known first."""
        return tuple(name for _, name in self.finder.completed(term))

    def best_known(self, kind: TitleType, limit: int) -> Sequence[Title]:
        """The titles of a type in the order of fame, no more than the limit."""
        return Found(self.finder.of_type(kind)[:limit], self.finder.title_at)

    def famous(self, genres: Iterable[str] | None = None) -> Iterator[Title]:
        """Movies and series of any of these genres, or all, the best known first; each made when it is looked at."""
        return self.finder.famous(genres)

    def newest(self, medium: Medium, now: int) -> Iterator[Title]:
        """Movies and series that came out by now (epoch seconds), newest first, those of one day by their fame."""
        return self.finder.newest(medium, now)

    @cached_property
    def genres(self) -> tuple[str, ...]:
        """Every genre that a title has, by the alphabet."""
        return tuple(sorted(sorted(self._genres()), key=fold))

    def _genres(self) -> Iterable[str]:
        return self.finder.genres

    def _films(self, person: int) -> Iterable[Title]:
        """What a person took part in, best known first."""
        return map(self.finder.title_at, self.finder.films(person))

    def _alike(self, title: Title) -> Sequence[Title]:
        """Movies and series that share anything with a title, it may be itself, the most alike first."""
        return Found(self.finder.likeness(title), self.finder.title_at)

    def _numbers(self, kind: TitleType, series: int, season: int | None) -> Sequence[int]:
        """The parts of this type."""
        return self.finder.parts.numbers(kind, series, season)

    def _similar(self, title: Title) -> tuple[Title, ...]:
        alike = self._alike(title)[: SIMILAR_LIMIT + 1]
        return tuple(other for other in alike if other.key != title.key)[:SIMILAR_LIMIT]

    def _children(self, kind: TitleType, series: int, season: int | None) -> tuple[Title, ...]:
        titles = (self.titles[kind, number] for number in self._numbers(kind, series, season))
        return tuple(
            sorted(titles, key=lambda one: (*(whole.sequence for whole in self.parents(one)[:1]), one.sequence))
        )

"""What finds the titles and people of a catalogue: all of it is made of one survey, when it is first needed.

Inside, a title stands for its rank: its place among all titles in the order of fame. A person has one as well: those of
the most titles come first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from heapq import merge
from threading import RLock
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from mock_netflix.world.completions import Completions
from mock_netflix.world.people import Person
from mock_netflix.world.releases import Medium
from mock_netflix.world.survey import WHOLE, Fame, Parts, Progress, Survey, fame_of, popularity_of
from mock_netflix.world.tally import Ranking, Tally, bits_of
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.word_index import WordIndex

T = TypeVar("T")

# What a matching word is worth by where it stands: in the name of a title, of a person in it, in its synopsis.
_IN_NAME, _IN_PEOPLE, _IN_SYNOPSIS = 8, 3, 1
# What makes two titles alike, and how much.
_DIRECTOR, _CAST, _GENRE = 4, 3, 1
# So many answers to searches are remembered: clients page through them, tests repeat them.
REMEMBERED = 64
# So many titles of other catalogues are remembered with the place that they would have.
_PLACES = 4096

# The number of titles of a person, turned round, name and number: what decides which person comes first.
Standing = tuple[int, str, int]


class Once(Generic[T]):
    """A property that is made once, even where several threads ask: worlds share what finds."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self._name = make, make.__name__

    def __get__(self, finder: Any, kind: type[Any]) -> T:
        with finder.lock:
            known: dict[str, T] = vars(finder)
            if self._name not in known:
                known[self._name] = self._make(finder)
            return known[self._name]


class Finder:
    """Finds titles and people by words, by the beginning of a word, or by what they share; in ranks."""

    def __init__(self, titles: Mapping[TitleKey, Title], people: Mapping[int, Person]) -> None:
        self.titles, self.people = titles, people
        self.lock = RLock()
        self._titles_found = lru_cache(maxsize=REMEMBERED)(lambda term: self._title_index.search(term))
        self._people_found = lru_cache(maxsize=REMEMBERED)(lambda term: self._people_index.search(term))
        self._placed = lru_cache(maxsize=_PLACES)(self._place)

    def prepare(self, progress: Progress | None = None) -> None:
        """Makes everything at once, so that no request has to wait for it."""
        with self.lock:
            self.__dict__["survey"] = Survey(self.titles, self.people, progress)
            _ = self._title_index, self._completions, self._people_index

    def forget(self) -> None:
        """Forgets the answers to searches; the next ones are searched for anew."""
        self._titles_found.cache_clear()
        self._people_found.cache_clear()

    def ranked(self, term: str) -> Ranking:
        """The titles that any word of the term matches; all of them where it is empty."""
        return self._titles_found(term) if term.strip() else self._all_titles

    def ranked_people(self, term: str) -> Ranking:
        """The people whose name any word of the term matches; all of them where it is empty."""
        return self._people_found(term) if term.strip() else self._all_people

    def completed(self, term: str) -> list[tuple[int, str]]:
        """The best names that begin with the term from one of their words on, each with the best rank that has it."""
        return self._completions.complete(term)

    def likeness(self, title: Title) -> Ranking:
        """The movies and series that share people or genres with a title, which may be itself among them."""
        likeness, survey = Tally(), self.survey
        for values, sharing, points in (
            (title.directors, survey.directors, _DIRECTOR),
            (title.cast, survey.cast, _CAST),
            (title.genres, survey.genres, _GENRE),
        ):
            for value in {*values}:
                ranks = survey.ranks.of(sharing.get(value, ()))
                likeness.give((bits_of(ranks, len(survey.ranks)), points))
        return likeness.ranking()

    def films(self, person: int) -> list[int]:
        """What a person took part in; a part of a title only where the whole does not name them."""
        return self.survey.ranks.of(self.survey.films(person))

    def changed_with(self, person: int) -> int:
        """When the newest of a person's titles was changed; epoch seconds, 0 where that is not known."""
        changed = self.survey.changed
        return max((changed[thing] for thing in self.survey.films(person)), default=0)

    def of_type(self, kind: TitleType) -> range:
        """The titles of a type; where there are none, the place where they would be."""
        return self.survey.ranks.of_type(kind)

    def famous(self, genres: Iterable[str] | None = None) -> Iterator[Title]:
        """Movies and series of any of these genres, or all, the best known first; each made when it is looked at."""
        ranks: Iterable[int] = range(len(self.survey.ranks))
        if genres is not None:
            things = {thing for genre in genres for thing in self.survey.genres.get(genre, ())}
            ranks = self.survey.ranks.of(things)
        of_kinds = [_within(ranks, self.of_type(kind)) for kind in WHOLE]
        return merge(*(map(self.title_at, of_kind) for of_kind in of_kinds), key=popularity_of)

    def newest(self, medium: Medium, now: int) -> Iterator[Title]:
        """Movies and series that came out by now (epoch seconds), newest first."""
        return map(self.title_at, self.survey.releases.newest(medium, now))

    def place(self, title: Title) -> int:
        """How many titles are better known than this one, which need not be among them."""
        return self._placed(title.type, fame_of(title))

    def standing(self, person: Person, more: int = 0) -> Standing:
        """What decides the place of a person who took part in so many titles more."""
        return -len(self.survey.films(person.number)) - more, person.name, person.number

    def place_of_person(self, standing: Standing) -> int:
        """How many people come before one of this standing."""
        every = range(len(self.survey.people))
        return bisect_left(every, standing, key=lambda rank: self.standing(self.person_at(rank)))

    def person_at(self, rank: int) -> Person:
        return self.people[self.survey.people[rank]]

    @Once
    def title_at(self) -> Callable[[int], Title]:
        """From a rank to the title; titles that are there anyway are kept in their order."""
        titles, ranks = self.titles, self.survey.ranks
        if isinstance(titles, MappingProxyType):
            return tuple(titles[ranks.key(rank)] for rank in range(len(ranks))).__getitem__
        return lambda rank: titles[ranks.key(rank)]

    @property
    def genres(self) -> Collection[str]:
        """Every genre that a title has."""
        return self.survey.genres.keys()

    @Once
    def survey(self) -> Survey:
        return Survey(self.titles, self.people)

    @Once
    def parts(self) -> Parts:
        """Of the survey where there was one; most answers need no other part of it."""
        survey: Survey | None = self.__dict__.get("survey")
        return survey.parts if survey is not None else Parts(self.titles.values())

    @Once
    def _all_titles(self) -> Ranking:
        return Ranking.of_all(len(self.survey.ranks))

    @Once
    def _all_people(self) -> Ranking:
        return Ranking.of_all(len(self.survey.people))

    @Once
    def _title_index(self) -> WordIndex:
        survey, title_at = self.survey, self.title_at
        points = (_IN_NAME, _IN_PEOPLE, _IN_SYNOPSIS)
        return WordIndex(survey.texts, points, survey.ranks.of_thing, lambda rank: title_at(rank).regular)

    @Once
    def _people_index(self) -> WordIndex:
        ranks = range(len(self.survey.people))
        return WordIndex(self.survey.people_texts, (_IN_NAME,), ranks, lambda rank: self.person_at(rank).name)

    @Once
    def _completions(self) -> Completions:
        begun, self.survey.begun = self.survey.begun, []
        return Completions(self.survey.shorts, begun)

    def _place(self, kind: TitleType, fame: Fame) -> int:
        ranks, title_at = self.of_type(kind), self.title_at
        return ranks.start + bisect_left(ranks, fame, key=lambda rank: fame_of(title_at(rank)))


def _within(ranks: Iterable[int], bounds: range) -> Iterable[int]:
    """Those of the ranks that are within bounds."""
    return bounds if isinstance(ranks, range) else [rank for rank in ranks if rank in bounds]

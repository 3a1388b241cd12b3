"""The catalogue: every title and person, found by key, by words, by the beginning of a word, or by what they share.

It never changes while the mock runs, so all worlds share it (reference: resources 2). Titles and people may be made
when they are looked at; what finds them is made of one survey of all titles, when it is first needed or beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from mock_netflix.world.completions import Completions
from mock_netflix.world.found import Found
from mock_netflix.world.people import Person
from mock_netflix.world.survey import Parts, Progress, Survey, parents
from mock_netflix.world.tally import Tally, bits_of
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.word_index import WordIndex, fold

# What a matching word is worth by where it stands: in the name of a title, of a person in it, in its synopsis.
_IN_NAME, _IN_PEOPLE, _IN_SYNOPSIS = 8, 3, 1
# What makes two titles alike, and how much.
_DIRECTOR, _CAST, _GENRE = 4, 3, 1
# So many answers to searches are remembered: clients page through them, tests repeat them.
_REMEMBERED = 64

# The record does not tell how many similar titles there were at most (reference: resources 2.5, guess).
SIMILAR_LIMIT = 100


class Catalogue:
    """Titles and people, with what is needed to find them.

    Inside, a title stands for its rank: its place among all titles in the order of fame. A person has one as well:
    those of the most titles come first.
    """

    def __init__(
        self,
        titles: Iterable[Title] | Mapping[TitleKey, Title],
        people: Iterable[Person] | Mapping[int, Person],
    ) -> None:
        self.titles: Mapping[TitleKey, Title] = (
            titles if isinstance(titles, Mapping) else {title.key: title for title in titles}
        )
        self.people: Mapping[int, Person] = (
            people if isinstance(people, Mapping) else {person.number: person for person in people}
        )
        self._titles_found = lru_cache(maxsize=_REMEMBERED)(lambda term: self._title_index.search(term))
        self._people_found = lru_cache(maxsize=_REMEMBERED)(lambda term: self._people_index.search(term))
        self._similar_found = lru_cache(maxsize=_REMEMBERED)(self._similar)
        self._children_found = lru_cache(maxsize=_REMEMBERED)(self._children)

    def prepare(self, progress: Progress | None = None) -> None:
        """Makes all that finds titles and people at once, so that no request has to wait for it."""
        self.__dict__["_survey"] = Survey(self.titles, self.people, progress)
        _ = self._title_index, self._completions, self._people_index

    def forget(self) -> None:
        """Forgets the answers to searches; the next ones are searched for anew."""
        self._titles_found.cache_clear()
        self._people_found.cache_clear()

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
        films = map(self._title_at, self._survey.ranks.of(self._survey.films(person)))
        return tuple(sorted(films, key=lambda title: -(title.release_year or 0)))

    def changed_with(self, person: int) -> int | None:
        """When the newest of a person's titles was changed; epoch seconds."""
        changed = self._survey.changed
        return max((changed[thing] for thing in self._survey.films(person)), default=None) or None

    def search(self, term: str) -> Sequence[Title]:
        """Every title that any word of the term matches, best first; the last word may be unfinished.

        A term without a word in it matches nothing; an empty term leaves nothing out.
        """
        ranks = self._titles_found(term) if term.strip() else range(len(self.titles))
        return Found(ranks, self._title_at)

    def search_people(self, term: str) -> Sequence[Person]:
        """Every person whose name any word of the term matches, like titles; those of the most titles first."""
        ranks = self._people_found(term) if term.strip() else range(len(self.people))
        return Found(ranks, self._person_at)

    def complete(self, term: str) -> tuple[str, ...]:
        """Names of movies and series that, from one of their words on, begin with the term; best known first."""
        return self._completions.complete(term)

    def best_known(self, kind: TitleType, limit: int) -> Sequence[Title]:
        """The titles of a type in the order of fame, no more than the limit."""
        return Found(self._survey.ranks.of_type(kind)[:limit], self._title_at)

    @cached_property
    def genres(self) -> tuple[str, ...]:
        """Every genre that a title has, by the alphabet."""
        return tuple(sorted(sorted(self._survey.genres), key=fold))

    @cached_property
    def _title_at(self) -> Callable[[int], Title]:
        """From a rank to the title; titles that are there anyway are kept in their order."""
        titles, ranks = self.titles, self._survey.ranks
        if isinstance(titles, dict):
            return tuple(titles[ranks.key(rank)] for rank in range(len(ranks))).__getitem__
        return lambda rank: titles[ranks.key(rank)]

    def _person_at(self, rank: int) -> Person:
        return self.people[self._survey.people[rank]]

    def _children(self, kind: TitleType, series: int, season: int | None) -> tuple[Title, ...]:
        titles = (self.titles[kind, number] for number in self._parts.numbers(kind, series, season))
        return tuple(
            sorted(titles, key=lambda one: (*(whole.sequence for whole in self.parents(one)[:1]), one.sequence))
        )

    def _similar(self, title: Title) -> tuple[Title, ...]:
        likeness = Tally()
        for values, sharing, points in (
            (title.directors, self._survey.directors, _DIRECTOR),
            (title.cast, self._survey.cast, _CAST),
            (title.genres, self._survey.genres, _GENRE),
        ):
            for value in {*values}:
                ranks = self._survey.ranks.of(sharing.get(value, ()))
                likeness.give((bits_of(ranks, len(self.titles)), points))
        alike = map(self._title_at, likeness.ranking()[: SIMILAR_LIMIT + 1])
        return tuple(other for other in alike if other.key != title.key)[:SIMILAR_LIMIT]

    @cached_property
    def _survey(self) -> Survey:
        return Survey(self.titles, self.people)

    @cached_property
    def _parts(self) -> Parts:
        """Of the survey where there was one; most answers need no other part of it."""
        survey: Survey | None = self.__dict__.get("_survey")
        return survey.parts if survey is not None else Parts(self.titles.values())

    @cached_property
    def _title_index(self) -> WordIndex:
        survey = self._survey
        points = (_IN_NAME, _IN_PEOPLE, _IN_SYNOPSIS)
        return WordIndex(survey.texts, points, survey.ranks.of_thing, lambda rank: self._title_at(rank).regular)

    @cached_property
    def _people_index(self) -> WordIndex:
        ranks = range(len(self._survey.people))
        return WordIndex(self._survey.people_texts, (_IN_NAME,), ranks, lambda rank: self._person_at(rank).name)

    @cached_property
    def _completions(self) -> Completions:
        begun, self._survey.begun = self._survey.begun, []
        return Completions(self._survey.shorts, begun)

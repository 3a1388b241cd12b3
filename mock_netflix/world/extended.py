"""A catalogue with a few titles and people more, without a new survey of all that was there.

What was there is shared with every world that has it; only what was added is surveyed, and each answer is that of the
one with that of the other woven in. A thing stands where it would stand if it had always been there: its points do not
depend on others, and its place among equals is found by halving.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.completions import AUTOCOMPLETE_LIMIT
from mock_netflix.world.finder import REMEMBERED, Finder
from mock_netflix.world.found import Found
from mock_netflix.world.people import Person
from mock_netflix.world.releases import Medium, released
from mock_netflix.world.survey import Fame, Progress, fame_of, people_of, popularity_of
from mock_netflix.world.tally import Ranking
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.together import Together
from mock_netflix.world.woven import Woven


def extended(catalogue: Catalogue, titles: Iterable[Title], people: Iterable[Person] = ()) -> Extended:
    """The catalogue with these as well; none of them is in it, and no part of a title comes without it."""
    titles_more = {title.key: title for title in titles}
    people_more = {person.number: person for person in people}
    if isinstance(catalogue, Extended):
        titles_more, people_more = {**catalogue.added, **titles_more}, {**catalogue.added_people, **people_more}
        catalogue = catalogue.base
    return Extended(catalogue, titles_more, people_more)


class Extended(Catalogue):
    """The titles and people of `base`, and those that were added."""

    def __init__(self, base: Catalogue, added: Mapping[TitleKey, Title], people: Mapping[int, Person]) -> None:
        super().__init__(
            Together(base.titles, added),
            Together(base.people, people),
            Together(base.described, added),
            base.own.union(added),
        )
        self.base, self.added, self.added_people = base, added, people
        self.finder = base.finder
        credited = {number for title in added.values() for number in people_of(title)}
        known = {number: base.people[number] for number in sorted(credited) if number in base.people}
        self._known = frozenset(known)
        self._more = Finder({**added}, {**known, **people})
        self._titles_found = lru_cache(maxsize=REMEMBERED)(self._search)
        self._people_found = lru_cache(maxsize=REMEMBERED)(self._search_people)

    def prepare(self, progress: Progress | None = None) -> None:
        """Makes all that finds titles and people at once; what there is of `base` is left as it is."""
        self._more.prepare(progress)

    def forget(self) -> None:
        """Forgets the answers to searches; the next ones are searched for anew."""
        for one in (self.base, self._more):
            one.forget()
        self._titles_found.cache_clear()
        self._people_found.cache_clear()

    def search(self, term: str) -> Sequence[Title]:
        """Like that of every catalogue."""
        return self._titles_found(term)

    def search_people(self, term: str) -> Sequence[Person]:
        """Like that of every catalogue."""
        return self._people_found(term)

    def changed_with(self, person: int) -> int | None:
        """When the newest of a person's titles was changed; epoch seconds."""
        return max(self.finder.changed_with(person), self._more.changed_with(person)) or None

    def complete(self, term: str) -> tuple[str, ...]:
        """Like that of every catalogue."""
        more = self._more.completed(term)
        best = [
            *((rank, 1, 0, name) for rank, name in self.finder.completed(term)),
            *((self._place(rank), 0, rank, name) for rank, name in more),
        ]
        return tuple(dict.fromkeys(name for *_, name in sorted(best)))[:AUTOCOMPLETE_LIMIT]

    def best_known(self, kind: TitleType, limit: int) -> Sequence[Title]:
        """The titles of a type in the order of fame, no more than the limit."""
        ranks = self.finder.of_type(kind)
        put = ((self._place(rank) - ranks.start, self._more.title_at(rank)) for rank in self._more.of_type(kind))
        return Woven(Found(ranks, self.finder.title_at), put)[:limit]

    def famous(self, genres: Iterable[str] | None = None) -> Iterator[Title]:
        """Like that of every catalogue."""
        asked = None if genres is None else tuple(genres)
        return merge(self.finder.famous(asked), self._more.famous(asked), key=popularity_of)

    def newest(self, medium: Medium, now: int) -> Iterator[Title]:
        """Like that of every catalogue."""

        def age(title: Title) -> tuple[int, Fame]:
            return -(released(title, medium.value) or 0), fame_of(title)

        return merge(self.finder.newest(medium, now), self._more.newest(medium, now), key=age)

    def _place(self, rank: int) -> int:
        """How many titles of the base are better known than an added one."""
        return self.finder.place(self._more.title_at(rank))

    def _search(self, term: str) -> Sequence[Title]:
        return self._woven(self.finder.ranked(term), self._more.ranked(term))

    def _woven(self, ranks: Ranking, more: Ranking) -> Sequence[Title]:
        put = ((ranks.ahead_of(points, self._place(rank)), self._more.title_at(rank)) for points, rank in more.scored())
        return Woven(Found(ranks, self.finder.title_at), put)

    def _search_people(self, term: str) -> Sequence[Person]:
        """Who is known already, and in an added title, moves up."""
        finder, ranks = self.finder, self.finder.ranked_people(term)
        found = [(points, self._more.person_at(rank)) for points, rank in self._more.ranked_people(term).scored()]
        out = sorted(
            ranks.ahead_of(points, finder.place_of_person(finder.standing(person)))
            for points, person in found
            if person.number in self._known
        )
        standings = {one.number: finder.standing(one, len(self._more.films(one.number))) for _, one in found}
        found.sort(key=lambda one: (-one[0], standings[one[1].number]))
        put = (
            (ranks.ahead_of(points, finder.place_of_person(standings[person.number])), person)
            for points, person in found
        )
        return Woven(Found(ranks, finder.person_at), put, out)

    def _alike(self, title: Title) -> Sequence[Title]:
        return self._woven(self.finder.likeness(title), self._more.likeness(title))

    def _films(self, person: int) -> Iterator[Title]:
        titles = (
            *(((rank, 1, 0), self.finder.title_at(rank)) for rank in self.finder.films(person)),
            *(((self._place(rank), 0, rank), self._more.title_at(rank)) for rank in self._more.films(person)),
        )
        return (title for _, title in sorted(titles, key=lambda one: one[0]))

    def _genres(self) -> Iterable[str]:
        return {*self.finder.genres, *self._more.genres}

    def _numbers(self, kind: TitleType, series: int, season: int | None) -> Sequence[int]:
        numbers = self.finder.parts.numbers(kind, series, season)
        return (*numbers, *self._more.parts.numbers(kind, series, season))

"""One walk over all titles, which notes what is needed to find them.

Titles may be made when they are looked at, and forgotten again; so each is looked at once, and what is noted of it
takes little room.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from sys import intern

from mock_netflix.world.people import Person
from mock_netflix.world.releases import Releases
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.word_index import Texts, numbers, words

WHOLE = (TitleType.MOVIE, TitleType.SERIES)

# Told now and then: how many titles have been looked at, of how many.
Progress = Callable[[int, int], None]

_TOLD_EVERY = 500
_TYPES = tuple(TitleType)
# Where two titles match equally well, what people most likely mean comes first.
_TYPE_ORDER = {kind: place for place, kind in enumerate(_TYPES)}

# Type, rating, name and number: what decides which title is better known.
Fame = tuple[int, float, str, int]


def fame_of(title: Title) -> Fame:
    """What decides the rank of a title."""
    return _TYPE_ORDER[title.type], -title.average_rating, title.regular, title.number


def popularity_of(title: Title) -> tuple[float, str, TitleType, int]:
    """What decides which of two titles is better known, whatever their types."""
    return -title.average_rating, title.regular, title.type, title.number


class Parts:
    """The numbers of the parts of each series, and of each of its seasons."""

    def __init__(self, titles: Iterable[Title] = ()) -> None:
        self._numbers = defaultdict[tuple[TitleType, int, int | None], "array[int]"](numbers)
        for title in titles:
            self.add(title)

    def add(self, title: Title) -> None:
        if title.series is not None:
            for season in {title.season, None}:
                self._numbers[title.type, title.series, season].append(title.number)

    def numbers(self, kind: TitleType, series: int, season: int | None) -> Sequence[int]:
        """The parts of this type, in the order in which they were noted."""
        return self._numbers.get((kind, series, season), ())


class Ranks:
    """Which title has which rank: its place among all titles in the order of fame."""

    def __init__(self, fames: Sequence[Fame]) -> None:
        ordered = sorted(range(len(fames)), key=fames.__getitem__)
        self._types = bytes(fames[thing][0] for thing in ordered)
        self._numbers = array("Q", [fames[thing][3] for thing in ordered])
        self.of_thing = array("I", bytes(array("I").itemsize * len(fames)))
        for rank, thing in enumerate(ordered):
            self.of_thing[thing] = rank

    def __len__(self) -> int:
        return len(self._numbers)

    def key(self, rank: int) -> TitleKey:
        return _TYPES[self._types[rank]], self._numbers[rank]

    def of(self, things: Iterable[int]) -> list[int]:
        """The ranks of these things, in their order."""
        return sorted(map(self.of_thing.__getitem__, things))

    def of_type(self, kind: TitleType) -> range:
        """The ranks of all titles of a type; where there are none, the place where they would be."""
        order = _TYPE_ORDER[kind]
        return range(bisect_left(self._types, order), bisect_right(self._types, order))


class Survey:
    """What was noted of all titles. In the lists a title stands for its place in the walk, its rank being known later.

    ranks      which title has which rank
    texts      the words of name, people and synopsis of each
    parts      of each series
    genres     every genre that a title has, with the movies and series of it
    cast, directors    of each person, the movies and series
    guests     of each person, the parts in which they are though the whole does not name them
    shorts     the short names of movies and series by their rank, and `begun` their names from each word on
    changed    when each was changed, 0 where that is not known
    releases   of the movies and series, when each came out
    people     the numbers of all people, by their own rank, and `people_texts` the words of their names
    """

    def __init__(
        self, titles: Mapping[TitleKey, Title], people: Mapping[int, Person], progress: Progress | None = None
    ) -> None:
        self._titles, self._names = titles, _Names(people)
        self.parts, self.texts, self.releases = Parts(), Texts(3), Releases()
        self.genres = defaultdict[str, "array[int]"](numbers)
        self.cast = defaultdict[int, "array[int]"](numbers)
        self.directors = defaultdict[int, "array[int]"](numbers)
        self.guests = defaultdict[int, "array[int]"](numbers)
        self._fames: list[Fame] = []
        self._shorts: dict[int, str] = {}
        self._begun: list[tuple[str, int]] = []
        self.changed = array("q")
        self._bonus: list[tuple[int, Title]] = []
        self._movie_of_bonus: dict[int, Title] = {}
        self._series: Title | None = None
        self._walk(progress)
        self._put_in_order()
        self._put_people_in_order()

    def films(self, person: int) -> Collection[int]:
        """What a person took part in; parts only where the whole does not name them."""
        credited = [by[person] for by in (self.cast, self.directors, self.guests) if person in by]
        return credited[0] if len(credited) == 1 else {thing for things in credited for thing in things}

    def _walk(self, progress: Progress | None) -> None:
        names, told = self._names, len(self._titles)
        for thing, title in enumerate(self._titles.values()):
            if progress and thing % _TOLD_EVERY == 0:
                progress(thing, told)
            name = words(title.regular)
            self.texts.add(thing, name, names.of(title), words(title.synopsis))
            self._fames.append(fame_of(title))
            self.changed.append(title.changed or 0)
            self.parts.add(title)
            if title.type in WHOLE:
                self._note_whole(thing, title, name)
            else:
                for genre in title.genres:
                    self.genres[genre]  # it is one of the catalogue's, though it has no movie
                self._note_guests(thing, title)
        for thing, disc in self._bonus:
            movie = self._movie_of_bonus.get(disc.number)
            self._credit(thing, disc, (*parents(disc, self._titles), *((movie,) if movie else ())))

    def _note_whole(self, thing: int, title: Title, name: list[str]) -> None:
        if title.type is TitleType.SERIES:
            self._series = title
        for disc in title.bonus_discs:
            self._movie_of_bonus[disc] = title
        self._shorts[thing] = title.short
        self.releases.add(thing, title)
        self._begun += [(" ".join(name[place:]), thing) for place in range(len(name))]
        for genre in {*title.genres}:
            self.genres[genre].append(thing)
        for person in {*title.cast}:
            self.cast[person].append(thing)
        for person in {*title.directors}:
            self.directors[person].append(thing)

    def _note_guests(self, thing: int, title: Title) -> None:
        """Who is in a part and not in the whole; mostly the series has just been seen, and all are in it."""
        if title.type is TitleType.DISC and title.series is None:
            self._bonus.append((thing, title))
        elif not (self._series and self._series.number == title.series and _same_people(title, self._series)):
            self._credit(thing, title, parents(title, self._titles))

    def _credit(self, thing: int, title: Title, wholes: Iterable[Title]) -> None:
        named = {person for whole in wholes for person in people_of(whole)}
        for person in people_of(title):
            if person not in named:
                self.guests[person].append(thing)

    def _put_in_order(self) -> None:
        self.ranks = Ranks(self._fames)
        rank_of = self.ranks.of_thing
        self.releases.put_in_order(rank_of)
        whole = {rank_of[thing]: short for thing, short in self._shorts.items()}
        self.shorts = [whole[rank] for rank in range(len(whole))]
        self.begun = [(text, rank_of[thing]) for text, thing in self._begun]
        del self._fames, self._series, self._shorts, self._begun, self._bonus, self._movie_of_bonus

    def _put_people_in_order(self) -> None:
        """Those of the most titles come first."""
        told = sorted((-len(self.films(number)), name, number) for number, name in self._names.names)
        self.people = array("Q", [number for _, _, number in told])
        self.people_texts = Texts(1)
        for rank, number in enumerate(self.people):
            self.people_texts.add(rank, self._names.words[number])
        del self._names


class _Names:
    """The names of people and their words; titles that follow each other often have the same people."""

    def __init__(self, people: Mapping[int, Person]) -> None:
        self.names: list[tuple[int, str]] = []
        self.words: dict[int, tuple[str, ...]] = {}
        for one in people.values():
            self.names.append((one.number, one.name))
            self.words[one.number] = tuple(map(intern, words(one.name)))
        self._last: Title | None = None
        self._said: set[str] = set()

    def of(self, title: Title) -> set[str]:
        """All words of the names of a title's people."""
        if self._last is None or not _same_people(title, self._last):
            self._last, said = title, self.words
            self._said = {word for person in people_of(title) for word in said[person]}
        return self._said


def parents(title: Title, titles: Mapping[TitleKey, Title]) -> tuple[Title, ...]:
    """The season and the series that a title is part of, as far as there are any."""
    keys = ((TitleType.SEASON, title.season), (TitleType.SERIES, title.series))
    found = (titles.get((kind, number)) for kind, number in keys if number)
    return tuple(one for one in found if one is not None)


def _same_people(one: Title, other: Title) -> bool:
    return (one.cast, one.directors) == (other.cast, other.directors)


def people_of(title: Title) -> Iterator[int]:
    """The people of a title, each once."""
    yield from dict.fromkeys((*title.cast, *title.directors))

"""The generated titles and people of a world.

They are looked up like those of a dictionary, but made when they are looked at. Some are kept for a while, so that a
list that is asked for again is not made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from functools import lru_cache

from mock_netflix.data.generate.layout import BLOCK
from mock_netflix.data.generate.people import FIRST_PERSON, NEW_PEOPLE, PEOPLE_OF_BLOCK, People
from mock_netflix.data.generate.titles import FIRST_TITLE, Titles
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title, TitleKey, TitleType
from mock_netflix.world.together import Walk

_KEPT = 4096


class GeneratedTitles(Mapping[TitleKey, Title]):
    """The first `count` titles of a seed."""

    def __init__(self, titles: Titles, count: int) -> None:
        self._titles, self._count = titles, count
        self._made = lru_cache(maxsize=_KEPT)(titles.title)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[TitleKey]:
        for number in range(FIRST_TITLE, FIRST_TITLE + self._count):
            yield self._titles.place(number).kind, number

    def numbered(self, number: int) -> Title | None:
        """The title with this number, whatever it is."""
        return self._made(number) if 0 <= number - FIRST_TITLE < self._count else None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, tuple) and self._has(*key)

    def __getitem__(self, key: TitleKey) -> Title:
        title = self.numbered(key[1])
        if title is None or title.type is not key[0]:
            raise KeyError(key)
        return title

    def values(self) -> ValuesView[Title]:
        """All of them, made and forgotten."""
        return Walk(self, lambda: map(self._titles.title, range(FIRST_TITLE, FIRST_TITLE + self._count)))

    def _has(self, kind: TitleType, number: int) -> bool:
        return 0 <= number - FIRST_TITLE < self._count and self._titles.place(number).kind is kind


class GeneratedPeople(Mapping[int, Person]):
    """The people of the first `count` titles of a seed."""

    def __init__(self, people: People, titles: Titles, count: int) -> None:
        self._people = people
        self._made = lru_cache(maxsize=_KEPT)(people.person)
        self._blocks, rest = divmod(count, BLOCK)
        last = titles.place(FIRST_TITLE + count - 1).ordinal + 1 if rest else 0
        self._in_last = NEW_PEOPLE * last

    def __len__(self) -> int:
        return sum(map(self._people.in_block, range(self._blocks))) + self._in_last

    def __iter__(self) -> Iterator[int]:
        for block in range(self._blocks + 1):
            first = FIRST_PERSON + block * PEOPLE_OF_BLOCK
            yield from range(first, first + self._in(block))

    def __getitem__(self, number: int) -> Person:
        block, place = divmod(number - FIRST_PERSON, PEOPLE_OF_BLOCK)
        if not (0 <= block <= self._blocks and place < self._in(block)):
            raise KeyError(number)
        return self._made(number)

    def values(self) -> ValuesView[Person]:
        """All of them, made and forgotten."""
        return Walk(self, lambda: map(self._people.person, self))

    def _in(self, block: int) -> int:
        return self._people.in_block(block) if block < self._blocks else self._in_last

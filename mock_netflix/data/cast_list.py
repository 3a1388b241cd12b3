"""People by the names that fixtures give them; a name that nobody has gets a stable number of its own."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import shake_256

from mock_netflix.data import schema
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person

_FIRST = 30_000_000
_COUNT = 9_999_000


class CastList:
    """Gives each name its person, the same one for the same name; `among`: who is there already."""

    def __init__(self, described: Iterable[schema.Person], among: Catalogue | None = None) -> None:
        people = list(described)
        self._among = among
        self._by_name: dict[str, Person] = {}
        self._taken = {person.id for person in people if person.id}
        for person in people:
            self._add(person.name, person.id, person.bio)

    def number(self, name: str) -> int:
        """The number of the person with this name."""
        return (self._by_name.get(name) or self._there(name) or self._add(name, None, None)).number

    def everyone(self) -> Iterable[Person]:
        """All but who was there already."""
        return self._by_name.values()

    def _there(self, name: str) -> Person | None:
        called = () if self._among is None else self._among.people_called(name)
        return next((person for person in called if person.name == name), None)

    def _is_taken(self, number: int) -> bool:
        return number in self._taken or (self._among is not None and number in self._among.people)

    def _add(self, name: str, number: int | None, bio: str | None) -> Person:
        if number is None and name in self._by_name:
            # Who is described again, as by a file of one's own, stays the same person.
            number = self._by_name[name].number
        elif number is None:
            number = _FIRST + int.from_bytes(shake_256(name.encode()).digest(8), "big") % _COUNT
            while self._is_taken(number):
                number += 1
        self._taken.add(number)
        self._by_name[name] = Person(number, name, bio)
        return self._by_name[name]

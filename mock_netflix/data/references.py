"""Which title is meant, where a fixture names one: by its number, by type and number, or by its name.

Names are looked for as a person means them: capitals do not matter, one's own titles go before those of the default
world, a movie or a series before its parts, and "Titanic (1997)" is the one of that year.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from mock_netflix.data.faults import meant, shown
from mock_netflix.data.schema import UNNUMBERED, TitleRef
from mock_netflix.world.titles import Title, TitleKey, TitleType

_TYPE_AND_NUMBER = re.compile(rf"({'|'.join(TitleType)})/(\d{{1,10}})")
_WITH_YEAR = re.compile(r"(.+) \((\d{4})\)")
_NUMBER = re.compile(r"\d{1,10}")
_WHOLE = (TitleType.MOVIE, TitleType.SERIES)

# A likely name is looked for among so many names, and for so many references that lead nowhere.
_LOOKED_THROUGH = 5000
_SUGGESTED = 25
# So many titles that could be meant are named.
_CHOICES = 6


class Dangling(LookupError):
    """A reference that leads to no title, or to several; says what to write."""


class Ambiguous(Dangling):
    """A reference that leads to several titles."""


class References:
    """Finds the titles of a world. `own`: those of a person's own files; `every`: all, generated ones too.

    `beyond`: where a title is looked for that is not among these.
    """

    def __init__(
        self,
        titles: Iterable[Title],
        own: Iterable[TitleKey],
        every: Container[TitleKey] = frozenset(),
        beyond: References | None = None,
    ) -> None:
        self._every = every
        self._titles = {title.key: title for title in titles}
        self._own = frozenset(own)
        self._beyond = beyond
        self._suggested = 0

    def find(self, ref: TitleRef) -> TitleKey | None:
        """The title that is meant; None for one that was not readable. Raises Dangling."""
        if ref == UNNUMBERED:
            return None
        there: References | None = self
        while there is not None:
            if found := there._with_number(ref) or there._with_name(str(ref)):
                return there._only(found, ref)
            there = there._beyond
        raise Dangling(f"no title is {_called(ref)}{self._likely(ref)}")

    def _only(self, found: Sequence[TitleKey], ref: TitleRef) -> TitleKey:
        if len(found) == 1:
            return found[0]
        raise Ambiguous(f"several titles are {_called(ref)}; write {' or '.join(self._choices(found))}")

    def _with_number(self, ref: TitleRef) -> Sequence[TitleKey]:
        if isinstance(ref, int):
            return self._by_number.get(ref) or [key for kind in TitleType if (key := (kind, ref)) in self._every]
        if match := _TYPE_AND_NUMBER.fullmatch(ref):
            key = TitleType(match[1]), int(match[2])
            return (key,) if key in self._titles or key in self._every else ()
        return ()

    def _with_name(self, name: str) -> Sequence[TitleKey]:
        found = self._nearest(self._by_name.get(name.casefold(), ()))
        if not found and (match := _WITH_YEAR.fullmatch(name)):
            named = self._by_name.get(match[1].casefold(), ())
            found = self._nearest([key for key in named if self._titles[key].release_year == int(match[2])])
        if not found and _NUMBER.fullmatch(name):
            return self._by_number.get(int(name), ())
        return found

    def _nearest(self, found: Sequence[TitleKey]) -> Sequence[TitleKey]:
        """Of titles that share a name, those that come before the others."""
        found = [key for key in found if key in self._own] or found
        return [key for key in found if key[0] in _WHOLE] or found

    @cached_property
    def _by_number(self) -> dict[int, list[TitleKey]]:
        by_number: dict[int, list[TitleKey]] = {}
        for key in self._titles:
            by_number.setdefault(key[1], []).append(key)
        return by_number

    @cached_property
    def _by_name(self) -> dict[str, list[TitleKey]]:
        by_name: dict[str, list[TitleKey]] = defaultdict(list)
        for key, title in self._titles.items():
            for name in {title.regular.casefold(), title.short.casefold()}:
                by_name[name].append(key)
        return dict(by_name)

    def _likely(self, ref: TitleRef) -> str:
        self._suggested += 1
        if isinstance(ref, int) or self._suggested > _SUGGESTED:
            return ""
        return meant(ref, islice(self._names(), _LOOKED_THROUGH))

    def _names(self) -> Iterator[str]:
        yield from (title.regular for title in self._titles.values() if title.type in _WHOLE)
        if self._beyond is not None:
            yield from self._beyond._names()

    def _choices(self, found: Sequence[TitleKey]) -> list[str]:
        """What to write for each of several titles."""
        titles = [self._titles[key] for key in found[:_CHOICES]]
        by_year = [f'"{title.regular} ({title.release_year})"' for title in titles]
        told = all(title.release_year and title.type in _WHOLE for title in titles)
        return by_year if told and len(set(by_year)) == len(found) else [f'"{one.type}/{one.number}"' for one in titles]


def _called(ref: TitleRef) -> str:
    if isinstance(ref, int):
        return f"number {shown(ref)}"
    return ref if _TYPE_AND_NUMBER.fullmatch(ref) else f"called {shown(ref)}"

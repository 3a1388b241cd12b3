"""What is wrong with fixture files: every fault with its file, its place and its reason, collected until all are known.

A fault reads `file:line:column: path: reason`, so that terminals and editors lead to it; where a format does not tell
lines, `file: path: reason`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from mock_netflix.errors import MockNetflixError

# Where something stands in a document: ("subscribers", 0, "disc_queue", 2, "title").
Place = tuple[str | int, ...]
# Line and column, counted from 1.
Position = tuple[int, int]
# The position of what stands at a place, or of its name there; None where the format does not tell.
Find = Callable[[Place, bool], Position | None]

# So much of a value or a name is shown.
_SHOWN = 60
# So many faults are named where a person did not ask for all of them.
_FEW = 20
_PLAIN_NAME = re.compile(r"[\w$-]+")
# So like must a name be to be what was meant.
_LIKENESS = 0.6


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `place` is written as a path; both it and `position` are missing where the whole file is meant."""

    file: str
    place: str
    reason: str
    position: Position | None = None

    def __str__(self) -> str:
        file = self.file if self.position is None else ":".join(map(str, (self.file, *self.position)))
        return ": ".join(part for part in (file, self.place, self.reason) if part)


@dataclass(eq=False)
class FixtureError(MockNetflixError):
    """What a fixture tells cannot be used, with all that is wrong with it; `of`: where that stands."""

    faults: tuple[Fault, ...]
    of: str = "fixtures"

    def __str__(self) -> str:
        """The only fault, or how many there are and the first of them, a line each."""
        few, more = self.faults[:_FEW], len(self.faults) - _FEW
        how = ": mock-netflix fixtures check names them all" if any(fault.file for fault in few) else ""
        rest = (f"… and {more} more{how}",) if more > 0 else ()
        return self._told((*few, *rest))

    @property
    def in_full(self) -> str:
        """All of them, a line each."""
        return self._told(self.faults)

    def _told(self, lines: Iterable[object]) -> str:
        if len(self.faults) == 1:
            return str(self.faults[0])
        return "\n".join((f"{len(self.faults)} faults in {self.of}:", *map(str, lines)))


class Unreadable(Exception):
    """A text that is not what its name says, such as no YAML: why, and where it ceases to be."""

    def __init__(self, reason: str, position: Position | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


def nowhere(place: Place, name: bool) -> Position | None:
    """Of what stands in no file."""
    return None


@dataclass(frozen=True, slots=True)
class Faults:
    """Collects the faults of files, which are told in the order of `files`.

    `notes` are of what is no fault, but may not be meant.
    """

    files: list[str] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)

    def add(self, file: str, reason: str, place: Place = (), find: Find = nowhere, *, of_name: bool = False) -> None:
        """`of_name`: the fault is in the name at this place, not in what stands there."""
        self.found.append(Fault(file, shown_place(place), reason, find(place, of_name)))

    def note(self, file: str, reason: str, place: Place, find: Find) -> None:
        self.notes.append(Fault(file, shown_place(place), reason, find(place, False)))

    def check(self, of: str = "fixtures") -> None:
        """Raises FixtureError where there is any fault; those of a file stand in their order there."""
        if self.found:
            rank = {file: number for number, file in enumerate(self.files)}
            ordered = sorted(self.found, key=lambda fault: (rank.get(fault.file, -1), fault.position or (0, 0)))
            raise FixtureError(tuple(dict.fromkeys(ordered)), of)


def shown_place(place: Place) -> str:
    """A place as a path: subscribers[0].disc_queue[2].title."""
    path = ""
    for step in place:
        if isinstance(step, int):
            path += f"[{step}]"
        elif _PLAIN_NAME.fullmatch(step):
            path += f".{step}" if path else step
        else:
            path += f"[{shown(step)}]"
    return path


def shown(value: object) -> str:
    """A value as a person may have written it: short, on one line, and harmless to a terminal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        text = str(value)
    except ValueError:
        return "a very long number"
    if len(text) > _SHOWN:
        text = f"{text[: _SHOWN - 1]}…"
    if not text.isprintable():
        text = text.encode("ascii", "backslashreplace").decode().encode("unicode_escape").decode()
    return f'"{text}"' if isinstance(value, str) else text


def most_like(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, if any is."""
    by_fold = {one.casefold(): one for one in known}
    like = get_close_matches(name.casefold(), by_fold, 1, _LIKENESS)
    return by_fold[like[0]] if like else None


def meant(name: str, known: Iterable[str]) -> str:
    """The known name that is most like this one, as the end of a sentence; "" where none is."""
    like = most_like(name, known)
    return f"; did you mean {shown(like)}?" if like is not None else ""

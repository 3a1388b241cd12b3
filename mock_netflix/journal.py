"""What was asked and answered: the last requests, oldest forgotten first."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from mock_netflix.world.refusals import Refusal

LIMIT = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and its answer. `at` in epoch seconds, `seconds` how long the answer took.

    `fault`: what a test let go wrong with it.
    """

    number: int
    at: int
    verb: str
    target: str
    status: int
    seconds: float
    endpoint: str | None
    subscriber: str | None
    refusal: Refusal | None
    message: str | None
    hints: tuple[str, ...] = ()
    fault: str | None = None


class Journal:
    """A ring of entries, numbered from 1."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._entries: deque[Entry] = deque(maxlen=limit)
        self._last = 0

    def next_number(self) -> int:
        """The number of a request that begins."""
        self._last += 1
        return self._last

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)

    def clear(self) -> None:
        """Forgets everything; the next request is number 1."""
        self._entries.clear()
        self._last = 0

    def find(self, number: str) -> Entry | None:
        """The entry of a request by its number, in digits."""
        return next((one for one in reversed(self._entries) if str(one.number) == number), None)

    def last_refused(self) -> Entry | None:
        """The newest entry of a request that was refused."""
        return next((one for one in reversed(self._entries) if one.refusal is not None), None)

    def entries(self) -> tuple[Entry, ...]:
        """From the oldest to the newest."""
        return tuple(self._entries)

"""The last requests of a world, oldest forgotten first: bounded by their number, and by what they take."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from mock_netflix.journal.entry import Entry

LIMIT = 1000
# In bytes.
SIZE = 16 << 20

Listener = Callable[[Entry], None]


class Journal:
    """A ring of entries, numbered from 1.

    It is written on the server's thread and read on that of a test. Those who listen hear of each new entry, on the
    thread that writes it. `era` changes when everything is forgotten.
    """

    def __init__(self, limit: int = LIMIT, size: int = SIZE) -> None:
        self._limit = limit
        self._size = size
        self._lock = Lock()
        self._entries: deque[tuple[Entry, int]] = deque()
        self._held = 0
        # So many of the oldest have let go of their answers' bodies.
        self._bare = 0
        self._last = 0
        self._dropped = 0
        self._listeners: tuple[Listener, ...] = ()
        self.era = 0

    @property
    def dropped(self) -> int:
        """How many entries were forgotten since the last clearing, for want of room."""
        return self._dropped

    def next_number(self) -> int:
        """The number of a request that begins."""
        with self._lock:
            self._last += 1
            return self._last

    def add(self, entry: Entry, era: int | None = None) -> None:
        """Keeps an entry; one of a request that began in an earlier era was forgotten before it ended.

        The newest one stays, whatever it takes.
        """
        weight = entry.weight
        with self._lock:
            if era is not None and era != self.era:
                return
            self._entries.append((entry, weight))
            self._held += weight
            self._make_room()
            listeners = self._listeners
        for tell in listeners:
            tell(entry)

    def _make_room(self) -> None:
        """Lets go of the oldest answers' bodies, then of the oldest entries: what was asked is wanted longer."""
        while self._held > self._size and self._bare < len(self._entries) - 1:
            entry, weight = self._entries[self._bare]
            freed = entry.answer_weight
            self._entries[self._bare] = entry.without_answer(), weight - freed
            self._held -= freed
            self._bare += 1
        while len(self._entries) > 1 and (len(self._entries) > self._limit or self._held > self._size):
            self._held -= self._entries.popleft()[1]
            self._bare = max(0, self._bare - 1)
            self._dropped += 1

    def clear(self) -> None:
        """Forgets everything; the next request is number 1."""
        with self._lock:
            self._entries.clear()
            self._held = self._last = self._dropped = self._bare = 0
            self.era += 1

    def find(self, number: str) -> Entry | None:
        """The entry of a request by its number, in digits."""
        return next((one for one in reversed(self.entries()) if str(one.number) == number), None)

    def entries(self) -> tuple[Entry, ...]:
        """From the oldest to the newest, by when they were answered."""
        with self._lock:
            return tuple([entry for entry, _ in self._entries])

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[tuple[Entry, ...]]:
        """For as long as the block lasts, tells a listener each new entry; gives those that there are already.

        It misses none between the two, and hears none twice.
        """
        with self._lock:
            self._listeners = (*self._listeners, listener)
            entries = tuple([entry for entry, _ in self._entries])
        try:
            yield entries
        finally:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

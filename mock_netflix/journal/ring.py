"""The last requests of a world, oldest forgotten first: bounded by their number, and by what they take."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from threading import Lock

from mock_netflix.journal.entry import Entry, Pieces

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
        # Each with what it weighs: the entries without the bodies of their answers, and those of the newest ones.
        self._entries: deque[tuple[Entry, int]] = deque()
        self._answers: deque[tuple[Pieces, int]] = deque()
        self._held = 0
        # The entries with what there is of their answers, once somebody asked for them.
        self._seen: tuple[Entry, ...] | None = None
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
        answer, size = entry.answer_pieces, entry.answer_weight
        bare = entry.with_answer(None)
        weight = bare.weight
        with self._lock:
            if era is not None and era != self.era:
                return
            self._entries.append((bare, weight))
            self._answers.append((answer, size))
            self._held += weight + size
            self._seen = None
            self._make_room()
            listeners = self._listeners
        for tell in listeners:
            tell(entry)

    def _make_room(self) -> None:
        """Lets go of the oldest answers' bodies, then of the oldest entries: what was asked is wanted longer."""
        entries, answers = self._entries, self._answers
        while self._held > self._size and len(answers) > 1:
            self._held -= answers.popleft()[1]
        while len(entries) > 1 and (len(entries) > self._limit or self._held > self._size):
            self._held -= entries.popleft()[1]
            if len(answers) > len(entries):
                self._held -= answers.popleft()[1]
            self._dropped += 1

    def clear(self) -> None:
        """Forgets everything; the next request is number 1."""
        with self._lock:
            self._entries.clear()
            self._answers.clear()
            self._seen = None
            self._held = self._last = self._dropped = 0
            self.era += 1

    def find(self, number: str) -> Entry | None:
        """The entry of a request by its number, in digits."""
        return next((one for one in reversed(self.entries()) if str(one.number) == number), None)

    def entries(self) -> tuple[Entry, ...]:
        """From the oldest to the newest, by when they were answered."""
        with self._lock:
            return self._all()

    def _all(self) -> tuple[Entry, ...]:
        if self._seen is None:
            without = len(self._entries) - len(self._answers)
            answers = chain(repeat(None, without), [answer for answer, _ in self._answers])
            pairs = zip(self._entries, answers, strict=True)
            self._seen = tuple([entry.with_answer(answer) for (entry, _), answer in pairs])
        return self._seen

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[tuple[Entry, ...]]:
        """For as long as the block lasts, tells a listener each new entry; gives those that there are already.

        It misses none between the two, and hears none twice.
        """
        with self._lock:
            self._listeners = (*self._listeners, listener)
            entries = self._all()
        try:
            yield entries
        finally:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

"""A journal that tells when somebody waits for what is written into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from mock_netflix.journal import Entry, Journal
from mock_netflix.journal.ring import Listener

# Seconds; a test that needs them has failed.
PATIENCE = 10


class Attended(Journal):
    """`somebody` is set when one begins to listen, `over` when one has ended."""

    def __init__(self) -> None:
        super().__init__()
        self.somebody, self.over = Event(), Event()

    @contextmanager
    def heard_by(self, listener: Listener) -> Iterator[tuple[Entry, ...]]:
        try:
            with super().heard_by(listener) as entries:
                self.somebody.set()
                yield entries
        finally:
            self.over.set()

    @property
    def listeners(self) -> int:
        return len(self._listeners)

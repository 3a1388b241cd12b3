"""Waiting for requests that are to come: on the thread of a test, or on the event loop of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event

from mock_netflix.journal.entry import Entry
from mock_netflix.journal.matching import Wanted, matching
from mock_netflix.journal.ring import Journal


class _Found:
    """The requests that are as wanted; tells when there are enough."""

    def __init__(self, wanted: Wanted, times: int, enough: Callable[[], object]) -> None:
        self.wanted, self.times, self.enough = wanted, times, enough
        self.came: list[Entry] = []
        self.before: tuple[Entry, ...] = ()

    def hear(self, entry: Entry) -> None:
        """Looks at a request that came."""
        if self.wanted.matches(entry):
            self.came.append(entry)
            self.judge()

    def judge(self) -> None:
        """Says so if there are enough."""
        if len(self.all) >= self.times:
            self.enough()

    @property
    def all(self) -> tuple[Entry, ...]:
        return (*self.before, *self.came)


def wait_for(journal: Journal, wanted: Wanted, seconds: float, times: int = 1) -> tuple[Entry, ...]:
    """The requests that are as wanted, as soon as there are so many; fewer where the time is over first."""
    enough = Event()
    found = _Found(wanted, times, enough.set)
    with journal.heard_by(found.hear) as entries:
        found.before = matching(wanted, entries)
        found.judge()
        enough.wait(seconds)
    return found.all


async def until(journal: Journal, wanted: Wanted, seconds: float, times: int = 1) -> tuple[Entry, ...]:
    """The same without holding the event loop; who gives up waiting cancels it."""
    loop, enough = asyncio.get_running_loop(), asyncio.Event()
    found = _Found(wanted, times, lambda: loop.call_soon_threadsafe(enough.set))
    with journal.heard_by(found.hear) as entries:
        found.before = matching(wanted, entries)
        found.judge()
        try:
            async with asyncio.timeout(seconds):
                await enough.wait()
        except TimeoutError:
            pass
    return found.all

"""The only reader of the time."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeptClock:
    """What a clock showed, so that it can be put back; in seconds."""

    offset: int


@dataclass(slots=True)
class Clock:
    """The time of one world: the real one, moved by an offset in seconds."""

    offset: int = 0

    def now(self) -> int:
        """Epoch seconds."""
        return int(time.time()) + self.offset

    def reset(self) -> None:
        """Shows the real time again."""
        self.offset = 0

    def kept(self) -> KeptClock:
        """What it shows, to be put back later."""
        return KeptClock(self.offset)

    def restore(self, kept: KeptClock) -> None:
        """Shows what it showed then, and goes on from there as it did."""
        self.offset = kept.offset


def elapsed() -> float:
    """Seconds since some fixed moment, for measuring how long an answer took."""
    return time.perf_counter()


def spent() -> float:
    """CPU seconds that this thread has spent, for bounding what a search may cost."""
    return time.thread_time()

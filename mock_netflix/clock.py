"""The only reader of the time."""

from __future__ import annotations

import time
from dataclasses import dataclass


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


def elapsed() -> float:
    """Seconds since some fixed moment, for measuring how long an answer took."""
    return time.perf_counter()


def spent() -> float:
    """CPU seconds that this thread has spent, for bounding what a search may cost."""
    return time.thread_time()

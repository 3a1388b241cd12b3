"""How often something happened in a second or a day: for the limits of the service, and for our own."""

from __future__ import annotations

from collections.abc import Hashable

_SECOND = 1
_DAY = 86_400


class Counter:
    """Counts by name in windows of some seconds; what was counted in earlier windows is forgotten."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._window = -1
        self._counts: dict[Hashable, int] = {}

    def admits(self, name: Hashable, limit: int, now: int) -> bool:
        """Counts one more, unless there were as many as there may be; `now` in epoch seconds."""
        window = now // self._seconds
        if window != self._window:
            self._window = window
            self._counts = {}
        count = self._counts.get(name, 0)
        if count >= limit:
            return False
        self._counts[name] = count + 1
        return True

    def left(self, now: int) -> int:
        """Seconds until a new window begins."""
        return self._seconds - now % self._seconds


def per_second() -> Counter:
    """Seconds by the clock."""
    return Counter(_SECOND)


def per_day() -> Counter:
    """Days begin at midnight, UTC."""
    return Counter(_DAY)

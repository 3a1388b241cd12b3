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
        if self.count(name, now) >= limit:
            return False
        self.add(name, now)
        return True

    def count(self, name: Hashable, now: int) -> int:
        """How many were counted in the window that it is."""
        window = now // self._seconds
        if window != self._window:
            self._window = window
            self._counts = {}
        return self._counts.get(name, 0)

    def add(self, name: Hashable, now: int) -> None:
        """Counts one more."""
        self._counts[name] = self.count(name, now) + 1

    def copy(self) -> Counter:
        """What was counted so far, to be counted on apart."""
        other = Counter(self._seconds)
        other._window, other._counts = self._window, dict(self._counts)
        return other

    def left(self, now: int) -> int:
        """Seconds until a new window begins."""
        return self._seconds - now % self._seconds


def per_second() -> Counter:
    """Seconds by the clock."""
    return Counter(_SECOND)


def per_day() -> Counter:
    """Days begin at midnight, UTC."""
    return Counter(_DAY)

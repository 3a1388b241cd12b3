"""The subscribers as they were before the last writes, for reads that are to be stale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mock_netflix.world.subscribers import Subscriber

# Of more writes than this within the time of a rule, the oldest are seen too early.
LIMIT = 256

Subscribers = Mapping[str, Subscriber]


@dataclass(frozen=True, slots=True)
class _Write:
    """At `wall`, in epoch seconds, one became the other."""

    wall: int
    before: Subscribers
    after: Subscribers


class Past:
    """Writes, oldest first, each of which goes on where the one before it ended."""

    def __init__(self) -> None:
        self._writes: tuple[_Write, ...] = ()

    def wrote(self, before: Subscribers, after: Subscribers, wall: int, longest: int) -> None:
        """Notes a write, and forgets those that are more than `longest` seconds old."""
        earlier = self._writes if self._leads_to(before) else ()
        kept = (one for one in earlier if one.wall > wall - longest)
        self._writes = (*kept, _Write(wall, before, after))[-LIMIT:]

    def seen_at(self, wall: int, seconds: int, current: Subscribers) -> Subscribers | None:
        """The subscribers as they are seen by who hears of writes so many seconds late; None where that is as they are.

        Whatever else changed the world, a test or a reset, is seen at once, and the writes before it with it; so are
        writes that a clock which was turned back shows as still to come.
        """
        if not self._leads_to(current):
            return None
        return next((one.before for one in self._writes if wall - seconds < one.wall <= wall), None)

    def _leads_to(self, subscribers: Subscribers) -> bool:
        return bool(self._writes) and self._writes[-1].after is subscribers

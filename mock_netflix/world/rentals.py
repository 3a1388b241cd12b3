"""What a subscriber has had and has: discs shipped and returned, titles watched online.

One loan makes two events, so that a history repeats titles, as the real one did (reference: protocol 11.16).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mock_netflix.world.titles import TitleKey


class RentalState(StrEnum):
    """What happened, in the words of the API."""

    SHIPPED = "Shipped"
    RETURNED = "Returned"
    WATCHED = "Watched"


@dataclass(frozen=True, slots=True)
class RentalEvent:
    """One entry of the rental history; times in epoch seconds, `viewed_time` in seconds."""

    title: TitleKey
    state: RentalState
    at: int
    format: str
    estimated_arrival: int | None = None
    viewed_time: int | None = None


def newest_first(events: Iterable[RentalEvent]) -> tuple[RentalEvent, ...]:
    """The order of every history list (reference: resources 3.6)."""
    return tuple(sorted(events, key=lambda event: event.at, reverse=True))


def in_state(events: Iterable[RentalEvent], state: RentalState | None, since: int | None) -> tuple[RentalEvent, ...]:
    """Those of one state, or all; not older than `since` (epoch seconds) when that is given."""
    return tuple(event for event in events if state in (None, event.state) and (since is None or event.at >= since))


def at_home(events: Iterable[RentalEvent]) -> tuple[RentalEvent, ...]:
    """The shipments that have not come back, newest first."""
    back: dict[TitleKey, int] = {}
    out = []
    for event in newest_first(events):
        if event.state is RentalState.RETURNED:
            back[event.title] = back.get(event.title, 0) + 1
        elif event.state is RentalState.SHIPPED:
            if back.get(event.title, 0):
                back[event.title] -= 1
            else:
                out.append(event)
    return tuple(out)

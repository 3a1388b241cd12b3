"""The times of a world: told, moved, frozen, and the day in the life of the service (docs/time.md)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from mock_netflix.errors import MockNetflixError
from mock_netflix.stage.clock import WorldClock, as_of
from mock_netflix.stage.moments import END
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation, Problem

# A moment as text or in epoch seconds, seconds of an offset, and how far the clock is advanced at once.
_Moment = Annotated[str, Meta(max_length=40)] | Annotated[int, Meta(ge=0, lt=END)]
_Offset = Annotated[int, Meta(ge=-END, le=END)]
_Some = Annotated[float, Meta(ge=0, le=END)]


class Times(msgspec.Struct):
    """`now`: of data; `wall`: what /oauth/clock/time tells; `offset`: seconds by which clients are behind it."""

    now: datetime
    wall: datetime
    offset: int
    frozen: bool
    as_of: date


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """What may be changed: the moment or the day that it is, how far clients are behind, whether time stands still."""

    now: _Moment | None = None
    as_of: date | None = None
    offset: _Offset | None = None
    frozen: bool | None = None


class Span(msgspec.Struct, forbid_unknown_fields=True):
    """How much time is to pass: the sum of what is given."""

    weeks: _Some = 0
    days: _Some = 0
    hours: _Some = 0
    minutes: _Some = 0
    seconds: _Some = 0


def shown(asked: Asked) -> Times:
    clock = WorldClock(asked.sandbox)
    now = clock.now
    return Times(now=now, wall=clock.wall, offset=clock.offset, frozen=clock.frozen, as_of=now.date())


def changed(asked: Asked) -> Times:
    """Changes what is named, all of it or nothing."""
    change, sandbox = message(asked, Change), asked.sandbox
    if change.now is not None and change.as_of is not None:
        raise Problem(400, "Give now, for time to pass until then, or as_of, to travel there; not both.")
    before = sandbox.state, sandbox.calendar, replace(sandbox.clock)
    try:
        _make(change, asked)
    except MockNetflixError:
        sandbox.state, sandbox.calendar, sandbox.clock = before
        raise
    return shown(asked)


def _make(change: Change, asked: Asked) -> None:
    clock = WorldClock(asked.sandbox)
    if change.offset is not None:
        clock.offset = change.offset
    if change.as_of is not None:
        as_of(asked.sandbox, change.as_of)
    if change.frozen is False:
        clock.resume()
    if change.frozen:
        clock.freeze(change.now)
    elif change.now is not None:
        clock.set(change.now)


def advanced(asked: Asked) -> Times:
    """Lets time pass."""
    WorldClock(asked.sandbox).advance(**msgspec.structs.asdict(message(asked, Span)))
    return shown(asked)


OPERATIONS = (
    Operation("GET", "/clock", shown, "The times of the world", gives=Times),
    Operation(
        "PATCH", "/clock", changed, "Set, freeze or resume the clock", takes=Change, gives=Times, problems=(400,)
    ),
    Operation("POST", "/clock/advance", advanced, "Let time pass", takes=Span, gives=Times, problems=(400,)),
)

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
from mock_netflix.web.control.messages import Day, message
from mock_netflix.web.control.mounting import Asked, Operation, Problem

# A moment as text or in epoch seconds, and seconds of an offset.
_WRITTEN = {
    "anyOf": [{"format": "date-time"}, {"format": "date"}],
    "pattern": r"^(197[1-9]|19[89]\d|20[0-8]\d|209[0-8])-",
}
_Moment = Annotated[str, Meta(max_length=40, extra_json_schema=_WRITTEN)] | Annotated[int, Meta(ge=0, lt=END)]
_Offset = Annotated[int, Meta(ge=-END, le=END)]


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
    as_of: Day | None = None
    offset: _Offset | None = None
    frozen: bool | None = None


class Span(msgspec.Struct, forbid_unknown_fields=True):
    """How much time is to pass: the sum of what is given."""

    weeks: Annotated[float, Meta(ge=0, le=END // 604_800)] = 0
    days: Annotated[float, Meta(ge=0, le=END // 86_400)] = 0
    hours: Annotated[float, Meta(ge=0, le=END // 3600)] = 0
    minutes: Annotated[float, Meta(ge=0, le=END // 60)] = 0
    seconds: Annotated[float, Meta(ge=0, le=END)] = 0


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


# What no type says: that only one of two can be, and one of several must.
_TOLD = {"not": {"type": "null"}}
_ONE_MOMENT = {"not": {"required": ["now", "as_of"], "properties": {"now": _TOLD, "as_of": _TOLD}}}
_SOME_TIME = {
    "anyOf": [{"required": [name], "properties": {name: {"exclusiveMinimum": 0}}} for name in Span.__struct_fields__]
}

OPERATIONS = (
    Operation("GET", "/clock", shown, "The times of the world", gives=Times),
    Operation(
        "PATCH",
        "/clock",
        changed,
        "Set, freeze or resume the clock",
        takes=Annotated[Change, Meta(extra_json_schema=_ONE_MOMENT)],
        gives=Times,
        problems=(400, 409),
    ),
    Operation(
        "POST",
        "/clock/advance",
        advanced,
        "Let time pass",
        takes=Annotated[Span, Meta(extra_json_schema=_SOME_TIME)],
        gives=Times,
        problems=(400, 409),
    ),
)

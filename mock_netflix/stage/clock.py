"""The times of a world, as a test arranges them: what they are, how far they are from each other, whether they run.

docs/time.md has it for users.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from math import floor

from mock_netflix.calendar import LONG_TOKENS
from mock_netflix.errors import ConflictError, MockNetflixError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.moments import END, FIRST, Day, Moment, Span, day_of, moment_of, span_of
from mock_netflix.world.shipping import delivered
from mock_netflix.world.state import State

# Not after the year 2199: whoever lets time pass again and again comes to an end somewhere.
_END_OF_WALL = 7_258_118_400


class WorldClock:
    """The clock of one world.

    `now` is the moment in the life of the service: all data is dated by it. `wall` is what `/oauth/clock/time` tells,
    and what tokens and limits go by. Time that is let pass or stands still does so for both; timestamps of clients may
    then be by `wall` or by the time that it is, so a client need not know of it. What it must know of is the `offset`.
    """

    __slots__ = ("_sandbox",)

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.now.isoformat()}{', frozen' if self.frozen else ''}>"

    @property
    def now(self) -> datetime:
        """The moment in the life of the service, in UTC."""
        with self._sandbox.lock:
            return _told(self._sandbox.calendar.now(self._sandbox.clock.now()))

    @property
    def wall(self) -> datetime:
        """What `/oauth/clock/time` tells, in UTC."""
        with self._sandbox.lock:
            return _told(self._sandbox.clock.now())

    @property
    def frozen(self) -> bool:
        """Whether it stands still."""
        return self._sandbox.clock.frozen

    @property
    def offset(self) -> int:
        """Seconds by which the world is ahead of its clients; set it, and they must follow `/oauth/clock/time`."""
        return self._sandbox.clock.offset

    @offset.setter
    def offset(self, seconds: int) -> None:
        if not isinstance(seconds, int) or isinstance(seconds, bool):
            raise MockNetflixError(f"the offset of a clock cannot be {seconds!r}; it is a whole number of seconds")
        with self._sandbox.lock:
            clock = self._sandbox.clock
            wall, now = self._read()
            further = seconds - clock.offset
            self._become(now, now + further, floor(wall) + further)
            clock.offset = seconds

    def advance(self, span: Span | None = None, /, **parts: float) -> None:
        """Lets time pass: a timedelta, seconds, or `weeks`, `days`, `hours`, `minutes`, `seconds`.

        Tokens come nearer to their end, limits begin anew, and discs are sent and come back where the rule `shipping`
        says so. Raises MockNetflixError.
        """
        seconds = span_of(span, parts)
        with self._sandbox.lock:
            wall, now = self._read()
            after = floor(round(wall + seconds, 6))
            self._become(now, now + after - floor(wall), after)
            self._sandbox.clock.advance(seconds)

    def set(self, moment: Moment) -> None:
        """Lets time pass until a moment in the life of the service, or turns it back: what has happened has happened.

        Raises MockNetflixError.
        """
        then = moment_of(moment)
        with self._sandbox.lock:
            wall, now = self._read()
            self._become(now, then, floor(wall) + then - now)
            self._sandbox.clock.advance(then - now)

    def freeze(self, moment: Moment | None = None) -> None:
        """Stands still from now on, or at a moment to which it is set. Raises MockNetflixError."""
        sandbox = self._sandbox
        with sandbox.lock:
            if moment is not None:
                self.set(moment)
            now = moment_of(moment) if moment is not None else self._read()[1]
            sandbox.clock.freeze()
            sandbox.calendar = sandbox.calendar.showing(now, sandbox.clock.now())

    def resume(self) -> None:
        """Runs on from where it stood."""
        with self._sandbox.lock:
            self._sandbox.clock.resume()

    def _read(self) -> tuple[float, int]:
        """What the clock shows, and the moment in the life of the service."""
        wall = self._sandbox.clock.exact()
        return wall, self._sandbox.calendar.now(floor(wall))

    def _become(self, now: int, then: int, wall: int) -> None:
        """Makes the world one of `then` that was one of `now`; its clock is to show `wall`. Raises ConflictError."""
        if not (FIRST <= then < END and FIRST <= wall < _END_OF_WALL):
            raise ConflictError("that is too far; data is dated from 1970 to 2099, and a reset brings all time back")
        sandbox = self._sandbox
        state = delivered(sandbox.state, now, then)
        sandbox.state = _with_tokens_of(state, then)
        sandbox.calendar = sandbox.calendar.showing(then, wall)


def as_of(sandbox: Sandbox, day: Day) -> None:
    """Moves a world to the beginning of another day in the life of the service, on or back.

    Endpoints, fields and forms are those of that day. No time passes by it: data stays, tokens grow no older, and
    nothing is sent. Raises MockNetflixError.
    """
    moment = day_of(day)
    with sandbox.lock:
        sandbox.state = _with_tokens_of(sandbox.state, moment)
        sandbox.calendar = sandbox.calendar.showing(moment, sandbox.clock.now())


def _with_tokens_of(state: State, moment: int) -> State:
    """The same world, whose tokens from now on have the form of that day."""
    long = moment >= LONG_TOKENS
    grants = state.grants
    return state if grants.long_tokens == long else state.with_grants(replace(grants, long_tokens=long))


def _told(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)

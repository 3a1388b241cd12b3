"""What time it is in a world, and when something happened that a test tells."""

from __future__ import annotations

from datetime import UTC, datetime

from mock_netflix.errors import ConflictError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.moments import Moment, moment_of


def now_in(sandbox: Sandbox) -> int:
    """The moment in the life of the service, in epoch seconds; data is dated by it."""
    return sandbox.calendar.now(sandbox.clock.now())


def past_in(sandbox: Sandbox, told: Moment | None) -> int:
    """A moment that has come, in epoch seconds; now, where none is told. Raises MockNetflixError, ConflictError."""
    now = now_in(sandbox)
    moment = now if told is None else moment_of(told)
    if moment > now:
        raise ConflictError(f"{in_words(moment)} has not come yet: it is {in_words(now)} in this world")
    return moment


def in_words(moment: int) -> str:
    """A moment for a person."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")

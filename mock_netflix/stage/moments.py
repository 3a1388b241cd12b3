"""Moments, days and spans of time as a person writes them, in epoch seconds; what cannot be meant is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from mock_netflix.calendar import FAR_AWAY, LAUNCH
from mock_netflix.errors import MockNetflixError

# A date is its midnight, and what names no time zone is UTC; a number is in epoch seconds.
Moment = datetime | date | str | float
Day = datetime | date | str
# A number is in seconds.
Span = timedelta | float

# No clock shows a time before 1970, or one after the year 2099.
FIRST, END = 0, FAR_AWAY
_DAY = 86_400
# A message repeats so many characters of what cannot be.
_SHOWN = 40


def moment_of(given: Moment) -> int:
    """Epoch seconds of a moment, parts of a second left out. Raises MockNetflixError."""
    seconds = _seconds(given)
    if seconds is None:
        raise MockNetflixError(
            f"{_shown(given)} is no moment; give a datetime, a date, text such as 2011-06-01T12:00:00Z, or seconds"
        )
    if not FIRST <= seconds < END:
        raise MockNetflixError(f"{_shown(given)} is out of reach; the clock goes from 1970 to 2099")
    return int(seconds)


def day_of(given: Day) -> int:
    """Epoch seconds of the beginning of a day in the life of the service. Raises MockNetflixError."""
    seconds = None if isinstance(given, int | float) else _seconds(given)
    if seconds is None:
        raise MockNetflixError(f"{_shown(given)} is no day; give a date, or text such as 2012-09-16")
    if seconds < LAUNCH:
        raise MockNetflixError(f"as_of cannot be {_shown(given)}; the service began on 2008-10-01")
    return moment_of(given) // _DAY * _DAY


def span_of(span: Span | None, parts: dict[str, float]) -> float:
    """Seconds of a span of time, or of its parts by the names that `timedelta` has. Raises MockNetflixError."""
    try:
        whole = span if isinstance(span, timedelta) else timedelta(seconds=0 if span is None else span)
        seconds = (whole + timedelta(**parts)).total_seconds()
    except (TypeError, ValueError, OverflowError):
        told = ", ".join((*(() if span is None else (_shown(span),)), *(f"{k}={_shown(v)}" for k, v in parts.items())))
        raise MockNetflixError(f"{told} is no span of time; give weeks, days, hours, minutes or seconds") from None
    if span is None and not any(parts.values()):
        raise MockNetflixError("say how far the clock is to be advanced, such as days=3")
    if seconds < 0:
        raise MockNetflixError("time passes forwards only; clock.set turns it back")
    return seconds


def _seconds(given: object) -> float | None:
    """Epoch seconds of what may be a moment; None where it is none."""
    if isinstance(given, str):
        try:
            given = datetime.fromisoformat(given)
        except ValueError:
            return None
    if isinstance(given, date):
        # A datetime is a date as well, and may have its own time zone.
        moment = given if isinstance(given, datetime) else datetime(given.year, given.month, given.day)
        return (moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)).timestamp()
    if isinstance(given, int | float) and not isinstance(given, bool) and given == given:
        return given
    return None


def _shown(given: object) -> str:
    text = given.isoformat() if isinstance(given, date) else repr(given)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"

"""What existed when: the dates of the real service, and the edition of it that a moment selects.

The facts are in the reference, protocol 1.3 and resources 1.1; where they tell no day, the first of the month or of the
year that they tell is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache

from mock_netflix.errors import MockNetflixError
from mock_netflix.wire.dialect import Dialect

# As a person may tell one.
Day = str | date | datetime


def day(text: str) -> int:
    """Epoch seconds of the beginning of a day such as "2011-06-01"."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


LAUNCH = day("2008-10-01")
# When everything existed at once.
DEFAULT_AS_OF = day("2011-06-01")
# OAuth 1.0a was published on this day; the record only knows that it was in use by March 2011.
CALLBACKS = day("2009-06-24")
NICKNAMES = day("2009-11-01")
LONG_TOKENS = day("2011-08-01")
LONG_USER_IDS = day("2012-01-01")
SINGLE_QUOTES = day("2012-01-01")
# Answers of 2012 let scripts of any web page read them.
OPEN_TO_PAGES = day("2012-01-01")
# From June 2012 a title's last day is told only two weeks ahead, from the middle of 2013 never.
UNTIL_TOLD_LATE = day("2012-06-01")
UNTIL_NEVER_TOLD = day("2013-07-01")
# Rental history, at home and the old host went.
REMOVALS = day("2012-09-15")
TYPED_JSON = day("2013-01-01")
CLOSED = day("2014-11-14")

# What stands for "not leaving" since June 2012: the first day of 2100.
FAR_AWAY = 4_102_444_800
_TWO_WEEKS = 14 * 86_400
_DAY = 86_400


def epoch_of(told: Day | None) -> int:
    """Epoch seconds of the beginning of a day in the life of the service; of the default one where none is told.

    Raises MockNetflixError.
    """
    if told is None:
        return DEFAULT_AS_OF
    try:
        named = date.fromisoformat(told) if isinstance(told, str) else told
    except ValueError:
        raise MockNetflixError(f"as_of cannot be {told!r}; write a day such as 2012-09-16") from None
    epoch = int(datetime(named.year, named.month, named.day, tzinfo=UTC).timestamp())
    if epoch < LAUNCH:
        raise MockNetflixError(f"as_of cannot be {named.isoformat()[:10]}; the service began on 2008-10-01")
    return epoch


@dataclass(frozen=True, slots=True)
class Edition:
    """The service of one day; `today` is its beginning.

    `open_to_pages`: scripts of any web page may read answers. `told_until`: later ends of availability are not told;
    None where all are.
    """

    today: int = DEFAULT_AS_OF
    nicknames: bool = True
    callbacks: bool = True
    removals: bool = False
    closed: bool = False
    open_to_pages: bool = False
    told_until: int | None = None
    dialect: Dialect = field(default_factory=Dialect)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time of the data, in epoch seconds: `as_of` when the clock showed `started`, and running as the clock does.

    Where it was never started, it stands still.
    """

    as_of: int = DEFAULT_AS_OF
    started: int | None = None

    def now(self, wall: int) -> int:
        """The moment in the life of the service when the clock shows `wall`."""
        return self.as_of if self.started is None else self.as_of + max(0, wall - self.started)

    def showing(self, moment: int, wall: int) -> Calendar:
        """The calendar when it is `moment` and the clock shows `wall`; it runs on from there, or stands as it did."""
        return Calendar(moment, None if self.started is None else wall)

    def anew(self, wall: int) -> Calendar:
        """The calendar as when it began, beginning now that the clock shows `wall`."""
        return self.showing(self.as_of, wall)


def edition_at(now: int) -> Edition:
    """The edition of a moment."""
    return _edition_of_day(now // _DAY)


@lru_cache(maxsize=64)
def _edition_of_day(number: int) -> Edition:
    now = number * _DAY
    told_until = None
    if now >= UNTIL_TOLD_LATE:
        told_until = now + _TWO_WEEKS if now < UNTIL_NEVER_TOLD else 0
    quote = "'" if now >= SINGLE_QUOTES else '"'
    return Edition(
        today=now,
        nicknames=now >= NICKNAMES,
        callbacks=now >= CALLBACKS,
        removals=now >= REMOVALS,
        closed=now >= CLOSED,
        open_to_pages=now >= OPEN_TO_PAGES,
        told_until=told_until,
        dialect=Dialect(
            typed=now >= TYPED_JSON,
            empty_lists=now >= TYPED_JSON,
            prolog=f"<?xml version={quote}1.0{quote} standalone={quote}yes{quote}?>",
        ),
    )

"""Where the data of a program's worlds comes from: the default world, files of their own, or a generated one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from os import PathLike
from pathlib import Path

from mock_netflix.calendar import DEFAULT_AS_OF, LAUNCH
from mock_netflix.data.load import load
from mock_netflix.errors import MockNetflixError
from mock_netflix.world.state import State

# Days that a run of tests travels between; each costs some milliseconds to load.
_DAYS_KEPT = 8

Day = str | date | datetime


@dataclass(frozen=True, slots=True)
class Source:
    """Fixture files beside the default world, and how large a generated world is to stand beside them."""

    fixtures: tuple[Path, ...] = ()
    titles: int = 0
    subscribers: int = 0
    seed: int = 1

    def on(self, as_of: int) -> State:
        """The world of a day, as the fixtures tell it; epoch seconds. Raises FixtureError."""
        return _loaded(self, as_of)


def paths(fixtures: str | PathLike[str] | Iterable[str | PathLike[str]]) -> tuple[Path, ...]:
    """One path or several, as paths."""
    return (Path(fixtures),) if isinstance(fixtures, str | PathLike) else tuple(map(Path, fixtures))


def epoch_of(day: Day | None) -> int:
    """Epoch seconds of the beginning of a day in the life of the service; of the default one where none is told.

    Raises MockNetflixError.
    """
    if day is None:
        return DEFAULT_AS_OF
    try:
        told = date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        raise MockNetflixError(f"as_of cannot be {day!r}; write a day such as 2012-09-16") from None
    epoch = int(datetime(told.year, told.month, told.day, tzinfo=UTC).timestamp())
    if epoch < LAUNCH:
        raise MockNetflixError(f"as_of cannot be {told.isoformat()[:10]}; the service began on 2008-10-01")
    return epoch


@lru_cache(maxsize=_DAYS_KEPT)
def _loaded(source: Source, as_of: int) -> State:
    if not (source.titles or source.subscribers):
        return load(source.fixtures, as_of=as_of)
    # Imported late: most worlds generate nothing.
    from mock_netflix.data.generate.world import Generated

    return load(source.fixtures, as_of=as_of, generated=Generated(source.seed, source.titles, source.subscribers))

"""Where the data of a program's worlds comes from: the default world, files of their own, or a generated one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from os import PathLike
from pathlib import Path

from mock_netflix.calendar import DEFAULT_AS_OF
from mock_netflix.data.faults import shown
from mock_netflix.data.files import files_at
from mock_netflix.data.generate import MOST_SUBSCRIBERS, MOST_TITLES
from mock_netflix.data.load import load
from mock_netflix.errors import MockNetflixError
from mock_netflix.world.state import State

# Days that a run of tests travels between; each costs some milliseconds to load.
_DAYS_KEPT = 8


# Path, time of the last change and length of each file.
Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Fixture files beside the default world, and how large a generated world is to stand beside them.

    Raises MockNetflixError for one that no machine has room for.
    """

    fixtures: tuple[Path, ...] = ()
    titles: int = 0
    subscribers: int = 0
    seed: int = 1

    def __post_init__(self) -> None:
        for name, number, most in (
            ("titles", self.titles, MOST_TITLES),
            ("subscribers", self.subscribers, MOST_SUBSCRIBERS),
            ("seed", self.seed, None),
        ):
            if not isinstance(number, int) or number < 0 or (most is not None and number > most):
                to = "on" if most is None else f"to {most}"
                raise MockNetflixError(f"{name} cannot be {shown(number)}; it takes a whole number from 0 {to}")

    def sized(self, titles: int | None, subscribers: int | None) -> Source:
        """The same with so much of a generated world; None leaves a number as it is."""
        return replace(
            self,
            titles=self.titles if titles is None else titles,
            subscribers=self.subscribers if subscribers is None else subscribers,
        )

    def on(self, as_of: int) -> State:
        """The world of a day, as the fixtures tell it; epoch seconds. Raises FixtureError."""
        return _loaded(self, _stamp(self.fixtures), as_of)


def paths(fixtures: str | PathLike[str] | Iterable[str | PathLike[str]]) -> tuple[Path, ...]:
    """One path or several, as paths."""
    return (Path(fixtures),) if isinstance(fixtures, str | PathLike) else tuple(map(Path, fixtures))


def _stamp(fixtures: tuple[Path, ...]) -> Stamp:
    """What tells that files have changed; what is not there, or not to be read, is said by whoever reads it."""
    with suppress(OSError):
        files = [(file, file.stat()) for path in fixtures for file in files_at(path)]
        return tuple((str(file), told.st_mtime_ns, told.st_size) for file, told in files)
    return ()


@lru_cache(maxsize=_DAYS_KEPT)
def _loaded(source: Source, stamp: Stamp, as_of: int) -> State:
    if not (source.titles or source.subscribers):
        return load(source.fixtures, as_of=as_of)
    # Imported late: most worlds generate nothing.
    from mock_netflix.data.generate.world import Generated

    # What finds titles is made once, whatever the day.
    catalogue = None if as_of == DEFAULT_AS_OF else _loaded(source, stamp, DEFAULT_AS_OF).catalogue
    generated = Generated(source.seed, source.titles, source.subscribers)
    return load(source.fixtures, as_of=as_of, generated=generated, catalogue=catalogue)

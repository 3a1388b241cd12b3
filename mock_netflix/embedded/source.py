"""Where the data of a program's worlds comes from: the default world, files of their own, or a generated one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from os import PathLike
from pathlib import Path

from mock_netflix.data.faults import shown
from mock_netflix.data.generate import MOST_SUBSCRIBERS, MOST_TITLES
from mock_netflix.data.load import load
from mock_netflix.errors import MockNetflixError
from mock_netflix.world.state import State

# Days that a run of tests travels between; each costs some milliseconds to load.
_DAYS_KEPT = 8


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
        return _loaded(self, as_of)


def paths(fixtures: str | PathLike[str] | Iterable[str | PathLike[str]]) -> tuple[Path, ...]:
    """One path or several, as paths."""
    return (Path(fixtures),) if isinstance(fixtures, str | PathLike) else tuple(map(Path, fixtures))


@lru_cache(maxsize=_DAYS_KEPT)
def _loaded(source: Source, as_of: int) -> State:
    if not (source.titles or source.subscribers):
        return load(source.fixtures, as_of=as_of)
    # Imported late: most worlds generate nothing.
    from mock_netflix.data.generate.world import Generated

    return load(source.fixtures, as_of=as_of, generated=Generated(source.seed, source.titles, source.subscribers))

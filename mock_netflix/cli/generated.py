"""What the commands take that make a world of any size, and how they make it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import TYPE_CHECKING

import click

from mock_netflix.cli.progress import Bar
from mock_netflix.data.generate import MOST_SUBSCRIBERS, MOST_TITLES

if TYPE_CHECKING:
    from mock_netflix.data.generate.world import Generated


@dataclass(frozen=True, slots=True)
class Size:
    """How large a generated world is, and which one it is."""

    titles: int
    subscribers: int
    seed: int

    @property
    def empty(self) -> bool:
        return not (self.titles or self.subscribers)


_OPTIONS = (
    click.option(
        "--titles",
        default=0,
        type=click.IntRange(0, MOST_TITLES),
        envvar="MOCK_NETFLIX_TITLES",
        help="Generate so many titles: movies, and series with their seasons, episodes and discs.",
    ),
    click.option(
        "--subscribers",
        default=0,
        type=click.IntRange(0, MOST_SUBSCRIBERS),
        envvar="MOCK_NETFLIX_SUBSCRIBERS",
        help="Generate so many subscribers, subscriber1@example.com with the password popcorn1 and so on.",
    ),
    click.option(
        "--seed",
        default=1,
        type=click.IntRange(0),
        envvar="MOCK_NETFLIX_SEED",
        show_default=True,
        help="Which generated world; the same one is the same everywhere and every time.",
    ),
)


def size_of_world(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of how large a world is to be, together as `size`."""

    @wraps(command)
    def with_size(*, titles: int, subscribers: int, seed: int, **others: object) -> None:
        command(size=Size(titles, subscribers, seed), **others)

    decorated: Callable[..., None] = with_size
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


@contextmanager
def generating(size: Size) -> Iterator[Generated | None]:
    """A world of this size to load in this block, where it shows how far that has come; None if it is empty.

    What is made while loading stays, so the collector of garbage need not look at it, neither then nor later.
    """
    if size.empty:
        yield None
        return
    # Imported late: most servers generate nothing, and start sooner without it.
    from mock_netflix.data.generate.world import Generated

    bar = Bar("Generating titles", sys.stderr, monotonic)
    gc.disable()
    try:
        yield Generated(size.seed, size.titles, size.subscribers, bar.show)
        gc.freeze()
    finally:
        gc.enable()
        bar.end()

"""The server of a session, and the world of each test on it, from its beginning to its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from mock_netflix.data.faults import FixtureError
from mock_netflix.data.files import FOUND
from mock_netflix.embedded.mock import MockNetflix
from mock_netflix.embedded.world import World
from mock_netflix.errors import MockNetflixError
from mock_netflix.journal import Entry
from mock_netflix.pytest_plugin.marker import Marked, marked
from mock_netflix.pytest_plugin.options import WANTED
from mock_netflix.pytest_plugin.report import left_as_text
from mock_netflix.pytest_plugin.watched import WATCHED, Watched
from mock_netflix.stage.ending import categories, left_behind, offends

# How often each test had a world; some are run again and again.
_RUNS = pytest.StashKey[Counter[str]]()


@contextmanager
def serving(config: pytest.Config) -> Iterator[MockNetflix]:
    """A server as it is wanted for the session."""
    wanted = config.stash[WANTED]
    with _said():
        server = MockNetflix(
            fixtures=wanted.fixtures or found_in(config.rootpath),
            as_of=wanted.as_of,
            titles=wanted.titles,
            subscribers=wanted.subscribers,
            seed=wanted.seed,
            strict=wanted.strict,
            settings=wanted.settings,
        ).start()
    yield server
    server.stop()


def found_in(folder: Path) -> tuple[Path, ...]:
    """The fixture files of a folder that are read without being asked for."""
    return tuple(path for name in FOUND if (path := folder / name).is_file())


@contextmanager
def world_of(item: pytest.Item, server: MockNetflix) -> Iterator[World]:
    """The world of a test: pristine, as its marker says, and gone afterwards.

    Fails the test at its end for what it leaves behind, unless it failed already.
    """
    with _said():
        said = marked(item)
        world = _begun(item, server, said)
    world.fail_on = item.config.stash[WANTED].fail_on if said.fail_on is None else said.fail_on
    watched = item.stash[WATCHED] = Watched(world)

    def hear(entry: Entry) -> None:
        if offends(entry):
            watched.offending.append(entry)

    with world.heard_by(hear):
        yield world
    server.end()
    if watched.ran and not watched.failed:
        with _said():
            left = left_behind(watched.offending, watched.faults, categories(world.fail_on), said.expect)
        if left:
            pytest.fail(left_as_text(left), pytrace=False)


def _begun(item: pytest.Item, server: MockNetflix, said: Marked) -> World:
    runs = item.config.stash.setdefault(_RUNS, Counter())
    runs[item.nodeid] += 1
    again = f" (run {runs[item.nodeid]})" if runs[item.nodeid] > 1 else ""
    return server.fresh(
        f"{item.nodeid}{again}",
        as_of=said.as_of,
        subscriber=said.subscriber if isinstance(said.subscriber, str) else None,
        settings=said.settings if said.login is None else {**said.settings, "login": said.login},
        titles=said.titles if isinstance(said.titles, int) else None,
        subscribers=said.subscribers,
        arrange=partial(_arrange, said),
    )


def _arrange(said: Marked, world: World) -> None:
    """Titles first, for the subscriber may have them in a queue."""
    try:
        for title in said.titles if isinstance(said.titles, tuple) else ():
            world.add_title(title) if isinstance(title, str) else world.add_title(**title)
        if isinstance(said.subscriber, Mapping):
            world.add_subscriber(**{"ready": True, **said.subscriber})
    except MockNetflixError as error:
        raise MockNetflixError(f"the marker mock_netflix: {_sentence(error)}") from None


@contextmanager
def _said() -> Iterator[None]:
    """What cannot be is said in a sentence, in place of a traceback through the mock."""
    try:
        yield
    except MockNetflixError as error:
        raise pytest.fail.Exception(_sentence(error), pytrace=False) from None


def _sentence(error: MockNetflixError) -> str:
    """What is wrong; of fixtures, every fault."""
    return error.in_full if isinstance(error, FixtureError) else str(error)

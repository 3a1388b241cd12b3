"""What is set for all tests, on the command line or in the ini file; the command line goes first.

Every run of pytest on the machine imports this, so it imports nothing of the mock until something is set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mock_netflix.errors import MockNetflixError

# What pytest gives for a key that is not in the file.
_NOTHING: tuple[object, ...] = (None, "", [])
# Whole numbers have a type of their own in ini files since then.
_INT = "int" if pytest.version_tuple >= (8, 4) else "string"


@dataclass(frozen=True, slots=True)
class Option:
    """One of them: `--mock-netflix-NAME` on the command line, `mock_netflix_NAME` in the ini file.

    `ini`: the type of its key there. `read`: from what stands there to the value, ValueError or MockNetflixError for
    what cannot be. `many`: it may be given several times on the command line. `adds`: what stands there joins what the
    file has, and goes before it.
    """

    name: str
    ini: str
    metavar: str
    help: str
    read: Callable[[Any], Any]
    many: bool = False
    adds: bool = False

    @property
    def flag(self) -> str:
        return f"--mock-netflix-{self.name.replace('_', '-')}"

    @property
    def key(self) -> str:
        return f"mock_netflix_{self.name}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of the server of this session, and of every test."""

    fixtures: tuple[Path, ...] = ()
    as_of: str | None = None
    titles: int = 0
    subscribers: int = 0
    seed: int = 1
    strict: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)
    fail_on: tuple[str, ...] = ()


WANTED = pytest.StashKey[Wanted]()


def _paths(given: Iterable[str | Path]) -> tuple[Path, ...]:
    # A test may change the folder before they are read.
    paths = tuple(Path(one).absolute() for one in given)
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise ValueError(f"there is no file or folder {missing}")
    return paths


def _day(given: str) -> str:
    from mock_netflix.calendar import epoch_of

    epoch_of(given)
    return given


def _number(given: str | int, most: int | None = None) -> int:
    number = int(given) if isinstance(given, int) or (given.isascii() and given.isdigit()) else -1
    if number >= 0 and (most is None or number <= most):
        return number
    to = "on" if most is None else f"to {most}"
    raise ValueError(f"it cannot be {given!r}; write a whole number from 0 {to}")


def _titles(given: str | int) -> int:
    from mock_netflix.data.generate import MOST_TITLES

    return _number(given, MOST_TITLES)


def _subscribers(given: str | int) -> int:
    from mock_netflix.data.generate import MOST_SUBSCRIBERS

    return _number(given, MOST_SUBSCRIBERS)


def _rules(given: Iterable[str]) -> dict[str, object]:
    from mock_netflix.world.rules import assigned

    return assigned(given)


def _categories(given: Iterable[str]) -> tuple[str, ...]:
    from mock_netflix.stage.ending import categories

    return categories(",".join(given))


OPTIONS = (
    Option(
        "fixtures",
        "paths",
        "PATH",
        "A fixture file, or a folder of them, with titles and subscribers of your own; without any, the"
        " mock-netflix.yaml of the rootdir where there is one. Repeatable.",
        _paths,
        many=True,
    ),
    Option("as_of", "string", "DATE", "The day in the life of the service, 2011-06-01 by default.", _day),
    Option("titles", _INT, "N", "Generate so many titles beside the default world.", _titles),
    Option("subscribers", _INT, "M", "Generate so many subscribers beside the default world.", _subscribers),
    Option("seed", _INT, "N", "Which generated world; 1 by default.", _number),
    Option("strict", "bool", "", "Refuse what is forgiven otherwise: unsigned ports, used nonces.", bool),
    Option(
        "set",
        "args",
        "RULE=VALUE",
        "Change a rule of the service, such as queries_per_second=4 (see docs/settings.md). Repeatable.",
        _rules,
        many=True,
        adds=True,
    ),
    Option(
        "fail_on",
        "args",
        "A,B",
        "Fail a test that leaves such requests behind: auth-error, unknown-path, unknown-parameter, … Repeatable.",
        _categories,
        many=True,
    ),
)


def add_options(parser: pytest.Parser) -> None:
    """Tells pytest of all options and keys."""
    group = parser.getgroup("mock-netflix", "mock-netflix, a mock of the Netflix API of 2008 to 2014")
    for one in OPTIONS:
        parser.addini(one.key, one.help, one.ini, default=None)  # type: ignore[arg-type]
        if one.ini == "bool":
            group.addoption(one.flag, action="store_const", const=True, default=None, help=one.help)
        else:
            action = "append" if one.many else "store"
            group.addoption(one.flag, action=action, metavar=one.metavar, default=None, help=one.help)


def read_options(config: pytest.Config) -> None:
    """Keeps what is wanted of this session. Raises UsageError with a sentence, and where the fault stands."""
    told = {one.name: value for one in OPTIONS if (value := _told(one, config)) is not None}
    config.stash[WANTED] = Wanted(settings=told.pop("set"), **told)


def _told(one: Option, config: pytest.Config) -> Any:
    """The value of an option; None where it stands nowhere. Of rules, those of both places."""
    file = _read(one, f"{one.key} in {config.inipath or '-o'}", partial(config.getini, one.key))
    line = _read(one, one.flag, partial(config.getoption, one.flag))
    if one.adds:
        return {**(file or {}), **(line or {})}
    return file if line is None else line


def _read(one: Option, where: str, get: Callable[[], Any]) -> Any:
    """The value that stands at one of the two places; None where none does. Raises UsageError."""
    try:
        given = get()
        return None if given in _NOTHING else one.read(given)
    except (ValueError, TypeError, MockNetflixError, pytest.UsageError) as error:
        raise pytest.UsageError(f"{where}: {error}") from None

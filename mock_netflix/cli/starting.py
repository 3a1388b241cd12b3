"""What the commands take that start a server, and the first world of that server."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path

import click

from mock_netflix.authority import kept
from mock_netflix.calendar import Calendar
from mock_netflix.cli.generated import Size, generating, size_of_world
from mock_netflix.cli.options import as_of_option, control_token_option
from mock_netflix.cli.own_fixtures import OwnFixtures
from mock_netflix.clock import Clock
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.tls import NotSecured, Tls
from mock_netflix.world.rules import RuleError, Rules, assigned, changed
from mock_netflix.world.rules import strict as by_the_letter
from mock_netflix.world.state import subscriber_named

_Command = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A server as it is wanted on the command line; port 0 takes a free one."""

    host: str
    port: int
    fixtures: tuple[Path, ...]
    size: Size
    as_of: datetime
    strict: bool
    settings: dict[str, object]
    control_token: str | None


@dataclass(frozen=True, slots=True)
class Begun:
    """The first world of a server, the fixtures that it was made from, and its https, made when first wanted."""

    sandbox: Sandbox
    own: OwnFixtures
    tls: Tls


def starting(port: int) -> Callable[[_Command], _Command]:
    """Gives a command the options of a server that it starts, together as `wanted`; `port` is the default."""

    def decorator(command: _Command) -> _Command:
        @wraps(command)
        def with_wanted(
            *,
            host: str,
            port: int,
            fixtures: tuple[Path, ...],
            size: Size,
            as_of: datetime,
            strict: bool,
            settings: dict[str, object],
            control_token: str | None,
            **others: object,
        ) -> None:
            command(Wanted(host, port, fixtures, size, as_of, strict, settings, control_token), **others)

        decorated: _Command = with_wanted
        for option in reversed((*_WHERE, _port_option(port), *_WORLD)):
            decorated = option(decorated)
        return decorated

    return decorator


def begin(wanted: Wanted, not_secured: NotSecured, *, changing: bool = False) -> Begun:
    """The first world as it is wanted; `changing`: its fixtures are to be watched. Raises MockNetflixError.

    `not_secured` hears of clients that do not trust the certificates.
    """
    clock = Clock()
    day = int(wanted.as_of.replace(tzinfo=UTC).timestamp())
    rules = changed(by_the_letter(Rules()) if wanted.strict else Rules(), wanted.settings)
    with generating(wanted.size) as generated, _made_to_last():
        own = OwnFixtures(wanted.fixtures, day, changing=changing, generated=generated)
        state = own.read().with_rules(rules)
    subscriber_named(state, rules.login_subscriber)
    tls = Tls(lambda: kept().authority, (wanted.host,), not_secured)
    return Begun(Sandbox(state, clock, Calendar(day, clock.now())), own, tls)


@contextmanager
def _made_to_last() -> Iterator[None]:
    """What is made meanwhile is there as long as the server, so that it need not be looked through for what is lost."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _rules(given: Sequence[str]) -> dict[str, object]:
    try:
        return assigned(given)
    except RuleError as error:
        raise click.BadParameter(str(error)) from None


def _port_option(default: int) -> Callable[[_Command], _Command]:
    return click.option(
        "--port",
        default=default,
        type=click.IntRange(0, 65535),
        # That of a server, where a command has another one of its own.
        envvar="MOCK_NETFLIX_PORT" if default else "MOCK_NETFLIX_EXEC_PORT",
        show_default=bool(default),
        help="Port to listen at; 0 takes a free one." if default else "Port to listen at; by default a free one.",
    )


_WHERE = (
    click.option(
        "--host", default="127.0.0.1", envvar="MOCK_NETFLIX_HOST", show_default=True, help="Address to listen at."
    ),
)
_WORLD = (
    click.option(
        "--fixtures",
        multiple=True,
        type=click.Path(path_type=Path),
        envvar="MOCK_NETFLIX_FIXTURES",
        help="A fixture file (YAML, JSON or TOML), or a folder of them; without any, the mock-netflix.yaml of this"
        " folder where there is one. Repeatable.",
    ),
    size_of_world,
    as_of_option,
    click.option(
        "--strict",
        is_flag=True,
        envvar="MOCK_NETFLIX_STRICT",
        help="Refuse what is forgiven otherwise: a port that is not signed, a nonce that is used twice.",
    ),
    click.option(
        "--set",
        "settings",
        multiple=True,
        metavar="RULE=VALUE",
        callback=lambda context, option, value: _rules(value),
        envvar="MOCK_NETFLIX_SET",
        help="Change a rule of the service, such as queries_per_second=4 (see docs/settings.md). Repeatable.",
    ),
    control_token_option,
)

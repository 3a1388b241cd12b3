"""What several commands take."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from mock_netflix.calendar import LAUNCH
from mock_netflix.cli.control import Control

_AMBIENT = ParameterSource.ENVIRONMENT
# Characters.
_LONGEST_TOKEN = 200


def here() -> str:
    """Where a server of this machine is by default."""
    return f"http://127.0.0.1:{os.environ.get('MOCK_NETFLIX_PORT', '2008')}"


def _in_its_life(date: datetime) -> datetime:
    if date.replace(tzinfo=UTC).timestamp() < LAUNCH:
        raise click.BadParameter("the service began on 2008-10-01")
    return date


as_of_option = click.option(
    "--as-of",
    default="2011-06-01",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=lambda context, option, value: _in_its_life(value),
    envvar="MOCK_NETFLIX_AS_OF",
    show_default=True,
    help="The day in the life of the service: what existed then exists.",
)


class BaseUrl(click.ParamType[str]):
    """The address of a running server, without a slash at its end."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not (usable and value.isascii() and value.isprintable() and " " not in value):
            self.fail(f"{value} is no address; it should look like http://127.0.0.1:2008", param, ctx)
        return value.rstrip("/")


base_url_option = click.option(
    "--base-url",
    type=BaseUrl(),
    default=here,
    envvar="MOCK_NETFLIX_BASE_URL",
    help="The running server; by default on this machine at MOCK_NETFLIX_PORT, or 2008.",
)


def _token(given: str | None) -> str | None:
    """A token as a header can carry it (RFC 6750 section 2.1); None where none is given."""
    if given and (re.fullmatch("[A-Za-z0-9._~+/-]+=*", given) is None or len(given) > _LONGEST_TOKEN):
        raise click.BadParameter(f"a token has 1 to {_LONGEST_TOKEN} letters, digits and -._~+/, and no blanks")
    return given or None


control_token_option = click.option(
    "--control-token",
    metavar="TOKEN",
    callback=lambda context, option, value: _token(value),
    envvar="MOCK_NETFLIX_CONTROL_TOKEN",
    help="The token that the mock's own side wants; a server that listens beyond this machine prints it at start.",
)


def at_server(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of a running server, together as `server`."""

    @wraps(command)
    def with_server(*, base_url: str, control_token: str | None, **others: object) -> None:
        command(server=Control(base_url, control_token), **others)

    decorated: Callable[..., None] = with_server
    return base_url_option(control_token_option(decorated))


@dataclass(frozen=True, slots=True)
class Given:
    """Keys and secrets that were given; `alone`: the application signs without a token.

    `ambient`: the token is that of the environment, for whatever wants one.
    """

    consumer_key: str | None
    consumer_secret: str | None
    token: str | None
    token_secret: str | None
    alone: bool
    ambient: bool = False


_CREDENTIALS = (
    click.option(
        "--consumer-key",
        metavar="KEY",
        envvar="MOCK_NETFLIX_CONSUMER_KEY",
        help="The application that signs; by default the ready one.",
    ),
    click.option(
        "--consumer-secret",
        metavar="SECRET",
        envvar="MOCK_NETFLIX_CONSUMER_SECRET",
        help="Its shared secret; not needed for a key that the mock knows.",
    ),
    click.option(
        "--token",
        metavar="TOKEN",
        envvar="MOCK_NETFLIX_TOKEN",
        help="A request token or an access token; by default the access token of the ready subscriber.",
    ),
    click.option(
        "--token-secret",
        metavar="SECRET",
        envvar="MOCK_NETFLIX_TOKEN_SECRET",
        help="Its secret; not needed for the ready subscriber's token.",
    ),
    click.option(
        "--no-token",
        "--as-application",
        "alone",
        is_flag=True,
        envvar="MOCK_NETFLIX_NO_TOKEN",
        help="Sign as the application alone, without a token.",
    ),
)


# What is said on the command line, and what the environment says then no more: it is of another pair.
_SAID_ANEW: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("consumer_key", ("consumer_secret", "token", "token_secret")),
    ("token", ("token_secret", "alone")),
    ("alone", ("token", "token_secret")),
)


def _as_meant(given: Given) -> Given:
    """What was given, without what the environment says of another key or token than those of the command line."""
    source = click.get_current_context().get_parameter_source
    ambient = {name for name in ("consumer_secret", "token", "token_secret", "alone") if source(name) is _AMBIENT}
    typed = {name for name, _ in _SAID_ANEW if source(name) is ParameterSource.COMMANDLINE}
    over = {other for name, others in _SAID_ANEW if name in typed for other in others} & ambient
    return Given(
        given.consumer_key,
        None if "consumer_secret" in over else given.consumer_secret,
        None if "token" in over else given.token,
        None if "token_secret" in over else given.token_secret,
        given.alone and "alone" not in over,
        given.token is not None and "token" in ambient - over,
    )


def credentials(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options of who signs, together as `given`."""

    @wraps(command)
    def with_given(
        *,
        consumer_key: str | None,
        consumer_secret: str | None,
        token: str | None,
        token_secret: str | None,
        alone: bool,
        **others: object,
    ) -> None:
        given = Given(consumer_key or None, consumer_secret or None, token or None, token_secret or None, alone)
        command(given=_as_meant(given), **others)

    decorated: Callable[..., None] = with_given
    for option in reversed(_CREDENTIALS):
        decorated = option(decorated)
    return decorated

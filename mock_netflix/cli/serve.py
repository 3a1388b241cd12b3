"""`mock-netflix serve`: the mock in a terminal."""

from __future__ import annotations

import gc
import json
import secrets
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import click

from mock_netflix.authority import kept
from mock_netflix.calendar import Calendar
from mock_netflix.cli.generated import Size, generating, size_of_world
from mock_netflix.cli.options import as_of_option, control_token_option
from mock_netflix.cli.own_fixtures import OwnFixtures
from mock_netflix.cli.request_lines import RequestLines
from mock_netflix.clock import Clock
from mock_netflix.errors import MockNetflixError
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.app import build_app
from mock_netflix.web.control_token import token_for
from mock_netflix.web.credentials import as_json
from mock_netflix.web.server import base_url, bind
from mock_netflix.web.server import serve as serve_app
from mock_netflix.web.things_to_try import things_to_try
from mock_netflix.web.tls import Tls
from mock_netflix.world.rules import RuleError, Rules, assigned, changed
from mock_netflix.world.rules import strict as by_the_letter
from mock_netflix.world.state import State, subscriber_named


@click.command()
@click.option(
    "--host", default="127.0.0.1", envvar="MOCK_NETFLIX_HOST", show_default=True, help="Address to listen at."
)
@click.option(
    "--port",
    default=2008,
    type=click.IntRange(0, 65535),
    envvar="MOCK_NETFLIX_PORT",
    show_default=True,
    help="Port to listen at; 0 takes a free one.",
)
@click.option(
    "--fixtures",
    multiple=True,
    type=click.Path(path_type=Path),
    envvar="MOCK_NETFLIX_FIXTURES",
    help="A fixture file (YAML, JSON or TOML), or a folder of them; without any, the mock-netflix.yaml of this folder "
    "where there is one. Repeatable.",
)
@size_of_world
@click.option(
    "--reload",
    is_flag=True,
    envvar="MOCK_NETFLIX_RELOAD",
    help="Read fixtures again when they change; tokens stay.",
)
@as_of_option
@click.option(
    "--strict",
    is_flag=True,
    envvar="MOCK_NETFLIX_STRICT",
    help="Refuse what is forgiven otherwise: a port that is not signed, a nonce that is used twice.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="RULE=VALUE",
    callback=lambda context, option, value: _rules(value),
    envvar="MOCK_NETFLIX_SET",
    help="Change a rule of the service, such as queries_per_second=4 (see docs/settings.md). Repeatable.",
)
@click.option(
    "--tls",
    is_flag=True,
    envvar="MOCK_NETFLIX_TLS",
    help="Serve https beside http, with a certificate for all hosts of the service.",
)
@click.option(
    "--tls-port",
    default=2443,
    type=click.IntRange(0, 65535),
    envvar="MOCK_NETFLIX_TLS_PORT",
    show_default=True,
    help="Port of https where --tls is given; 0 takes a free one.",
)
@control_token_option
@click.option(
    "--json",
    "for_programs",
    is_flag=True,
    envvar="MOCK_NETFLIX_JSON",
    help="Print one line of JSON when ready, and nothing else on standard output.",
)
def serve(
    host: str,
    port: int,
    fixtures: tuple[Path, ...],
    reload: bool,
    size: Size,
    as_of: datetime,
    strict: bool,
    settings: dict[str, object],
    tls: bool,
    tls_port: int,
    control_token: str | None,
    for_programs: bool,
) -> None:
    """Run the mock until Ctrl-C."""
    try:
        clock = Clock()
        begun = int(as_of.replace(tzinfo=UTC).timestamp())
        rules = changed(by_the_letter(Rules()) if strict else Rules(), settings)
        with generating(size) as generated, _made_to_last():
            own = OwnFixtures(fixtures, begun, changing=reload, generated=generated)
            state = own.read().with_rules(rules)
        subscriber_named(state, rules.login_subscriber)
        sandbox = Sandbox(state, clock, Calendar(begun, clock.now()))
        trust = Tls(lambda: kept().authority, (host,))
        if tls:
            trust.context()
        listening = bind(host, port)
        secure = bind(host, tls_port) if tls else None
    except MockNetflixError as error:
        raise click.ClickException(str(error)) from None
    address, wanted = base_url(listening), token_for(listening.getsockname()[0], control_token)
    secure_url = None if secure is None else base_url(secure, "https")

    def ready() -> None:
        if for_programs:
            if own.told:
                print(f"Fixtures: {own.told}", file=sys.stderr, flush=True)
            told = {"control_token": wanted, "secure_base_url": secure_url}
            others = {name: value for name, value in told.items() if value is not None}
            print(json.dumps({**as_json(sandbox.state, address), **others}), flush=True)
        else:
            print(greeting(sandbox.state, address, clock.now(), own.told, wanted, secure_url), flush=True)

    async def watch() -> None:
        await own.watch(sandbox)

    app = build_app(Sandboxes(sandbox, own.at), RequestLines(sys.stderr), wanted)
    serve_app(app, listening, ready, watch if reload else None, trust, secure)
    if not for_programs:
        print("Stopped.", flush=True)


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


def greeting(
    state: State,
    address: str,
    now: int,
    fixtures: str = "",
    control_token: str | None = None,
    secure_url: str | None = None,
) -> str:
    """What a person reads at start: who they can be, and lines that work when pasted.

    `now`: epoch seconds. `fixtures`: which of their own are read. `control_token`: what the mock's own side wants.
    `secure_url`: the address of https.
    """
    application, user, token = state.application, state.subscriber, state.access_token
    unsigned, signed, feed = things_to_try(state, address, nonce=secrets.token_hex(8), now=now)
    rows = (
        ("Base URL", address),
        *((("With TLS", secure_url),) if secure_url else ()),
        ("Application", application.name),
        ("Consumer key", application.key),
        ("Shared secret", application.secret),
        ("Subscriber", f"{user.login}, password {user.password}"),
        ("User id", user.user_id),
        ("Access token", token.token),
        ("Token secret", token.secret),
        *((("Control token", control_token),) if control_token else ()),
        *((("Fixtures", fixtures),) if fixtures else ()),
    )
    shown = f"?{urlencode({'token': control_token})}" if control_token else ""
    given = f" --control-token {control_token}" if control_token else ""
    table = "\n".join(f"  {name:<14} {value}" for name, value in rows)
    return (
        f"mock-netflix\n\n{table}\n\n"
        f"Try an unsigned call:\n  {unsigned.line}\n\n"
        "Try a signed call (its timestamp is good for ten minutes; the page below has fresh ones):\n"
        f"  {signed.line}\n\n"
        f"Open a feed in a feed reader:\n  {feed.url}\n\n"
        f"Everything else, in a browser:\n  {address}/_mock/{shown}\n\n"
        f"Why a call was refused:\n  mock-netflix explain --base-url {address}{given}\n\n"
        f"Ready: it is safe to point your client at {address}"
    )

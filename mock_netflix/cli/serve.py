"""`mock-netflix serve`: the mock in a terminal."""

from __future__ import annotations

import json
import secrets
import sys
from urllib.parse import urlencode

import click

from mock_netflix.cli.request_lines import RequestLines, not_secured_line
from mock_netflix.cli.starting import Wanted, begin, starting
from mock_netflix.errors import MockNetflixError
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.app import build_app
from mock_netflix.web.control_token import token_for
from mock_netflix.web.credentials import as_json
from mock_netflix.web.server import base_url, bind
from mock_netflix.web.server import serve as serve_app
from mock_netflix.web.things_to_try import things_to_try
from mock_netflix.world.state import State


@click.command()
@starting(port=2008)
@click.option(
    "--reload",
    is_flag=True,
    envvar="MOCK_NETFLIX_RELOAD",
    help="Read fixtures again when they change; tokens stay.",
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
@click.option(
    "--json",
    "for_programs",
    is_flag=True,
    envvar="MOCK_NETFLIX_JSON",
    help="Print one line of JSON when ready, and nothing else on standard output.",
)
def serve(wanted: Wanted, reload: bool, tls: bool, tls_port: int, for_programs: bool) -> None:
    """Run the mock until Ctrl-C."""
    try:
        begun = begin(wanted, _tell_not_secured, changing=reload)
        if tls:
            begun.tls.context()
        listening = bind(wanted.host, wanted.port)
        secure = bind(wanted.host, tls_port) if tls else None
    except MockNetflixError as error:
        raise click.ClickException(str(error)) from None
    sandbox, own, address = begun.sandbox, begun.own, base_url(listening)
    control_token = token_for(listening.getsockname()[0], wanted.control_token)
    secure_url = None if secure is None else base_url(secure, "https")

    def ready() -> None:
        if for_programs:
            if own.told:
                print(f"Fixtures: {own.told}", file=sys.stderr, flush=True)
            told = {"control_token": control_token, "secure_base_url": secure_url}
            others = {name: value for name, value in told.items() if value is not None}
            print(json.dumps({**as_json(sandbox.state, address), **others}), flush=True)
        else:
            now = sandbox.clock.now()
            print(greeting(sandbox.state, address, now, own.told, control_token, secure_url), flush=True)

    async def watch() -> None:
        await own.watch(sandbox)

    app = build_app(Sandboxes(sandbox, own.at), RequestLines(sys.stderr), control_token, authority=begun.tls.authority)
    serve_app(app, listening, ready, watch if reload else None, begun.tls, secure)
    if not for_programs:
        print("Stopped.", flush=True)


def _tell_not_secured(target: str, reason: str) -> None:
    print(not_secured_line(target, reason), file=sys.stderr, flush=True)


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

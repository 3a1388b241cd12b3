"""`mock-netflix env`: the variables by which the clients of a shell find a running server, to be evaluated there."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import click

from mock_netflix.authority import kept
from mock_netflix.cli.client import Unreachable
from mock_netflix.cli.control import Control
from mock_netflix.cli.options import at_server
from mock_netflix.environment.shells import SHELLS, Shell, guessed
from mock_netflix.environment.trust import WITHOUT, Trust, trust
from mock_netflix.environment.variables import BEFORE, Ready, before, variables, without
from mock_netflix.errors import MockNetflixError


@click.command()
@at_server
@click.option(
    "--shell",
    type=click.Choice(tuple(SHELLS)),
    help="Whose lines to print; by default those of the shell that SHELL names.",
)
@click.option("--unset", is_flag=True, help="Print the lines that bring back what there was before.")
@click.option("--ca", is_flag=True, help="Print the path of the certificate to trust, and nothing else.")
def env(server: Control, shell: str | None, unset: bool, ca: bool) -> None:
    """Print the variables that lead unchanged clients to the running server.

    With them, what a client sends to http://api.netflix.com or https://api-user.netflix.com comes to the mock, and it
    trusts its certificates; whatever it sends elsewhere is refused by the mock (Node before 24 sends it there). Use it
    as: eval "$(mock-netflix env)"
    """
    if ca and unset:
        raise click.UsageError("--ca and --unset exclude each other; give one of them")
    chosen = SHELLS[shell] if shell else guessed(os.environ, sys.platform)
    try:
        if ca:
            _print(str(kept().certificate))
        elif unset:
            _print(_undone(chosen, os.environ))
        else:
            _print(_set(chosen, server, os.environ))
    except MockNetflixError as error:
        raise click.ClickException(str(error)) from None


def _print(text: str) -> None:
    """Paths and variables may be no text; they are told as they are."""
    sys.stdout.buffer.write(os.fsencode(f"{text}\n"))
    sys.stdout.flush()


def _set(shell: Shell, server: Control, given: Mapping[str, str]) -> str:
    """What sets the variables, and takes away those that were set by an earlier version. Raises MockNetflixError."""
    url, ready, files = _proxy(server.base_url), _ready(server), trust()
    mine, earlier = without(given), before(given)
    told = variables(url, ready, files, mine)
    _warn_of_another_authority(server, files)
    kept_before = json.dumps({name: mine.get(name) for name in told})
    gone = {name: value for name, value in earlier.items() if name not in told}
    lines = (
        *shell.lines({**gone, **told, BEFORE: kept_before}),
        f"# With these, the clients of this shell take the mock at {url} for the real service.",
        *((f"# {WITHOUT}",) if files is None else ()),
        f"# Set them:    {shell.evaluates('mock-netflix env')}",
        f"# Undo it:     {shell.evaluates('mock-netflix env --unset')}",
    )
    return "\n".join(lines)


def _warn_of_another_authority(server: Control, files: Trust | None) -> None:
    """Says so where the server's certificates are signed by another one than is kept here."""
    if files is None:
        return
    answer = server.ask("/ca.pem")
    if answer.status == HTTPStatus.OK and answer.text.strip() != files.certificate.read_text().strip():
        click.echo(
            f"Warning: {server.base_url} has another authority than {files.certificate}, so https will not be trusted;"
            f" start it with the same MOCK_NETFLIX_AUTHORITY, or trust {server.base_url}/_mock/ca.pem",
            err=True,
        )


def _undone(shell: Shell, given: Mapping[str, str]) -> str:
    earlier = before(given)
    if not earlier:
        return "# Nothing to undo: this shell has no variables of mock-netflix env."
    lines = shell.lines({**earlier, BEFORE: None})
    return "\n".join((*lines, "# With these, the clients of this shell go where they went before."))


def _proxy(base_url: str) -> str:
    """The address of a server as a proxy. Raises UsageError for one that is none."""
    parts = urlsplit(base_url)
    if parts.scheme != "http":
        raise click.UsageError(f"{base_url} is no address of a proxy; give the plain one, which begins with http://")
    return f"http://{parts.netloc if parts.port else f'{parts.netloc}:80'}"


def _ready(server: Control) -> Ready:
    """Who a client of the running server can be. Raises ClickException where there is none."""
    try:
        told = json.loads(server.ask("/credentials").text)
        application, subscriber, token = told["application"], told["subscriber"], told["access_token"]
        return Ready(
            application["key"],
            application["secret"],
            token["token"],
            token["secret"],
            subscriber["user_id"],
            subscriber["login"],
            subscriber["password"],
            server.token,
        )
    except Unreachable as error:
        raise click.ClickException(f"{error}; start one with: mock-netflix serve") from None
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(
            f"{server.base_url} is not a mock-netflix; start one with: mock-netflix serve"
        ) from None

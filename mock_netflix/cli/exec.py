"""`mock-netflix exec`: a command with a mock of its own, for as long as it runs."""

from __future__ import annotations

import os
import sys

import click

from mock_netflix.cli.child import CommandError, run, signals_kept
from mock_netflix.cli.starting import Begun, Wanted, begin, starting
from mock_netflix.cli.tally import Tally, left_lines
from mock_netflix.environment.trust import WITHOUT, Trust, trust
from mock_netflix.environment.variables import ready_of, variables, without
from mock_netflix.errors import MockNetflixError
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.stage.ending import categories, left_behind
from mock_netflix.web.app import build_app
from mock_netflix.web.control_token import token_for
from mock_netflix.web.server import Server

# The exit status where the command itself ended well, but left behind what --fail-on names.
LEFT_BEHIND = 3


def _categories(given: str) -> tuple[str, ...]:
    try:
        return categories(given)
    except MockNetflixError as error:
        raise click.BadParameter(str(error)) from None


@click.command(context_settings={"allow_interspersed_args": False}, options_metavar="[OPTIONS] --")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@starting(port=0)
@click.option(
    "--fail-on",
    metavar="CATEGORY,…",
    default="",
    callback=lambda context, option, value: _categories(value),
    envvar="MOCK_NETFLIX_FAIL_ON",
    help="Exit with status 3 where the command ends well, but sends such requests: auth-error, over-limit,"
    " unknown-path, foreign-host, unknown-parameter, warning, client-error, server-error.",
)
@click.option(
    "--quiet",
    is_flag=True,
    envvar="MOCK_NETFLIX_QUIET",
    help="Say nothing at the end where all went well.",
)
def exec(  # noqa: A001 (its name on the command line)
    wanted: Wanted, command: tuple[str, ...], fail_on: tuple[str, ...], quiet: bool
) -> None:
    """Run COMMAND with a mock of its own, which its clients take for the real service.

    They are led by variables, as `mock-netflix env` prints them. At the end, what was asked is summed up on standard
    error. The exit status is that of the command; 128 and the number of the signal that ended it; 127 or 126 where it
    is not there or cannot be started; 3 where --fail-on finds something.
    """
    if not command:
        raise click.UsageError("there is no command; name one: mock-netflix exec -- python my_client.py")
    tally = Tally()
    try:
        begun, files = begin(wanted, tally.not_secured), trust()
        if files is None and not quiet:
            click.echo(f"mock-netflix: {WITHOUT}", err=True)
        status = _run(list(command), wanted, begun, files, tally)
    except CommandError as error:
        click.echo(f"mock-netflix: {error}", err=True)
        sys.exit(error.status)
    except MockNetflixError as error:
        raise click.ClickException(str(error)) from None
    left = left_behind(tally.offending, begun.sandbox.faults.all, fail_on, ())
    if not quiet or status or left:
        click.echo("\n".join((*tally.lines(), *left_lines(left))), err=True)
    sys.exit(status or (LEFT_BEHIND if left else 0))


def _run(command: list[str], wanted: Wanted, begun: Begun, files: Trust | None, tally: Tally) -> int:
    """The exit status of a command that ran beside a server. Raises CommandError, MockNetflixError."""
    token, state = token_for(wanted.host, wanted.control_token), begun.sandbox.state
    app = build_app(Sandboxes(begun.sandbox, begun.own.at), tally.hear, token, authority=begun.tls.authority)
    server = Server(app, wanted.host, wanted.port, tls=begun.tls)
    given = without(os.environ)
    ready = ready_of(state.application, state.subscriber, state.access_token, token)
    with signals_kept():
        server.start()
        try:
            return run(command, {**given, **variables(server.url, ready, files, given)})
        finally:
            server.stop()

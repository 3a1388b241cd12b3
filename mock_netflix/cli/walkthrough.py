"""`mock-netflix walkthrough`: the launch-day account, lived step by step against a server."""

from __future__ import annotations

import json
import re
import sys
from contextlib import nullcontext

import click

from mock_netflix.cli.client import Sent, Unreachable
from mock_netflix.cli.control import Control
from mock_netflix.cli.options import BaseUrl, control_token_option
from mock_netflix.cli.steps import STEPS, Expectation, Findings
from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running

# Of a long answer this many lines are shown, each no longer than this.
_LINES = 14
_WIDTH = 160


@click.command()
@click.option(
    "--base-url",
    type=BaseUrl(),
    envvar="MOCK_NETFLIX_BASE_URL",
    help="A running server; without it, one is started for as long as the walkthrough lasts.",
)
@control_token_option
def walkthrough(base_url: str | None, control_token: str | None) -> None:
    """Live the eight steps of the launch-day walkthrough, with every request and answer shown.

    Ends with exit status 0 only when every step holds.
    """
    server = nullcontext(base_url) if base_url else running(build_app(Sandbox(load())))
    with server as address:
        try:
            holds = _walk(_introduction(Control(address, control_token)))
        except Unreachable as error:
            raise click.ClickException(str(error)) from None
    sys.exit(0 if holds else 1)


def _introduction(server: Control) -> Findings:
    """What the server says of itself. Raises Unreachable, ClickException."""
    answer = server.ask("/credentials")
    try:
        told = json.loads(answer.text)
        application, subscriber = told["application"], told["subscriber"]
        return Findings(
            server.base_url,
            application["name"],
            (application["key"], application["secret"]),
            subscriber["login"],
            subscriber["password"],
        )
    except (ValueError, KeyError, TypeError):
        raise click.ClickException(
            f"{server.base_url} is not a mock-netflix: /_mock/credentials says nothing useful"
        ) from None


def _walk(found: Findings) -> bool:
    click.echo(f"The launch-day walkthrough, against {found.base_url}")
    failed = []
    for number, step in enumerate(STEPS, start=1):
        what = (step.__doc__ or "").strip().splitlines()[0]
        click.secho(f"\nStep {number}. {what}", bold=True)
        for shown in step(found):
            if isinstance(shown, Sent):
                _show(shown)
                continue
            _check(shown)
            if not shown.holds:
                failed.append(f"step {number}: {shown.what}")
    click.echo()
    if failed:
        click.secho("These do not hold:", fg="red", bold=True)
        for what in failed:
            click.echo(f"  {what}")
    else:
        click.secho(f"All {len(STEPS)} steps hold.", fg="green", bold=True)
    return not failed


def _check(expectation: Expectation) -> None:
    mark, colour = ("ok  ", "green") if expectation.holds else ("FAIL", "red")
    click.echo(f"  {click.style(mark, fg=colour)} {expectation.what}")


def _show(sent: Sent) -> None:
    """A request with what was signed, and the beginning of its answer."""
    click.echo(f"\n  > {sent.verb} {sent.url}")
    if sent.body:
        click.echo(f"    {re.sub(r'password=[^&]*', 'password=…', sent.body)}")
    if sent.base_string is not None:
        click.echo(f"    base string  {sent.base_string}")
        click.echo(f"    signature    {sent.signature}")
    click.echo(f"  < {sent.status}")
    location = next((value for name, value in sent.headers.items() if name.lower() == "location"), None)
    if location is not None:
        click.echo(f"    Location: {location}")
    if "html" in str(sent.headers.get("content-type", sent.headers.get("Content-Type", ""))):
        click.echo("    (a page of HTML)")
        return
    lines = [line for line in sent.text.splitlines() if line.strip()]
    for line in lines[:_LINES]:
        click.echo(f"    {line if len(line) <= _WIDTH else line[:_WIDTH] + '…'}")
    if len(lines) > _LINES:
        click.echo(f"    … {len(lines) - _LINES} more lines")
    click.echo()

"""`mock-netflix register`: another application at a running server."""

from __future__ import annotations

import json

import click

from mock_netflix.cli.client import Unreachable
from mock_netflix.cli.control import Control
from mock_netflix.cli.options import at_server


@click.command()
@click.argument("name")
@at_server
@click.option("--json", "for_programs", is_flag=True, envvar="MOCK_NETFLIX_JSON", help="Print one line of JSON.")
def register(name: str, server: Control, for_programs: bool) -> None:
    """Register an application called NAME, and print its consumer key and shared secret."""
    try:
        answer = server.ask("/applications", json={"name": name})
        told = json.loads(answer.text)
    except Unreachable as error:
        raise click.ClickException(f"{error}; start one with: mock-netflix serve") from None
    except ValueError:
        told = {}
    if "key" not in told:
        raise click.ClickException(told.get("detail") or f"{server.base_url} is not a mock-netflix")
    if for_programs:
        click.echo(json.dumps(told))
    else:
        click.echo(
            f"  Application    {told['name']}\n  Consumer key   {told['key']}\n  Shared secret  {told['secret']}"
        )

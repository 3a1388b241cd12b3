"""`mock-netflix health`: is a server there? For containers."""

from __future__ import annotations

import sys
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import click

from mock_netflix.cli.options import base_url_option

_TIMEOUT = 3


@click.command()
@base_url_option
def health(base_url: str) -> None:
    """Exit with status 0 when a server answers, 1 when none does."""
    address = f"{base_url}/_mock/health"
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=_TIMEOUT) as answer:
            click.echo(f"{address} is {'ready' if answer.status == 200 else 'not ready'}")
            sys.exit(0 if answer.status == 200 else 1)
    except (URLError, HTTPException, OSError) as error:
        click.echo(f"{address} does not answer: {getattr(error, 'reason', error)}", err=True)
        sys.exit(1)

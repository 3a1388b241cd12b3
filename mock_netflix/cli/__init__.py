"""The command line of mock-netflix: one module a command, and what several of them take."""

from __future__ import annotations

import sys

import click

from mock_netflix import __version__
from mock_netflix.cli.groups import Group


class _Commands(Group):
    package = __name__
    names = (
        "serve",
        "exec",
        "env",
        "walkthrough",
        "register",
        "sign",
        "curl",
        "explain",
        "fixtures",
        "endpoints",
        "health",
    )


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="mock-netflix")
def cli() -> None:
    """A local mock of the retired Netflix public API (2008-2014).

    Every option can be given as a variable too: MOCK_NETFLIX_PORT=8080 is --port 8080.
    """


def main() -> None:
    """The console script: bad input is one clear line and exit status 2, never a traceback."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"mock-netflix: {error.format_message()}", err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)

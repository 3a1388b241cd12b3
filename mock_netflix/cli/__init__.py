"""The command line of mock-netflix: one module a command, and what several of them take."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from mock_netflix import __version__

# Each command is a module of its own, imported when it is asked for.
_COMMANDS = ("serve", "walkthrough", "register", "sign", "curl", "explain", "endpoints", "fixtures", "health")


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"mock_netflix.cli.{cmd_name}"), cmd_name)
        return command


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

"""Commands with commands under them, each a module of its own that is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click


class Group(click.Group):
    """The commands with these names in a package; each has the name of its module."""

    package = ""
    names: tuple[str, ...] = ()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.names:
            return None
        command: click.Command = getattr(import_module(f"{self.package}.{cmd_name}"), cmd_name)
        return command

"""How variables are set and taken away in each shell: lines to be evaluated there, whatever is in a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

# PowerShell ends a text at each of these; twice, it is the mark itself.
_MARKS = re.compile("(['\u2018\u2019\u201a\u201b])")


@dataclass(frozen=True, slots=True)
class Shell:
    """`sets` and `unsets` make a line; `evaluates` is what runs the lines of a command."""

    name: str
    sets: Callable[[str, str], str]
    unsets: Callable[[str], str]
    evaluates: Callable[[str], str]

    def lines(self, values: Mapping[str, str | None]) -> Iterator[str]:
        """A line for each variable; None takes it away."""
        for name, value in values.items():
            yield self.unsets(name) if value is None else self.sets(name, value)


def _sh(value: str) -> str:
    return "'{}'".format(value.replace("'", "'\\''"))


def _fish(value: str) -> str:
    return "'{}'".format(value.replace("\\", "\\\\").replace("'", "\\'"))


def _powershell(value: str) -> str:
    return "'{}'".format(_MARKS.sub(r"\1\1", value))


SH = Shell(
    "sh",
    # A semicolon, for some leave out the quotation marks around the command.
    lambda name, value: f"export {name}={_sh(value)};",
    lambda name: f"unset {name};",
    lambda command: f'eval "$({command})"',
)
FISH = Shell(
    "fish",
    lambda name, value: f"set -gx {name} {_fish(value)};",
    lambda name: f"set -e {name};",
    lambda command: f"{command} | source",
)
POWERSHELL = Shell(
    "powershell",
    lambda name, value: f"$env:{name} = {_powershell(value)}",
    lambda name: f"Remove-Item Env:{name} -ErrorAction SilentlyContinue",
    lambda command: f"{command} | Out-String | Invoke-Expression",
)
SHELLS = {shell.name: shell for shell in (SH, FISH, POWERSHELL)}
_CALLED = {"fish": FISH, "pwsh": POWERSHELL, "powershell": POWERSHELL}


def guessed(given: Mapping[str, str], platform: str) -> Shell:
    """The shell of a person, from their variables and `sys.platform`; most are like sh."""
    path = given.get("SHELL")
    if not path:
        return POWERSHELL if platform == "win32" else SH
    return _CALLED.get(PurePath(path).stem.lower(), SH)

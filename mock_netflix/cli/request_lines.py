"""A line in the terminal for each request, once its answer is on the way."""

from __future__ import annotations

import asyncio
from typing import TextIO

import click

from mock_netflix.journal import Entry
from mock_netflix.oauth.explanation import known
from mock_netflix.oauth.refusals import GatewayRefusal
from mock_netflix.web.addresses import own_path

# A line holds this much of a request's target.
_SHOWN = 110


class RequestLines:
    """Writes the lines of all requests that were answered in one turn of the loop at once, in the next turn.

    So no client waits for the terminal.
    """

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal
        self._coloured = terminal.isatty()
        self._answered: list[tuple[Entry, str]] = []

    def __call__(self, entry: Entry, world: str) -> None:
        if not self._answered:
            asyncio.get_running_loop().call_soon(self._write)
        self._answered.append((entry, world))

    def _write(self) -> None:
        answered, self._answered = self._answered, []
        self._terminal.write("".join([_line(entry, world, self._coloured) for entry, world in answered]))


def not_secured_line(target: str, reason: str) -> str:
    """What is told of a client that ended TLS with a host before it had begun."""
    return _printable(
        f"{target}: no TLS ({reason}); if the client does not trust the certificate, see mock-netflix env --ca"
    )


def _line(entry: Entry, world: str, coloured: bool) -> str:
    target = _without_protocol(entry.target)
    target = target if len(target) <= _SHOWN else f"{target[: _SHOWN - 1]}…"
    said = "".join([f"  {words}" for words in (entry.message, _cause(entry), _fault(entry), *entry.hints) if words])
    why = f"  ({own_path(world)}/requests/{entry.number})" if entry.refusal is not None else ""
    status = str(entry.status)
    if coloured:
        status = click.style(status, fg="red" if entry.status >= 400 else "green")
    return f"{status} {entry.seconds * 1000:6.1f} ms  {_printable(f'{entry.verb} {target}{said}{why}')}\n"


def _cause(entry: Entry) -> str | None:
    """Code and words of a refusal of the gateway; what the service itself refuses speaks for itself."""
    if not isinstance(entry.refusal, GatewayRefusal):
        return None
    return known(entry.refusal).line


def _fault(entry: Entry) -> str | None:
    return None if entry.fault is None else f"fault: {entry.fault}"


def _printable(text: str) -> str:
    """What a client sent must not end the line nor command the terminal."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def _without_protocol(target: str) -> str:
    """A request target without the parameters of OAuth, which say nothing to a person."""
    path, _, query = target.partition("?")
    told = "&".join(pair for pair in query.split("&") if not pair.startswith("oauth_"))
    return f"{path}?{told}" if told else path

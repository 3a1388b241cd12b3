"""`mock-netflix endpoints`: every endpoint, from the same rows that route them."""

from __future__ import annotations

from collections.abc import Sequence

import click

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.wire.as_atom import date_of

_HEADINGS = ("Methods", "Path", "Who may", "Forms", "Until", "Record", "Name")
_LEVELS = {
    Level.OPEN: "anybody",
    Level.KEY: "consumer key",
    Level.SIGNED: "signed",
    Level.REQUEST: "request token",
    Level.PROTECTED: "access token",
}


@click.command()
@click.option("--markdown", is_flag=True, help="Print a table of Markdown, as in docs/fidelity.md.")
def endpoints(markdown: bool) -> None:
    """List every endpoint: methods, path, who may call it, forms, life span, how sure its record is, and its name."""
    rows = every_row()
    click.echo(as_markdown(rows) if markdown else as_columns(rows))


def as_columns(rows: Sequence[Sequence[str]]) -> str:
    """A table for the terminal."""
    table = [_HEADINGS, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEADINGS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in table)
    return "\n".join(line.rstrip() for line in lines)


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    table = [_HEADINGS, tuple("---" for _ in _HEADINGS), *rows]
    return "\n".join(f"| {' | '.join(_code(cell) for cell in row)} |" for row in table)


def every_row() -> list[tuple[str, ...]]:
    """One row for each address of each endpoint."""
    return [row for endpoint in ENDPOINTS for row in _rows(endpoint)]


def _rows(endpoint: Endpoint) -> list[tuple[str, ...]]:
    who = _LEVELS[endpoint.level] + (" or feed token" if endpoint.feeds else "")
    until = date_of(endpoint.until)[:10] if endpoint.until is not None else ""
    facts = (who, _forms(endpoint), until, endpoint.record, endpoint.name)
    return [(" ".join(endpoint.verbs), path, *facts) for path in endpoint.paths]


def _forms(endpoint: Endpoint) -> str:
    if endpoint.bare:
        return "form, JSON"
    if endpoint.level is Level.OPEN:
        return "RSS"
    if endpoint.xml_only:
        return "XML"
    return "XML, JSON, Atom" if endpoint.listed else "XML, JSON"


def _code(cell: str) -> str:
    return f"`{cell}`" if cell.startswith("/") else cell

"""TOML: read by the standard library, which tells lines only of what is no TOML."""

from __future__ import annotations

import re

from mock_netflix.data.faults import Place, Position, Unreadable
from mock_netflix.data.formats.reading import TOO_DEEP, Reading

_AT = re.compile(r"(?P<reason>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)", re.DOTALL)


def read(text: str) -> Reading:
    """What a text of TOML says. Raises Unreadable."""
    # Imported late: most worlds have no such file.
    import tomllib

    try:
        return Reading(tomllib.loads(text), _nowhere)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(*_told(str(error), text)) from None
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    except ValueError as error:
        raise Unreadable(f"is not usable: {error}") from None


def _told(error: str, text: str) -> tuple[str, Position]:
    """What is wrong, and where; the end of the document is a place too."""
    if at := _AT.fullmatch(error):
        return f"is not TOML: {at['reason']}", (int(at["line"]), int(at["column"]))
    return f"is not TOML: {error}", (text.count("\n") + 1, len(text) - text.rfind("\n"))


def _nowhere(place: Place, of_name: bool) -> Position | None:
    return None

"""JSON: read by the standard library; where a value stands is looked for only when something is wrong with it."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cached_property
from typing import Any, NoReturn

from mock_netflix.data.faults import Place, Position, Unreadable
from mock_netflix.data.formats.reading import DOUBLED, TOO_DEEP, Flaw, Reading

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)


def read(text: str) -> Reading:
    """What a text of JSON says. Raises Unreadable."""
    doubled = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubled
        made = dict(pairs)
        doubled = doubled or len(made) < len(pairs)
        return made

    try:
        tree = json.loads(text, object_pairs_hook=members, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON: {error.msg}", (error.lineno, error.colno)) from None
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    except ValueError as error:
        raise Unreadable(f"is not usable: {error}") from None
    places = _Places(text)
    return Reading(tree, places.find, places.doubled if doubled else ())


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


class _Places:
    """Where each value of a valid text of JSON begins, and the name before it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, place: Place, of_name: bool) -> Position | None:
        begins = self._begins.get(place)
        if begins is None:
            return None
        offset = begins[0] if of_name else begins[1]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    @property
    def doubled(self) -> tuple[Flaw, ...]:
        return self._found[1]

    @property
    def _begins(self) -> dict[Place, tuple[int, int]]:
        return self._found[0]

    @cached_property
    def _lines(self) -> list[int]:
        """The offset of each line."""
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    @cached_property
    def _found(self) -> tuple[dict[Place, tuple[int, int]], tuple[Flaw, ...]]:
        begins: dict[Place, tuple[int, int]] = {}
        doubled: list[Flaw] = []
        # What is open: its place, and the name or index of what comes next in it; no name is known after { and a comma.
        open_: list[tuple[Place, str | int | None]] = []
        name_at = 0
        for match in _TOKEN.finditer(self._text):
            written, at = match[0], match.start()
            place, step = open_[-1] if open_ else ((), None)
            if written in "}]":
                open_.pop()
            elif written == ",":
                open_[-1] = place, step + 1 if isinstance(step, int) else None
            elif written == ":":
                continue
            elif open_ and step is None:
                name_at, step = at, json.loads(written)
                open_[-1] = place, step
                if (*place, step) in begins:
                    doubled.append(Flaw((*place, step), DOUBLED, of_name=True))
            else:
                here: Place = () if step is None else (*place, step)
                begins[here] = at if isinstance(step, int) else name_at, at
                if written in "{[":
                    open_.append((here, 0 if written == "[" else None))
        return begins, tuple(doubled)

"""How far something has come that takes long: a bar on a terminal, lines elsewhere, nothing if it is done at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

# Seconds until anything is shown, and until it is shown again.
_PATIENCE, _ON_TERMINAL, _IN_LINES = 1.0, 0.1, 2.0
_WIDTH = 30


class Bar:
    """Shows on a stream how far it has come. `clock`: seconds."""

    def __init__(self, doing: str, out: TextIO, clock: Callable[[], float]) -> None:
        self._doing, self._out, self._clock = doing, out, clock
        self._on_terminal = out.isatty()
        self._next = clock() + _PATIENCE
        self._drawn = False

    def show(self, done: int, total: int) -> None:
        """So much is done of the total."""
        now = self._clock()
        if now < self._next:
            return
        share = done / max(total, 1)
        if self._on_terminal:
            full = round(share * _WIDTH)
            self._out.write(f"\r{self._doing} [{'#' * full}{'.' * (_WIDTH - full)}] {share:4.0%}")
            self._next = now + _ON_TERMINAL
        else:
            self._out.write(f"{self._doing}: {share:.0%}\n")
            self._next = now + _IN_LINES
        self._out.flush()
        self._drawn = True

    def end(self) -> None:
        """It is done: a bar goes away."""
        if self._drawn and self._on_terminal:
            self._out.write("\r\033[K")
            self._out.flush()

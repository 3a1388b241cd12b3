"""The only reader of the time, and the clock of a world, which can be moved and can stand still.

      what it shows  =  the machine's time  +  moved  +  offset        moved: time that was let pass, or turned back
    or, while frozen =        stands                  +  offset        offset: how far it is ahead of the clients

What is moved and frozen, clients need not know of: `running` is what the clock would show without.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import floor


@dataclass(frozen=True, slots=True)
class KeptClock:
    """What a clock showed, without its offset, so that it can be put back; in seconds."""

    shown: float
    offset: int
    frozen: bool


@dataclass(slots=True)
class Clock:
    """The time of one world, in epoch seconds.

    `offset` is said to everybody: clients are held to it. `moved` is not. `stands`: what a frozen clock shows, without
    its offset; None of one that runs.
    """

    offset: int = 0
    moved: float = 0.0
    stands: float | None = None

    @property
    def frozen(self) -> bool:
        return self.stands is not None

    def now(self) -> int:
        """Whole seconds."""
        return int(self.exact())

    def exact(self) -> float:
        """With parts of a second."""
        return self._shown(self.machine()) + self.offset

    def read(self) -> tuple[int, int]:
        """What it shows and what it would show, had it only run; read at once."""
        machine = self.machine()
        return int(self._shown(machine) + self.offset), int(machine) + self.offset

    def advance(self, seconds: float) -> None:
        """Lets time pass, or turns it back where there are less than none."""
        if self.stands is None:
            self.moved += seconds
        else:
            # Tenths that are added up must come to whole seconds.
            self.stands = round(self.stands + seconds, 6)

    def freeze(self) -> None:
        """Stands still from now on, at the beginning of a second."""
        self.stands = float(floor(self._shown(self.machine())))

    def resume(self) -> None:
        """Runs on from where it stood."""
        if self.stands is not None:
            self.moved = self.stands - self.machine()
            self.stands = None

    def reset(self) -> None:
        """Shows the real time again, and runs."""
        self.offset, self.moved, self.stands = 0, 0.0, None

    def kept(self) -> KeptClock:
        """What it shows, to be put back later."""
        return KeptClock(self._shown(self.machine()), self.offset, self.frozen)

    def restore(self, kept: KeptClock) -> None:
        """Shows what it showed then, and goes on from there as it did."""
        self.offset, self.moved = kept.offset, kept.shown - self.machine()
        self.stands = kept.shown if kept.frozen else None

    def machine(self) -> float:
        """What the clock of this machine shows, which nothing here moves."""
        return time.time()

    def _shown(self, machine: float) -> float:
        return machine + self.moved if self.stands is None else self.stands


def elapsed() -> float:
    """Seconds since some fixed moment, for measuring how long an answer took."""
    return time.perf_counter()


def spent() -> float:
    """CPU seconds that this thread has spent, for bounding what a search may cost."""
    return time.thread_time()

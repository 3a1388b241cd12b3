"""One isolated mock: the pointer to its current state, its clock and calendar, and what it remembers of requests.

Everything else in the program is a value or a function. What users call a *world* is a Sandbox here, because `world/`
is the domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

from mock_netflix.calendar import Calendar
from mock_netflix.clock import Clock, KeptClock
from mock_netflix.diagnoses import Diagnoses
from mock_netflix.errors import ConflictError, MockNetflixError
from mock_netflix.faults import Faults
from mock_netflix.faults import Kept as KeptFaults
from mock_netflix.journal import Journal
from mock_netflix.limits import Counter, per_day, per_second
from mock_netflix.nonces import Nonces
from mock_netflix.world.state import State


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """A world as it was at one moment, `at` epoch seconds by its clock.

    The journal is no part of it, nor are the nonces that were used: both go on.
    """

    world: Sandbox = field(repr=False)
    at: int
    state: State = field(repr=False)
    calendar: Calendar
    clock: KeptClock
    faults: KeptFaults = field(repr=False)
    seconds: Counter = field(repr=False)
    days: Counter = field(repr=False)


@dataclass(slots=True, eq=False)
class Sandbox:
    """The only object that changes. To change the world is to assign `state`.

    `name` tells it from the other worlds of a server: "" of the first one, else the consumer key that leads to it;
    `label` is what people call it. `snapshots` are those that are kept by name. `begun` and `calendar_begun` are what a
    reset brings back. `seconds` and `days` count its calls. Whoever changes it holds `lock`: requests are answered on
    one thread, and a test that holds its handle runs on another.
    """

    state: State
    clock: Clock = field(default_factory=Clock)
    calendar: Calendar = field(default_factory=Calendar)
    journal: Journal = field(default_factory=Journal)
    nonces: Nonces = field(default_factory=Nonces)
    seconds: Counter = field(default_factory=per_second)
    days: Counter = field(default_factory=per_day)
    diagnoses: Diagnoses = field(default_factory=Diagnoses)
    faults: Faults = field(default_factory=Faults)
    name: str = ""
    label: str = ""
    snapshots: dict[str, Snapshot] = field(default_factory=dict, repr=False)
    snapshots_numbered: int = 0
    begun: State = field(init=False)
    calendar_begun: Calendar = field(init=False)
    lock: RLock = field(default_factory=RLock, repr=False)

    def __post_init__(self) -> None:
        self.begun = self.state
        self.calendar_begun = self.calendar

    def reset(self) -> None:
        """Brings the world back as it began: nothing was ever asked, written, set or broken."""
        with self.lock:
            self.state = self.begun
            self.clock.reset()
            self.calendar = self.calendar_begun.anew(self.clock.now())
            self.journal.clear()
            self.nonces, self.seconds, self.days = Nonces(), per_second(), per_day()
            self.diagnoses = Diagnoses()
            self.faults.clear()

    def snapshot(self) -> Snapshot:
        """The world as it is now, to be brought back later."""
        with self.lock:
            return Snapshot(
                world=self,
                at=self.clock.now(),
                state=self.state,
                calendar=self.calendar,
                clock=self.clock.kept(),
                faults=self.faults.kept(),
                seconds=self.seconds.copy(),
                days=self.days.copy(),
            )

    def restore(self, snapshot: Snapshot) -> None:
        """Brings the world back as it was. Tokens that were given out since are unknown again.

        Raises ConflictError for a snapshot of another world, MockNetflixError for what is none.
        """
        if not isinstance(snapshot, Snapshot):
            raise MockNetflixError("restore takes what snapshot() gave; take one first")
        if snapshot.world is not self:
            raise ConflictError("this is a snapshot of another world; restore it there")
        with self.lock:
            self.state, self.calendar = snapshot.state, snapshot.calendar
            self.clock.restore(snapshot.clock)
            self.faults.restore(snapshot.faults)
            self.seconds, self.days = snapshot.seconds.copy(), snapshot.days.copy()
            self.nonces = Nonces()

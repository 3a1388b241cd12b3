"""One isolated mock: the pointer to its current state, its clock and calendar, and what it remembers of requests.

Everything else in the program is a value or a function. What users call a *world* is a Sandbox here, because `world/`
is the domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

from mock_netflix.calendar import Calendar
from mock_netflix.clock import Clock
from mock_netflix.diagnoses import Diagnoses
from mock_netflix.faults import Faults
from mock_netflix.journal import Journal
from mock_netflix.limits import Counter, per_day, per_second
from mock_netflix.nonces import Nonces
from mock_netflix.world.state import State


@dataclass(slots=True, eq=False)
class Sandbox:
    """The only object that changes. To change the world is to assign `state`.

    `name` tells it from the other worlds of a server: "" of the first one, else the consumer key that leads to it;
    `label` is what people call it. `begun` and `calendar_begun` are what a reset brings back. `seconds` and `days`
    count its calls. Whoever changes it holds `lock`: requests are answered on one thread, and a test that holds its
    handle runs on another.
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
            self.calendar = self.calendar_begun
            self.journal.clear()
            self.nonces, self.seconds, self.days = Nonces(), per_second(), per_day()
            self.diagnoses = Diagnoses()
            self.faults.clear()

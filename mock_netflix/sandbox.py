"""One isolated mock: the pointer to its current state, its clock and calendar, and what it remembers of requests.

Everything else in the program is a value or a function. What users call a *world* is a Sandbox here, because `world/`
is the domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mock_netflix.calendar import Calendar
from mock_netflix.clock import Clock
from mock_netflix.diagnoses import Diagnoses
from mock_netflix.journal import Journal
from mock_netflix.limits import Counter, per_day, per_second
from mock_netflix.nonces import Nonces
from mock_netflix.world.state import State


@dataclass(slots=True)
class Sandbox:
    """The only object that changes. To change the world is to assign `state`.

    `seconds` and `days` count its calls.
    """

    state: State
    clock: Clock = field(default_factory=Clock)
    calendar: Calendar = field(default_factory=Calendar)
    journal: Journal = field(default_factory=Journal)
    nonces: Nonces = field(default_factory=Nonces)
    seconds: Counter = field(default_factory=per_second)
    days: Counter = field(default_factory=per_day)
    diagnoses: Diagnoses = field(default_factory=Diagnoses)

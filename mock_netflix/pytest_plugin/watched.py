"""What is kept of a test that has the fixture, from the beginning of its world to its last report."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mock_netflix.embedded.world import World
    from mock_netflix.faults.rules import Rule
    from mock_netflix.journal import Entry

# The heading of the requests in the report of a failed test.
HEADING = "mock-netflix requests"
# So many offending requests of one test are kept, the newest.
_MOST = 1000


@dataclass(slots=True)
class Watched:
    """Its world, whether the test itself ran and failed, and the requests that its reports have told last.

    `offending`: those of any category of a strict ending; the journal may forget them, or be reset, before the end.
    """

    world: World
    ran: bool = False
    failed: bool = False
    told: tuple[Entry, ...] = ()
    offending: deque[Entry] = field(default_factory=lambda: deque(maxlen=_MOST))

    @property
    def faults(self) -> tuple[Rule, ...]:
        """What the test let go wrong, and how often each did."""
        return self.world._sandbox.faults.all


WATCHED = pytest.StashKey[Watched]()


def hear(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
    """Adds the requests of a failed test to its report, once."""
    watched = item.stash.get(WATCHED, None)
    if watched is None:
        return
    watched.ran = watched.ran or call.when == "call"
    watched.failed = watched.failed or call.excinfo is not None
    if report.failed:
        _tell(watched, report)
    if call.when == "teardown":
        # The item lives as long as the session; its world need not.
        del item.stash[WATCHED]


def _tell(watched: Watched, report: pytest.TestReport) -> None:
    # Imported late: most tests do not fail.
    from mock_netflix.pytest_plugin.report import as_text

    requests = watched.world.requests
    if requests and tuple(requests) != watched.told:
        report.sections.append((HEADING, as_text(requests)))
        watched.told = tuple(requests)

"""What is kept of a test that has the fixture, from the beginning of its world to its last report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from mock_netflix.embedded.world import World
    from mock_netflix.faults.rules import Rule
    from mock_netflix.journal import Entry

# The heading of the requests in the report of a failed test.
HEADING = "mock-netflix requests"


@dataclass(slots=True)
class Watched:
    """Its world, whether the test itself ran and failed, and the requests that its reports have told last."""

    world: World
    ran: bool = False
    failed: bool = False
    told: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The requests of the test and their answers, oldest first."""
        return self.world._sandbox.journal.entries()

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
    entries = watched.entries
    if report.failed and entries and entries != watched.told:
        # Imported late: most tests do not fail.
        from mock_netflix.pytest_plugin.report import as_text

        report.sections.append((HEADING, as_text(entries)))
        watched.told = entries
    if call.when == "teardown":
        # The item lives as long as the session; its world need not.
        del item.stash[WATCHED]

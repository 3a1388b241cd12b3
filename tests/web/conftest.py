from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mock_netflix.clock import Clock
from tests.conftest import Mock


@dataclass
class StillClock(Clock):
    """A clock that only its offset moves."""

    at: int = 0

    def now(self) -> int:
        return self.at + self.offset


@pytest.fixture
def still(mock: Mock) -> Iterator[Mock]:
    """The running mock at the time that it was when the test began, for as long as the test leaves the offset alone."""
    clock = mock.sandbox.clock
    mock.sandbox.clock = StillClock(at=clock.now())
    yield mock
    mock.sandbox.clock = clock

"""A world of its own for each test: the default one, in which it is always the same time."""

from __future__ import annotations

import pytest

from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.world.state import State
from tests.resources.in_process import StillClock


@pytest.fixture(scope="session")
def default() -> State:
    return load()


@pytest.fixture
def sandbox(default: State) -> Sandbox:
    return Sandbox(default, clock=StillClock())


@pytest.fixture
def other(default: State) -> Sandbox:
    """Another world, of the same data."""
    return Sandbox(default, clock=StillClock())

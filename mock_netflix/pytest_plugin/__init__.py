"""The pytest plugin: a server for each session, and a pristine world for each test.

Every run of pytest on the machine imports this, so nothing of the mock is imported before a test asks for it: see
`options.py` for what is set for all tests, `marker.py` for one, `worlds.py` for the world, `watched.py` and `report.py`
for what a failed test tells, and `stage/ending.py` for what a test may not leave behind.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

from mock_netflix.pytest_plugin.options import add_options, read_options
from mock_netflix.pytest_plugin.watched import hear

if TYPE_CHECKING:
    from mock_netflix import MockNetflix, World

_MARKER = (
    "mock_netflix(titles=..., as_of=..., subscriber=..., subscribers=..., settings=..., login=..., fail_on=...,"
    " expect=...): the world of the fixture mock_netflix for this test."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options and ini keys of all tests."""
    add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker, and reads what is set. Raises UsageError."""
    config.addinivalue_line("markers", _MARKER)
    read_options(config)


@pytest.fixture(scope="session")
def mock_netflix_server(pytestconfig: pytest.Config) -> Iterator[MockNetflix]:
    """The server of this session, or of this worker: it serves until the end. Tests take `mock_netflix`, a world on it.

    `world()` makes a world that is not bound to one test.
    """
    from mock_netflix.pytest_plugin.worlds import serving

    with serving(pytestconfig) as server:
        yield server


@pytest.fixture
def mock_netflix(request: pytest.FixtureRequest, mock_netflix_server: MockNetflix) -> Iterator[World]:
    """A pristine mock of the Netflix API for this test: `url`, `application`, `subscriber`, `access_token`, `sign()`.

    See `pytest --markers` for what can be set for one test, and docs/pytest.md for everything.
    """
    from mock_netflix.pytest_plugin.worlds import world_of

    with world_of(request.node, mock_netflix_server) as world:
        yield world


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tells the requests of a test that failed."""
    report = yield
    hear(item, call, report)
    return report

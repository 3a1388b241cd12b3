"""A clock that stands still, and a browser for the tests of pages: headless Chromium, driven by Playwright.

MOCK_NETFLIX_CHROMIUM names the browser where it is not found by itself; with MOCK_NETFLIX_REQUIRE_CHROMIUM=1 a machine
without one fails instead of skipping.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from mock_netflix.clock import Clock
from tests.conftest import Mock
from tests.web.made_worlds import Server, serving
from tests.web.ways_in import Served, served

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; it goes with the tests of a module, because its event loop would bar other ones."""
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def launched(playwright: Playwright, *arguments: str) -> Iterator[Browser]:
    """A browser with these arguments beside the usual ones, for as long as the block lasts."""
    found = os.environ.get("MOCK_NETFLIX_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        give_up = pytest.fail if os.environ.get("MOCK_NETFLIX_REQUIRE_CHROMIUM") == "1" else pytest.skip
        give_up(f"no Chromium on this machine (none of {', '.join(_NAMES)}; MOCK_NETFLIX_CHROMIUM may name one)")
    with playwright.chromium.launch(executable_path=found, args=[*_ARGUMENTS, *arguments]) as browser:
        yield browser


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests of a module."""
    with launched(playwright) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that has no past."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@dataclass
class StillClock(Clock):
    """The clock of a world on a machine whose own clock stands still."""

    at: int = 0

    def machine(self) -> float:
        return float(self.at)


@pytest.fixture
def still(mock: Mock) -> Iterator[Mock]:
    """The running mock at the time that it was when the test began, for as long as the test leaves the clock alone."""
    clock = mock.sandbox.clock
    mock.sandbox.clock = StillClock(at=clock.now())
    yield mock
    mock.sandbox.clock = clock


@pytest.fixture(scope="session")
def _many_worlds() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture
def server(_many_worlds: Server) -> Server:
    """A server that is used for worlds beside the first: there are none, and nothing was asked."""
    for name in _many_worlds.sandboxes.made:
        _many_worlds.sandboxes.delete(name)
    _many_worlds.sandboxes.first.reset()
    _many_worlds.sandboxes.deleted.reset()
    return _many_worlds


@pytest.fixture(scope="session")
def _with_tls() -> Iterator[Served]:
    with served() as running:
        yield running


@pytest.fixture
def pristine(_with_tls: Served) -> Served:
    """A running mock that speaks TLS, too, with the default world as it was at start."""
    _with_tls.sandbox.reset()
    return _with_tls

"""A local mock of the retired Netflix public API (2008-2014)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mock_netflix.embedded.mock import MockNetflix, create_app
    from mock_netflix.embedded.world import World
    from mock_netflix.errors import MockNetflixError
    from mock_netflix.journal.matching import ABSENT
    from mock_netflix.sandbox import Snapshot
    from mock_netflix.world.grants import AccessToken, Application
    from mock_netflix.world.subscribers import Subscriber
    from mock_netflix.world.titles import Title

__all__ = [
    "ABSENT",
    "AccessToken",
    "Application",
    "MockNetflix",
    "MockNetflixError",
    "Snapshot",
    "Subscriber",
    "Title",
    "World",
    "__version__",
    "create_app",
]

__version__ = "0.1.0"

# Imported when they are first asked for: the commands do without the embedded mock, and start sooner.
_PLACES = {
    "ABSENT": "mock_netflix.journal.matching",
    "AccessToken": "mock_netflix.world.grants",
    "Application": "mock_netflix.world.grants",
    "MockNetflix": "mock_netflix.embedded.mock",
    "MockNetflixError": "mock_netflix.errors",
    "Snapshot": "mock_netflix.sandbox",
    "Subscriber": "mock_netflix.world.subscribers",
    "Title": "mock_netflix.world.titles",
    "World": "mock_netflix.embedded.world",
    "create_app": "mock_netflix.embedded.mock",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)

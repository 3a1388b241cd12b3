"""What a person asked of the mock, on the command line, in a test or at /_mock, and cannot have; each says what to do.

Refusals of the service itself are in `world/refusals.py`.
"""

from __future__ import annotations

# A sentence repeats so many characters of what it is about.
_SHOWN = 60


class MockNetflixError(Exception):
    """Something cannot be done; the message is one sentence, without its full stop."""


class UnknownError(MockNetflixError):
    """What was named is not there."""


class ConflictError(MockNetflixError):
    """What is there already, or what has happened already, is in the way."""


def shown(text: str) -> str:
    """What was named, in quotes, as a sentence repeats it."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")

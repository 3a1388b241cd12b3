"""Snapshots that a world keeps by name. They outlast a reset, for they are no part of the world."""

from __future__ import annotations

import re

from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError, shown
from mock_netflix.sandbox import Sandbox, Snapshot

# Of one world. Each holds what was changed since the one before, and shares the rest.
LIMIT = 1000
# Such names need no percent-encoding, and are none of the numbers.
NAME = "[A-Za-z][A-Za-z0-9._~-]{0,99}"


def keep(sandbox: Sandbox, name: str | None = None) -> str:
    """Keeps the world as it is now; gives the name to find it by, a number where none is given.

    Raises ConflictError where the name is taken, or too many are kept, MockNetflixError for a name that cannot be.
    """
    if name is not None and re.fullmatch(NAME, name) is None:
        raise MockNetflixError("a snapshot's name begins with a letter; letters, digits and .-_~ follow, 99 at most")
    with sandbox.lock:
        if name in sandbox.snapshots:
            raise ConflictError(f"there is a snapshot {shown(str(name))} already; delete it, or choose another name")
        if len(sandbox.snapshots) >= LIMIT:
            raise ConflictError(f"{LIMIT} snapshots are kept; delete those that are not needed any more")
        if name is None:
            sandbox.snapshots_numbered += 1
            name = str(sandbox.snapshots_numbered)
        sandbox.snapshots[name] = sandbox.snapshot()
    return name


def restore(sandbox: Sandbox, name: str) -> Snapshot:
    """Brings the world back as it was when the snapshot was taken, as often as wanted. Raises UnknownError."""
    snapshot = snapshot_named(sandbox, name)
    sandbox.restore(snapshot)
    return snapshot


def forget(sandbox: Sandbox, name: str) -> Snapshot:
    """Keeps a snapshot no longer. Raises UnknownError."""
    with sandbox.lock:
        snapshot = snapshot_named(sandbox, name)
        del sandbox.snapshots[name]
    return snapshot


def snapshot_named(sandbox: Sandbox, name: str) -> Snapshot:
    """A snapshot that is kept. Raises UnknownError."""
    found = sandbox.snapshots.get(name)
    if found is None:
        raise UnknownError(f"there is no snapshot {shown(name)}; /_mock/snapshots lists them")
    return found

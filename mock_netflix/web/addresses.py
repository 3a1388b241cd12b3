"""Where the mock's own side is found: all of it, and that of one world."""

from __future__ import annotations

PREFIX = "/_mock"
# Under this, and the name of a world, everything is there for that world that is there for the first one.
WORLDS = f"{PREFIX}/worlds"
OF_WORLD = f"{WORLDS}/{{world}}"


def own_path(world: str) -> str:
    """The path under which everything about a world is found by its name; that of the first one is ""."""
    return f"{WORLDS}/{world}" if world else PREFIX

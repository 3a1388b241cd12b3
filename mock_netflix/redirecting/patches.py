"""A function in the place of another one, and the other one back in its place."""

from __future__ import annotations

from functools import wraps
from typing import Any

from mock_netflix.redirecting.doors import Called, Door
from mock_netflix.redirecting.ways import Ways

# By this, what we put somewhere knows its patch.
_PATCH = "_mock_netflix_patch"


class Patch:
    """Ours in the place of the function of a door, until `remove`.

    Whoever patched the same function meanwhile keeps what they put there; ours beneath it then passes through. Where
    they put ours back later, the next patch finds what was there before it.
    """

    __slots__ = ("_door", "_inherited", "_original", "_put")

    def __init__(self, door: Door, ways: Ways) -> None:
        self._door = door
        there = getattr(door.owner, door.name)
        earlier = _patch_of(there)
        self._original: Called = there if earlier is None else earlier._original
        self._inherited: bool = door.name not in vars(door.owner) if earlier is None else earlier._inherited
        self._put: Any = wraps(self._original)(door.made(ways, self._original))
        setattr(self._put, _PATCH, self)
        setattr(door.owner, door.name, self._put)

    def remove(self) -> None:
        """Puts back what was there."""
        if vars(self._door.owner).get(self._door.name) is not self._put:
            return
        if self._inherited:
            delattr(self._door.owner, self._door.name)
        else:
            setattr(self._door.owner, self._door.name, self._original)


def _patch_of(function: Called) -> Patch | None:
    """The patch that put a function where it is; who wraps a function often copies what it knows."""
    patch = getattr(function, _PATCH, None)
    return patch if isinstance(patch, Patch) and patch._put is function else None

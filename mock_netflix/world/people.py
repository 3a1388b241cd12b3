"""People of film and television."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """An actor or a director."""

    number: int
    name: str
    bio: str | None = None

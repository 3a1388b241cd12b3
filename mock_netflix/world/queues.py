"""The two lists of titles to come: discs by mail, and titles to watch instantly."""

from __future__ import annotations

from dataclasses import dataclass

from mock_netflix.world.titles import TitleKey


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One place in a queue; `added` and `available_from` in epoch seconds. A saved title has no position."""

    title: TitleKey
    format: str
    added: int
    saved: bool = False
    availability: str = "available now"
    available_from: int | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The entries in their order."""

    entries: tuple[QueueEntry, ...] = ()

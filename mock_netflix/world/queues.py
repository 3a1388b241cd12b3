"""The two lists of titles to come: discs by mail, and titles to watch instantly (reference: resources 3.5).

A queue has titles in their order, counted from 1, and saved ones, which have no place yet. Every rule takes a queue as
it is and gives the queue as it becomes; a refusal leaves it alone.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from mock_netflix.world.refusals import (
    AlreadyQueued,
    CannotMoveSaved,
    CannotMoveSeries,
    NotInQueue,
    QueueTooLarge,
    StaleEtag,
    TitleAtHome,
    TitleUnavailable,
)
from mock_netflix.world.titles import TitleKey

MAX_ENTRIES = 500

AVAILABLE_NOW = "available now"
AWAITING_RELEASE = "awaiting release"
SAVED = "saved"

# All states of an entry, as they are told (reference: resources 3.5).
AVAILABILITIES = (
    AVAILABLE_NOW,
    SAVED,
    AWAITING_RELEASE,
    "possible short wait",
    "short wait",
    "long wait",
    "very long wait",
    "available soon",
    "not rentable",
    "release date is unknown; availability is not guaranteed.",
    "release date is unknown.",
    "availability date is unknown.",
)

# Etags are decimal digits, 11 or 12 of them; an empty queue has 0 (reference: protocol 8.5).
_FIRST_ETAG = 115_600_000_000
_EMPTY = "0"


class QueueKind(StrEnum):
    """The word that stands for a queue in its address."""

    DISC = "disc"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One title in a queue; `added` and `available_from` in epoch seconds."""

    title: TitleKey
    format: str
    added: int
    availability: str = AVAILABLE_NOW
    available_from: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and its position, counted from 1; a saved one has none."""

    entry: QueueEntry
    position: int | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The entries in their order, the saved ones, and how often the queue was changed."""

    available: tuple[QueueEntry, ...] = ()
    saved: tuple[QueueEntry, ...] = ()
    changes: int = 1

    @property
    def etag(self) -> str:
        """Another one after each change."""
        return str(_FIRST_ETAG + self.changes) if self.available or self.saved else _EMPTY

    def until(self, moment: int) -> Queue:
        """The queue without what was added after a moment in epoch seconds."""
        return replace(
            self,
            available=tuple(entry for entry in self.available if entry.added <= moment),
            saved=tuple(entry for entry in self.saved if entry.added <= moment),
        )

    def about(self, titles: Container[TitleKey]) -> Queue:
        """The queue without entries of other titles than these; it counts as changed where there were any."""
        kept = replace(
            self,
            available=tuple(entry for entry in self.available if entry.title in titles),
            saved=tuple(entry for entry in self.saved if entry.title in titles),
        )
        return self if kept == self else replace(kept, changes=self.changes + 1)

    def placed(self) -> tuple[Placed, ...]:
        """All entries, the saved ones last."""
        return (
            *(Placed(entry, position) for position, entry in enumerate(self.available, start=1)),
            *(Placed(entry, None) for entry in self.saved),
        )

    def find(self, title: TitleKey) -> Placed | None:
        """Where a title stands, if it does."""
        for position, entry in enumerate(self.available, start=1):
            if entry.title == title:
                return Placed(entry, position)
        return next((Placed(entry, None) for entry in self.saved if entry.title == title), None)


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a request to add: the queue, what is in it now, and what could not be added or was there."""

    queue: Queue
    placed: tuple[Placed, ...]
    moved: bool = False
    failed: tuple[TitleKey, ...] = ()
    already: tuple[TitleKey, ...] = ()

    @property
    def partial(self) -> bool:
        return bool(self.failed or self.already)


def check_etag(queue: Queue, given: str | None) -> None:
    """Refuses StaleEtag where an etag was given that is not the queue's."""
    if given and given != queue.etag:
        raise StaleEtag(queue.etag, given)


def add(queue: Queue, entry: QueueEntry, position: int | None) -> Added:
    """The queue with one more title, or with it at another place where it is in there already.

    Without a position it goes to the end. Refuses AlreadyQueued, CannotMoveSaved, QueueTooLarge.
    """
    found = queue.find(entry.title)
    if found is not None and position is None:
        raise AlreadyQueued
    if found is not None and found.position is None:
        raise CannotMoveSaved
    if found is not None:
        kept = replace(found.entry, format=entry.format)
        others = tuple(one for one in queue.available if one.title != entry.title)
        return _moved(queue, others, kept, position)
    if entry.availability == AWAITING_RELEASE:
        return Added(save(queue, entry), (Placed(entry, None),))
    _check_room(queue, 1)
    return replace(_moved(queue, queue.available, entry, position), moved=False)


def add_set(
    queue: Queue, entries: Sequence[QueueEntry], position: int | None, failed: tuple[TitleKey, ...], at_home: bool
) -> Added:
    """The queue with all parts of a set that are not in it yet, one after the other.

    `failed` are parts that cannot be had. Refuses CannotMoveSeries, AlreadyQueued, TitleAtHome, TitleUnavailable,
    QueueTooLarge.
    """
    already = tuple(one.title for one in entries if queue.find(one.title) is not None)
    new = [one for one in entries if one.title not in already]
    if already and position is not None:
        raise CannotMoveSeries
    if not new:
        raise AlreadyQueued if already else TitleAtHome() if at_home else TitleUnavailable()
    _check_room(queue, len(new))
    placed: list[Placed] = []
    for offset, entry in enumerate(new):
        added = add(queue, entry, None if position is None else position + offset)
        queue = added.queue
        placed += added.placed
    return Added(queue, tuple(placed), failed=failed, already=already)


def save(queue: Queue, entry: QueueEntry) -> Queue:
    """The queue with one more title among the saved ones. Refuses AlreadyQueued, QueueTooLarge."""
    if queue.find(entry.title) is not None:
        raise AlreadyQueued
    _check_room(queue, 1)
    return replace(queue, saved=(*queue.saved, entry), changes=queue.changes + 1)


def remove(queue: Queue, title_number: int, position: int | None, *, saved: bool) -> Queue:
    """The queue without an entry; a position, where it is given, must still be the entry's. Refuses NotInQueue."""
    for placed in queue.placed():
        here = placed.entry.title[1] == title_number and (placed.position is None) == saved
        if here and position in (None, placed.position):
            entry = placed.entry
            return replace(
                queue,
                available=tuple(one for one in queue.available if one is not entry),
                saved=tuple(one for one in queue.saved if one is not entry),
                changes=queue.changes + 1,
            )
    raise NotInQueue


def _moved(queue: Queue, others: tuple[QueueEntry, ...], entry: QueueEntry, position: int | None) -> Added:
    place = len(others) if position is None else min(position - 1, len(others))
    available = (*others[:place], entry, *others[place:])
    changed = replace(queue, available=available, changes=queue.changes + 1)
    return Added(changed, (Placed(entry, place + 1),), moved=True)


def _check_room(queue: Queue, more: int) -> None:
    if len(queue.available) + len(queue.saved) + more > MAX_ENTRIES:
        raise QueueTooLarge

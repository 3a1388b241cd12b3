"""What a title becomes in a queue: which parts of it can be had there, in which format, and when.

The places in a queue are in `queues.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.queues import AWAITING_RELEASE, Added, Queue, QueueEntry, QueueKind, add, add_set
from mock_netflix.world.refusals import FormatInvalid, FormatNotAllowed, TitleAtHome, TitleUnavailable
from mock_netflix.world.rentals import at_home
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Availability, Title, TitleType

DISC_FORMATS = ("DVD", "Blu-ray")
# On the wire the format of an entry has a capital, that of an availability has none (reference: resources 6).
INSTANT_ENTRY = "Instant"
INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants titles in which queue, and how; `format` is what was asked for, if anything. `now`: epoch seconds."""

    subscriber: Subscriber
    kind: QueueKind
    format: str | None
    now: int


def parts_of(title: Title, kind: QueueKind, catalogue: Catalogue) -> tuple[Title, ...]:
    """What a title stands for in a queue: a series by mail is its discs."""
    if kind is QueueKind.DISC and title.type in (TitleType.SERIES, TitleType.SEASON):
        return catalogue.children(title, TitleType.DISC)
    return (title,)


def entry_for(title: Title, wish: Wish) -> QueueEntry:
    """The entry that a title becomes.

    Refuses FormatInvalid, FormatNotAllowed, TitleUnavailable, TitleAtHome.
    """
    if wish.kind is QueueKind.INSTANT:
        return _instant_entry(title, wish)
    if any(event.title == title.key for event in at_home(wish.subscriber.rentals)):
        raise TitleAtHome
    chosen = _disc_format(title, wish)
    if chosen.available_from > wish.now:
        return QueueEntry(title.key, chosen.format, wish.now, AWAITING_RELEASE, chosen.available_from)
    return QueueEntry(title.key, chosen.format, wish.now)


def with_titles(queue: Queue, titles: Sequence[Title], position: int | None, wish: Wish, catalogue: Catalogue) -> Added:
    """The queue with titles, or where there are several parts, with those of them that can be had.

    Refuses what `queues.add`, `queues.add_set` and `entry_for` refuse.
    """
    parts = [part for title in titles for part in parts_of(title, wish.kind, catalogue)]
    if len(parts) == 1 and parts == [*titles]:
        queued = queue.find(parts[0].key)
        # What stands in the queue may be moved even where it can no longer be added.
        entry = queued.entry if queued and position and not wish.format else entry_for(parts[0], wish)
        return add(queue, entry, position)
    entries, failed, home = [], [], False
    for part in parts:
        queued = queue.find(part.key)
        try:
            entries.append(queued.entry if queued else entry_for(part, wish))
        except (TitleUnavailable, TitleAtHome) as refusal:
            home = home or isinstance(refusal, TitleAtHome)
            failed.append(part.key)
    return add_set(queue, entries, position, tuple(failed), home)


def check_format(wish: Wish) -> None:
    """Refuses FormatInvalid and FormatNotAllowed for what was asked for, whatever the title."""
    if wish.kind is QueueKind.INSTANT:
        if not wish.subscriber.can_instant_watch:
            raise FormatNotAllowed
        if wish.format not in (None, INSTANT_ENTRY, INSTANT):
            raise FormatInvalid
    elif wish.format is not None:
        if wish.format not in DISC_FORMATS:
            raise FormatInvalid
        if wish.format not in allowed_formats(wish.subscriber):
            raise FormatNotAllowed


def allowed_formats(subscriber: Subscriber) -> tuple[str, ...]:
    """The disc formats that a subscriber can have, the preferred one first; everybody can have DVDs."""
    preferred = tuple(name for name in subscriber.preferred_formats if name in DISC_FORMATS)
    return preferred if "DVD" in preferred else (*preferred, "DVD")


def can_be_had(availability: Availability, now: int) -> bool:
    """Whether a format is not gone."""
    return availability.available_until is None or availability.available_until > now


def _instant_entry(title: Title, wish: Wish) -> QueueEntry:
    streams = (one for one in title.formats if one.format == INSTANT)
    if not any(one.available_from <= wish.now and can_be_had(one, wish.now) for one in streams):
        raise TitleUnavailable
    return QueueEntry(title.key, INSTANT_ENTRY, wish.now)


def _disc_format(title: Title, wish: Wish) -> Availability:
    """The asked or the most preferred disc format that the title comes in."""
    offered = {one.format: one for one in title.formats if one.format in DISC_FORMATS and can_be_had(one, wish.now)}
    if not offered:
        raise TitleUnavailable
    if wish.format is not None:
        if wish.format not in offered:
            raise FormatInvalid
        return offered[wish.format]
    for name in allowed_formats(wish.subscriber):
        if name in offered:
            return offered[name]
    raise FormatNotAllowed

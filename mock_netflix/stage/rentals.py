"""What happens to discs and streams: a disc is sent and comes back, a title is watched."""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.data.faults import shown
from mock_netflix.errors import ConflictError, MockNetflixError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.dates import in_words, past_in
from mock_netflix.stage.moments import Moment
from mock_netflix.stage.queues import why
from mock_netflix.stage.subscribers import Who, find_subscriber
from mock_netflix.stage.titles import Named, find_title
from mock_netflix.world.queueing import Wish, check_format, entry_for
from mock_netflix.world.queues import AWAITING_RELEASE, Queue, QueueEntry, QueueKind
from mock_netflix.world.refusals import Refusal
from mock_netflix.world.rentals import RentalEvent, RentalState, at_home, newest_first
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title, TitleType

# Seconds between shipping a disc and its expected arrival.
_DELIVERY = 86_400
# What goes by mail.
_SENT = (TitleType.MOVIE, TitleType.DISC)
_MOST_MINUTES = 100_000


def ship(
    sandbox: Sandbox,
    title: Named,
    *,
    subscriber: Who = None,
    format: str | None = None,  # noqa: A002
    at: Moment | None = None,
) -> RentalEvent:
    """The disc is at home from now on, and in the disc queue no longer.

    `format`: by default that of the queue, or what the subscriber prefers.
    Raises UnknownError, and ConflictError where it cannot be.
    """
    with sandbox.lock:
        found, owner, moment = find_title(sandbox, title), find_subscriber(sandbox, subscriber), past_in(sandbox, at)
        if found.type not in _SENT:
            raise ConflictError(f"{found.regular} is not sent as a whole; name one of its discs")
        queued = owner.disc_queue.find(found.key)
        wanted = format or (queued.entry.format if queued is not None else None)
        entry = _entry(found, Wish(owner, QueueKind.DISC, wanted, moment))
        if entry.availability == AWAITING_RELEASE:
            day = in_words(entry.available_from or 0)
            raise ConflictError(f"{found.regular} cannot be sent before {day}, when it comes as {entry.format}")
        event = RentalEvent(found.key, RentalState.SHIPPED, moment, entry.format, moment + _DELIVERY)
        _happened(sandbox, replace(owner, disc_queue=_without(owner.disc_queue, found)), event)
    return event


def give_back(sandbox: Sandbox, title: Named, *, subscriber: Who = None, at: Moment | None = None) -> RentalEvent:
    """The disc has come back. Raises UnknownError, and ConflictError where it is not at home."""
    with sandbox.lock:
        found, owner, moment = find_title(sandbox, title), find_subscriber(sandbox, subscriber), past_in(sandbox, at)
        out = next((event for event in at_home(owner.rentals) if event.title == found.key), None)
        if out is None:
            raise ConflictError(f"{found.regular} is not at home with {owner.login}; ship it first")
        if at is not None and moment < out.at:
            raise ConflictError(
                f"{found.regular} cannot come back at {in_words(moment)}: it was sent at {in_words(out.at)}"
            )
        # Where the clock was set back, it comes back at once.
        event = RentalEvent(found.key, RentalState.RETURNED, max(moment, out.at), out.format)
        _happened(sandbox, owner, event)
    return event


def watch(
    sandbox: Sandbox, title: Named, *, subscriber: Who = None, minutes: int | None = None, at: Moment | None = None
) -> RentalEvent:
    """The title was watched online, so many minutes of it.

    Raises UnknownError, and ConflictError where it cannot be.
    """
    whole = isinstance(minutes, int) and not isinstance(minutes, bool)
    if minutes is not None and not (whole and 1 <= minutes <= _MOST_MINUTES):
        raise MockNetflixError(f"minutes cannot be {shown(minutes)}; it is a whole number from 1 to {_MOST_MINUTES}")
    with sandbox.lock:
        found, owner, moment = find_title(sandbox, title), find_subscriber(sandbox, subscriber), past_in(sandbox, at)
        _entry(found, Wish(owner, QueueKind.INSTANT, None, moment))
        seconds = None if minutes is None else minutes * 60
        event = RentalEvent(found.key, RentalState.WATCHED, moment, "instant", viewed_time=seconds)
        _happened(sandbox, owner, event)
    return event


def _entry(title: Title, wish: Wish) -> QueueEntry:
    """What the title would be in a queue, and so how it can be had. Raises ConflictError."""
    try:
        check_format(wish)
        return entry_for(title, wish)
    except Refusal as refusal:
        raise why(refusal, title, wish) from None


def _happened(sandbox: Sandbox, owner: Subscriber, event: RentalEvent) -> None:
    """Of what happened in the same second, this is the newest."""
    sandbox.state = sandbox.state.with_subscriber(replace(owner, rentals=newest_first((event, *owner.rentals))))


def _without(queue: Queue, title: Title) -> Queue:
    if queue.find(title.key) is None:
        return queue
    return replace(
        queue,
        available=tuple(one for one in queue.available if one.title != title.key),
        saved=tuple(one for one in queue.saved if one.title != title.key),
        changes=queue.changes + 1,
    )

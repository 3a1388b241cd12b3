"""Discs by mail, where the rule `shipping` asks for it: what becomes of queues and histories as time passes.

    saved ── its day comes ──> in the queue ── a disc may be sent ──> at home ── its days are over ──> returned

The mail comes at noon and goes at six (UTC), from Monday to Friday; what comes back makes room for what goes that day.
Nothing of this is on record but that a disc is expected a day after it was sent (reference: resources 3.7, examples
8.19); the rest is a guess. Each step follows from the ones before alone, so it makes no difference in how many strides
the time passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.identifiers import derive
from mock_netflix.world.queueing import can_be_had
from mock_netflix.world.queues import AVAILABLE_NOW, Queue, QueueEntry
from mock_netflix.world.rentals import RentalEvent, RentalState, at_home, newest_first
from mock_netflix.world.rules import Rules
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber

_DAY = 86_400
_NOON, _SIX = 12 * 3600, 18 * 3600
# Weekdays are counted from Monday, and the days since 1970 from a Thursday.
_THURSDAY, _WEEKEND = 3, (5, 6)
# Seconds between sending a disc and its expected arrival.
_DELIVERY = _DAY
# Days from the one on which a disc is sent until it is back, at least, and how many more they may be.
_LEAST, _MORE = 3, 4


@dataclass(frozen=True, slots=True)
class _Office:
    """What the mail knows besides the subscriber: whose discs, what there is of titles, and the rules."""

    user_id: str
    catalogue: Catalogue
    rules: Rules


@dataclass(frozen=True, slots=True)
class _Post:
    """How far one subscriber's mail has come: what is at home, what is queued, and what has happened, oldest first."""

    home: tuple[RentalEvent, ...]
    queue: Queue
    events: tuple[RentalEvent, ...] = ()


def delivered(state: State, after: int, until: int) -> State:
    """The world once all mail between two moments (epoch seconds, the last one included) has come and gone."""
    if not state.rules.shipping:
        return state
    served = {
        user_id: one
        for user_id, subscriber in state.subscribers.items()
        if (one := _served(subscriber, after, until, state)) is not subscriber
    }
    return replace(state, subscribers={**state.subscribers, **served}) if served else state


def _served(subscriber: Subscriber, after: int, until: int, state: State) -> Subscriber:
    office = _Office(subscriber.user_id, state.catalogue, state.rules)
    begun = post = _Post(at_home(subscriber.rentals), subscriber.disc_queue)
    while (moment := min(_moments(post, after, office), default=until + 1)) <= until:
        for step in (_returned, _released, _sent):
            post = step(post, moment, after, office)
        after = moment
    if post == begun:
        return subscriber
    rentals = newest_first((*reversed(post.events), *subscriber.rentals))
    return replace(subscriber, rentals=rentals, disc_queue=post.queue)


def _moments(post: _Post, after: int, office: _Office) -> Iterator[int]:
    """When something may happen next, in no order."""
    yield from (_return_of(event, after, office) for event in post.home)
    yield from (day for entry in _all(post.queue) if (day := _release_of(entry, after)) is not None)
    if len(post.home) < office.rules.discs_at_home:
        days = (_sending_of(entry, after, post, office) for entry in post.queue.available)
        yield from (day for day in days if day is not None)


def _mail(after: int, hour: int) -> int:
    """The first time after a moment that the mail comes or goes."""
    day = (after - hour) // _DAY + 1
    weekday = (day + _THURSDAY) % 7
    return (day + (7 - weekday if weekday in _WEEKEND else 0)) * _DAY + hour


def _return_of(event: RentalEvent, after: int, office: _Office) -> int:
    """When a disc that is at home comes back; one that is late, with the next mail."""
    days = office.rules.days_kept
    if days is None:
        days = _LEAST + int(derive("0123456789", 4, "days kept", office.user_id, *event.title)) % (_MORE + 1)
    return _mail(max((event.at // _DAY + days) * _DAY, after), _NOON)


def _release_of(entry: QueueEntry, after: int) -> int | None:
    """When an entry that waits for a day has come to it; one whose day is past, with the next mail that goes."""
    if entry.available_from is None:
        return None
    return entry.available_from if entry.available_from > after else _mail(after, _SIX)


def _sending_of(entry: QueueEntry, after: int, post: _Post, office: _Office) -> int | None:
    """When an entry can be sent; None where it cannot: it is to be waited for, at home, or not to be had."""
    if entry.availability != AVAILABLE_NOW or any(event.title == entry.title for event in post.home):
        return None
    title = office.catalogue.titles.get(entry.title)
    disc = next((one for one in title.formats if one.format == entry.format), None) if title is not None else None
    if disc is None:
        return None
    day = _mail(max(disc.available_from - 1, after), _SIX)
    return day if can_be_had(disc, day) else None


def _all(queue: Queue) -> tuple[QueueEntry, ...]:
    return (*queue.available, *queue.saved)


def _returned(post: _Post, moment: int, after: int, office: _Office) -> _Post:
    """Of a title that is at home twice, the later one counts as returned, as in `rentals.at_home`."""
    home = list(post.home)
    events = []
    for back in [event for event in home if _return_of(event, after, office) == moment]:
        home.remove(next(event for event in home if event.title == back.title))
        events.append(RentalEvent(back.title, RentalState.RETURNED, moment, back.format))
    return replace(post, home=tuple(home), events=(*post.events, *events)) if events else post


def _released(post: _Post, moment: int, after: int, office: _Office) -> _Post:
    """What was saved goes to the end of the queue; what waited in it keeps its place."""
    queue = post.queue
    come = [entry for entry in _all(queue) if _release_of(entry, after) == moment]
    if not come:
        return post
    free = {entry: replace(entry, availability=AVAILABLE_NOW, available_from=None) for entry in come}
    there = tuple(free.get(entry, entry) for entry in queue.available)
    saved = tuple(entry for entry in queue.saved if entry not in free)
    out = tuple(free[entry] for entry in queue.saved if entry in free)
    return replace(post, queue=Queue((*there, *out), saved, queue.changes + 1))


def _sent(post: _Post, moment: int, after: int, office: _Office) -> _Post:
    """The first ones of the queue go, as many as there is room for at home."""
    for entry in post.queue.available:
        if len(post.home) >= office.rules.discs_at_home:
            break
        if _sending_of(entry, after, post, office) == moment:
            event = RentalEvent(entry.title, RentalState.SHIPPED, moment, entry.format, moment + _DELIVERY)
            left = tuple(one for one in post.queue.available if one is not entry)
            queue = replace(post.queue, available=left, changes=post.queue.changes + 1)
            post = _Post((event, *post.home), queue, (*post.events, event))
    return post

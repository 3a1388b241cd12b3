"""Subscribers as fixtures describe them, turned into subscribers of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice

from mock_netflix.calendar import LAUNCH
from mock_netflix.data import schema
from mock_netflix.data.moments import epoch
from mock_netflix.world.maturity import level_of
from mock_netflix.world.queueing import DISC_FORMATS, INSTANT, INSTANT_ENTRY, allowed_formats
from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.rentals import RentalEvent, RentalState, at_home, newest_first
from mock_netflix.world.subscribers import Rating, Review, Subscriber
from mock_netflix.world.titles import Title, TitleKey, TitleType

# Seconds between shipping a disc and its expected arrival.
_DELIVERY = 86_400

# From a reference and the place where it stands to the title; raises FixtureError.
Find = Callable[[schema.TitleRef, str], TitleKey]


# What is sent by mail; a series or a season is sent as its discs.
_SENT = (TitleType.MOVIE, TitleType.DISC)


def of_subscriber(given: schema.Subscriber, user_id: str, find: Find, titles: Iterable[Title]) -> Subscriber:
    """A subscriber with rentals, queues, ratings and reviews; `titles` are all that there are to fill a queue with.

    Raises ValueError for a date that is none and for a queue that cannot be filled.
    """
    preferred = tuple(given.preferred_formats) or ("DVD",)
    ratings = {
        find(rating.title, f"ratings[{place}].title"): Rating(
            None if rating.stars == "not_interested" else rating.stars, epoch(rating.rated)
        )
        for place, rating in enumerate(given.ratings)
    }
    subscriber = Subscriber(
        user_id=user_id,
        login=given.login,
        password=given.password,
        first_name=given.first_name,
        last_name=given.last_name,
        nickname=given.nickname or given.first_name,
        can_instant_watch=given.can_instant_watch,
        max_maturity_level=given.max_maturity_level,
        preferred_formats=preferred,
        rentals=newest_first(
            event
            for place, rental in enumerate(given.rentals)
            for event in _events(rental, find(rental.title, f"rentals[{place}].title"))
        ),
        disc_queue=_queue(given.disc_queue, preferred[0], "disc_queue", find),
        instant_queue=_queue(given.instant_queue, INSTANT_ENTRY, "instant_queue", find),
        ratings=ratings,
        reviews=_reviews(given.reviews, find),
    )
    return _with_full_queues(given, subscriber, titles)


def _events(rental: schema.Rental, title: TitleKey) -> Iterator[RentalEvent]:
    """What one loan or viewing leaves in the history. Raises ValueError where the dates make none."""
    if not (rental.shipped or rental.returned or rental.watched):
        raise ValueError(f"the rental of {title[0]}/{title[1]} needs a date: shipped, returned or watched")
    if rental.shipped and rental.returned and epoch(rental.returned) < epoch(rental.shipped):
        raise ValueError(f"the rental of {title[0]}/{title[1]} was returned before it was shipped")
    if rental.shipped is not None:
        shipped = epoch(rental.shipped)
        yield RentalEvent(title, RentalState.SHIPPED, shipped, rental.format or "DVD", shipped + _DELIVERY)
    if rental.returned is not None:
        yield RentalEvent(title, RentalState.RETURNED, epoch(rental.returned), rental.format or "DVD")
    if rental.watched is not None:
        seconds = None if rental.minutes_viewed is None else rental.minutes_viewed * 60
        yield RentalEvent(title, RentalState.WATCHED, epoch(rental.watched), "instant", viewed_time=seconds)


def _queue(given: list[schema.QueueEntry], preferred: str, name: str, find: Find) -> Queue:
    entries = [
        QueueEntry(
            title=find(entry.title, f"{name}[{place}].title"),
            format=entry.format or preferred,
            added=epoch(entry.added),
            availability=entry.availability,
            available_from=epoch(entry.available_from) if entry.available_from else None,
        )
        for place, entry in enumerate(given)
    ]
    places = list(zip(given, entries, strict=True))
    return Queue(
        available=tuple(entry for one, entry in places if not one.saved),
        saved=tuple(entry for one, entry in places if one.saved),
    )


def _with_full_queues(given: schema.Subscriber, subscriber: Subscriber, titles: Iterable[Title]) -> Subscriber:
    """The subscriber whose queues have as many titles as they are to be filled to. Raises ValueError."""
    if given.disc_queue_filled_to is not None:
        home = {event.title for event in at_home(subscriber.rentals)}
        sent = (title for title in titles if title.type in _SENT and title.key not in home)
        wanted = {name: name for name in allowed_formats(subscriber) if name in DISC_FORMATS}
        filled = _filled(subscriber.disc_queue, given.disc_queue_filled_to, wanted, _suitable(sent, subscriber))
        subscriber = replace(subscriber, disc_queue=filled)
    if given.instant_queue_filled_to is not None:
        wanted = {INSTANT: INSTANT_ENTRY}
        filled = _filled(subscriber.instant_queue, given.instant_queue_filled_to, wanted, _suitable(titles, subscriber))
        subscriber = replace(subscriber, instant_queue=filled)
    return subscriber


def _suitable(titles: Iterable[Title], subscriber: Subscriber) -> Iterator[Title]:
    return (title for title in titles if level_of(title.rating) <= subscriber.max_maturity_level)


def _filled(queue: Queue, places: int, formats: dict[str, str], titles: Iterable[Title]) -> Queue:
    """The queue with titles that came and stay, each added on the day when it came, the first of them first.

    `formats` has the names in an entry by those of an availability, the preferred one first. Raises ValueError where
    there are too few titles.
    """
    there = {placed.entry.title for placed in queue.placed()}
    entries = []
    for title in titles:
        came = {one.format: one.available_from for one in title.formats if one.available_until is None}
        name = next((name for name in formats if name in came), None)
        if name is not None and title.key not in there:
            entries.append(QueueEntry(title.key, formats[name], max(came[name], LAUNCH)))
    missing = max(places - len(there), 0)
    if len(entries) < missing:
        raise ValueError(
            f"a queue cannot be filled to {places}: there are only {len(there) + len(entries)} titles for it"
        )
    entries.sort(key=lambda entry: entry.added)
    return replace(queue, available=(*queue.available, *islice(entries, missing)))


def _reviews(given: list[schema.Review], find: Find) -> tuple[Review, ...]:
    """What was written, newest first."""
    reviews = [
        Review(find(review.title, f"reviews[{place}].title"), review.text, epoch(review.written))
        for place, review in enumerate(given)
    ]
    return tuple(sorted(reviews, key=lambda review: review.at, reverse=True))

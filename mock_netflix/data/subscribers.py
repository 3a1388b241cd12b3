"""Subscribers as fixtures describe them, turned into subscribers of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mock_netflix.data import schema
from mock_netflix.data.moments import epoch
from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.rentals import RentalEvent, RentalState, newest_first
from mock_netflix.world.subscribers import Rating, Review, Subscriber
from mock_netflix.world.titles import TitleKey

# Seconds between shipping a disc and its expected arrival.
_DELIVERY = 86_400

# From a reference and the place where it stands to the title; raises FixtureError.
Find = Callable[[schema.TitleRef, str], TitleKey]


def of_subscriber(given: schema.Subscriber, user_id: str, find: Find) -> Subscriber:
    """A subscriber with rentals, queues, ratings and reviews. Raises ValueError for a date that is none."""
    preferred = tuple(given.preferred_formats) or ("DVD",)
    ratings = {
        find(rating.title, f"ratings[{place}].title"): Rating(
            None if rating.stars == "not_interested" else rating.stars, epoch(rating.rated)
        )
        for place, rating in enumerate(given.ratings)
    }
    return Subscriber(
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
        instant_queue=_queue(given.instant_queue, "Instant", "instant_queue", find),
        ratings=ratings,
        reviews=_reviews(given.reviews, find),
    )


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


def _reviews(given: list[schema.Review], find: Find) -> tuple[Review, ...]:
    """What was written, newest first."""
    reviews = [
        Review(find(review.title, f"reviews[{place}].title"), review.text, epoch(review.written))
        for place, review in enumerate(given)
    ]
    return tuple(sorted(reviews, key=lambda review: review.at, reverse=True))

"""Subscribers as fixtures describe them, turned into those of the domain; what was left out is filled in stably."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from mock_netflix.calendar import LAUNCH
from mock_netflix.data import schema
from mock_netflix.data.faults import Faults, Place
from mock_netflix.data.files import Fixture
from mock_netflix.data.moments import epoch
from mock_netflix.data.references import Dangling, References
from mock_netflix.world.maturity import level_of
from mock_netflix.world.queueing import DISC_FORMATS, INSTANT, INSTANT_ENTRY, allowed_formats
from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.rentals import RentalEvent, RentalState, at_home, newest_first
from mock_netflix.world.subscribers import Rating, Review, Subscriber
from mock_netflix.world.titles import Title, TitleKey, TitleType

_Said = TypeVar("_Said", schema.Rental, schema.QueueEntry)

_DAY = 86_400
# Seconds between shipping a disc and its expected arrival.
_DELIVERY = _DAY
# Loans without dates: one a week, each kept for five days.
_WEEK, _KEPT = 7 * _DAY, 5 * _DAY

# Who has a login that tells no surname.
_NOBODY = "Doe"
_BETWEEN_NAMES = re.compile(r"[\W\d_]+")


# What is sent by mail; a series or a season is sent as its discs.
_SENT = (TitleType.MOVIE, TitleType.DISC)


@dataclass(frozen=True, slots=True)
class Telling:
    """One subscriber of a fixture file, where they stand there, what titles there are, and who hears of faults.

    `as_of`: the day that dates which were left out lie before, in epoch seconds. `titles`: all that there are.
    """

    fixture: Fixture
    place: Place
    given: schema.Subscriber
    references: References
    faults: Faults
    as_of: int
    titles: Collection[Title]

    def wrong(self, reason: str, *place: str | int) -> None:
        self.faults.add(self.fixture.file, reason, (*self.place, *place), self.fixture.find)

    def title(self, ref: schema.TitleRef, *place: str | int) -> TitleKey | None:
        """The title that is meant at a place of this subscriber."""
        try:
            return self.references.find(ref)
        except Dangling as error:
            self.wrong(str(error), *place)
            return None

    def days_ago(self, days: int) -> int:
        return self.as_of - days * _DAY


def of_subscriber(told: Telling, user_id: str) -> Subscriber:
    """A subscriber with rentals, queues, ratings and reviews."""
    given = told.given
    preferred = tuple(given.preferred_formats) or ("DVD",)
    names = [one.title() for one in _BETWEEN_NAMES.split(given.login.partition("@")[0]) if one]
    first = given.first_name or (names[0] if names else given.login)
    subscriber = Subscriber(
        user_id=user_id,
        login=given.login,
        password=given.password,
        first_name=first,
        last_name=given.last_name or (names[-1] if len(names) > 1 else _NOBODY),
        nickname=given.nickname or first,
        can_instant_watch=given.can_instant_watch,
        max_maturity_level=given.max_maturity_level,
        preferred_formats=preferred,
        rentals=newest_first(_rentals(told)),
        disc_queue=_queue(told, given.disc_queue, preferred[0], "disc_queue"),
        instant_queue=_queue(told, given.instant_queue, INSTANT_ENTRY, "instant_queue"),
        ratings=_ratings(told),
        reviews=_reviews(told),
    )
    return _with_full_queues(told, subscriber)


def _rentals(told: Telling) -> Iterator[RentalEvent]:
    """What each loan or viewing leaves in the history."""
    for index, given in enumerate(told.given.rentals):
        rental, where = _of(schema.Rental, given, "rentals", index)
        title = told.title(rental.title, *where)
        if rental.shipped and rental.returned and epoch(rental.returned) < epoch(rental.shipped):
            told.wrong("was returned before it was shipped", "rentals", index, "returned")
        if title is not None:
            yield from _events(rental, title, told.as_of - (index + 1) * _WEEK)


def _of(kind: type[_Said], given: _Said | schema.TitleRef, *place: str | int) -> tuple[_Said, Place]:
    """What is said of a title, and where the title is named; a bare reference says nothing else."""
    if isinstance(given, int | str):
        return kind(title=given), place
    return given, (*place, "title")


def _events(rental: schema.Rental, title: TitleKey, week: int) -> Iterator[RentalEvent]:
    """What one loan or viewing leaves; where it has no dates, it is of this week, in epoch seconds of its beginning."""
    shipped, returned, watched = (
        None if one is None else epoch(one) for one in (rental.shipped, rental.returned, rental.watched)
    )
    if shipped is None and returned is None and watched is None:
        if rental.format == "instant":
            watched = week
        else:
            shipped, returned = week, week + _KEPT
    if shipped is not None:
        yield RentalEvent(title, RentalState.SHIPPED, shipped, rental.format or "DVD", shipped + _DELIVERY)
    if returned is not None:
        yield RentalEvent(title, RentalState.RETURNED, returned, rental.format or "DVD")
    if watched is not None:
        seconds = None if rental.minutes_viewed is None else rental.minutes_viewed * 60
        yield RentalEvent(title, RentalState.WATCHED, watched, "instant", viewed_time=seconds)


def _queue(told: Telling, given: Sequence[schema.QueueEntry | schema.TitleRef], preferred: str, name: str) -> Queue:
    available: list[QueueEntry] = []
    saved: list[QueueEntry] = []
    queued: set[TitleKey] = set()
    for index, one in enumerate(given):
        entry, where = _of(schema.QueueEntry, one, name, index)
        title = told.title(entry.title, *where)
        if title is None:
            continue
        if title in queued:
            told.wrong(f"{entry.title} is in this queue already", *where)
        queued.add(title)
        (saved if entry.saved else available).append(
            QueueEntry(
                title=title,
                format=entry.format or preferred,
                added=epoch(entry.added) if entry.added else told.days_ago(index + 1),
                availability=entry.availability,
                available_from=epoch(entry.available_from) if entry.available_from else None,
            )
        )
    return Queue(available=tuple(available), saved=tuple(saved))


def _with_full_queues(told: Telling, subscriber: Subscriber) -> Subscriber:
    """The subscriber whose queues have as many titles as they are to be filled to."""
    discs, watched = told.given.disc_queue_filled_to, told.given.instant_queue_filled_to
    if discs is not None:
        home = {event.title for event in at_home(subscriber.rentals)}
        sent = (title for title in told.titles if title.type in _SENT and title.key not in home)
        wanted = {name: name for name in allowed_formats(subscriber) if name in DISC_FORMATS}
        filled = _filled(subscriber.disc_queue, discs, wanted, _suitable(sent, subscriber))
        _check_full(told, filled, discs, "disc_queue_filled_to")
        subscriber = replace(subscriber, disc_queue=filled)
    if watched is not None:
        wanted = {INSTANT: INSTANT_ENTRY}
        filled = _filled(subscriber.instant_queue, watched, wanted, _suitable(told.titles, subscriber))
        _check_full(told, filled, watched, "instant_queue_filled_to")
        subscriber = replace(subscriber, instant_queue=filled)
    return subscriber


def _check_full(told: Telling, queue: Queue, places: int, name: str) -> None:
    there = len(queue.available) + len(queue.saved)
    if there < places:
        told.wrong(f"a queue cannot be filled to {places}: there are only {there} titles for it", name)


def _suitable(titles: Iterable[Title], subscriber: Subscriber) -> Iterator[Title]:
    return (title for title in titles if level_of(title.rating) <= subscriber.max_maturity_level)


def _filled(queue: Queue, places: int, formats: dict[str, str], titles: Iterable[Title]) -> Queue:
    """The queue with titles that came and stay, each added on the day when it came, the first of them first.

    `formats` has the names in an entry by those of an availability, the preferred one first.
    """
    there = {placed.entry.title for placed in queue.placed()}
    entries = []
    for title in titles:
        came = {one.format: one.available_from for one in title.formats if one.available_until is None}
        name = next((name for name in formats if name in came), None)
        if name is not None and title.key not in there:
            entries.append(QueueEntry(title.key, formats[name], max(came[name], LAUNCH)))
    missing = max(places - len(there), 0)
    entries.sort(key=lambda entry: entry.added)
    return replace(queue, available=(*queue.available, *islice(entries, missing)))


def _ratings(told: Telling) -> dict[TitleKey, Rating]:
    given: Iterable[tuple[schema.Rating, Place]]
    if isinstance(told.given.ratings, dict):
        pairs = told.given.ratings.items()
        given = ((schema.Rating(title=title, stars=stars), ("ratings", title)) for title, stars in pairs)
    else:
        given = ((rating, ("ratings", index, "title")) for index, rating in enumerate(told.given.ratings))
    ratings: dict[TitleKey, Rating] = {}
    for day, (rating, where) in enumerate(given, start=1):
        title = told.title(rating.title, *where)
        if title is None:
            continue
        if title in ratings:
            told.wrong(f"{rating.title} is rated already", *where)
        stars = None if rating.stars == "not_interested" else rating.stars
        ratings[title] = Rating(stars, epoch(rating.rated) if rating.rated else told.days_ago(day))
    return ratings


def _reviews(told: Telling) -> tuple[Review, ...]:
    """What was written, newest first."""
    reviews = [
        Review(title, review.text, epoch(review.written) if review.written else told.days_ago(index + 1))
        for index, review in enumerate(told.given.reviews)
        if (title := told.title(review.title, "reviews", index, "title")) is not None
    ]
    return tuple(sorted(reviews, key=lambda review: review.at, reverse=True))

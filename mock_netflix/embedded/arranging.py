"""What a test arranges in its world before the client comes: titles, people, subscribers and what is theirs.

A title is named as in fixtures, by its name, number or address, or is one that was given back; a subscriber by login,
user id or nickname, and is the ready one where none is named. Everything happens at the moment that it is in the world,
or `at` another one. What cannot be is a MockNetflixError, and then nothing is changed.
"""

from __future__ import annotations

from typing import Any, Literal

from mock_netflix.sandbox import Sandbox
from mock_netflix.stage import queues, ratings, rentals, subscribers, titles
from mock_netflix.stage.moments import Moment
from mock_netflix.stage.subscribers import Who
from mock_netflix.stage.titles import Named
from mock_netflix.world.people import Person
from mock_netflix.world.queues import Queue
from mock_netflix.world.rentals import RentalEvent
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title


class Arranging:
    """The part of a world's handle that fills it."""

    __slots__ = ("__weakref__", "_sandbox")

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add_title(self, title: str, *, type: str | None = None, **fields: Any) -> Title:  # noqa: A002
        """A movie or a series more, with the fields of a fixture (docs/fixtures.md); what is left out is filled in.

        `type` is "movie" or "series"; without it, what has `seasons` is a series.
        """
        return titles.add_title(self._sandbox, title, type=type, **fields)

    def add_person(self, name: str, **fields: Any) -> Person:
        """A person with the fields of a fixture, whom titles that are added later may name."""
        return titles.add_person(self._sandbox, name, **fields)

    def find_title(self, named: Named) -> Title:
        """The title that is meant."""
        return titles.find_title(self._sandbox, named)

    def add_subscriber(self, login: str | None = None, **fields: Any) -> Subscriber:
        """A subscriber more, with the fields of a fixture; the login is made up where none is told.

        With `ready=True` they are the ready one from now on.
        """
        return subscribers.add_subscriber(self._sandbox, login, **fields)

    def find_subscriber(self, named: Who = None) -> Subscriber:
        """The subscriber as they are now."""
        return subscribers.find_subscriber(self._sandbox, named)

    def change_subscriber(self, named: Who = None, **fields: Any) -> Subscriber:
        """The subscriber with another password, name, nickname, maturity level, formats or `can_instant_watch`."""
        return subscribers.change_subscriber(self._sandbox, named, **fields)

    def remove_subscriber(self, named: Who) -> Subscriber:
        """A subscriber less; their tokens are refused from now on."""
        return subscribers.remove_subscriber(self._sandbox, named)

    def queue(
        self,
        *named: Named,
        subscriber: Who = None,
        which: Literal["disc", "instant"] = "disc",
        format: str | None = None,  # noqa: A002
        saved: bool = False,
        clear: bool = False,
    ) -> Queue:
        """Puts titles at the end of a queue as the subscriber could have, a series by mail as its discs.

        `which`: "disc" or "instant". `format`: "DVD" or "Blu-ray", by default what the subscriber prefers. `saved`:
        they wait among the saved ones. `clear`: without what was there; without titles, that alone.
        """
        return queues.queue(
            self._sandbox, *named, subscriber=subscriber, which=which, format=format, saved=saved, clear=clear
        )

    def rate(
        self, title: Named, stars: int | str | None, *, subscriber: Who = None, at: Moment | None = None
    ) -> Subscriber:
        """What the subscriber thinks of a title: 1 to 5 stars, "not interested", or None for nothing any more."""
        return ratings.rate(self._sandbox, title, stars, subscriber=subscriber, at=at)

    def ship(
        self,
        title: Named,
        *,
        subscriber: Who = None,
        format: str | None = None,  # noqa: A002
        at: Moment | None = None,
    ) -> RentalEvent:
        """A disc is at home from now on, and in the disc queue no longer."""
        return rentals.ship(self._sandbox, title, subscriber=subscriber, format=format, at=at)

    def give_back(self, title: Named, *, subscriber: Who = None, at: Moment | None = None) -> RentalEvent:
        """A disc that was at home has come back."""
        return rentals.give_back(self._sandbox, title, subscriber=subscriber, at=at)

    def watch(
        self, title: Named, *, subscriber: Who = None, minutes: int | None = None, at: Moment | None = None
    ) -> RentalEvent:
        """A title was watched online, so many minutes of it."""
        return rentals.watch(self._sandbox, title, subscriber=subscriber, minutes=minutes, at=at)

"""A subscriber and what is theirs."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from mock_netflix.world.frozen import freeze
from mock_netflix.world.queues import Queue
from mock_netflix.world.rentals import RentalEvent
from mock_netflix.world.titles import TitleKey

# A maturity level that lets everything through (reference: protocol 10).
NO_MATURITY_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Rating:
    """What a subscriber thinks of a title: 1 to 5 stars, or None for "not interested". `at`: epoch seconds."""

    stars: int | None
    at: int


@dataclass(frozen=True, slots=True)
class Review:
    """What a subscriber wrote about a title. `at`: epoch seconds."""

    title: TitleKey
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An account, or a profile of one. `rentals` and `reviews` are kept newest first."""

    user_id: str
    login: str
    password: str
    first_name: str
    last_name: str
    nickname: str
    can_instant_watch: bool = True
    max_maturity_level: int = NO_MATURITY_LIMIT
    preferred_formats: tuple[str, ...] = ("DVD",)
    rentals: tuple[RentalEvent, ...] = ()
    disc_queue: Queue = field(default_factory=Queue)
    instant_queue: Queue = field(default_factory=Queue)
    ratings: Mapping[TitleKey, Rating] = field(default_factory=dict)
    reviews: tuple[Review, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "ratings")

    def until(self, moment: int) -> Subscriber:
        """The subscriber as they were at a moment in epoch seconds: nothing of theirs is later."""
        return replace(
            self,
            rentals=tuple(event for event in self.rentals if event.at <= moment),
            disc_queue=self.disc_queue.until(moment),
            instant_queue=self.instant_queue.until(moment),
            ratings={title: rating for title, rating in self.ratings.items() if rating.at <= moment},
            reviews=tuple(review for review in self.reviews if review.at <= moment),
        )

    def about(self, titles: Container[TitleKey]) -> Subscriber:
        """The subscriber without anything that is about other titles than these."""
        return replace(
            self,
            rentals=tuple(event for event in self.rentals if event.title in titles),
            disc_queue=self.disc_queue.about(titles),
            instant_queue=self.instant_queue.about(titles),
            ratings={title: rating for title, rating in self.ratings.items() if title in titles},
            reviews=tuple(review for review in self.reviews if review.title in titles),
        )

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

"""What the service recommends: titles a subscriber does not know yet, those first that they will like best.

Every title of a catalogue of usual size is considered; of a very large one, the best known of each type.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.maturity import level_of
from mock_netflix.world.queueing import INSTANT, allowed_formats, can_be_had
from mock_netflix.world.ratings import predict, taste_of
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title, TitleKey, TitleType

# The captured list of 2010 had movies and seasons (reference: resources 3.9).
_RECOMMENDED = (TitleType.MOVIE, TitleType.SEASON)
# So many of each type are considered at most: each costs time, and a list has 500 entries at most.
_CONSIDERED = 1000


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A title, and how many stars the subscriber is believed to give it."""

    title: Title
    predicted: float


def recommend(subscriber: Subscriber, catalogue: Catalogue, now: int) -> tuple[Recommendation, ...]:
    """Every title worth recommending, the highest prediction first, and the better known where it is the same.

    `now`: epoch seconds.
    """
    known = _known(subscriber, catalogue)
    taste = taste_of(subscriber, catalogue)
    considered = (title for kind in _RECOMMENDED for title in catalogue.best_known(kind, _CONSIDERED))
    recommended = [
        Recommendation(title, predict(taste, title))
        for title in considered
        if title.key not in known and may_have(subscriber, title, now)
    ]
    return tuple(sorted(recommended, key=lambda one: -one.predicted))


def may_have(subscriber: Subscriber, title: Title, now: int) -> bool:
    """Whether a title comes in a form that the subscriber can have, and is not too mature for their profile."""
    formats = (*allowed_formats(subscriber), *((INSTANT,) if subscriber.can_instant_watch else ()))
    mature = level_of(title.rating) > subscriber.max_maturity_level
    return not mature and any(one.format in formats and can_be_had(one, now) for one in title.formats)


def _known(subscriber: Subscriber, catalogue: Catalogue) -> set[TitleKey]:
    """The titles that the subscriber rated, had or wants, and the seasons that these are of."""
    queues = (subscriber.disc_queue, subscriber.instant_queue)
    keys = (
        *subscriber.ratings,
        *(event.title for event in subscriber.rentals),
        *(placed.entry.title for queue in queues for placed in queue.placed()),
    )
    return {key for one in keys for key in _with_seasons(catalogue.titles[one], catalogue)}


def _with_seasons(title: Title, catalogue: Catalogue) -> Iterator[TitleKey]:
    """A title, and the season it is a part of or the seasons that are parts of it."""
    yield title.key
    if title.season is not None:
        yield TitleType.SEASON, title.season
    yield from (season.key for season in catalogue.children(title, TitleType.SEASON))

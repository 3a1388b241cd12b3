"""What subscribers think of titles, and what the service believes they will think of others.

The rule of the predictions is the mock's own, for the real one was never told. It is meant to be followed by hand:

    prediction = average + shift          between 1.0 and 5.0, to one decimal
    shift      = sum(w * d) / (sum(w) + 4)

over all *other* titles that the subscriber rated, where d is how far a rating lies above that title's average, and w
how alike the two titles are: 4 for each director they share, 3 for each member of the cast, 1 for each genre. "Not
interested" counts as two stars. Who rated nothing that is alike gets the average.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.refusals import AlreadyRated
from mock_netflix.world.subscribers import Rating, Subscriber
from mock_netflix.world.titles import Title, TitleKey

LOWEST, HIGHEST = 1.0, 5.0

_DIRECTOR, _CAST, _GENRE = 4, 3, 1
# How much it takes to move a prediction; without it, one shared genre would move it as far as it goes.
_INERTIA = 4
_NOT_INTERESTED = 2

# What two titles may share: a director, a member of the cast or a genre, with its weight.
_Trait = tuple[int, int | str]


@dataclass(frozen=True, slots=True)
class Taste:
    """How a subscriber leans: for each trait the sum of the deviations of titles that have it, and their number.

    A deviation is counted in tenths of a star, so that the order of the ratings does not matter.
    """

    deviations: Mapping[TitleKey, int]
    leanings: Mapping[_Trait, tuple[int, int]]


def rate(subscriber: Subscriber, title: TitleKey, rating: Rating | None) -> Subscriber:
    """The subscriber who thinks this of a title now; None takes a rating back."""
    if rating is None and title not in subscriber.ratings:
        return subscriber
    others = {key: other for key, other in subscriber.ratings.items() if key != title}
    return replace(subscriber, ratings=others if rating is None else {**others, title: rating})


def rate_first(subscriber: Subscriber, title: TitleKey, rating: Rating | None) -> Subscriber:
    """The same for a title that has no rating yet. Refuses AlreadyRated."""
    if title in subscriber.ratings:
        raise AlreadyRated
    return rate(subscriber, title, rating)


def newest_first(subscriber: Subscriber) -> tuple[TitleKey, ...]:
    """All titles that a subscriber rated, the last one first."""
    oldest_first = sorted(subscriber.ratings.items(), key=lambda rated: rated[1].at)
    return tuple(key for key, _ in reversed(oldest_first))


def taste_of(subscriber: Subscriber, catalogue: Catalogue) -> Taste:
    """What the ratings of a subscriber tell of their taste."""
    deviations: dict[TitleKey, int] = {}
    leanings: dict[_Trait, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, rating in subscriber.ratings.items():
        title = catalogue.titles[key]
        stars = _NOT_INTERESTED if rating.stars is None else rating.stars
        deviations[key] = 10 * stars - round(10 * title.average_rating)
        for trait in _traits(title):
            total, count = leanings[trait]
            leanings[trait] = total + deviations[key], count + 1
    return Taste(deviations, dict(leanings))


def predict(taste: Taste, title: Title) -> float:
    """How many stars a subscriber of this taste is believed to give a title; their own rating of it is left out."""
    own = taste.deviations.get(title.key)
    moved, weights = 0, 0
    for trait in _traits(title):
        total, count = taste.leanings.get(trait, (0, 0))
        if own is not None:
            total, count = total - own, count - 1
        moved += trait[0] * total
        weights += trait[0] * count
    stars = title.average_rating + moved / (weights + _INERTIA) / 10
    return round(min(max(stars, LOWEST), HIGHEST), 1)


def _traits(title: Title) -> Iterator[_Trait]:
    yield from ((_DIRECTOR, number) for number in dict.fromkeys(title.directors))
    yield from ((_CAST, number) for number in dict.fromkeys(title.cast))
    yield from ((_GENRE, genre) for genre in dict.fromkeys(title.genres))

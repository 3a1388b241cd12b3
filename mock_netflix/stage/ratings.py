"""What the subscribers of a world think of titles."""

from __future__ import annotations

from mock_netflix.data.faults import shown
from mock_netflix.errors import MockNetflixError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.dates import past_in
from mock_netflix.stage.moments import Moment
from mock_netflix.stage.subscribers import Who, find_subscriber
from mock_netflix.stage.titles import Named, find_title
from mock_netflix.world.ratings import rate as rated
from mock_netflix.world.subscribers import Rating, Subscriber

_NOT_INTERESTED = ("not interested", "not_interested")


def rate(
    sandbox: Sandbox, title: Named, stars: int | str | None, *, subscriber: Who = None, at: Moment | None = None
) -> Subscriber:
    """The subscriber who thinks this of a title: 1 to 5 stars, "not interested", or None for nothing any more.

    `at`: when; now, where it is not told. Raises MockNetflixError, UnknownError.
    """
    given = _stars(stars)
    with sandbox.lock:
        found, owner = find_title(sandbox, title), find_subscriber(sandbox, subscriber)
        rating = None if stars is None else Rating(given, past_in(sandbox, at))
        owner = rated(owner, found.key, rating)
        sandbox.state = sandbox.state.with_subscriber(owner)
    return owner


def _stars(stars: int | str | None) -> int | None:
    if stars is None or stars in _NOT_INTERESTED:
        return None
    if isinstance(stars, bool) or not isinstance(stars, int) or not 1 <= stars <= 5:
        raise MockNetflixError(
            f'stars cannot be {shown(stars)}; a rating is 1 to 5, "not interested", or None to take it back'
        )
    return stars

"""The feeds of a subscriber: each with a token of its own that opens it, unsigned, and no other (protocol 9)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import link
from mock_netflix.world.grants import FEEDS, feed_token_of


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: the path below the subscriber, its name for people, and how it is sorted when not as usual."""

    path: str
    title: str
    sort: str | None = None


# Four titles are on record (Instant Queue, Titles Shipped, Titles Watched Recently, Recommendations), one is in the
# walkthrough (Titles Returned Recently) and two in a notice (protocol 9.2); the others follow their example.
_FEEDS = {
    "queues.disc": Feed("queues/disc", "Disc Queue"),
    "queues.disc.recent": Feed("queues/disc", "Recent Additions to Disc Queue", "date_added"),
    "queues.instant": Feed("queues/instant", "Instant Queue"),
    "queues.instant.recent": Feed("queues/instant", "Recent Additions to Instant Queue", "date_added"),
    "rental_history": Feed("rental_history", "Most Recent Rental Activity"),
    "rental_history.shipped": Feed("rental_history/shipped", "Titles Shipped"),
    "rental_history.watched": Feed("rental_history/watched", "Titles Watched Recently"),
    "rental_history.returned": Feed("rental_history/returned", "Titles Returned Recently"),
    "at_home": Feed("at_home", "Movies At Home"),
    "reviews": Feed("reviews", "Reviews"),
    "recommendations": Feed("recommendations", "Recommendations"),
    "ratings": Feed("ratings/title/actual", "Ratings"),
}

# These went in September 2012 (reference: protocol 9.2).
_GONE = ("rental_history", "at_home")


def title_of_feed(name: str) -> str:
    """What a feed is called."""
    return _FEEDS[name].title


def _feeds(call: Call) -> Answer:
    gone = _GONE if call.edition.removals else ()
    names = (name for name in FEEDS if not name.startswith(gone))
    links = (link(_address(name, call), f"feed.{name}", title_of_feed(name)) for name in names)
    return Answer(Element("resource", children=tuple(links)))


def _address(name: str, call: Call) -> str:
    """The address of a feed; the order of its parameters is on record (reference: walkthrough, step 6)."""
    feed = _FEEDS[name]
    key = call.caller.application.key
    query = [
        ("feed_token", feed_token_of(call.state.grants, key, call.subscriber.user_id, name)),
        ("oauth_consumer_key", key),
        ("output", "atom"),
    ]
    if feed.sort is not None:
        query.append(("sort", feed.sort))
    return f"{call.links.user(call.path['user'], '/' + feed.path)}?{urlencode(query)}"


ENDPOINTS = (
    Endpoint(
        name="users.feeds",
        paths=("/users/{user}/feeds",),
        level=Level.PROTECTED,
        verbs={"GET": _feeds},
        title="Feeds",
        record="captured",
        source="resources 3.3, protocol 9",
    ),
)

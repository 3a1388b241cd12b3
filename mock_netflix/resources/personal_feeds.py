"""The feeds of the site that belonged to a subscriber: each address has a number that only they know (protocol 9.6).

    /QueueRSS?id=P5295…     the disc queue; clients take off the place: "001- The General"
    /TrackingRSS?id=P5295…  what was sent and came back; clients take off the first word: "Shipped: The General"

The words before a name, and how many items there were, are guesses, and so is that the two feeds of the queue said the
same. What is only watched online is in none, for they are older than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from mock_netflix.resources.endpoint import Answer, Call, Handler
from mock_netflix.resources.site_feeds import item_of, site_endpoint
from mock_netflix.wire.as_rss import Channel, Item
from mock_netflix.world import rentals
from mock_netflix.world.recommendations import recommend
from mock_netflix.world.refusals import SiteFeedUnknown
from mock_netflix.world.rentals import RentalState
from mock_netflix.world.state import subscriber_with_feeds
from mock_netflix.world.subscribers import Subscriber

Items = Callable[[Call, Subscriber], Iterable[Item]]

_LIMIT = 500
_MINUTES = 60
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class PersonalFeed:
    """One feed of every subscriber."""

    path: str
    title: str
    items: Items


def _queue(call: Call, owner: Subscriber) -> Iterator[Item]:
    for place, entry in enumerate(owner.disc_queue.available, start=1):
        title = call.state.catalogue.titles[entry.title]
        yield item_of(title, call.links, entry.added, name=f"{place:03}- {title.regular}")


def _tracking(call: Call, owner: Subscriber) -> Iterator[Item]:
    for event in owner.rentals:
        if event.state is not RentalState.WATCHED:
            title = call.state.catalogue.titles[event.title]
            name, mark = f"{event.state}: {title.regular}", f"{event.state}-{event.at}"
            yield item_of(title, call.links, event.at, name=name, mark=mark)


def _recommendations(call: Call, owner: Subscriber) -> Iterator[Item]:
    for one in recommend(owner, call.state.catalogue, call.now):
        yield item_of(one.title, call.links, None)


def _at_home(call: Call, owner: Subscriber) -> Iterator[Item]:
    for event in rentals.at_home(owner.rentals):
        yield item_of(call.state.catalogue.titles[event.title], call.links, event.at, mark=str(event.at))


PERSONAL = (
    PersonalFeed("/QueueRSS", "Netflix Queue", _queue),
    PersonalFeed("/QueueEDRSS", "Netflix Queue", _queue),
    PersonalFeed("/TrackingRSS", "Most Recent Rental Activity", _tracking),
    PersonalFeed("/RecommendationsRSS", "Recommendations For You", _recommendations),
    PersonalFeed("/AtHomeRSS", "Movies At Home", _at_home),
)


def _feed(feed: PersonalFeed) -> Handler:
    def channel(call: Call) -> Answer:
        given = call.parameters.get("id") or ""
        owner = subscriber_with_feeds(call.state, given)
        if owner is None:
            raise SiteFeedUnknown("id", given[:_SHOWN])
        return Answer(
            Channel(
                title=feed.title,
                address=call.links.pages,
                own_address=call.links.site_feed(f"{feed.path}?id={given}"),
                description=f"{feed.title}: {owner.full_name}",
                built=call.sight.today,
                minutes=_MINUTES,
                items=tuple(islice(feed.items(call, owner), _LIMIT)),
            )
        )

    return channel


ENDPOINTS = tuple(site_endpoint(feed.path, feed.title, _feed(feed), ("id",), "inferred") for feed in PERSONAL)

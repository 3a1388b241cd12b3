"""What a subscriber has: queues, ratings, and what was sent, came back and was watched.

A title is named as in a fixture file, by name, number, or type and number, or by its address in the API.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mock_netflix.data import schema
from mock_netflix.resources.queues import queue_of
from mock_netflix.stage.queues import kind_of, queue
from mock_netflix.stage.ratings import rate
from mock_netflix.stage.rentals import give_back, ship, watch
from mock_netflix.stage.titles import find_title
from mock_netflix.web.control.messages import told
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.web.control.subscribers import subscriber_asked
from mock_netflix.web.control.titles import FoundTitle, as_message
from mock_netflix.wire.as_atom import date_of
from mock_netflix.world.queues import Placed, Queue
from mock_netflix.world.ratings import newest_first
from mock_netflix.world.rentals import RentalEvent, at_home
from mock_netflix.world.titles import TitleKey


class WantedEntries(msgspec.Struct, forbid_unknown_fields=True):
    """Titles for the end of a queue, all of them or none; a series by mail is its discs.

    `saved`: they wait among the saved ones. `clear`: the queue has nothing else.
    """

    titles: Annotated[list[schema.TitleRef], msgspec.Meta(max_length=500)] = []
    format: schema.DiscFormat | None = None
    saved: bool = False
    clear: bool = False


class WantedRating(msgspec.Struct, forbid_unknown_fields=True):
    """What the subscriber thinks of a title; null takes a rating back. `at`: when, by default now."""

    title: schema.TitleRef
    stars: schema.Stars | None
    at: schema.Moment | None = None


class WantedShipment(msgspec.Struct, forbid_unknown_fields=True):
    """A disc that is sent; by default now, and in the format of the queue, or the preferred one."""

    title: schema.TitleRef
    format: schema.DiscFormat | None = None
    at: schema.Moment | None = None


class WantedReturn(msgspec.Struct, forbid_unknown_fields=True):
    """A disc that comes back, by default now."""

    title: schema.TitleRef
    at: schema.Moment | None = None


class WantedViewing(msgspec.Struct, forbid_unknown_fields=True):
    """A title that is watched online, by default now; `minutes`: how much of it."""

    title: schema.TitleRef
    minutes: schema.Minutes | None = None
    at: schema.Moment | None = None


class FoundEntry(msgspec.Struct):
    """A title in a queue; a saved one has no position."""

    position: int | None
    title: FoundTitle
    format: str
    availability: str
    added: str


class FoundQueue(msgspec.Struct):
    """A queue: its etag, and everything in it, the saved ones last."""

    etag: str
    entries: list[FoundEntry]


class FoundRating(msgspec.Struct):
    """A rating: stars, the word for not interested, or null where there is none."""

    title: FoundTitle
    stars: int | Literal["not_interested"] | None
    at: str | None


class FoundRatings(msgspec.Struct):
    """All ratings of a subscriber, the newest first."""

    ratings: list[FoundRating]


class FoundEvent(msgspec.Struct):
    """Something that happened: a disc was sent (Shipped), came back (Returned), or a title was watched (Watched)."""

    title: FoundTitle
    state: str
    format: str
    at: str
    at_home: bool


class FoundEvents(msgspec.Struct):
    """The rental history of a subscriber, the newest first."""

    rentals: list[FoundEvent]


def queue_shown(asked: Asked) -> FoundQueue:
    kind = kind_of(asked.request.path_params["queue"])
    return _queue(asked, queue_of(subscriber_asked(asked), kind))


def queued(asked: Asked) -> FoundQueue:
    """By the rules of the service: what it would refuse, is refused."""
    fields = told(asked, WantedEntries, "these entries")
    titles, which = fields.pop("titles", ()), asked.request.path_params["queue"]
    return _queue(asked, queue(asked.sandbox, *titles, subscriber=subscriber_asked(asked), which=which, **fields))


def queue_cleared(asked: Asked) -> FoundQueue:
    which = asked.request.path_params["queue"]
    return _queue(asked, queue(asked.sandbox, subscriber=subscriber_asked(asked), which=which, clear=True))


def ratings_shown(asked: Asked) -> FoundRatings:
    return FoundRatings([_rating(asked, title) for title in newest_first(subscriber_asked(asked))])


def rated(asked: Asked) -> FoundRating:
    fields = told(asked, WantedRating, "this rating")
    title = find_title(asked.sandbox, fields.pop("title"))
    rate(asked.sandbox, title, subscriber=subscriber_asked(asked), **fields)
    return _rating(asked, title.key)


def rentals_shown(asked: Asked) -> FoundEvents:
    rentals = subscriber_asked(asked).rentals
    home = at_home(rentals)
    return FoundEvents([_event(asked, event, event in home) for event in rentals])


def shipped(asked: Asked) -> FoundEvent:
    """The disc is at home from then on, and not in the queue any more."""
    fields = told(asked, WantedShipment, "this shipment")
    return _event(asked, ship(asked.sandbox, subscriber=subscriber_asked(asked), **fields), home=True)


def given_back(asked: Asked) -> FoundEvent:
    fields = told(asked, WantedReturn, "this return")
    return _event(asked, give_back(asked.sandbox, subscriber=subscriber_asked(asked), **fields))


def watched(asked: Asked) -> FoundEvent:
    fields = told(asked, WantedViewing, "this viewing")
    return _event(asked, watch(asked.sandbox, subscriber=subscriber_asked(asked), **fields))


def _title(asked: Asked, key: TitleKey) -> FoundTitle:
    return as_message(asked, asked.sandbox.state.catalogue.titles[key])


def _queue(asked: Asked, queue: Queue) -> FoundQueue:
    return FoundQueue(queue.etag, [_entry(asked, placed) for placed in queue.placed()])


def _entry(asked: Asked, placed: Placed) -> FoundEntry:
    entry = placed.entry
    title = _title(asked, entry.title)
    return FoundEntry(placed.position, title, entry.format, entry.availability, date_of(entry.added))


def _rating(asked: Asked, key: TitleKey) -> FoundRating:
    rating = subscriber_asked(asked).ratings.get(key)
    if rating is None:
        return FoundRating(_title(asked, key), None, None)
    stars: int | Literal["not_interested"] = "not_interested" if rating.stars is None else rating.stars
    return FoundRating(_title(asked, key), stars, date_of(rating.at))


def _event(asked: Asked, event: RentalEvent, home: bool = False) -> FoundEvent:
    return FoundEvent(_title(asked, event.title), event.state.value, event.format, date_of(event.at), home)


_QUEUE = "/subscribers/{subscriber}/queues/{queue}"
_RATINGS = "/subscribers/{subscriber}/ratings"
_RENTALS = "/subscribers/{subscriber}/rentals"
_SHIPMENTS = "/subscribers/{subscriber}/shipments"
_RETURNS = "/subscribers/{subscriber}/returns"
_VIEWINGS = "/subscribers/{subscriber}/viewings"
_WRITE = (400, 404, 409)

OPERATIONS = (
    Operation("GET", _QUEUE, queue_shown, "A queue", gives=FoundQueue, problems=(404,)),
    Operation(
        "POST", _QUEUE, queued, "Queue titles", takes=WantedEntries, gives=FoundQueue, status=201, problems=_WRITE
    ),
    Operation("DELETE", _QUEUE, queue_cleared, "Clear a queue", gives=FoundQueue, problems=(404,)),
    Operation("GET", _RATINGS, ratings_shown, "All ratings of a subscriber", gives=FoundRatings, problems=(404,)),
    Operation(
        "POST", _RATINGS, rated, "Rate a title", takes=WantedRating, gives=FoundRating, status=201, problems=_WRITE
    ),
    Operation(
        "GET", _RENTALS, rentals_shown, "What was sent, came back and was watched", gives=FoundEvents, problems=(404,)
    ),
    Operation(
        "POST", _SHIPMENTS, shipped, "Send a disc", takes=WantedShipment, gives=FoundEvent, status=201, problems=_WRITE
    ),
    Operation(
        "POST",
        _RETURNS,
        given_back,
        "Let a disc come back",
        takes=WantedReturn,
        gives=FoundEvent,
        status=201,
        problems=_WRITE,
    ),
    Operation(
        "POST",
        _VIEWINGS,
        watched,
        "Let a title be watched",
        takes=WantedViewing,
        gives=FoundEvent,
        status=201,
        problems=_WRITE,
    ),
)

"""The subscribers of a world: listed, added with the fields of a fixture, changed and removed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec

from mock_netflix.data import schema
from mock_netflix.stage.subscribers import (
    SubscriberChange,
    add_subscriber,
    change_subscriber,
    find_subscriber,
    remove_subscriber,
)
from mock_netflix.web.control.messages import query, told
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.web.control.titles import Limit
from mock_netflix.world.state import site_feed_id_of
from mock_netflix.world.subscribers import Subscriber


class NewSubscriber(schema.Subscriber, kw_only=True):
    """A subscriber of a fixture; the login is made up where it is left out."""

    login: schema.Text | None = None  # type: ignore[assignment]


class FoundSubscriber(msgspec.Struct):
    """A subscriber: how to sign in as them, and who they are.

    `ready`: the one whose credentials are shown. `site_feed_id`: the `id` of their feeds on the site.
    """

    login: str
    password: str
    user_id: str
    first_name: str
    last_name: str
    nickname: str
    can_instant_watch: bool
    max_maturity_level: int
    preferred_formats: list[str]
    ready: bool
    site_feed_id: str


class FoundSubscribers(msgspec.Struct):
    """Some of the subscribers that were found; `found` is how many there are."""

    subscribers: list[FoundSubscriber]
    found: int


class SubscribersWanted(msgspec.Struct, forbid_unknown_fields=True):
    """Letters that are in the login or in a name; everybody without."""

    q: str = ""
    limit: Limit = 25


def subscriber_asked(asked: Asked) -> Subscriber:
    """The subscriber whom an address names by login, user id or nickname. Raises UnknownError."""
    return find_subscriber(asked.sandbox, asked.request.path_params["subscriber"])


def listed(asked: Asked) -> FoundSubscribers:
    wanted = query(asked, SubscribersWanted)
    found = [*_matching(asked, wanted.q.casefold())]
    return FoundSubscribers([_told(asked, one) for one in islice(found, wanted.limit)], len(found))


def _matching(asked: Asked, letters: str) -> Iterator[Subscriber]:
    for one in asked.sandbox.state.subscribers.values():
        if any(letters in name.casefold() for name in (one.login, one.full_name, one.nickname)):
            yield one


def added(asked: Asked) -> FoundSubscriber:
    """With queues, ratings and rentals, as a fixture file tells them; a title is named as there, or by its address."""
    return _told(asked, add_subscriber(asked.sandbox, **told(asked, NewSubscriber, "this subscriber")))


def shown(asked: Asked) -> FoundSubscriber:
    return _told(asked, subscriber_asked(asked))


def changed(asked: Asked) -> FoundSubscriber:
    """Only what is named is changed."""
    fields = told(asked, SubscriberChange, "this change of a subscriber")
    return _told(asked, change_subscriber(asked.sandbox, subscriber_asked(asked), **fields))


def removed(asked: Asked) -> FoundSubscriber:
    """Their tokens are refused from now on; the ready one stays."""
    return _told(asked, remove_subscriber(asked.sandbox, subscriber_asked(asked)))


def _told(asked: Asked, one: Subscriber) -> FoundSubscriber:
    return FoundSubscriber(
        login=one.login,
        password=one.password,
        user_id=one.user_id,
        first_name=one.first_name,
        last_name=one.last_name,
        nickname=one.nickname,
        can_instant_watch=one.can_instant_watch,
        max_maturity_level=one.max_maturity_level,
        preferred_formats=[*one.preferred_formats],
        ready=one.user_id == asked.sandbox.state.subscriber.user_id,
        site_feed_id=site_feed_id_of(asked.sandbox.state, one.user_id),
    )


_ONE = "/subscribers/{subscriber}"

OPERATIONS = (
    Operation("GET", "/subscribers", listed, "Find subscribers", asks=SubscribersWanted, gives=FoundSubscribers),
    Operation(
        "POST",
        "/subscribers",
        added,
        "Add a subscriber",
        takes=NewSubscriber,
        gives=FoundSubscriber,
        status=201,
        problems=(400, 404, 409),
    ),
    Operation("GET", _ONE, shown, "One subscriber", gives=FoundSubscriber, problems=(404,)),
    Operation(
        "PATCH",
        _ONE,
        changed,
        "Change a subscriber",
        takes=SubscriberChange,
        gives=FoundSubscriber,
        problems=(400, 404),
    ),
    Operation("DELETE", _ONE, removed, "Remove a subscriber", gives=FoundSubscriber, problems=(404, 409)),
)

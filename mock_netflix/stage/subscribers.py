"""The subscribers of a world: added as a fixture file would tell them, found, changed and removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count, islice
from typing import Annotated, Any

import msgspec

from mock_netflix.calendar import LONG_USER_IDS
from mock_netflix.data import schema
from mock_netflix.data.faults import Faults, FixtureError, meant
from mock_netflix.data.faults import shown as as_written
from mock_netflix.data.files import Fixture
from mock_netflix.data.load import DEFAULT_SEED
from mock_netflix.data.subscribers import Telling, of_subscriber
from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.dates import in_words, now_in
from mock_netflix.stage.descriptions import described
from mock_netflix.stage.titles import references
from mock_netflix.world import identifiers
from mock_netflix.world.grants import issue_access_token
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber

# A subscriber, or what tells them: login, user id or nickname; None is the ready one.
Who = Subscriber | str | None

# A login that is like none is compared with so many others.
_LOOKED_THROUGH = 1000


class SubscriberChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What may be changed of a subscriber: what is left out stays as it is."""

    password: schema.Text | None = None
    first_name: schema.Text | None = None
    last_name: schema.Text | None = None
    nickname: schema.Text | None = None
    can_instant_watch: bool | None = None
    max_maturity_level: schema.Maturity | None = None
    preferred_formats: Annotated[list[schema.DiscFormat], msgspec.Meta(min_length=1)] | None = None


def add_subscriber(sandbox: Sandbox, login: str | None = None, **fields: Any) -> Subscriber:
    """A subscriber more, with the fields of a fixture; the login is made up where none is told.

    Raises FixtureError for what is no description of a subscriber, UnknownError where a title of it is not there, and
    ConflictError where it does not go with the world.
    """
    with sandbox.lock:
        state, now = sandbox.state, now_in(sandbox)
        taken = {one.login.casefold() for one in state.subscribers.values()}
        name = next(one for one in _logins() if one not in taken) if login is None else login
        given = described(schema.Subscriber, {"login": name, **fields}, "this subscriber")
        if given.login.casefold() in taken:
            raise ConflictError(f"there is a subscriber {given.login} already")
        subscriber = _made(given, state, now)
        sandbox.state = _ready(state, subscriber) if given.ready else state.with_subscriber(subscriber)
    return subscriber


def find_subscriber(sandbox: Sandbox, named: Who = None) -> Subscriber:
    """The subscriber as they are now. Raises UnknownError, also where it could be several."""
    state = sandbox.state
    if named is None:
        named = state.subscriber
    if isinstance(named, Subscriber):
        named = named.user_id
    if not isinstance(named, str):
        raise MockNetflixError(f"a subscriber is named by login, user id or nickname, not by {as_written(named)}")
    if (found := state.subscribers.get(named)) is not None:
        return found
    everybody = state.subscribers.values()
    by_login = (one for one in everybody if one.login.casefold() == named.casefold())
    if (found := next(by_login, None)) is not None:
        return found
    nicknamed = [one for one in everybody if one.nickname == named]
    if len(nicknamed) > 1:
        logins = " or ".join(one.login for one in nicknamed[:6])
        raise UnknownError(f"several subscribers are called {as_written(named)}; name {logins}")
    if not nicknamed:
        like = meant(named, islice((one.login for one in everybody), _LOOKED_THROUGH))
        raise UnknownError(f"there is no subscriber {as_written(named)}{like or '; name one by login or user id'}")
    return nicknamed[0]


def change_subscriber(sandbox: Sandbox, named: Who = None, **fields: Any) -> Subscriber:
    """The subscriber with these fields changed, and no others. Raises FixtureError, UnknownError."""
    told = described(SubscriberChange, fields, "this change of a subscriber")
    changes = {name: value for name, value in msgspec.structs.asdict(told).items() if value is not None}
    if told.preferred_formats is not None:
        changes["preferred_formats"] = tuple(told.preferred_formats)
    with sandbox.lock:
        subscriber = replace(find_subscriber(sandbox, named), **changes)
        sandbox.state = sandbox.state.with_subscriber(subscriber)
    return subscriber


def remove_subscriber(sandbox: Sandbox, named: Who) -> Subscriber:
    """A subscriber less; their tokens are refused from now on. Raises UnknownError, ConflictError."""
    with sandbox.lock:
        gone, state = find_subscriber(sandbox, named), sandbox.state
        if gone.user_id == state.subscriber.user_id:
            raise ConflictError(f"{gone.login} is the ready subscriber of this world, and stays")
        left = {user_id: one for user_id, one in state.subscribers.items() if user_id != gone.user_id}
        sandbox.state = replace(state, subscribers=left)
    return gone


def _logins() -> Iterable[str]:
    return (f"sub{number}@example.com" for number in count(1))


def _made(given: schema.Subscriber, state: State, now: int) -> Subscriber:
    """The subscriber that a fixture tells. Raises UnknownError, ConflictError."""
    faults, catalogue = Faults(), state.catalogue
    titles = references(catalogue)
    told = Telling(
        fixture=Fixture("", schema.FixtureFile()),
        place=(),
        given=given,
        references=titles,
        faults=faults,
        as_of=now,
        titles=catalogue.described.values(),
    )
    form = identifiers.long_user_id if now >= LONG_USER_IDS else identifiers.user_id
    subscriber = of_subscriber(told, form(DEFAULT_SEED, given.login))
    try:
        faults.check("this subscriber")
    except FixtureError as error:
        raise UnknownError(str(error)) if titles.missed else ConflictError(str(error)) from None
    if subscriber != subscriber.until(now):
        raise ConflictError(f"something of {given.login} is dated later than this world, where it is {in_words(now)}")
    return subscriber


def _ready(state: State, subscriber: Subscriber) -> State:
    """The world in which this new subscriber is the ready one, with a token."""
    grants, token = issue_access_token(state.grants, state.application.key, subscriber.user_id)
    return replace(state.with_subscriber(subscriber), grants=grants, subscriber=subscriber, access_token=token)

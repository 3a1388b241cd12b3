"""The whole of one world as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mock_netflix.errors import UnknownError, shown
from mock_netflix.world import identifiers
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.frozen import freeze
from mock_netflix.world.grants import AccessToken, Application, Grants
from mock_netflix.world.refusals import AuthorizationFailed
from mock_netflix.world.rules import Rules
from mock_netflix.world.subscribers import Subscriber


@dataclass(frozen=True, slots=True)
class State:
    """The catalogue, the subscribers by user id, what was granted, and the rules that clients must keep.

    The first application, the first subscriber and the token between them are the ready ones, shown to people.
    """

    catalogue: Catalogue
    subscribers: Mapping[str, Subscriber]
    grants: Grants
    application: Application
    subscriber: Subscriber
    access_token: AccessToken
    rules: Rules = field(default_factory=Rules)

    def __post_init__(self) -> None:
        freeze(self, "subscribers")

    def with_grants(self, grants: Grants) -> State:
        return replace(self, grants=grants)

    def with_rules(self, rules: Rules) -> State:
        return replace(self, rules=rules)

    def with_catalogue(self, catalogue: Catalogue) -> State:
        return replace(self, catalogue=catalogue)

    def with_subscriber(self, subscriber: Subscriber) -> State:
        """The world in which this subscriber is as they are now; the ready one is told by their id."""
        return replace(self, subscribers={**self.subscribers, subscriber.user_id: subscriber})


def sign_in(state: State, login: str, password: str) -> Subscriber:
    """The subscriber with this login and password. Refuses AuthorizationFailed."""
    for subscriber in state.subscribers.values():
        if subscriber.login.casefold() == login.strip().casefold() and subscriber.password == password:
            return subscriber
    raise AuthorizationFailed


def subscriber_named(state: State, name: str | None) -> Subscriber:
    """A subscriber as they are now, by login or user id; the ready one where none is named. Raises UnknownError."""
    wanted = state.subscriber.user_id if name is None else name
    if (found := state.subscribers.get(wanted)) is not None:
        return found
    login = wanted.strip().casefold()
    found = next((one for one in state.subscribers.values() if one.login.casefold() == login), None)
    if found is None:
        raise UnknownError(f"there is no subscriber {shown(wanted)}; name one by login or user id")
    return found


def site_feed_id_of(state: State, user_id: str) -> str:
    """The number in the addresses of the feeds that a subscriber of this world had on the site."""
    return identifiers.site_feed_id(state.grants.seed, user_id)


def subscriber_with_feeds(state: State, number: str) -> Subscriber | None:
    """Whose feeds on the site have this number."""
    if not identifiers.looks_like_site_feed_id(number):
        return None
    owners = (one for user_id, one in state.subscribers.items() if site_feed_id_of(state, user_id) == number)
    return next(owners, None)

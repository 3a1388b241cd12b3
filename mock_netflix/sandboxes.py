"""All worlds of one server, and which of them a request belongs to.

A request says it by its consumer key, for every request of a client has one. Where it has none, by a token: each is
derived from the key of its world, so no two worlds have the same one. The feeds that the site had for a subscriber have
a number instead, which is derived so as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from threading import Lock

from mock_netflix.clock import Clock
from mock_netflix.errors import ConflictError
from mock_netflix.oauth.parameters import Parameters
from mock_netflix.sandbox import Sandbox
from mock_netflix.world import identifiers
from mock_netflix.world.grants import Grants, issue_access_token, register
from mock_netflix.world.rules import Rules
from mock_netflix.world.state import State, subscriber_named, subscriber_with_feeds
from mock_netflix.world.subscribers import Subscriber

# More than any run of tests; a world that is not deleted stays as long as the server. Of deleted ones, so many keys
# are remembered.
LIMIT = 10_000
# The name of the world for requests of those that were deleted.
DELETED = "deleted"

# Names of the key: that of OAuth, and that of the addresses of catalogue files.
_KEYS = ("oauth_consumer_key", "consumer_key")

# The state of a new world, as the fixtures tell it, on a day: epoch seconds.
StateOn = Callable[[int], State]


class Sandboxes:
    """The first world, which is there from the start, and those that were made, by consumer key.

    `state_on` makes the state of a new world; without it, new worlds are like the first one when it began.

    `deleted` is where requests are refused whose world was deleted: their key is unknown there, as it was to the real
    service, and they are in nobody's journal.
    """

    def __init__(self, first: Sandbox, state_on: StateOn | None = None, limit: int = LIMIT) -> None:
        self._first = first
        self._state_on = state_on
        self._limit = limit
        self._made: dict[str, Sandbox] = {}
        # The keys of deleted worlds, oldest first.
        self._gone: dict[str, None] = {}
        self._number = 0
        # Worlds are made and deleted by control requests and by tests that run beside the server.
        self._lock = Lock()
        state = _with_own_grants(first.begun, f"{first.begun.grants.seed}:{DELETED}", first.begun.subscriber)
        self.deleted = Sandbox(state.with_rules(Rules()), name=DELETED, label="requests of deleted worlds")

    @property
    def first(self) -> Sandbox:
        """The world of requests that belong to no other one."""
        return self._first

    @first.setter
    def first(self, sandbox: Sandbox) -> None:
        """Another one in its place; the keys that only the earlier one had are those of a deleted world."""
        with self._lock:
            earlier, self._first = self._first, sandbox
            kept = sandbox.state.grants.applications
            self._forget(key for key in earlier.state.grants.applications if key not in kept)

    @property
    def made(self) -> Mapping[str, Sandbox]:
        """The worlds beside the first as they are now, by consumer key, oldest first."""
        return dict(self._made)

    def create(
        self, as_of: int | None = None, rules: Rules | None = None, subscriber: str | None = None, label: str = ""
    ) -> Sandbox:
        """A world of its own: the data of the first one as it began, with a new key, secret and access token.

        `as_of`: epoch seconds of its day; that of the first one by default, like its rules. `subscriber`: the login or
        id of who is the ready one. Raises ConflictError where there are too many, UnknownError for who is not there.
        """
        first = self.first
        begun, day = first.begun, first.calendar_begun.as_of
        if as_of is not None and as_of != day:
            day, begun = as_of, begun if self._state_on is None else self._state_on(as_of)
        user = subscriber_named(begun, subscriber)
        clock = _real(first.clock)
        with self._lock:
            if len(self._made) >= self._limit:
                raise ConflictError(f"there are {self._limit} worlds; delete those that are not needed any more")
            self._number += 1
            state = _with_own_grants(begun, f"{begun.grants.seed}:world {self._number}", user)
            state = state.with_rules(rules or first.begun.rules)
            calendar = replace(first.calendar_begun, as_of=day).anew(clock.now())
            sandbox = Sandbox(state, clock, calendar, name=state.application.key, label=label)
            self._made[sandbox.name] = sandbox
        return sandbox

    def delete(self, name: str) -> bool:
        """Whether there was such a world; its keys are unknown from now on."""
        with self._lock:
            sandbox = self._made.pop(name, None)
            if sandbox is None:
                return False
            self._forget(sandbox.state.grants.applications)
            return True

    def find(self, name: str) -> Sandbox | None:
        """The world with this name; "" is the first."""
        own = {"": self.first, DELETED: self.deleted}
        return own.get(name) or self._made.get(name)

    def asked(self, parameters: Parameters) -> Sandbox:
        """The world that a request belongs to; the first one where nothing tells."""
        if not (self._made or self._gone):
            return self.first
        given = parameters.get
        for name in _KEYS:
            if key := given(name):
                return self._with_key(key)
        if identifiers.looks_like_site_feed_id(number := given("id") or ""):
            return self._with_site_feed(number)
        tokens = [token for name in ("oauth_token", "feed_token") if (token := given(name))]
        return self._with_token(tokens) if tokens else self.first

    def _forget(self, keys: Iterable[str]) -> None:
        self._gone |= dict.fromkeys(keys)
        while len(self._gone) > self._limit:
            del self._gone[next(iter(self._gone))]

    def _with_key(self, key: str) -> Sandbox:
        if (made := self._made.get(key)) is not None:
            return made
        if key in self.first.state.grants.applications:
            return self.first
        # An application that was registered in a world later on, maybe with a key that a deleted world had as well.
        others = tuple(self._made.values())
        nobodys = self.deleted if key in self._gone else self.first
        return next((one for one in others if key in one.state.grants.applications), nobodys)

    def _with_site_feed(self, number: str) -> Sandbox:
        every = (self.first, *self._made.values())
        return next((one for one in every if subscriber_with_feeds(one.state, number) is not None), self.first)

    def _with_token(self, tokens: Iterable[str]) -> Sandbox:
        for sandbox in (self.first, *self._made.values()):
            grants = sandbox.state.grants
            for token in tokens:
                if token in grants.request_tokens or token in grants.access_tokens or token in grants.feed_tokens:
                    return sandbox
        return self.first


def _real(clock: Clock) -> Clock:
    """A clock of its own that shows the real time."""
    own = replace(clock)
    own.reset()
    return own


def _with_own_grants(state: State, seed: str, subscriber: Subscriber) -> State:
    """The same world, ready for this subscriber, with nothing granted in it but to an application of its own."""
    grants = Grants(seed, long_tokens=state.grants.long_tokens)
    grants, application = register(grants, state.application.name)
    grants, token = issue_access_token(grants, application.key, subscriber.user_id)
    return replace(state, grants=grants, application=application, subscriber=subscriber, access_token=token)

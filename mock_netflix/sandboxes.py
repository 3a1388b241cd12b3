"""All worlds of one server, and which of them a request belongs to.

A request says it by its consumer key, for every request of a client has one. Where it has none, by a token: each is
derived from the key of its world, so no two worlds have the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from mock_netflix.calendar import Calendar
from mock_netflix.errors import ConflictError
from mock_netflix.oauth.parameters import Parameters
from mock_netflix.sandbox import Sandbox
from mock_netflix.world.grants import Grants, issue_access_token, register
from mock_netflix.world.rules import Rules
from mock_netflix.world.state import State

# More than any run of tests; a world that is not deleted stays as long as the server.
LIMIT = 10_000

# Names of the key: that of OAuth, and that of the addresses of catalogue files.
_KEYS = ("oauth_consumer_key", "consumer_key")

# The state of a new world, as the fixtures tell it, on a day: epoch seconds.
StateOn = Callable[[int], State]


class Sandboxes:
    """The first world, which is there from the start, and those that were made, by consumer key.

    `state_on` makes the state of a new world; without it, new worlds are like the first one when it began.
    """

    def __init__(self, first: Sandbox, state_on: StateOn | None = None) -> None:
        self.first = first
        self._state_on = state_on
        self._made: dict[str, Sandbox] = {}
        self._number = 0

    @property
    def made(self) -> Mapping[str, Sandbox]:
        """The worlds beside the first, by consumer key, oldest first."""
        return self._made

    def create(self, as_of: int | None = None, rules: Rules | None = None) -> Sandbox:
        """A world of its own: the data of the first one, with a new key, secret and access token.

        `as_of`: epoch seconds of its day; that of the first one by default, like its rules.
        Raises ConflictError where there are too many.
        """
        if len(self._made) >= LIMIT:
            raise ConflictError(f"there are {LIMIT} worlds; delete those that are not needed any more")
        calendar, clock = self.first.calendar, replace(self.first.clock)
        clock.reset()
        state = self.first.begun
        if as_of is not None and as_of != calendar.as_of:
            calendar = Calendar(as_of, clock.now())
            state = state if self._state_on is None else self._state_on(as_of)
        self._number += 1
        state = _with_own_grants(state, f"{state.grants.seed}:world {self._number}")
        state = state.with_rules(rules or self.first.begun.rules)
        sandbox = Sandbox(state, clock, calendar, name=state.application.key)
        self._made[sandbox.name] = sandbox
        return sandbox

    def delete(self, name: str) -> bool:
        """Whether there was such a world; its key is unknown from now on."""
        return self._made.pop(name, None) is not None

    def find(self, name: str) -> Sandbox | None:
        """The world with this name; "" is the first."""
        return self.first if name == "" else self._made.get(name)

    def asked(self, parameters: Parameters) -> Sandbox:
        """The world that a request belongs to; the first one where nothing tells."""
        if not self._made:
            return self.first
        given = parameters.get
        for name in _KEYS:
            if key := given(name):
                return self._with_key(key)
        tokens = [token for name in ("oauth_token", "feed_token") if (token := given(name))]
        return self._with_token(tokens) if tokens else self.first

    def _with_key(self, key: str) -> Sandbox:
        if (made := self._made.get(key)) is not None:
            return made
        if key in self.first.state.grants.applications:
            return self.first
        # An application that was registered in a world later on.
        others = tuple(self._made.values())
        return next((one for one in others if key in one.state.grants.applications), self.first)

    def _with_token(self, tokens: Iterable[str]) -> Sandbox:
        for sandbox in (self.first, *self._made.values()):
            grants = sandbox.state.grants
            for token in tokens:
                if token in grants.request_tokens or token in grants.access_tokens or token in grants.feed_tokens:
                    return sandbox
        return self.first


def _with_own_grants(state: State, seed: str) -> State:
    """The same world with nothing granted in it but to an application of its own."""
    grants = Grants(seed, long_tokens=state.grants.long_tokens)
    grants, application = register(grants, state.application.name)
    grants, token = issue_access_token(grants, application.key, state.subscriber.user_id)
    return replace(state, grants=grants, application=application, access_token=token)

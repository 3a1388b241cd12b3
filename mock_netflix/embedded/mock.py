"""The mock inside a program: `with MockNetflix() as netflix:`, or an ASGI application for clients in process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from os import PathLike
from types import TracebackType
from typing import Self

from starlette.types import Receive, Scope, Send

from mock_netflix.authority import Authority
from mock_netflix.calendar import Calendar, Day, epoch_of
from mock_netflix.clock import Clock
from mock_netflix.data.faults import shown
from mock_netflix.embedded.source import Source, paths
from mock_netflix.embedded.surroundings import Surroundings
from mock_netflix.embedded.world import IN_PROCESS, World
from mock_netflix.errors import MockNetflixError
from mock_netflix.redirecting import Detour
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.stage.arguments import is_whole
from mock_netflix.web.app import build_app
from mock_netflix.web.control_token import token_for
from mock_netflix.web.server import Server
from mock_netflix.web.tls import Tls
from mock_netflix.world import identifiers
from mock_netflix.world.grants import issue_access_token, register
from mock_netflix.world.rules import Rules, changed
from mock_netflix.world.rules import strict as by_the_letter
from mock_netflix.world.state import State, subscriber_named

_LAST_PORT = 65_535

Fixtures = str | PathLike[str] | Iterable[str | PathLike[str]]


class MockNetflix(World):
    """A mock of its own. As a context manager it serves on a free port, in a thread, for as long as the block lasts.

    `fixtures`: a file or folder, or several, beside the default world. `as_of`: the day in the life of the service.
    `titles`, `subscribers`, `seed`: a generated world beside it. `subscriber`: who is the ready one, by login.
    `strict`: refuse what is forgiven otherwise; `settings`: rules of the service by name (docs/settings.md).
    `host`, `port`: where it listens; port 0 takes a free one. `control_token`: what its own side wants to be shown;
    beyond this machine one is made where none is given. `tls`: serve https too, at `secure_url`.
    Raises MockNetflixError for what cannot be, FixtureError for faulty fixtures.
    """

    __slots__ = (
        "_app",
        "_as_of",
        "_earlier",
        "_rules",
        "_server",
        "_serves",
        "_source",
        "_subscriber",
        "_tls",
    )

    def __init__(
        self,
        *,
        fixtures: Fixtures = (),
        as_of: Day | None = None,
        titles: int = 0,
        subscribers: int = 0,
        seed: int = 1,
        subscriber: str | None = None,
        strict: bool = False,
        settings: Mapping[str, object] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        control_token: str | None = None,
        tls: bool = False,
    ) -> None:
        if not (is_whole(port) and 0 <= port <= _LAST_PORT):
            raise MockNetflixError(
                f"port cannot be {shown(port)}; it is a number from 1 to {_LAST_PORT}, or 0 for a free one"
            )
        self._source = Source(paths(fixtures), titles, subscribers, seed)
        self._rules = changed(by_the_letter(Rules()) if strict else Rules(), dict(settings or {}))
        self._as_of, self._subscriber = epoch_of(as_of), subscriber
        first = self._begin(self._source, self._as_of, subscriber)
        # Of this mock alone, made when it is first wanted.
        self._tls = Tls(Authority, (host,))
        around = Surroundings(self._tls.authority, token_for(host, control_token), Detour(self, self._tls))
        super().__init__(first, IN_PROCESS, Sandboxes(first, self._source.on), around)
        self._app = build_app(self._sandboxes, control_token=around.control_token, authority=self._tls.authority)
        self._server = Server(self, host, port, tls=self._tls, secure_port=0 if tls else None)
        self._serves = False
        self._earlier: frozenset[str] = frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as an ASGI application."""
        await self._app(scope, receive, send)

    @property
    def control_token(self) -> str | None:
        """What is shown to the mock's own side, as `Authorization: Bearer`; None where nothing is wanted."""
        return self._surroundings.control_token

    @property
    def secure_url(self) -> str:
        """The base URL of https. Raises ServerError where the mock was made without `tls`, or does not serve."""
        return self._server.secure_url

    @property
    def certificate(self) -> str:
        """The certificate in PEM that a client is to trust for https. Raises NoTlsError without the extra `tls`."""
        return self._tls.authority().certificate.decode()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Serves until `stop`. Raises CannotBindError, and MockNetflixError where it serves already."""
        if self._serves:
            raise MockNetflixError(f"this mock serves already, at {self._url}; stop it first, or make another one")
        self._server.start()
        self._url, self._serves = self._server.url, True
        return self

    def stop(self) -> None:
        """Closes the port and ends the thread; does nothing where it does not serve."""
        if self._serves:
            self._url, self._serves = IN_PROCESS, False
            self._surroundings.close()
            self._server.stop()

    def fresh(
        self,
        label: str,
        *,
        as_of: Day | None = None,
        titles: int | None = None,
        subscribers: int | None = None,
        subscriber: str | None = None,
        settings: Mapping[str, object] | None = None,
        arrange: Callable[[World], object] | None = None,
    ) -> World:
        """A pristine world in the place of the first one, whose requests from now on are its own.

        What is not told is as this mock was made with. Its ready application is one of its own, made from `label`, so
        that whoever still sends with the key of an earlier one is refused; the applications of the fixtures are there
        too. What `arrange` does to it is of its beginning: a reset brings it back.
        """
        source = self._source.sized(titles, subscribers)
        sandbox = self._begin(source, self._as_of if as_of is None else epoch_of(as_of), subscriber or self._subscriber)
        state = _with_application_of(sandbox.state, label).with_rules(changed(self._rules, dict(settings or {})))
        sandbox = Sandbox(state, sandbox.clock, sandbox.calendar)
        world = World(sandbox, self._url, self._sandboxes, self._surroundings)
        if arrange is not None:
            arrange(world)
            sandbox.begun = sandbox.state
        self._sandboxes.first = self._sandbox = sandbox
        self._earlier = frozenset(self._sandboxes.made)
        return world

    def end(self) -> None:
        """Ends the world of the last `fresh`, and with it the worlds that were made since.

        Who still sends with their keys is refused, and is in the journal of no other world.
        """
        for name in self._sandboxes.made.keys() - self._earlier:
            self._sandboxes.delete(name)
        self._sandboxes.first = self._sandbox = self._begin(self._source, self._as_of, self._subscriber)

    def _begin(self, source: Source, as_of: int, subscriber: str | None) -> Sandbox:
        clock, state = Clock(), source.on(as_of).with_rules(self._rules)
        if subscriber is not None:
            state = _ready(state, subscriber)
        return Sandbox(state, clock, Calendar(as_of, clock.now()))


def create_app(
    *,
    fixtures: Fixtures = (),
    as_of: Day | None = None,
    titles: int = 0,
    subscribers: int = 0,
    seed: int = 1,
    subscriber: str | None = None,
    strict: bool = False,
    settings: Mapping[str, object] | None = None,
) -> MockNetflix:
    """The mock as an ASGI application, for clients in process; it is its own handle. Options and errors as MockNetflix.

    `httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=app.url)` sends to it without a socket.
    """
    return MockNetflix(
        fixtures=fixtures,
        as_of=as_of,
        titles=titles,
        subscribers=subscribers,
        seed=seed,
        subscriber=subscriber,
        strict=strict,
        settings=settings,
    )


def _ready(state: State, login: str) -> State:
    """The same world with another ready subscriber, and a token of theirs. Raises UnknownError."""
    found = subscriber_named(state, login)
    grants, token = issue_access_token(state.grants, state.application.key, found.user_id)
    return replace(state, grants=grants, subscriber=found, access_token=token)


def _with_application_of(state: State, label: str) -> State:
    """The same world with another ready application, and a token for it."""
    seed, name = state.grants.seed, state.application.name
    key, secret = identifiers.consumer_key(seed, name, label), identifiers.consumer_secret(seed, name, label)
    grants, application = register(state.grants, name, key, secret)
    grants, token = issue_access_token(grants, application.key, state.subscriber.user_id)
    return replace(state, grants=grants, application=application, access_token=token)

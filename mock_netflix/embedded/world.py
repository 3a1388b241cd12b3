"""The handle of a test: in one line what the service shall do, in one line what the client must have done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from types import EllipsisType
from typing import Unpack

from mock_netflix.calendar import epoch_of
from mock_netflix.data.faults import shown
from mock_netflix.embedded import signing
from mock_netflix.embedded.arranging import Arranging
from mock_netflix.embedded.signing import READY, Pairs, Token, Where
from mock_netflix.embedded.surroundings import Surroundings
from mock_netflix.errors import MockNetflixError
from mock_netflix.faults.rules import Rule
from mock_netflix.journal import Entry
from mock_netflix.oauth.signing import Signed
from mock_netflix.redirecting import RedirectedHosts
from mock_netflix.sandbox import Sandbox, Snapshot
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.stage import applications, clock, consent, faults, tokens
from mock_netflix.stage.arguments import subscriber_of
from mock_netflix.stage.clock import WorldClock
from mock_netflix.stage.consent import Consent
from mock_netflix.stage.moments import Day
from mock_netflix.stage.requests import PATIENCE, Facts, Requests, assert_requested, requests_of, wait_for_request
from mock_netflix.stage.titles import Named, address_of
from mock_netflix.world.grants import AccessToken, Application
from mock_netflix.world.rules import Login, Rules, changed
from mock_netflix.world.state import State, subscriber_named
from mock_netflix.world.subscribers import Subscriber

# What a client in process has for a base URL.
IN_PROCESS = "http://localhost"


class World(Arranging):
    """One world of a running mock. It may be used on any thread; each call is done when it returns.

    Attributes that it does not have cannot be set.
    """

    __slots__ = ("_fail_on", "_sandboxes", "_surroundings", "_url")

    def __init__(self, sandbox: Sandbox, url: str, sandboxes: Sandboxes, surroundings: Surroundings) -> None:
        super().__init__(sandbox)
        self._url, self._sandboxes, self._surroundings = url, sandboxes, surroundings
        self._fail_on: tuple[str, ...] = ()

    def __repr__(self) -> str:
        count = len(self._sandbox.journal.entries())
        return f"<{type(self).__name__} at {self._url}, {count} request{'' if count == 1 else 's'}>"

    @property
    def url(self) -> str:
        """The address to point a client at, without a slash at its end."""
        return self._url

    @property
    def fail_on(self) -> tuple[str, ...]:
        """The categories of requests that a test may not leave behind, as the pytest plugin knows them."""
        return self._fail_on

    @fail_on.setter
    def fail_on(self, names: Iterable[str]) -> None:
        if not isinstance(names, list | tuple) or not all(isinstance(one, str) for one in names):
            raise MockNetflixError(f'fail_on cannot be {shown(names)}; it is a tuple of categories: ("auth-error",)')
        self._fail_on = tuple(names)

    @property
    def state(self) -> State:
        """Everything that is true in the world now, frozen."""
        return self._sandbox.state

    @property
    def application(self) -> Application:
        """The ready application: `name`, `key` and `secret`."""
        return self.state.application

    @property
    def subscriber(self) -> Subscriber:
        """The ready subscriber as they are now: `login`, `password`, `user_id`, queues, ratings."""
        return self.state.subscribers.get(self.state.subscriber.user_id, self.state.subscriber)

    @property
    def access_token(self) -> AccessToken:
        """The ready subscriber's token for the ready application: `token` and `secret`."""
        return self.state.grants.access_tokens[self.state.access_token.token]

    def redirect_hosts(self) -> RedirectedHosts:
        """A block in which `http://api.netflix.com` and all hosts of the service lead to this mock, in this process.

        Clients of Python that have them built in reach it unchanged, by http and by https, which they go on to verify;
        other hosts are where they were. After the block everything is as before, and the connections of the block are
        closed. For `with`, in async code too, or as a decorator; it may be nested, and used on several threads: the
        block that was entered last leads. It does not need the mock to serve. Who the client is, its consumer key says.
        Raises NoTlsError for https, when a client connects, where the extra `tls` is not installed.
        """
        return RedirectedHosts(self._surroundings.detour)

    def address(self, title: Named) -> str:
        """The id of a title in the API of this mock: the address that clients send as `title_ref`."""
        return address_of(self.find_title(title), self._url)

    def sign(
        self,
        method: str,
        url: str,
        *,
        params: Pairs | None = None,
        data: Pairs | None = None,
        token: Token = READY,
        application: Application | str | None = None,
        place: Where = "query",
        extra: Mapping[str, str] | None = None,
    ) -> Signed:
        """A signed request: `url`, `headers` and `body` to send as they are.

        `url` may be a path. `params` join its query, `data` is a form body; in both a list of values repeats the name,
        and None is left out. `token` is that of the ready subscriber, another one, a token with its secret, or None for
        a request of the application alone; `application` is one, or its consumer key. `place` says where the `oauth_…`
        parameters go: "query", "header" or "body"; `extra` are more of them, such as `oauth_callback`.
        Raises MockNetflixError.
        """
        return signing.sign(
            self._sandbox,
            self._url,
            method,
            url,
            params=params,
            data=data,
            token=token,
            application=application,
            place=place,
            extra=extra,
        )

    def environment(self) -> dict[str, str]:
        """The variables by which a child process takes this mock for the real service, as `mock-netflix env` has them:
        `subprocess.run(…, env={**os.environ, **netflix.environment()})`. Raises MockNetflixError where nothing serves.
        """
        # Imported late: most tests run their client in process.
        from mock_netflix.environment.variables import ready_of

        if self._url == IN_PROCESS:
            raise MockNetflixError("nothing serves that a child process could reach; use MockNetflix, and start it")
        token = self._surroundings.control_token
        ready = ready_of(self.application, self.subscriber, self.access_token, token)
        return self._surroundings.variables(self._url, ready)

    def authorize(
        self, request_token: str, subscriber: Subscriber | str | None = None, *, deny: bool = False
    ) -> Consent:
        """Decides on a request token in place of a person; by default the ready subscriber allows it.

        What comes back has the `verifier`, and the `callback` address that a browser would be led to. Raises
        UnknownError, and ConflictError for a token that nobody can decide on any more.
        """
        return consent.authorize(self._sandbox, request_token, subscriber, deny)

    def verifier(self, request_token: str) -> str:
        """The verification code that a person would read on the sign-in page. Raises UnknownError."""
        return consent.verifier_of(self._sandbox, request_token)

    def issue_token(
        self,
        subscriber: Subscriber | str | None = None,
        *,
        application: Application | str | None = None,
        expires_in: int | EllipsisType | None = ...,
    ) -> AccessToken:
        """An access token without the dance; by default for the ready subscriber and application.

        `expires_in`: seconds, None for no end; by default as the rule `access_token_lifetime` says.
        Raises MockNetflixError.
        """
        return tokens.issue(self._sandbox, subscriber, application, expires_in)

    def revoke_token(self, token: AccessToken | str | None = None) -> AccessToken:
        """The subscriber takes an access token back; by default the ready one. Raises UnknownError."""
        return tokens.revoke(self._sandbox, token)

    def expire_token(self, token: AccessToken | str | None = None) -> AccessToken:
        """An access token, by default the ready one, is good no longer. Raises UnknownError."""
        return tokens.expire(self._sandbox, token)

    def register(self, name: str, *, key: str | None = None, secret: str | None = None) -> Application:
        """Another application; key and secret are made where none are given.

        Raises ConflictError for a key that this world or another one of the server has, and MockNetflixError.
        """
        others = (self._sandboxes.first, *self._sandboxes.made.values())
        return applications.register(self._sandbox, name, key, secret, others)

    def fail_next(
        self,
        what: int | str,
        *,
        endpoint: str | None = None,
        path: str | None = None,
        method: str | None = None,
        consumer_key: str | None = None,
        times: int | None = 1,
        after: int = 0,
        probability: float = 1.0,
        seed: int = 0,
        **details: object,
    ) -> Rule:
        """Lets the next request that fits go wrong, or the next `times`; None: each, until `faults_over`.

        `what` is a status, an effect such as "reset-before-body", or the code of a refusal such as "already-queued";
        `details` are those of the effect. docs/faults.md has them all. Raises MockNetflixError.
        """
        return faults.fail_next(
            self._sandbox,
            what,
            endpoint=endpoint,
            path=path,
            method=method,
            consumer_key=consumer_key,
            times=times,
            after=after,
            probability=probability,
            seed=seed,
            **details,
        )

    def fail_in_turn(self, *outcomes: int | str | Mapping[str, object] | None, **common: object) -> tuple[Rule, ...]:
        """Lets the next requests have these outcomes, one after the other; None goes well: `fail_in_turn(504, None)`.

        An outcome with details of its own is a dict: `{"status": 503, "retry_after": 5}`.
        `common` is the same for all: which requests, and details of the effects. Raises MockNetflixError.
        """
        return faults.fail_in_turn(self._sandbox, outcomes, **common)

    @property
    def faults(self) -> tuple[Rule, ...]:
        """What is let go wrong as it is now, by `id`: the `fault`, how many requests `met` it, to how many it `applied`
        and whether it is `spent`.
        """
        with self._sandbox.lock:
            return self._sandbox.faults.all

    def remove_fault(self, fault: Rule | int) -> Rule:
        """Takes one fault away, told by what `fail_next` gave or by its id; gives it as it was. Raises UnknownError."""
        return faults.remove(self._sandbox, fault.id if isinstance(fault, Rule) else fault)

    def faults_over(self) -> None:
        """Nothing goes wrong any more."""
        faults.remove_all(self._sandbox)

    @property
    def clock(self) -> WorldClock:
        """The time of this world: `advance`, `set`, `freeze`, `resume`, `now`, `wall` and `offset` (docs/time.md)."""
        return WorldClock(self._sandbox)

    def as_of(self, day: Day) -> None:
        """Moves the world to another day in the life of the service: endpoints, fields and forms are those of that day.

        No time passes by it, and data stays. Raises MockNetflixError.
        """
        clock.as_of(self._sandbox, day)

    @property
    def settings(self) -> Rules:
        """The rules of the service as they are in this world (docs/settings.md)."""
        return self.state.rules

    def set(self, **settings: object) -> None:
        """Changes rules of the service, all that are named or none: `set(queries_per_second=4)`. Raises RuleError."""
        with self._sandbox.lock:
            self._sandbox.state = self.state.with_rules(changed(self.state.rules, settings))

    def login(self, mode: Login, *, subscriber: Subscriber | str | None = None) -> None:
        """What becomes of those who are sent to sign in: "page", or "approve" or "deny" at once.

        `subscriber`: who signs in, by login or user id; the ready one by default. Raises MockNetflixError.
        """
        who = subscriber_of(subscriber)
        if who is not None:
            subscriber_named(self.state, who)
        self.set(login=mode, login_subscriber=who)

    @property
    def requests(self) -> Requests:
        """The last requests from the oldest to the newest; `filter`, `last`, and how many were `dropped` before."""
        return requests_of(self._sandbox.journal)

    def heard_by(self, listener: Callable[[Entry], None]) -> AbstractContextManager[object]:
        """For as long as the block lasts, tells a listener each new request, on the thread of the server."""
        return self._sandbox.journal.heard_by(listener)

    def assert_requested(
        self,
        endpoint_or_path: str | None = None,
        *,
        times: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        **facts: Unpack[Facts],
    ) -> Requests:
        """The requests that are as wanted, which came as often as wanted: at least once where nothing is told.

        An endpoint is named as `mock-netflix endpoints` does, or `titles.*` for a family; a path begins with a slash,
        `*` and `{name}` in it stand for anything. `facts` are `method`, `status`, `params` and those of `Wanted`.
        Raises AssertionError, which lists the nearest requests and how they differ, and MockNetflixError.
        """
        __tracebackhide__ = True
        return assert_requested(
            self._sandbox.journal, endpoint_or_path, times=times, at_least=at_least, at_most=at_most, **facts
        )

    def wait_for(
        self,
        endpoint_or_path: str | None = None,
        *,
        timeout: float = PATIENCE,
        times: int = 1,
        **facts: Unpack[Facts],
    ) -> Requests:
        """The same for what a client asks beside the test: as soon as that many were answered, within seconds.

        It holds its thread: not for the event loop that the client runs on. Raises as `assert_requested`.
        """
        __tracebackhide__ = True
        return wait_for_request(self._sandbox.journal, endpoint_or_path, timeout=timeout, times=times, **facts)

    def world(
        self,
        label: str = "",
        *,
        as_of: Day | None = None,
        subscriber: str | None = None,
        settings: Mapping[str, object] | None = None,
    ) -> World:
        """Another world on the same server, with its own consumer key; on the day of the first one by default.

        `label` is what people call it; the rest is as for MockNetflix, and what is not told as the
        first one began. Raises MockNetflixError.
        """
        rules = changed(self._sandboxes.first.begun.rules, dict(settings or {}))
        day = None if as_of is None else epoch_of(as_of)
        made = self._sandboxes.create(day, rules, subscriber, label)
        return World(made, self._url, self._sandboxes, self._surroundings)

    def snapshot(self) -> Snapshot:
        """The world as it is now, to be brought back with `restore` as often as wanted."""
        return self._sandbox.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Brings the world back as it was; the journal goes on. Raises ConflictError for one of another world."""
        self._sandbox.restore(snapshot)

    def reset(self) -> None:
        """Brings the world back as it began: nothing was ever asked, written, set or broken."""
        self._sandbox.reset()

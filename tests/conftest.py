"""One server for the whole run, and a pristine world for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
import hypothesis
import pytest

from mock_netflix.calendar import Calendar
from mock_netflix.data.load import load
from mock_netflix.diagnoses import Diagnoses
from mock_netflix.journal import Journal
from mock_netflix.limits import per_day, per_second
from mock_netflix.nonces import Nonces
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from mock_netflix.world.grants import Application, feed_token_of, issue_request_token
from mock_netflix.world.state import State
from tests.clients.signer import signed

# What somebody has set for their own server must not change the tests.
_FOR_TESTS = (
    "MOCK_NETFLIX_CHROMIUM",
    "MOCK_NETFLIX_REQUIRE_CHROMIUM",
    "MOCK_NETFLIX_REQUIRE_STRANGERS",
    "MOCK_NETFLIX_UPDATE_GOLDENS",
)
for _name in [name for name in os.environ if name.startswith("MOCK_NETFLIX_") and name not in _FOR_TESTS]:
    del os.environ[_name]

# How long an example takes depends on what else the machine does.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

_DEFAULT = load()


@dataclass
class Mock:
    """A running mock: its address, its world, and requests signed by a signer that shares no code with it."""

    url: str
    sandbox: Sandbox
    http: httpx.Client

    @property
    def state(self) -> State:
        return self.sandbox.state

    @property
    def application(self) -> Application:
        return self.state.application

    @property
    def user(self) -> str:
        """The path of the ready subscriber."""
        return f"/users/{self.state.subscriber.user_id}"

    def get(self, path: str, **parameters: Any) -> httpx.Response:
        """A GET signed for the ready subscriber, with everything in the query."""
        return self.send("GET", path, **parameters)

    def send(self, verb: str, path: str, **parameters: Any) -> httpx.Response:
        """Any verb, signed for the ready subscriber, with everything in the query."""
        url = signed(
            verb,
            self.url + path,
            parameters,
            consumer=(self.application.key, self.application.secret),
            token=(self.state.access_token.token, self.state.access_token.secret),
        )
        return self.http.request(verb, url)

    def get_as_application(self, path: str, **parameters: Any) -> httpx.Response:
        """A GET signed by the application alone."""
        consumer = (self.application.key, self.application.secret)
        return self.http.get(signed("GET", self.url + path, parameters, consumer=consumer))

    def feed(self, name: str, path: str, **parameters: Any) -> httpx.Response:
        """A feed, unsigned, with the token of the feed `name`."""
        token = feed_token_of(self.state.grants, self.application.key, self.state.subscriber.user_id, name)
        query = {"feed_token": token, "oauth_consumer_key": self.application.key, "output": "atom", **parameters}
        return self.http.get(f"{self.url}{path}?{urlencode(query)}")

    def request_token(self, callback: str | None = None) -> tuple[str, str]:
        """A fresh request token and its secret, made without the wire."""
        grants, token = issue_request_token(self.state.grants, self.application, callback, self.sandbox.clock.now())
        self.sandbox.state = self.state.with_grants(grants)
        return token.token, token.secret


@pytest.fixture(scope="session")
def _server() -> Iterator[Mock]:
    sandbox = Sandbox(_DEFAULT)
    with running(build_app(sandbox)) as url, httpx.Client(trust_env=False, timeout=30) as http:
        yield Mock(url, sandbox, http)


@pytest.fixture
def mock(_server: Mock) -> Mock:
    """The running mock with the default world as it was at start."""
    _server.sandbox.state = _DEFAULT
    _server.sandbox.journal = Journal()
    _server.sandbox.nonces = Nonces()
    _server.sandbox.diagnoses = Diagnoses()
    _server.sandbox.snapshots.clear()
    _server.sandbox.seconds, _server.sandbox.days = per_second(), per_day()
    _server.sandbox.faults.clear()
    _server.sandbox.clock.reset()
    _server.sandbox.calendar = Calendar()
    return _server

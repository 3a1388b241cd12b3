"""Calls into the application without a socket, under a name of the real service, at one fixed moment."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from mock_netflix.calendar import DEFAULT_AS_OF, Calendar
from mock_netflix.clock import Clock
from mock_netflix.oauth.levels import Level
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.world.grants import allow, feed_token_of, issue_request_token
from mock_netflix.world.state import State
from tests.clients.signer import signed
from tests.worlds import NOW, a_world

API = "http://api.netflix.com"
SITE = "http://www.netflix.com"

_MESSAGE = re.compile(r"<message>(.*)</message>")


@dataclass
class StillClock(Clock):
    """The clock of a world on a machine where it is always the same time."""

    def machine(self) -> float:
        return NOW


class Api:
    """One world, asked in process: every request is signed as its level demands."""

    def __init__(self, state: State | None = None, base: str = API, as_of: int = DEFAULT_AS_OF) -> None:
        self.sandbox = Sandbox(state or a_world(), clock=StillClock(), calendar=Calendar(as_of))
        self.base = base
        self._app = build_app(self.sandbox)

    @property
    def consumer(self) -> tuple[str, str]:
        application = self.sandbox.state.application
        return application.key, application.secret

    def send(
        self, verb: str, path: str, parameters: Mapping[str, Any] | None = None, level: Level = Level.PROTECTED
    ) -> httpx.Response:
        """A request with everything in its query."""
        given = dict(parameters or {})
        if level is Level.OPEN:
            return self.request(verb, f"{SITE}{path}?{urlencode(given)}" if given else SITE + path)
        if level is Level.KEY:
            return self.unsigned(verb, path, {"oauth_consumer_key": self.consumer[0], **given})
        url = signed(
            verb,
            self.base + path,
            given,
            consumer=self.consumer,
            token=self.token_for(level),
            timestamp=str(NOW),
        )
        return self.request(verb, url)

    def get(self, path: str, level: Level = Level.PROTECTED, **parameters: Any) -> httpx.Response:
        return self.send("GET", path, parameters, level)

    def unsigned(self, verb: str, path: str, parameters: Mapping[str, Any]) -> httpx.Response:
        """A request with these parameters in its query and no others."""
        query = urlencode(parameters)
        return self.request(verb, f"{self.base}{path}?{query}" if query else self.base + path)

    def feed(self, feed: str, path: str, **parameters: Any) -> httpx.Response:
        """A feed, unsigned, with the token of the feed that is named."""
        return self.unsigned("GET", path, {"feed_token": self.feed_token(feed), **self.key, **parameters})

    @property
    def key(self) -> dict[str, str]:
        return {"oauth_consumer_key": self.consumer[0]}

    @property
    def user(self) -> str:
        return f"/users/{self.sandbox.state.subscriber.user_id}"

    def feed_token(self, feed: str) -> str:
        state = self.sandbox.state
        return feed_token_of(state.grants, state.application.key, state.subscriber.user_id, feed)

    def token_for(self, level: Level) -> tuple[str, str]:
        """Key and secret of the token that a level needs; a request token is allowed already."""
        state = self.sandbox.state
        if level is Level.SIGNED:
            return "", ""
        if level is Level.PROTECTED:
            return state.access_token.token, state.access_token.secret
        grants, token = issue_request_token(state.grants, state.application, None, NOW)
        self.sandbox.state = state.with_grants(allow(grants, token, state.subscriber.user_id))
        return token.token, token.secret

    def request(self, verb: str, url: str) -> httpx.Response:
        """A request as it stands."""

        async def sent() -> httpx.Response:
            transport = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=True) as client:
                return await client.request(verb, url)

        return asyncio.run(sent())


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and message of a refused request, whichever of the two voices it has."""
    told = _MESSAGE.search(response.text)
    return response.status_code, told[1] if told else response.text

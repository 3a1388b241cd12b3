"""A server with worlds beside the first one, and clients of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from tests.conftest import Mock

NOBODY = "/_mock/worlds/deleted"


@dataclass
class Server:
    """A running mock with its worlds."""

    url: str
    sandboxes: Sandboxes
    http: httpx.Client

    @property
    def first(self) -> Mock:
        return Mock(self.url, self.sandboxes.first, self.http)

    def wanted(self, **wanted: Any) -> httpx.Response:
        """The answer to somebody who wants a world."""
        return self.http.post(f"{self.url}/_mock/worlds", json=wanted)

    def made(self, **wanted: Any) -> Mock:
        """A new world, in the hands of a client that signs with its key and its token."""
        answer = self.wanted(**wanted)
        assert answer.status_code == 201, answer.text
        sandbox = self.sandboxes.find(answer.json()["world"])
        assert sandbox is not None
        return Mock(self.url, sandbox, self.http)

    def deleted(self, world: Mock) -> httpx.Response:
        return self.http.delete(f"{self.url}/_mock/worlds/{world.sandbox.name}")

    def journal(self, path: str = "/_mock") -> list[dict[str, Any]]:
        """What was asked in the world that is found there."""
        told: list[dict[str, Any]] = self.http.get(f"{self.url}{path}/requests").json()["requests"]
        return told


def own(world: Mock) -> str:
    """The path under which everything about a world is found."""
    return f"/_mock/worlds/{world.sandbox.name}"


@contextmanager
def serving() -> Iterator[Server]:
    """A server of the default world, for as long as the block lasts; other days have their own data."""
    sandboxes = Sandboxes(Sandbox(load()), lambda day: load(as_of=day))
    with running(build_app(sandboxes)) as url, httpx.Client(trust_env=False, timeout=30) as http:
        yield Server(url, sandboxes, http)

"""Bare sockets that tell how a connection ended, and servers on either of the two event loops."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.protocol import Protocol
from mock_netflix.web.server import base_url, bind
from tests.clients import wire
from tests.clients.signer import signed

# Seconds; a test that needs them has failed.
PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Ended:
    """All that came over a connection, and how it ended: "closed" (FIN) or "reset" (RST)."""

    received: bytes
    how: str

    @property
    def head(self) -> bytes:
        return self.received.partition(b"\r\n\r\n")[0].lower()

    @property
    def body(self) -> bytes:
        return self.received.partition(b"\r\n\r\n")[2]

    @property
    def length_told(self) -> int:
        told = dict(line.split(b": ", 1) for line in self.head.splitlines()[1:])
        return int(told[b"content-length"])


def signed_target(mock, path: str, verb: str = "GET", **parameters: Any) -> str:
    """The target of a request signed for the ready subscriber."""
    consumer = (mock.application.key, mock.application.secret)
    token = (mock.state.access_token.token, mock.state.access_token.secret)
    return signed(verb, mock.url + path, parameters, consumer=consumer, token=token).removeprefix(mock.url)


def connect(mock) -> socket.socket:
    address = urlsplit(mock.url)
    return socket.create_connection((address.hostname, address.port), timeout=PATIENCE)


def send(connection: socket.socket, mock, path: str, *headers: str, verb: str = "GET", **parameters: Any) -> None:
    """Sends a signed request over a connection that stays open."""
    host = mock.url.removeprefix("http://")
    target = signed_target(mock, path, verb, **parameters)
    connection.sendall(wire.request(target, f"Host: {host}", *headers, verb=verb))


def read_on(connection: socket.socket) -> Ended:
    """Reads until the connection ends."""
    parts: list[bytes] = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        return Ended(b"".join(parts), "reset")
    return Ended(b"".join(parts), "closed")


def to_its_end(mock, path: str, *headers: str, verb: str = "GET", **parameters: Any) -> Ended:
    """What came of a request, until the connection ended."""
    with connect(mock) as connection:
        send(connection, mock, path, *headers, verb=verb, **parameters)
        return read_on(connection)


@contextmanager
def served(sandbox: Sandbox, loop: str) -> Iterator[str]:
    """A server of its own on "uvloop" or "asyncio"; gives its address."""
    listening = bind("127.0.0.1", 0)
    # Nothing is logged: to uvicorn an answer that breaks off is an error.
    config = uvicorn.Config(
        build_app(sandbox), http=Protocol, loop=loop, lifespan="off", log_config=None, log_level="critical"
    )
    server = uvicorn.Server(config)
    kinds: list[str] = []

    async def serve() -> None:
        kinds.append(type(asyncio.get_running_loop()).__module__)
        await server.serve([listening])

    def run() -> None:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield base_url(listening)
    finally:
        server.should_exit = True
        thread.join()
    assert kinds[0].startswith("uvloop") == (loop == "uvloop")

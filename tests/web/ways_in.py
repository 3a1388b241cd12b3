"""The ways on which an unchanged client reaches the mock: what it signs for, how it asks, what it is connected to."""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from mock_netflix.authority import Authority
from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import Server
from mock_netflix.web.tls import Tls
from mock_netflix.world.grants import feed_token_of
from tests.clients import signer, wire
from tests.conftest import Mock

# Seconds; a test that needs them has failed.
PATIENCE = 10
HOST = "api.netflix.com"


@dataclass
class Served(Mock):
    """A running mock that speaks TLS, too: on a port of its own, and in tunnels."""

    secure_url: str
    authority: Authority

    def keys(self) -> dict[str, tuple[str, str]]:
        """What a signature of the ready subscriber is made with."""
        token = self.state.access_token
        return {"consumer": (self.application.key, self.application.secret), "token": (token.token, token.secret)}


def connected(url: str) -> socket.socket:
    address = urlsplit(url)
    return socket.create_connection((address.hostname, address.port), timeout=PATIENCE)


def secured(served: Served, plain: socket.socket, host: str) -> ssl.SSLSocket:
    """The same connection with TLS, once the certificate of the other side is seen to be good for this host."""
    return served.authority.client_context().wrap_socket(plain, server_hostname=host)


def tunnel(served: Served, asked: bytes) -> socket.socket:
    """A connection on which a tunnel was asked for with these bytes, and given."""
    connection = connected(served.url)
    connection.sendall(asked)
    head = b""
    # To the byte: what comes after the head belongs to whatever the tunnel is for.
    while not head.endswith(b"\r\n\r\n"):
        byte = connection.recv(1)
        assert byte, head
        head += byte
    assert head.split(b" ", 2)[1] == b"200", head
    return connection


def _to(served: Served, host: str, port: int) -> socket.socket:
    return tunnel(served, f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())


def _straight(served: Served, host: str) -> socket.socket:
    return connected(served.url)


def _plain_tunnel(served: Served, host: str) -> socket.socket:
    return _to(served, host, 80)


def _secure_tunnel(served: Served, host: str) -> socket.socket:
    return secured(served, _to(served, host, 443), host)


def _secure_port(served: Served, host: str) -> socket.socket:
    return secured(served, connected(served.secure_url), host)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in. `base` is what the client has in its URLs; None where it was told the mock's own address."""

    name: str
    connect: Callable[[Served, str], socket.socket]
    base: str | None = f"http://{HOST}"
    absolute: bool = False
    headers: tuple[str, ...] = ()


WAYS = (
    Way("direct", _straight, base=None),
    Way("hosts file", _straight),
    Way("proxy", _straight, absolute=True, headers=("Proxy-Connection: keep-alive",)),
    Way("tunnel to 80", _plain_tunnel),
    Way("tunnel to 443", _secure_tunnel, base=f"https://{HOST}"),
    Way("port of TLS", _secure_port, base=f"https://{HOST}"),
)


@dataclass(frozen=True, slots=True)
class Client:
    """A client that came in on one of the ways. A place is a path and a query."""

    served: Served
    way: Way

    @property
    def base(self) -> str:
        return self.way.base or self.served.url

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc

    @property
    def user(self) -> str:
        return self.served.user

    @property
    def links(self) -> str:
        """What links in answers begin with: those of the service's hosts had no TLS."""
        return self.base.replace("https:", "http:")

    @property
    def key(self) -> str:
        return f"oauth_consumer_key={self.served.application.key}"

    @property
    def queued(self) -> int:
        """The number of the second title in the ready subscriber's disc queue, a movie."""
        subscriber = self.served.state.subscribers[self.served.state.subscriber.user_id]
        return subscriber.disc_queue.available[1].title[1]

    def connect(self) -> socket.socket:
        return self.way.connect(self.served, urlsplit(self.base).hostname or "")

    def written(self, verb: str, place: str, *headers: str, host: str | None = None, **more) -> bytes:
        """A request as this way has it, with these header lines beside the host."""
        target = self.base + place if more.pop("absolute", self.way.absolute) else place
        lines = (f"Host: {host or self.host}", *self.way.headers, *headers)
        return wire.request(target, *lines, verb=verb, **more)

    def place(
        self,
        verb: str,
        path: str,
        nonce: str | None = None,
        token: tuple[str, str] | None = None,
        **plain: str,
    ) -> str:
        """A place with the signature of the ready subscriber in its query, or with that of another token."""
        keys = self.served.keys() if token is None else {**self.served.keys(), "token": token}
        url = signer.signed(verb, self.base + path, plain, **keys, nonce=nonce)
        return url.removeprefix(self.base)

    def form(self, verb: str, path: str, **plain: str) -> str:
        """All parameters and the signature as a form has them."""
        return self.place(verb, path, **plain).partition("?")[2]

    def header(self, verb: str, path: str, **plain: str) -> str:
        """The value of `Authorization`."""
        return signer.authorization(signer.oauth_parameters(verb, self.base + path, plain, **self.served.keys()))

    def feed(self, name: str, path: str, more: str = "") -> str:
        """A place with the token of a feed, without a signature."""
        user = self.served.state.subscriber.user_id
        token = feed_token_of(self.served.state.grants, self.served.application.key, user, name)
        return f"{self.user}{path}?feed_token={token}&{self.key}{more}"


class _Received(io.RawIOBase):
    """What comes over a connection; unlike `socket.makefile`, it does not keep it open."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        return self._connection.recv_into(buffer)


class _KeptOpen(io.BufferedReader):
    """Bytes that were read too far belong to the next answer, so that no answer closes it."""

    def close(self) -> None:
        pass


class Conversation:
    """A connection on which one answer after the other is read."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._reader = _KeptOpen(_Received(connection))

    def makefile(self, mode: str) -> io.BufferedReader:
        return self._reader

    def send(self, request: bytes) -> None:
        self._connection.sendall(request)

    def answer(self, verb: str = "GET") -> wire.Answer:
        return wire.answer(self, verb)

    def opened(self) -> int:
        """The status of the answer to a wish for a tunnel, which has no body when it is granted."""
        status = int(self._reader.readline().split()[1])
        while self._reader.readline() != b"\r\n":
            pass
        return status

    def ended(self) -> bool:
        """Whether nothing more comes; waits for it."""
        return self._reader.read(1) == b""


@contextmanager
def conversation(client: Client) -> Iterator[Conversation]:
    """A connection of this client for as long as the block lasts."""
    with client.connect() as connection:
        yield Conversation(connection)


@contextmanager
def served() -> Iterator[Served]:
    """A server of the default world with TLS, and with an authority that nobody keeps."""
    sandbox, authority = Sandbox(load()), Authority()
    server = Server(build_app(sandbox), tls=Tls(lambda: authority), secure_port=0)
    server.start()
    try:
        with httpx.Client(trust_env=False, timeout=30) as http:
            yield Served(server.url, sandbox, http, server.secure_url, authority)
    finally:
        server.stop()

"""A bare socket: for requests that no well-behaved library would send."""

from __future__ import annotations

import contextlib
import gzip
import socket
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the head parsed, the body unpacked."""

    version: int
    status: int
    headers: Message
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


def sent(url: str, request: bytes, verb: str = "GET") -> Answer:
    """The first answer to these bytes, which are sent as they are to the server at `url`."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        # It may be refused before it was read to its end; the answer then tells why.
        with contextlib.suppress(ConnectionError):
            connection.sendall(request)
        return answer(connection, verb)


def answer(connection: socket.socket, verb: str = "GET") -> Answer:
    """The next answer that comes over a connection, or what reads like one."""
    with HTTPResponse(connection, method=verb) as response:
        response.begin()
        packed = response.headers.get("Content-Encoding") == "gzip"
        content = response.read()
        return Answer(
            response.version, response.status, response.headers, gzip.decompress(content) if packed else content
        )


def request(target: str | bytes, *headers: str, verb: str = "GET", version: str = "1.1", body: bytes = b"") -> bytes:
    """A request with these header lines and no others; one with a body says how long it is."""
    asked = target.encode("latin-1") if isinstance(target, str) else target
    lines = [*headers, f"Content-Length: {len(body)}"] if body else headers
    head = b"".join(line.encode("latin-1") + b"\r\n" for line in lines)
    return verb.encode() + b" " + asked + f" HTTP/{version}\r\n".encode() + head + b"\r\n" + body

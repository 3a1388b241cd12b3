"""A request that offers another protocol, HTTP/2 or WebSocket, is answered in the one it came in, body and all."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.clients.signer import signed

# Of every first request of Java's HttpClient, and of a browser's script.
HTTP2 = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n"
WEBSOCKET = "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
OFFERS = (HTTP2, WEBSOCKET, "Upgrade: h2c\r\nconnection: upgrade\r\n")
NAME = b'{"name": "Ham"}'
REGISTERS = "/_mock/applications"


def request(verb: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{verb} {path} HTTP/1.1\r\n{''.join(headers)}Host: 127.0.0.1\r\n{length}\r\n".encode() + body


class Connection:
    """One connection, and the answers that come on it, one by one."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=20)
        self.answers = self.socket.makefile("rb")

    def answer(self) -> tuple[int, bytes]:
        status = int(self.answers.readline().split()[1])
        length = 0
        while (line := self.answers.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return status, self.answers.read(length)


@pytest.fixture
def connection(mock):
    connection = Connection(mock.url)
    yield connection
    connection.answers.close()
    connection.socket.close()


@pytest.mark.parametrize("offer", OFFERS)
def test_the_body_of_such_a_request_is_read(connection, offer):
    connection.socket.sendall(request("POST", REGISTERS, offer, body=NAME))
    status, body = connection.answer()
    assert (status, b'"name":"Ham"' in body) == (201, True)


@pytest.mark.parametrize("offer", OFFERS)
def test_a_body_that_comes_later_and_the_requests_after_it_are_read_too(connection, offer):
    whole = request("POST", REGISTERS, offer, body=NAME)
    pieces = (whole[:30], whole[30 : -len(NAME)], NAME[:5], NAME[5:])
    for piece in pieces:
        connection.socket.sendall(piece)
    assert connection.answer()[0] == 201
    connection.socket.sendall(request("GET", "/_mock/health") + request("POST", REGISTERS, offer, body=NAME))
    assert [connection.answer()[0] for _ in "ab"] == [200, 201]


def test_chunks_are_read_too(connection):
    head = request("POST", REGISTERS, HTTP2, "Transfer-Encoding: chunked\r\n")
    connection.socket.sendall(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(NAME), NAME))
    assert connection.answer()[0] == 201


def test_a_signed_request_with_an_offer_is_verified_as_it_came(mock, connection):
    consumer = (mock.application.key, mock.application.secret)
    target = signed("GET", f"{mock.url}/catalog/titles", {"term": "a b"}, consumer=consumer).removeprefix(mock.url)
    host = f"Host: {mock.url.removeprefix('http://')}\r\n"
    connection.socket.sendall(f"GET {target} HTTP/1.1\r\n{HTTP2}{host}\r\n".encode())
    assert connection.answer()[0] == 200


def test_many_offers_at_once_are_answered_one_by_one(connection):
    connection.socket.sendall(request("HEAD", "/", HTTP2) * 2000)
    heads = b""
    while heads.count(b"HTTP/1.1 400") < 2000:
        heads += connection.socket.recv(1 << 16) or b"closed"
        assert not heads.endswith(b"closed")


def test_who_closes_after_an_offer_is_closed(connection):
    connection.socket.sendall(request("GET", "/_mock/health", HTTP2.replace("Upgrade,", "close, Upgrade,")))
    assert connection.answer()[0] == 200
    assert connection.answers.read() == b""


def test_what_is_no_http_after_an_offer_is_refused(connection):
    connection.socket.sendall(request("GET", "/_mock/health", HTTP2))
    assert connection.answer()[0] == 200
    connection.socket.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert connection.answer()[0] == 400

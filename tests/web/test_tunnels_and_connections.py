"""How connections and tunnels are kept, on every way in; and which tunnels there are none of."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace

import pytest

from mock_netflix.wire.hosts import HOSTS
from tests.clients import wire
from tests.clients.hostile import shown
from tests.web.breaking import read_on
from tests.web.habits import moved, reading, token_call
from tests.web.ways_in import WAYS, Client, Conversation, connected, conversation, secured, tunnel

# An answer to a CONNECT has a body only where it is a refusal; http.client would not read one.
REFUSED_CONNECT = "GET"


@pytest.fixture(params=WAYS, ids=[way.name for way in WAYS])
def client(pristine, request) -> Client:
    return Client(pristine, request.param)


def test_one_connection_serves_one_request_after_the_other(client):
    """The same bytes each time, nonce included; and a POST without a body or a word of one does not block the next."""
    same = reading(nonce="main.pl::4711")(client)
    requests = [("GET", same, 200), ("POST", moved("POST")(client), 201), ("GET", same, 200), ("GET", same, 200)]
    with conversation(client) as on:
        for verb, request, status in requests:
            on.send(request)
            assert on.answer(verb).status == status


def test_requests_that_do_not_wait_are_answered_in_their_order(client):
    requests = [reading()(client), token_call("GET")(client), moved("POST")(client), reading(version="1.0")(client)]
    with conversation(client) as on:
        on.send(b"".join(requests))
        answers = [on.answer() for _ in requests]
        assert on.ended()
    assert [answer.status for answer in answers] == [200, 200, 201, 200]
    assert answers[1].text.startswith("oauth_token=")
    assert answers[0].content == answers[3].content


@pytest.mark.parametrize("size", [1, 7, 200])
def test_a_request_may_come_in_pieces(client, size):
    request = moved("POST")(client)
    with conversation(client) as on:
        for start in range(0, len(request), size):
            on.send(request[start : start + size])
        assert on.answer("POST").status == 201


@pytest.mark.parametrize("closing", [{"version": "1.0"}, {"headers": ("Connection: close",)}], ids=["1.0", "close"])
def test_a_connection_ends_where_the_client_wants_it(client, closing):
    with conversation(client) as on:
        on.send(reading(*closing.get("headers", ()), version=closing.get("version", "1.1"))(client))
        assert on.answer().status == 200
        assert on.ended()


def test_the_journal_has_the_request_as_it_was_meant(client):
    """Whatever the way, it is the same request for the same host."""
    with conversation(client) as on:
        on.send(reading()(client))
        on.answer()
    (entry,) = client.served.sandbox.journal.entries()
    assert (entry.verb, entry.path, entry.status) == ("GET", "/users/current", 200)


# What clients ask for a tunnel with; each wants the same one.
CONNECTS = (
    b"CONNECT api-user.netflix.com:443 HTTP/1.0\r\n\r\n",
    b"CONNECT api-user.netflix.com:443 HTTP/1.0\r\nUser-Agent: Mozilla/5.0\r\nProxy-Connection: Keep-Alive\r\n\r\n",
    b"CONNECT api-user.netflix.com:443 HTTP/1.1\r\nHost: api-user.netflix.com:443\r\n\r\n",
    b"CONNECT api-user.netflix.com:443 HTTP/1.1\r\nHost: api-user.netflix.com\r\nConnection: close\r\n\r\n",
    b"CONNECT API-User.Netflix.COM:443 HTTP/1.1\r\nHost: API-User.Netflix.COM:443\r\n\r\n",
    b"CONNECT api-user.netflix.com:443 HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    b"CONNECT api-user.netflix.com:443 HTTP/1.1\r\nHost: a\r\nProxy-Authorization: Basic YTpi\r\nPragma: x\r\n\r\n",
    b"CONNECT api-user.netflix.com:443 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
)


@pytest.mark.parametrize("asked", CONNECTS)
def test_a_tunnel_is_asked_for_in_many_words(pristine, asked):
    host, (token, _) = "api-user.netflix.com", pristine.request_token("oob")
    place = f"/oauth/login?oauth_token={token}&oauth_consumer_key={pristine.application.key}"
    with secured(pristine, tunnel(pristine, asked), host) as connection:
        on = Conversation(connection)
        for _ in range(2):
            on.send(wire.request(place, f"Host: {host}"))
            assert '<input type="password"' in on.answer().text


@pytest.mark.parametrize("port", [80, 443])
@pytest.mark.parametrize("host", HOSTS)
def test_a_tunnel_leads_to_every_host_of_the_service(pristine, host, port):
    place, asked = "/", f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
    connection = tunnel(pristine, asked)
    with secured(pristine, connection, host) if port == 443 else connection as inside:
        on = Conversation(inside)
        on.send(wire.request(place, f"Host: {host}"))
        assert on.answer().status < 500


def test_what_is_sent_along_with_the_wish_for_a_plain_tunnel_is_read_in_it(pristine):
    """As clients do that do not wait."""
    client = Client(pristine, WAYS[1])
    with connected(pristine.url) as connection:
        on = Conversation(connection)
        on.send(b"CONNECT api.netflix.com:80 HTTP/1.1\r\nHost: api.netflix.com\r\n\r\n" + reading()(client))
        assert on.opened() == 200
        assert on.answer().status == 200


def test_a_tunnel_in_a_tunnel_is_none_of_ours(pristine):
    """It is opened or refused, but the connection is never led anywhere else."""
    with tunnel(pristine, CONNECTS[2].replace(b":443", b":80")) as connection:
        on = Conversation(connection)
        on.send(b"CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n")
        assert on.answer(REFUSED_CONNECT).status == 403


def all_of(connection: socket.socket) -> bytes:
    """What comes until the connection ends; a reset is an end, too."""
    return read_on(connection).received


def test_a_client_that_does_not_trust_the_mock_harms_nobody(pristine):
    """It hangs up; others are answered, and what is no TLS in a tunnel for it is hung up on."""
    with pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(tunnel(pristine, CONNECTS[0]), server_hostname="api-user.netflix.com")
    with tunnel(pristine, CONNECTS[0]) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert b"HTTP" not in all_of(connection)
    with conversation(Client(pristine, WAYS[4])) as on:
        on.send(reading()(Client(pristine, WAYS[4])))
        assert on.answer().status == 200


REFUSED = (
    *("example.com:443", "example.com:80", "127.0.0.1:22", "localhost:443", "[::1]:443", "192.0.2.1:443"),
    *("api.netflix.com:22", "api.netflix.com:8080", "api.netflix.com:4430", "api.netflix.com:0443"),
    *("api.netflix.com.example:443", "netflix.com:443", "xapi.netflix.com:443", "cdn-1.2.nflximg.com:443"),
    *("api.netflix.com", "api.netflix.com..:443"),
)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("target", REFUSED)
def test_no_tunnel_leads_anywhere_else(pristine, target, version):
    """A sentence says so, and the world is as it was."""
    before, request = pristine.state, wire.request(target, f"Host: {target}", verb="CONNECT", version=version)
    answer = wire.sent(pristine.url, request, REFUSED_CONNECT)
    assert answer.status == 403
    assert (
        f"<message>No tunnel: mock-netflix does not stand for {target}, and sends nothing on</message>" in answer.text
    )
    assert pristine.state is before


NOWHERE = (
    *("", "/", ":443", "api.netflix.com:", "*", "a b:443", "\xe9:443", "http://api.netflix.com:443/", "a" * 70_000),
    *("api.netflix.com@example.com:443", "example.com#api.netflix.com:443", "api.netflix.com:443:443", "[::1:443"),
)


@pytest.mark.parametrize("target", NOWHERE, ids=shown)
def test_a_tunnel_to_nowhere_is_refused(pristine, target):
    before, request = pristine.state, wire.request(target, "Host: a", verb="CONNECT")
    answer = wire.sent(pristine.url, request, REFUSED_CONNECT)
    assert 400 <= answer.status < 500
    assert "<message>" in answer.text
    assert pristine.state is before


@pytest.mark.parametrize(
    "name", ["example.com", "www.example.com:80", "192.0.2.1", "[2001:db8::1]", "api.netflix.com.x"]
)
def test_what_is_meant_for_another_host_is_answered_by_nobody(pristine, name):
    """A whole address is refused by its host, however well it is signed; a tunnel to a known host changes nothing."""
    client = Client(pristine, replace(WAYS[2], base=f"http://{name}"))
    for connect in (WAYS[1].connect, WAYS[3].connect):
        with connect(pristine, "api.netflix.com") as connection:
            on = Conversation(connection)
            on.send(reading()(client))
            answer = on.answer()
        assert answer.status == 421
        assert f"<message>mock-netflix does not stand for {name.removesuffix(':80')}" in answer.text


def test_the_port_of_tls_is_a_proxy_too(pristine):
    """For clients that speak TLS with their proxy, and then ask it for plain and for secure addresses."""
    host, plain = "api.netflix.com", Client(pristine, WAYS[2])
    with secured(pristine, connected(pristine.secure_url), "localhost") as connection:
        on = Conversation(connection)
        on.send(reading()(plain))
        assert on.answer().status == 200
        on.send(f"CONNECT {host}:80 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert on.opened() == 200


def test_no_tunnel_has_tls_within_tls(pristine):
    with secured(pristine, connected(pristine.secure_url), "localhost") as connection:
        on = Conversation(connection)
        on.send(b"CONNECT api-user.netflix.com:443 HTTP/1.1\r\nHost: api-user.netflix.com:443\r\n\r\n")
        answer = on.answer()
        assert answer.status == 403
        assert "there is no TLS within TLS; name the plain address as the proxy" in answer.text


def test_plain_http_at_the_port_of_tls_is_hung_up_on(pristine):
    with connected(pristine.secure_url) as connection:
        connection.sendall(wire.request("/", "Host: a"))
        assert b"HTTP" not in all_of(connection)

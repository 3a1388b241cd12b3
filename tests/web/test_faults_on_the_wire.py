"""Connections that break and answers that come late, over real sockets, on either event loop."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import shutil
import socket
import subprocess
from collections.abc import Iterator

import httpx
import pytest
import requests

from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.faults import fail_next
from mock_netflix.web.app import build_app
from mock_netflix.web.injecting import until_gone
from mock_netflix.web.server import running
from mock_netflix.world.queues import Queue
from tests.conftest import Mock
from tests.resources.in_process import Api
from tests.web.breaking import connect, read_on, send, served, to_its_end
from tests.worlds import a_world

GZIP = "Accept-Encoding: gzip"
SEARCH = {"term": "the", "max_results": "25"}
LOOPS = [
    "asyncio",
    pytest.param("uvloop", marks=pytest.mark.skipif(not importlib.util.find_spec("uvloop"), reason="no uvloop")),
]


@pytest.fixture(scope="module", params=LOOPS)
def _on_a_loop(request) -> Iterator[Mock]:
    sandbox = Sandbox(load())
    with served(sandbox, request.param) as url, httpx.Client(trust_env=False, timeout=30) as http:
        yield Mock(url, sandbox, http)


@pytest.fixture
def on_loop(_on_a_loop: Mock) -> Mock:
    """A mock on one event loop and then on the other."""
    _on_a_loop.sandbox.reset()
    return _on_a_loop


def test_a_connection_is_reset_before_any_byte(on_loop):
    fail_next(on_loop.sandbox, "reset-before-body")
    ended = to_its_end(on_loop, "/catalog/titles", **SEARCH)
    assert (ended.received, ended.how) == (b"", "reset")
    assert on_loop.get("/catalog/titles", **SEARCH).status_code == 200


@pytest.mark.parametrize("headers", [(), (GZIP,)])
@pytest.mark.parametrize("share", [0, 0.3, 1])
def test_a_connection_is_reset_in_the_body_after_a_share_of_it(on_loop, headers, share):
    fail_next(on_loop.sandbox, "reset-in-body", share=share)
    ended = to_its_end(on_loop, "/catalog/titles", *headers, **SEARCH)
    assert ended.head.startswith(b"http/1.1 200 ok")
    assert len(ended.body) == min(int(ended.length_told * share), ended.length_told - 1)
    assert ended.how == "reset"


def test_a_connection_is_reset_after_a_body_that_has_come_whole(on_loop):
    fail_next(on_loop.sandbox, "reset-after-body")
    ended = to_its_end(on_loop, "/catalog/titles", **SEARCH)
    assert ended.how == "reset"
    assert len(ended.body) == ended.length_told
    assert ended.body.endswith(b"</catalog_titles>\n")


def test_even_the_last_answer_of_a_connection_ends_in_a_reset(on_loop):
    fail_next(on_loop.sandbox, "reset-after-body")
    ended = to_its_end(on_loop, "/catalog/titles", "Connection: close", **SEARCH)
    assert (ended.how, len(ended.body)) == ("reset", ended.length_told)


def test_a_client_that_reads_late_has_everything_before_the_reset(on_loop):
    """More than the buffers of two sockets hold; what waits in the kernel would be lost with the connection."""
    fail_next(on_loop.sandbox, "reset-after-body")
    with connect(on_loop) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
        send(connection, on_loop, "/catalog/titles", term="the", max_results="500", expand="synopsis,cast")
        first = connection.recv(1000)
        ended = read_on(connection)
    length = int(first.lower().partition(b"content-length: ")[2].partition(b"\r")[0])
    assert length > 200_000
    assert len(first.partition(b"\r\n\r\n")[2]) + len(ended.received) == length


@pytest.mark.parametrize("headers", [(), (GZIP,)])
def test_a_truncated_answer_tells_the_length_of_the_whole_and_is_closed_early(on_loop, headers):
    fail_next(on_loop.sandbox, "truncated", share=0.5)
    ended = to_its_end(on_loop, "/catalog/titles", *headers, **SEARCH)
    assert (ended.how, len(ended.body)) == ("closed", ended.length_told // 2)


@pytest.mark.parametrize("effect", ["reset-in-body", "truncated"])
def test_an_answer_without_a_body_has_nothing_to_cut(on_loop, effect):
    fail_next(on_loop.sandbox, effect)
    ended = to_its_end(on_loop, "/catalog/titles", verb="HEAD", **SEARCH)
    assert (ended.head[:15], ended.body) == (b"http/1.1 200 ok", b"")


@pytest.mark.parametrize("effect", ["reset-in-body", "truncated"])
def test_a_file_that_comes_in_pieces_is_cut_in_the_first(on_loop, effect):
    fail_next(on_loop.sandbox, effect, path="/catalog/files/*")
    led = on_loop.get("/catalog/titles/full")
    file = led.headers["location"].removeprefix(on_loop.url)
    with connect(on_loop) as connection:
        connection.sendall(f"GET {file} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        ended = read_on(connection)
    assert ended.how == ("reset" if effect == "reset-in-body" else "closed")
    assert b"<catalog_titles" in ended.body
    assert b"</catalog_titles>" not in ended.body


def test_the_libraries_of_clients_meet_what_they_meet_in_the_wild(mock):
    url = f"{mock.url}/catalog/titles"
    meets = {
        "reset-before-body": (httpx.ReadError, requests.ConnectionError),
        "truncated": (httpx.RemoteProtocolError, requests.exceptions.ChunkedEncodingError),
        "reset-in-body": (httpx.ReadError, requests.exceptions.ChunkedEncodingError),
    }
    for effect, (by_httpx, by_requests) in meets.items():
        fail_next(mock.sandbox, effect, times=2)
        with pytest.raises(by_httpx):
            httpx.get(url, trust_env=False)
        with pytest.raises(by_requests):
            requests.get(url, timeout=10)
    assert httpx.get(url, trust_env=False).status_code == 400


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize(
    ("effect", "code"), [("reset-before-body", 56), ("reset-in-body", 56), ("truncated", 18), ("empty", 0)]
)
def test_curl_ends_as_it_does_on_a_broken_line(mock, effect, code):
    """56: failure in receiving; 18: a part only; 52 would be a connection that was closed in peace."""
    added = curl(f"{mock.url}/_mock/faults", "-d", json.dumps({"effect": effect, "times": 1}))
    assert (added.returncode, json.loads(added.stdout)["id"]) == (0, 1)
    assert curl(f"{mock.url}/categories/genres").returncode == code
    assert b"Missing Required Consumer Key" in curl(f"{mock.url}/categories/genres").stdout


def curl(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["curl", "--silent", "--noproxy", "*", "--max-time", "20", *arguments]
    return subprocess.run(command, capture_output=True, check=False)


def disc_queue(mock) -> Queue:
    return mock.state.subscribers[mock.state.subscriber.user_id].disc_queue


@pytest.mark.parametrize("effect", ["reset-before-body", "status"])
def test_a_request_that_fails_changes_nothing_unless_only_its_answer_is_lost(mock, effect):
    path, before = f"{mock.user}/queues/disc", disc_queue(mock)
    third = before.placed()[2].entry.title[1]
    for processed in (False, True):
        assert disc_queue(mock) is before
        fail_next(mock.sandbox, effect, processed=processed)
        ended = to_its_end(mock, path, "Connection: close", verb="POST", title_ref=f"movies/{third}", position="1")
        assert ended.received == b"" or b"Internal Error" in ended.body
    assert disc_queue(mock).placed()[0].entry.title[1] == third


# Late answers.


def test_a_late_answer_keeps_nobody_else_waiting(mock):
    fail_next(mock.sandbox, "latency", seconds=3600)
    with connect(mock) as connection:
        send(connection, mock, "/catalog/titles", **SEARCH)
        connection.settimeout(0.1)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        assert mock.get("/catalog/titles", **SEARCH).status_code == 200
        entry = mock.sandbox.journal.find("1")
    assert entry is not None
    assert (entry.fault, entry.status) == ("latency 1", 200)


def test_a_late_answer_is_all_there_and_so_is_a_slow_one(mock):
    right = mock.get("/catalog/titles", **SEARCH).content
    fail_next(mock.sandbox, "latency", seconds=0.001)
    fail_next(mock.sandbox, "slow-body", bytes_per_second=100_000_000)
    answer = mock.get("/catalog/titles", **SEARCH)
    assert (answer.content, answer.headers["x-mock-netflix-fault"]) == (right, "1, 2")


def test_a_slow_body_begins_at_once_and_comes_in_pieces(mock):
    """At ten bytes a second the whole would take an hour."""
    fail_next(mock.sandbox, "slow-body", bytes_per_second=10)
    with connect(mock) as connection:
        send(connection, mock, "/catalog/titles", **SEARCH)
        received = b""
        while not (body := received.partition(b"\r\n\r\n")[2]):
            received += connection.recv(65_536)
    assert b"<?xml version=".startswith(body)


def test_no_body_is_no_slow_one(mock):
    """The next answer on the same connection would come in an hour."""
    fail_next(mock.sandbox, "slow-body", bytes_per_second=1)
    with connect(mock) as connection:
        for verb in ("HEAD", "GET"):
            connection.sendall(f"{verb} /catalog/titles HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        received = b""
        while received.count(b"HTTP/1.1 ") < 2 and (part := connection.recv(65_536)):
            received += part
    assert [received.count(words) for words in (b"HTTP/1.1 ", b"x-mock-netflix-fault: 1")] == [2, 1]


def test_a_server_that_ends_waits_for_no_late_answer():
    sandbox = Sandbox(a_world())
    fail_next(sandbox, "latency", seconds=3600)
    with running(build_app(sandbox)) as url, httpx.Client(trust_env=False) as http:
        connection = connect(Mock(url, sandbox, http))
        connection.sendall(b"GET /catalog/titles HTTP/1.1\r\nHost: x\r\n\r\n")
        http.get(url)
    with connection:
        assert b" 200 " not in read_on(connection).head


def test_a_client_that_hangs_up_is_not_waited_for():
    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def there() -> dict[str, str]:
        await asyncio.Event().wait()
        raise AssertionError

    assert asyncio.run(until_gone(gone, 3600)) is True
    assert asyncio.run(until_gone(there, 0.001)) is False


# In process, where there is no connection.


@pytest.mark.parametrize("effect", ["reset-before-body", "reset-in-body", "truncated"])
def test_in_process_an_error_stands_for_a_broken_connection(effect):
    api = Api()
    fail_next(api.sandbox, effect)
    with pytest.raises(ConnectionResetError, match="fault of this world"):
        api.get("/catalog/titles", term="lantern")
    assert api.get("/catalog/titles", term="lantern").status_code == 200


def test_in_process_nothing_follows_a_whole_answer():
    api = Api()
    fail_next(api.sandbox, "reset-after-body")
    assert api.get("/catalog/titles", term="lantern").status_code == 200


def test_a_request_that_was_never_answered_is_in_the_journal_all_the_same(mock):
    fail_next(mock.sandbox, "reset-before-body", endpoint="titles")
    to_its_end(mock, "/catalog/titles", **SEARCH)
    told = json.loads(mock.http.get(f"{mock.url}/_mock/requests/1").content)
    assert (told["fault"], told["status"], told["endpoint"]) == ("reset-before-body 1", 0, "titles.search")

"""What a block of `redirect_hosts()` leaves alone, and that nothing of it is left when it is over."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import wraps
from random import Random
from typing import Any

import aiohttp
import httpx
import pytest
import requests
import uvloop

from mock_netflix import MockNetflix, World, create_app
from mock_netflix.wire.hosts import HOSTS
from tests.faces.redirected import CLIENTS, LOOPS, by_requests
from tests.faces.test_redirect_hosts import API, SECURE_API, current

DOORS: tuple[tuple[Any, str], ...] = (
    (socket, "getaddrinfo"),
    (socket, "gethostbyname"),
    (socket, "gethostbyname_ex"),
    (socket.socket, "connect"),
    (socket.socket, "connect_ex"),
    (ssl.SSLContext, "wrap_socket"),
    (ssl.SSLContext, "wrap_bio"),
    (uvloop.Loop, "getaddrinfo"),
    (uvloop.Loop, "create_connection"),
)
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


def as_they_are() -> dict[str, object]:
    """What a block changes in this process."""
    functions = {f"{owner}.{name}": (getattr(owner, name), name in vars(owner)) for owner, name in DOORS}
    return {**functions, "environment": dict(os.environ)}


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine knows no host of the service, so that no test asks them by mistake."""
    known = socket.getaddrinfo

    def getaddrinfo(host: Any, *given: Any, **named: Any) -> Any:
        if str(host) in HOSTS:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known(host, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def other() -> Iterator[MockNetflix]:
    """Another mock, which is no more to a block than any server is."""
    with MockNetflix() as other:
        yield other


def elsewhere(other: MockNetflix) -> str:
    """An address of the other one, under a name."""
    return other.sign("GET", f"{other.url.replace('127.0.0.1', 'localhost')}/users/current").url


def test_everything_is_as_before_after_the_block(mock_netflix: World) -> None:
    before = as_they_are()
    with mock_netflix.redirect_hosts():
        changed = as_they_are()
        assert [name for name, one in changed.items() if one == before[name]] == []
    assert as_they_are() == before


def test_everything_is_as_before_after_an_exception(mock_netflix: World) -> None:
    before = as_they_are()
    with pytest.raises(LookupError, match="mine"), mock_netflix.redirect_hosts():
        raise LookupError("mine")
    assert as_they_are() == before


def test_everything_is_as_before_after_a_task_was_cancelled(mock_netflix: World) -> None:
    before = as_they_are()

    async def wait(entered: asyncio.Event) -> None:
        with mock_netflix.redirect_hosts():
            entered.set()
            await asyncio.Event().wait()

    async def cancel() -> None:
        entered = asyncio.Event()
        task = asyncio.create_task(wait(entered))
        await entered.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(cancel())
    assert as_they_are() == before


def test_no_thread_is_left(mock_netflix: World) -> None:
    before = set(threading.enumerate())
    with mock_netflix.redirect_hosts():
        by_requests(current(mock_netflix, SECURE_API))
    assert set(threading.enumerate()) == before


@pytest.mark.parametrize("client", CLIENTS)
def test_another_host_is_where_it_was(mock_netflix: World, other: MockNetflix, client: str) -> None:
    with mock_netflix.redirect_hosts():
        assert CLIENTS[client](elsewhere(other))[0] == 200
    assert (len(mock_netflix.requests), len(other.requests)) == (0, 1)


NOT_REDIRECTED = ["netflix.com.invalid", "api.netflix.com.invalid", "cdn-1.nflximg.com.invalid", "nobody.invalid"]


@pytest.mark.parametrize("name", NOT_REDIRECTED)
def test_a_name_that_nobody_has_is_still_not_found(mock_netflix: World, name: str) -> None:
    with mock_netflix.redirect_hosts():
        for look_up in (socket.gethostbyname, lambda name: socket.getaddrinfo(name, 80)):
            with pytest.raises(socket.gaierror):
                look_up(name)


def test_a_connection_of_before_the_block_goes_on_through_it(mock_netflix: World, other: MockNetflix) -> None:
    with requests.Session() as client:
        addresses = set()
        for block in (None, mock_netflix.redirect_hosts(), None):
            with block or requests.Session():
                answer = client.get(elsewhere(other), stream=True)
                addresses.add(answer.raw._connection.sock.getsockname())
                assert answer.text
    assert len(other.requests) == 3
    assert len(addresses) == 1


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("host", [API, SECURE_API])
def test_a_pool_of_requests_reaches_the_mock_in_the_block_and_neither_before_nor_after(
    mock_netflix: World, host: str
) -> None:
    url = current(mock_netflix, host)
    with requests.Session() as client:
        for _ in range(2):
            with pytest.raises(requests.ConnectionError):
                client.get(url)
            with mock_netflix.redirect_hosts():
                assert [client.get(url).status_code, client.get(url).status_code] == [200, 200]
        with pytest.raises(requests.ConnectionError):
            client.get(url)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("host", [API, SECURE_API])
def test_a_pool_of_httpx_reaches_the_mock_in_the_block_and_neither_before_nor_after(
    mock_netflix: World, host: str
) -> None:
    url = current(mock_netflix, host)
    with httpx.Client() as client:
        for _ in range(2):
            with pytest.raises(httpx.ConnectError):
                client.get(url)
            with mock_netflix.redirect_hosts():
                assert [client.get(url).status_code, client.get(url).status_code] == [200, 200]
        with pytest.raises(httpx.ConnectError):
            client.get(url)


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("host", [API, SECURE_API])
def test_a_pool_of_aiohttp_does_not_reach_the_mock_after_the_block(mock_netflix: World, host: str, loop: str) -> None:
    """It remembers the address, so it asks nobody where the host is."""
    url = current(mock_netflix, host)

    async def ask() -> None:
        async with aiohttp.ClientSession() as client:
            with mock_netflix.redirect_hosts():
                for _ in range(2):
                    async with client.get(url) as answer:
                        assert answer.status == 200
            with pytest.raises(aiohttp.ClientConnectorError):
                await client.get(url)

    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        runner.run(ask())
    assert len(mock_netflix.requests) == 2


def test_the_block_that_was_entered_last_leads(mock_netflix: World, other: MockNetflix) -> None:
    stranger = "http://api.netflix.com/oauth/clock/time?oauth_consumer_key=nobody"
    with requests.Session() as client, mock_netflix.redirect_hosts():
        client.get(stranger)
        with other.redirect_hosts():
            client.get(stranger)
        client.get(stranger)
    assert (len(mock_netflix.requests), len(other.requests)) == (2, 1)


def test_blocks_may_be_left_in_any_order(mock_netflix: World, other: MockNetflix) -> None:
    before = as_they_are()
    stranger = "http://api.netflix.com/oauth/clock/time?oauth_consumer_key=nobody"
    blocks = [world.redirect_hosts() for world in (mock_netflix, other, mock_netflix, other)]
    for block in blocks:
        block.__enter__()
    for block, asked in ((blocks[2], other), (blocks[3], other), (blocks[0], other)):
        block.__exit__(None, None, None)
        known = len(asked.requests)
        by_requests(stranger)
        assert len(asked.requests) == known + 1
    blocks[1].__exit__(None, None, None)
    assert as_they_are() == before


def test_one_block_may_be_entered_within_itself(mock_netflix: World) -> None:
    before = as_they_are()
    block = mock_netflix.redirect_hosts()
    with block:
        with block:
            by_requests(current(mock_netflix))
        assert by_requests(current(mock_netflix))[0] == 200
    assert as_they_are() == before


def test_what_a_thread_asks_in_its_block_is_not_cut_off_by_the_end_of_that_of_another(mock_netflix: World) -> None:
    entered, left = threading.Event(), threading.Event()

    def leave_early() -> None:
        with mock_netflix.redirect_hosts():
            entered.wait()
        left.set()

    with ThreadPoolExecutor(1) as pool, mock_netflix.redirect_hosts(), requests.Session() as client:
        pool.submit(leave_early)
        assert client.get(current(mock_netflix)).status_code == 200
        entered.set()
        left.wait()
        assert client.get(current(mock_netflix)).status_code == 200


def test_eight_threads_that_enter_and_leave_as_they_like_leave_nothing() -> None:
    before, threads = as_they_are(), set(threading.enumerate())
    mocks = [create_app(), create_app()]

    def live(seed: int) -> None:
        chance, blocks = Random(seed), []
        for _ in range(30):
            if blocks and chance.random() < 0.5:
                blocks.pop(chance.randrange(len(blocks))).__exit__(None, None, None)
            else:
                blocks.append(chance.choice(mocks).redirect_hosts())
                blocks[-1].__enter__()
                assert socket.gethostbyname("api.netflix.com") == "233.252.0.80"
        for block in blocks:
            block.__exit__(None, None, None)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(live, range(8)))
    assert as_they_are() == before
    assert set(threading.enumerate()) == threads


def test_what_somebody_patched_meanwhile_stays_and_passes_through(mock_netflix: World) -> None:
    before, looked_up = socket.getaddrinfo, []

    def patched(beneath: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(beneath)
        def getaddrinfo(host: Any, *given: Any, **named: Any) -> Any:
            looked_up.append(host)
            return beneath(host, *given, **named)

        return getaddrinfo

    with pytest.MonkeyPatch.context() as theirs:
        with mock_netflix.redirect_hosts():
            theirs.setattr(socket, "getaddrinfo", patched(socket.getaddrinfo))
            mine = socket.getaddrinfo
            assert by_requests(current(mock_netflix))[0] == 200
        assert socket.getaddrinfo is mine
        assert socket.getaddrinfo("localhost", 80)
        assert looked_up == ["api.netflix.com", "localhost"]
        with mock_netflix.redirect_hosts():
            assert by_requests(current(mock_netflix))[0] == 200
        assert socket.getaddrinfo is mine
    # What was put back is ours, which passes through until another block finds it.
    assert socket.getaddrinfo("localhost", 80)
    with mock_netflix.redirect_hosts():
        assert by_requests(current(mock_netflix))[0] == 200
    assert socket.getaddrinfo is before


def test_what_somebody_patched_before_and_takes_back_meanwhile_is_not_brought_back(mock_netflix: World) -> None:
    before = socket.getaddrinfo
    with pytest.MonkeyPatch.context() as theirs:
        theirs.setattr(socket, "getaddrinfo", lambda *given, **named: before(*given, **named))
        block = mock_netflix.redirect_hosts()
        block.__enter__()
    block.__exit__(None, None, None)
    assert socket.getaddrinfo is before


@pytest.mark.parametrize("client", [name for name in CLIENTS if not name.startswith(("sockets", "streams"))])
def test_a_proxy_of_the_environment_does_not_lead_around_the_mock(
    mock_netflix: World, monkeypatch: pytest.MonkeyPatch, client: str
) -> None:
    for name in PROXIES:
        # Nobody listens at this port.
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with mock_netflix.redirect_hosts():
        assert CLIENTS[client](current(mock_netflix))[0] == 200
        assert CLIENTS[client](current(mock_netflix, SECURE_API))[0] == 200


SAID: list[tuple[str | None, str | None, str]] = [
    (None, None, f"{','.join(HOSTS)},.nflximg.com"),
    ("", None, f"{','.join(HOSTS)},.nflximg.com"),
    ("corp.example", None, f"corp.example,{','.join(HOSTS)},.nflximg.com"),
    (None, "corp.example, 10.0.0.1", f"corp.example, 10.0.0.1,{','.join(HOSTS)},.nflximg.com"),
    ("one.example", "other.example", f"one.example,{','.join(HOSTS)},.nflximg.com"),
    ("*", None, "*"),
    (None, " * ", " * "),
]


@pytest.mark.parametrize(("lower", "upper", "meanwhile"), SAID)
def test_who_needs_no_proxy_is_told_beside_what_was_said_and_then_as_it_was_said(
    mock_netflix: World, monkeypatch: pytest.MonkeyPatch, lower: str | None, upper: str | None, meanwhile: str
) -> None:
    for name, value in (("no_proxy", lower), ("NO_PROXY", upper)):
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    with mock_netflix.redirect_hosts(), mock_netflix.redirect_hosts():
        assert (os.environ["no_proxy"], os.environ["NO_PROXY"]) == (meanwhile, meanwhile)
    assert (os.environ.get("no_proxy"), os.environ.get("NO_PROXY")) == (lower, upper)


def test_what_is_said_of_proxies_meanwhile_stays(mock_netflix: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "corp.example")
    with mock_netflix.redirect_hosts():
        os.environ["no_proxy"] = "mine.example"
    assert os.environ["no_proxy"] == "mine.example"

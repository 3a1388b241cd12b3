"""A server in a thread of this process: how it starts, and that nothing is left of it when it has stopped."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.config import Config

from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.hosting import Host
from mock_netflix.web.server import CannotBindError, Server, ServerError, bind, running

ROOT = Path(__file__).parent.parent.parent
LOGGERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi", "asyncio", "mock-netflix")
# Seconds: what nobody may wait for, and after how many it is noticed that somebody does.
LONG, NOTICED = 3600, 30
START: Message = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100000000")]}
ASK = b"GET / HTTP/1.1\r\nHost: a\r\n"


class Greeting:
    """Says a word to everybody."""

    def __init__(self, word: bytes = b"hello") -> None:
        self.word = word

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = str(len(self.word)).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": self.word})


async def silent(scope: Scope, receive: Receive, send: Send) -> None:
    """Never answers."""
    await asyncio.Event().wait()


async def reading(scope: Scope, receive: Receive, send: Send) -> None:
    """Wants the whole body, and to be told of its end."""
    while (await receive())["type"] == "http.request":
        pass


async def halting(scope: Scope, receive: Receive, send: Send) -> None:
    """Begins an answer, and goes no further."""
    await send(START)
    await send({"type": "http.response.body", "body": b"a", "more_body": True})
    await asyncio.Event().wait()


async def pouring(scope: Scope, receive: Receive, send: Send) -> None:
    """Sends more than is taken."""
    await send(START)
    for _ in range(100):
        await send({"type": "http.response.body", "body": b"a" * 1_000_000, "more_body": True})


async def deadly(scope: Scope, receive: Receive, send: Send) -> None:
    """Ends the thread it is answered in."""
    asyncio.get_running_loop().stop()


class Waiting:
    """Answers when it is let go; `asked` tells that it was asked. `blocks`: and lets nobody else be answered."""

    def __init__(self, blocks: bool = False) -> None:
        self.asked, self.go, self.blocks = threading.Event(), threading.Event(), blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked.set()
        if self.blocks:
            self.go.wait()
        else:
            await asyncio.to_thread(self.go.wait)
        await Greeting()(scope, receive, send)


def connected(url: str, sent: bytes = b"", until: bytes = b"") -> socket.socket:
    """A connection on which something was sent, and its answer read up to some bytes."""
    host, port = urlsplit(url).hostname, urlsplit(url).port
    assert host is not None
    assert port is not None
    connection = socket.create_connection((host, port), timeout=NOTICED)
    connection.sendall(sent)
    told = b""
    while until and until not in told:
        told += connection.recv(65536)
    return connection


def rest(connection: socket.socket) -> bytes:
    """What is still to come, up to the end; the end may be a broken one."""
    told = b""
    with connection:
        try:
            while piece := connection.recv(65536):
                told += piece
        except ConnectionResetError:
            pass
    return told


def is_closed(url: str) -> bool:
    try:
        connected(url).close()
    except ConnectionRefusedError:
        return True
    return False


def port_of(url: str) -> int:
    port = urlsplit(url).port
    assert port is not None
    return port


def get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False)


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """No thread, and nothing that complains when it is thrown away."""
    before = set(threading.enumerate())
    yield
    gc.collect()
    assert set(threading.enumerate()) <= before


@pytest.fixture(params=["uvloop", "asyncio"])
def _each_loop(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The event loop of uvloop, and where there is none, that of Python."""
    if request.param == "asyncio":
        monkeypatch.setattr(Config, "get_loop_factory", lambda config: asyncio.SelectorEventLoop)
    else:
        pytest.importorskip("uvloop")


def program(text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A program that may use what is in this module."""
    text = f"from tests.web.test_server import *\n{textwrap.dedent(text)}"
    command = [sys.executable, *options, "-c", text]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_it_answers_when_the_block_begins_and_refuses_when_it_ends():
    with running(Greeting()) as url:
        assert get(url).text == "hello"
    assert is_closed(url)


def test_an_answer_tells_its_date_and_not_who_made_it():
    with running(Greeting()) as url:
        answer = get(url)
    assert parsedate_to_datetime(answer.headers["date"]).tzinfo is not None
    assert list(answer.headers) == ["date", "content-length"]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_it_is_gone_also_after_an_exception(error):
    with pytest.raises(error), running(Greeting()) as url:
        raise error
    assert is_closed(url)


def test_ctrl_c_interrupts_the_block():
    with pytest.raises(KeyboardInterrupt), running(Greeting()) as url:
        signal.raise_signal(signal.SIGINT)
    assert is_closed(url)


DOING: dict[str, tuple[ASGIApp, bytes, bytes]] = {
    "nothing yet": (Greeting(), b"", b""),
    "idle": (Greeting(), ASK + b"\r\n", b"hello"),
    "sending its head": (Greeting(), ASK, b""),
    "sending its next head": (Greeting(), ASK + b"\r\n" + ASK, b"hello"),
    "sending its body": (reading, ASK + b"Content-Length: 100\r\nExpect: 100-continue\r\n\r\n", b"100 Continue"),
    "hearing nothing": (silent, ASK + b"\r\n", b""),
    "hearing nothing of two requests": (silent, (ASK + b"\r\n") * 2, b""),
    "in the middle of an answer": (halting, ASK + b"\r\n", b"\r\n\r\na"),
    "not listening": (pouring, ASK + b"\r\n", b"\r\n\r\na"),
    "wanting a websocket": (silent, ASK + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", b""),
    "speaking no HTTP": (Greeting(), b"HELO\r\n\r\n", b"400"),
}


@pytest.mark.usefixtures("_each_loop")
@pytest.mark.parametrize("doing", DOING)
def test_a_connection_is_closed_whatever_the_client_is_doing(doing, caplog):
    """Nothing is logged meanwhile, and nothing warns; the end of the test looks at that."""
    app, sent, until = DOING[doing]
    caplog.set_level(1)
    with running(app) as url:
        connection = connected(url, sent, until)
    told = rest(connection)
    assert b"500" not in told
    assert is_closed(url)
    said = [record for record in caplog.records if record.name in LOGGERS]
    assert [record for record in said if "Using selector" not in record.msg] == []


@pytest.mark.usefixtures("_each_loop")
def test_a_hundred_clients_are_sent_away():
    with running(Greeting()) as url:
        connections = [connected(url, ASK + b"\r\n", b"hello") for _ in range(100)]
    assert {rest(connection) for connection in connections} == {b""}


def test_who_is_being_answered_gets_the_whole_answer():
    """The end of an idle connection tells that the server is stopping."""
    app = Waiting()
    server = Server(app, grace=LONG)
    server.start()
    idle, busy = connected(server.url), connected(server.url, ASK + b"\r\n")
    app.asked.wait()
    stopping = threading.Thread(target=server.stop, daemon=True)
    stopping.start()
    assert rest(idle) == b""
    app.go.set()
    assert rest(busy).endswith(b"connection: close\r\n\r\nhello")
    stopping.join()


def test_who_asks_a_second_time_does_not_wait():
    """Ctrl-C, twice."""
    listening = bind("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    host, ready = Host(silent, listening, LONG), threading.Event()
    thread = threading.Thread(target=host.run, args=(ready.set,), daemon=True)
    thread.start()
    ready.wait()
    busy, idle = connected(url, ASK + b"\r\n"), connected(url)
    host.stop()
    assert rest(idle) == b""
    host.stop()
    assert rest(busy) == b""
    thread.join()


def test_a_port_that_is_taken_is_said_in_one_sentence():
    with running(Greeting()) as url, pytest.raises(CannotBindError) as raised:
        Server(Greeting(), port=port_of(url)).start()
    assert str(raised.value) == (
        f"cannot listen at 127.0.0.1:{port_of(url)}: Address already in use; "
        "stop the program that uses it, or choose another port (--port 0, or port=0 in Python, takes a free one)"
    )


@pytest.mark.parametrize("error", [OSError(24, "Too many open files"), SystemExit(3), KeyboardInterrupt()])
def test_a_start_that_fails_is_an_exception(error, monkeypatch):
    def refuse(config: Config) -> None:
        raise error

    monkeypatch.setattr(Config, "get_loop_factory", refuse)
    server = Server(Greeting())
    with pytest.raises(ServerError, match="the server did not start: ") as raised:
        server.start()
    assert raised.value.__cause__ is error
    server.stop()
    monkeypatch.undo()
    server.start()
    server.stop()


def test_a_server_that_ended_by_itself_says_so_when_it_is_stopped():
    server = Server(deadly)
    server.start()
    rest(connected(server.url, ASK + b"\r\n"))
    with pytest.raises(ServerError, match="the server ended by itself: RuntimeError: Event loop stopped"):
        server.stop()
    assert is_closed(server.url)
    server.stop()


def test_a_server_whose_thread_is_blocked_is_not_waited_for():
    app, before = Waiting(blocks=True), set(threading.enumerate())
    server = Server(app)
    server.start()
    busy = connected(server.url, ASK + b"\r\n")
    app.asked.wait()
    with pytest.raises(ServerError, match=r"did not stop in 0\.01 seconds; something in it blocks its thread"):
        server.stop(timeout=0.01)
    app.go.set()
    assert rest(busy).endswith(b"hello")
    # The server that all tests share runs on.
    for thread in set(threading.enumerate()) - before:
        if thread.name == "mock-netflix":
            thread.join()


def test_to_ask_twice_changes_nothing():
    server = Server(Greeting())
    server.stop()
    server.start()
    url = server.url
    server.start()
    assert server.url == url
    server.stop()
    server.stop()
    assert is_closed(url)


def test_it_starts_again_at_another_port_or_at_the_same():
    with running(Greeting()) as url:
        free = port_of(url)
    for port in (0, free):
        server = Server(Greeting(), port=port)
        for _ in range(2):
            server.start()
            assert get(server.url).text == "hello"
            server.stop()


def test_there_is_no_address_before_the_first_start():
    with pytest.raises(ServerError, match="the server has no address yet; start it first"):
        _ = Server(Greeting()).url


def test_a_hundred_servers_in_a_row_have_the_same_port_at_once():
    """Each leaves a client behind that has not hung up."""
    with running(Greeting()) as url:
        port = port_of(url)
    left = []
    for _ in range(100):
        with running(Greeting(), port=port) as url:
            left.append(connected(url, ASK + b"\r\n", b"hello"))
    assert {rest(connection) for connection in left} == {b""}


def test_several_at_the_same_time_do_not_mix():
    with running(Greeting(b"one")) as one, running(Greeting(b"two")) as two, running(Greeting(b"three")) as three:
        assert [get(url).text for url in (three, one, two)] == ["three", "one", "two"]
        assert len({one, two, three}) == 3


def test_it_runs_beside_an_event_loop():
    async def client() -> str:
        with running(Greeting()) as url:
            async with httpx.AsyncClient(trust_env=False) as http:
                answers = await asyncio.gather(*(http.get(url) for _ in range(10)))
        return "".join(answer.text for answer in answers)

    assert asyncio.run(client()) == "hello" * 10


def test_one_thread_starts_it_and_another_stops_it():
    server = Server(Greeting())
    for act in (server.start, server.stop):
        thread = threading.Thread(target=act)
        thread.start()
        thread.join()
    assert is_closed(server.url)


def test_the_loggers_of_uvicorn_stay_as_they_are(monkeypatch):
    def state() -> list[object]:
        loggers = [logging.getLogger(name) for name in LOGGERS]
        return [(one.level, list(one.handlers), one.propagate, list(one.filters), one.disabled) for one in loggers]

    handler = logging.NullHandler()
    monkeypatch.setattr(logging.getLogger("uvicorn.access"), "handlers", [handler])
    before = state()
    with running(Greeting()) as url:
        assert get(url).text == "hello"
        assert state() == before
    assert state() == before


def test_event_loops_and_signals_of_the_program_stay_as_they_are():
    def state() -> list[object]:
        wakeup = signal.set_wakeup_fd(-1)
        signal.set_wakeup_fd(wakeup)
        handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
        return [wakeup, *handlers, asyncio.get_event_loop_policy()]

    before = state()
    with running(Greeting()) as url:
        assert get(url).text == "hello"
        assert state() == before
    assert state() == before
    with asyncio.Runner() as runner:
        assert type(runner.get_loop()).__module__.startswith("asyncio")


def test_the_thread_that_drew_a_poster_is_gone():
    """The end of the test looks at that."""
    state = load()
    number = next(iter(state.catalogue.titles.values())).number
    with running(build_app(Sandbox(state))) as url:
        assert get(f"{url}/us/boxshots/large/{number}.jpg").status_code == 200


FORGOTTEN: dict[str, Callable[[str], object]] = {
    "nobody": lambda url: None,
    "an idle client": lambda url: connected(url, ASK + b"\r\n"),
    "a client that waits": lambda url: connected(url, ASK + b"Content-Length: 9\r\n\r\n"),
}


@pytest.mark.parametrize("client", FORGOTTEN)
def test_who_forgets_to_stop_gets_no_complaint_at_the_end_of_the_program(client):
    text = f"""
    server = Server(silent)
    server.start()
    client = FORGOTTEN[{client!r}](server.url)
    print(server.url, flush=True)
    client = client and client.detach()
    """
    ended = program(text, "-X", "dev", "-W", "error")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert is_closed(ended.stdout.strip())


def test_a_forked_child_neither_stops_the_server_nor_holds_its_port():
    text = """
    import os
    server, (end, hold) = Server(Greeting()), os.pipe()
    server.start()
    child = os.fork()
    if not child:
        server.stop()
        os.close(hold)
        os.read(end, 1)
        os._exit(0)
    assert get(server.url).text == "hello"
    server.stop()
    assert is_closed(server.url)
    running(Greeting(), port=port_of(server.url)).__enter__()
    os.close(hold)
    os.waitpid(child, 0)
    print("both ended")
    """
    assert program(text, "-W", "ignore").stdout == "both ended\n"

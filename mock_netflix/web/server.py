"""uvicorn around the application: in the foreground for a terminal, in a thread for commands and tests."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from mock_netflix.errors import MockNetflixError
from mock_netflix.web.protocol import Protocol

# Seconds. uvicorn's own 5 break clients that think between two requests.
_KEEP_ALIVE = 120
_GRACE = 1
_BACKLOG = 2048
# Where a server that listens everywhere is reached from this machine.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}

Beside = Callable[[], Coroutine[Any, Any, None]]


class CannotBindError(MockNetflixError):
    """The address cannot be listened at; says what to do."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises CannotBindError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(_BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        hint = (
            "; stop the program that uses it, or choose another port with --port (0 takes a free one)" if taken else ""
        )
        raise CannotBindError(f"cannot listen at {host}:{port}: {error.strerror or error}{hint}") from None
    return listening


def base_url(listening: socket.socket) -> str:
    """The address to point a client at."""
    host, port = listening.getsockname()[:2]
    shown = _EVERYWHERE.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


class _Server(uvicorn.Server):
    """Says when it is ready, and ends quietly on Ctrl-C."""

    def __init__(self, app: ASGIApp, on_ready: Callable[[], None], beside: Beside | None = None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Protocol,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=_KEEP_ALIVE,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self._on_ready = on_ready
        self._beside = beside
        self._task: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._beside is not None:
            self._task = asyncio.create_task(self._beside())
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but a signal that ended the server is not raised again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def _quiet() -> None:
    """uvicorn logs nothing: what is no HTTP is answered, what breaks off is over, and the journal is the log."""
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)


def serve(app: ASGIApp, listening: socket.socket, on_ready: Callable[[], None], beside: Beside | None = None) -> None:
    """Serves until a signal ends it. `beside` runs on the same loop meanwhile, between requests."""
    _quiet()
    _Server(app, on_ready, beside).run([listening])


@contextmanager
def running(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """A server in a thread of this process for as long as the block lasts; gives its base URL."""
    listening = bind(host, port)
    ready = threading.Event()
    _quiet()
    server = _Server(app, ready.set)
    failure: list[BaseException] = []

    def run() -> None:
        try:
            server.run([listening])
        except BaseException as error:  # told to whoever waits, in `running`
            failure.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run, name="mock-netflix", daemon=True)
    address = base_url(listening)
    thread.start()
    ready.wait()
    if failure:
        listening.close()
        raise failure[0]
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join()

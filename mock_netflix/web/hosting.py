"""One run of the application on an event loop, from the first connection to the last.

The connections are uvicorn's; its `Server` is not used. That looks every tenth of a second whether it is to end, and so
takes two of them to end; here whoever ends it wakes the loop, and what is left to do is waited for, never looked for.
And that speaks to the loggers `uvicorn.error` and `uvicorn.access`, which belong to the program around; here nothing is
logged: what is no HTTP is answered, what breaks off is over, and the journal is the log.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from email.utils import formatdate
from typing import Any, cast

from starlette.types import ASGIApp
from uvicorn._types import ASGI3Application
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle
from uvicorn.server import ServerState

from mock_netflix.web.protocol import Protocol
from mock_netflix.web.tls import Tls

# Seconds. uvicorn's own 5 break clients that think between two requests.
_KEEP_ALIVE = 120
# How often the Date header is written anew; it tells seconds.
_SECOND = 1.0
# Turns of the loop after which who has just been let in is a connection, and what they sent is read.
_TURNS = 5
# What was cut off ends at once; nobody waits longer for what does not.
_CUT_OFF = 1.0
BACKLOG = 2048

_SILENT = logging.Logger("mock-netflix", logging.CRITICAL + 1)

Beside = Callable[[], Coroutine[Any, Any, None]]


class Host:
    """Serves at a listening socket until `stop`; whoever is being answered then has `grace` seconds left.

    `tls` is spoken in tunnels; and at a second socket, where there is one.
    """

    def __init__(
        self,
        app: ASGIApp,
        listening: socket.socket,
        grace: float,
        tls: Tls | None = None,
        listening_secure: socket.socket | None = None,
    ) -> None:
        self._listening = (listening, *(() if listening_secure is None else (listening_secure,)))
        self._tls = tls
        self._grace = grace
        self._config = _config(app)
        self._state = ServerState()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._asked = 0

    def run(self, on_ready: Callable[[], None], beside: Beside | None = None) -> None:
        """Serves on an event loop of its own; those of the program around, and their policy, stay as they are.

        `beside` runs on the same loop meanwhile, between requests.
        """
        with asyncio.Runner(loop_factory=self._config.get_loop_factory()) as runner:
            runner.run(self._serve(on_ready, beside))

    def stop(self) -> None:
        """Ends the run; asked a second time, without grace. From any thread, at any time, and from a signal handler."""
        self._asked += 1
        if self._loop is not None:
            # A loop that is closed has nothing to end.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._hear)

    def _hear(self) -> None:
        if self._asked:
            self._stopping.set()
        if self._asked > 1:
            self._cut_off()

    async def _serve(self, on_ready: Callable[[], None], beside: Beside | None) -> None:
        loop = self._loop = asyncio.get_running_loop()
        self._hear()
        accepting = await self._accepting()
        date = loop.create_task(self._tell_date())
        task = None if beside is None else loop.create_task(beside())
        try:
            on_ready()
            await self._stopping.wait()
        finally:
            await self._refuse(accepting)
            await self._end()
            await _cancelled(date, *((task,) if task else ()))

    async def _accepting(self) -> list[asyncio.AbstractServer]:
        loop = asyncio.get_running_loop()
        contexts = (None, *(() if self._tls is None else (self._tls.context,)))
        return [
            await loop.create_server(
                self._connection, sock=listening, backlog=BACKLOG, ssl=None if secured is None else secured()
            )
            for listening, secured in zip(self._listening, contexts, strict=False)
        ]

    def _connection(self) -> _Connection:
        connection = _Connection(self._config, self._state, {})
        connection.tls = self._tls
        return connection

    async def _tell_date(self) -> None:
        while True:
            self._state.default_headers = [(b"date", formatdate(usegmt=True).encode())]
            await asyncio.sleep(_SECOND)

    async def _refuse(self, accepting: list[asyncio.AbstractServer]) -> None:
        """Closes the ports. A child that was forked has the sockets too: it stops listening there as well."""
        for listening in self._listening:
            # Python's own loop loses those it has let in but not yet made a connection of when it closes.
            with suppress(NotImplementedError, RuntimeError):
                asyncio.get_running_loop().remove_reader(listening)
        await _some_turns()
        for server, listening in zip(accepting, self._listening, strict=True):
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            server.close()
            listening.close()
        await _some_turns()

    async def _end(self) -> None:
        """Closes the connections: idle ones now, the others when they are answered, and then those that are left."""
        for connection in self._connections():
            connection.shutdown()
        await self._last(self._grace if self._asked < 2 else 0)
        self._cut_off()
        await self._last(_CUT_OFF)

    def _cut_off(self) -> None:
        for connection in self._connections():
            connection.transport.abort()
        for task in self._state.tasks:
            task.cancel()

    async def _last(self, seconds: float) -> None:
        """Waits for the end of the last connection and of the last request, no longer than that."""
        now = asyncio.get_running_loop().time
        until = now() + seconds
        while left := [*self._state.tasks, *(connection.lost for connection in self._connections())]:
            if now() >= until:
                break
            await asyncio.wait(left, timeout=until - now())

    def _connections(self) -> list[_Connection]:
        return [cast(_Connection, connection) for connection in self._state.connections]


class _Connection(Protocol):
    """A connection that says when it is over, also to the request it answers, and logs nothing.

    uvicorn tells it to the last request that came, which another one may be before.
    """

    def __init__(self, config: Config, state: ServerState, app_state: dict[str, Any]) -> None:
        super().__init__(config, state, app_state)
        self.logger = _SILENT
        self.access_log = False
        self.lost: asyncio.Future[None] = self.loop.create_future()
        self._answered: RequestResponseCycle | None = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answered = cycle
        super()._start_asgi_task(cycle, app)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._answered is not None:
            self._answered.disconnected = True
            self._answered.message_event.set()
        self._over()

    def not_secured(self, target: str, reason: str) -> None:
        if self.tls is not None:
            self.tls.not_secured(target, reason)

    def left(self) -> None:
        super().left()
        self._over()

    def _over(self) -> None:
        if not self.lost.done():
            self.lost.set_result(None)


def _config(app: ASGIApp) -> Config:
    """What uvicorn's connections ask for. The access log is not switched off here, for that would be for everybody."""
    config = Config(
        app,
        http=_Connection,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        proxy_headers=False,
        server_header=False,
        workers=1,
        timeout_keep_alive=_KEEP_ALIVE,
    )
    config.load()
    # Without what uvicorn wraps it in where somebody logs everything.
    config.loaded_app = app
    return config


async def _some_turns() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


async def _cancelled(*tasks: asyncio.Task[None]) -> None:
    """Ends tasks. Raises what they ended with before."""
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

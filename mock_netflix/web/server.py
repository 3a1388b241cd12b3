"""The application at an address: in the foreground for a terminal, in a thread for commands and tests."""

from __future__ import annotations

import atexit
import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp

from mock_netflix.errors import MockNetflixError
from mock_netflix.web.hosting import BACKLOG, Beside, Host
from mock_netflix.web.tls import Tls

# Seconds that are left to requests when the server is to end: in a terminal, and in a test, which is over.
_GRACE = 1.0
_SHORT_GRACE = 0.02
# Seconds after which a server is not waited for any longer; something keeps its thread from going on.
_PATIENCE = 5.0
_TAKEN = "; stop the program that uses it, or choose another port (--port 0, or port=0 in Python, takes a free one)"
# Where a server that listens everywhere is reached from this machine.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


class CannotBindError(MockNetflixError):
    """The address cannot be listened at; says what to do."""


class ServerError(MockNetflixError):
    """A server did not start, ended by itself, or does not end; what was raised in its thread is the cause."""


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
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        hint = _TAKEN if error.errno == errno.EADDRINUSE else ""
        raise CannotBindError(f"cannot listen at {host}:{port}: {error.strerror or error}{hint}") from None
    return listening


def base_url(listening: socket.socket, scheme: str = "http") -> str:
    """The address to point a client at."""
    host, port = listening.getsockname()[:2]
    shown = _EVERYWHERE.get(host) or (f"[{host}]" if ":" in host else host)
    return f"{scheme}://{shown}:{port}"


def serve(
    app: ASGIApp,
    listening: socket.socket,
    on_ready: Callable[[], None],
    beside: Beside | None = None,
    tls: Tls | None = None,
    listening_secure: socket.socket | None = None,
) -> None:
    """Serves until a signal ends it. `beside` runs on the same loop meanwhile, between requests."""
    host = Host(app, listening, _GRACE, tls, listening_secure)
    with _ended_by_signals(host.stop):
        host.run(on_ready, beside)


@contextmanager
def _ended_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Ctrl-C stops, and so does who ends the process. Only the main thread hears of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: stop()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Server:
    """A server in a thread of this process, with an event loop of its own; it leaves signals and loggers alone.

    It can be started again after it was stopped. To start what runs and to stop what does not changes nothing.
    What is answered when it stops has `grace` seconds left.
    A process that was forked has no such thread: there the server does not run, while it goes on here.
    `tls` is spoken in tunnels, and at a port of its own where there is a `secure_port`; 0 takes a free one.
    """

    def __init__(
        self,
        app: ASGIApp,
        host: str = "127.0.0.1",
        port: int = 0,
        grace: float = _SHORT_GRACE,
        tls: Tls | None = None,
        secure_port: int | None = None,
    ) -> None:
        self._app = app
        self._address = host, port
        self._tls = tls
        self._secure_port = secure_port
        self._grace = grace
        self._lock = threading.RLock()
        self._run: _Run | None = None
        self._url: str | None = None
        self._secure_url: str | None = None

    @property
    def secure_url(self) -> str:
        """The base URL of https. Raises ServerError where there is none, or no address yet."""
        if self._secure_url is None:
            raise ServerError("the server has no address for https yet; make it with a port for it, and start it")
        return self._secure_url

    @property
    def url(self) -> str:
        """The base URL, as long as it runs and afterwards. Raises ServerError before its first start."""
        if self._url is None:
            raise ServerError("the server has no address yet; start it first")
        return self._url

    def start(self) -> None:
        """Answers requests when this returns. Raises CannotBindError and ServerError; nothing is left behind then."""
        with self._lock:
            if self._run is not None and self._run.is_alive():
                return
            listening = self._bound()
            urls = [base_url(one, scheme) for one, scheme in zip(listening, ("http", "https"), strict=False)]
            run = _Run(self._app, listening, self._grace, self._tls)
            run.begin()
            self._run, self._url, self._secure_url = run, urls[0], urls[1] if len(urls) > 1 else None
            # Whoever forgets to stop has nothing torn at the end of the program.
            atexit.register(self.stop)

    def _bound(self) -> list[socket.socket]:
        """The listening sockets: the plain one, and that of https where it is wanted. Raises CannotBindError."""
        host, port = self._address
        listening = [bind(host, port)]
        if self._secure_port is not None:
            try:
                listening.append(bind(host, self._secure_port))
            except CannotBindError:
                listening[0].close()
                raise
        return listening

    def stop(self, timeout: float = _PATIENCE) -> None:
        """The port is closed and the thread has ended when this returns, within milliseconds.

        Raises ServerError if it ended by itself before, or does not end in `timeout` seconds.
        """
        with self._lock:
            run, self._run = self._run, None
            atexit.unregister(self.stop)
            if run is not None:
                run.end(timeout)


class _Run:
    """A server from its start to its end."""

    def __init__(self, app: ASGIApp, listening: list[socket.socket], grace: float, tls: Tls | None) -> None:
        self._listening = listening
        self._host = Host(app, listening[0], grace, tls, *listening[1:])
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._serve, name="mock-netflix", daemon=True)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def begin(self) -> None:
        try:
            self._thread.start()
            self._ready.wait()
        except BaseException:
            self._host.stop()
            if self._thread.ident is None:
                self._close()
            else:
                self._thread.join(_PATIENCE)
            raise
        if self._failure is not None:
            self._thread.join()
            raise ServerError(f"the server did not start: {_told(self._failure)}") from self._failure

    def end(self, timeout: float) -> None:
        if self.is_alive():
            self._host.stop()
        self._thread.join(timeout)
        if self.is_alive():
            raise ServerError(f"the server did not stop in {timeout:g} seconds; something in it blocks its thread")
        if self._failure is not None:
            raise ServerError(f"the server ended by itself: {_told(self._failure)}") from self._failure

    def _serve(self) -> None:
        try:
            self._host.run(self._ready.set)
        except BaseException as error:  # told to whoever starts or stops it
            self._failure = error
        finally:
            self._close()
            self._ready.set()

    def _close(self) -> None:
        for listening in self._listening:
            listening.close()


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


@contextmanager
def running(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """A server in a thread of this process for as long as the block lasts; gives its base URL. Raises as `Server`."""
    server = Server(app, host, port)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()

"""Where the hosts lead: a server of its own for an application, with a plain port and one for https."""

from __future__ import annotations

import errno
from contextlib import suppress
from threading import RLock
from urllib.parse import urlsplit

from starlette.types import ASGIApp

from mock_netflix.authority import NoTlsError
from mock_netflix.web.server import Server
from mock_netflix.web.tls import Tls

# As programs write the port of https.
_HTTPS = (443, "443", "https")


class Detour:
    """The way to one mock, whose certificates `tls` has. It is open for as long as it is taken."""

    __slots__ = ("_app", "_lock", "_open", "_server", "_tls")

    def __init__(self, app: ASGIApp, tls: Tls) -> None:
        self._app = app
        self._tls = tls
        self._lock = RLock()
        self._server: Server | None = None
        self._open = False

    @property
    def certificate(self) -> str:
        """The certificate of its authority in PEM; nothing where it has none."""
        with suppress(NoTlsError):
            return self._tls.authority().certificate.decode()
        return ""

    def open(self) -> None:
        """Listens when this returns. Raises CannotBindError and ServerError."""
        with self._lock:
            if self._server is None:
                secure_port = 0 if self.certificate else None
                self._server = Server(self._app, tls=self._tls, secure_port=secure_port)
            self._server.start()
            self._open = True

    def close(self) -> None:
        """Ends every connection that came this way. Raises ServerError."""
        with self._lock:
            if self._server is not None and self._open:
                self._open = False
                self._server.stop()

    def address(self, port: int | str | None) -> tuple[str, int]:
        """Host and port in place of the service's. Raises NoTlsError, and ConnectionRefusedError where it is closed."""
        server = self._server
        if server is None or not self._open:
            raise ConnectionRefusedError(errno.ECONNREFUSED, "the block of redirect_hosts() is over")
        if port not in _HTTPS:
            return _address(server.url)
        # Says what to install, where it is not.
        self._tls.authority()
        return _address(server.secure_url)


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or 0

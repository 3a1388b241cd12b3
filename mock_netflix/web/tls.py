"""What TLS is spoken with: certificates of the authority for every name that leads here, made when first wanted."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from threading import Lock

from mock_netflix.authority import Authority
from mock_netflix.wire.hosts import HOSTS, WILDCARDS

# What a certificate can name; others are names of networks of containers.
_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")
_OF_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")

# Hears which host and port a client wanted in its tunnel, and what ended TLS there.
NotSecured = Callable[[str, str], None]


class Tls:
    """The certificates of one server; `authority` gives who signs them, and is asked once.

    `names` are those of the server beside the hosts of the service and this machine. `not_secured` hears of clients
    that ended TLS before it had begun, most often for they do not trust the authority.
    """

    def __init__(
        self,
        authority: Callable[[], Authority],
        names: tuple[str, ...] = (),
        not_secured: NotSecured = lambda target, reason: None,
    ) -> None:
        self.not_secured = not_secured
        self._find = authority
        fit = (name for name in names if _NAME.fullmatch(name))
        self._names = tuple(dict.fromkeys((*HOSTS, *WILDCARDS, *_OF_THIS_MACHINE, *fit)))
        self._lock = Lock()
        self._authority: Authority | None = None
        self._context: ssl.SSLContext | None = None

    def authority(self) -> Authority:
        """Who signs. Raises MockNetflixError where there is none."""
        with self._lock:
            if self._authority is None:
                self._authority = self._find()
            return self._authority

    def context(self) -> ssl.SSLContext:
        """What a connection speaks TLS with. Raises MockNetflixError where there is no authority."""
        authority = self.authority()
        with self._lock:
            if self._context is None:
                self._context = authority.server_context(self._names)
            return self._context

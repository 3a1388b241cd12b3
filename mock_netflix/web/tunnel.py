"""CONNECT: a client that takes the mock for a proxy, and is led into TLS with it (RFC 9110 section 9.3.6).

Nothing is ever connected to: the tunnel ends here, whatever host it was asked for.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from mock_netflix.wire.hosts import role_of

# Under this name the protocol says why it opened no tunnel.
REFUSED_TUNNEL = "mock_netflix.refused_tunnel"

# And in the state of a scope, that its request came through one.
IN_TUNNEL = "mock_netflix.in_tunnel"

OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"
HTTP, HTTPS = 80, 443
# Seconds.
_HANDSHAKE = 10.0


def port_wanted(target: str) -> int | None:
    """The port of a host of the service that a client wants to be connected to; None for everything else."""
    host, _, port = target.rpartition(":")
    found = {str(HTTP): HTTP, str(HTTPS): HTTPS}.get(port)
    return found if role_of(host.lower()) is not None else None


class Waiting(asyncio.Protocol):
    """Keeps what a client sends in its new tunnel until there is a connection to read it."""

    def __init__(self) -> None:
        self._early: list[bytes] = []
        self._ended = False
        self._lost: tuple[Exception | None] | None = None

    def data_received(self, data: bytes) -> None:
        self._early.append(data)

    def eof_received(self) -> None:
        self._ended = True

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost = (exc,)

    def hand_over(self, transport: asyncio.Transport, connection: asyncio.Protocol) -> None:
        """Gives everything to a connection, which begins now."""
        transport.set_protocol(connection)
        connection.connection_made(transport)
        for data in self._early:
            connection.data_received(data)
        if self._ended:
            connection.eof_received()
        if self._lost is not None:
            connection.connection_lost(*self._lost)


async def secure(
    transport: asyncio.Transport, context: ssl.SSLContext, connection: asyncio.Protocol, failed: Callable[[str], None]
) -> None:
    """Speaks TLS on a transport from now on, and hands it to a connection.

    Closes it where the client does not, and tells `failed` why.
    """
    loop: Any = asyncio.get_running_loop()
    waiting = Waiting()
    try:
        inner = await loop.start_tls(transport, waiting, context, server_side=True, ssl_handshake_timeout=_HANDSHAKE)
    except OSError as error:
        failed((getattr(error, "reason", None) or str(error) or type(error).__name__).replace("_", " ").lower())
        inner = None
    except asyncio.CancelledError:
        transport.abort()
        raise
    if inner is None:
        with suppress(OSError):
            transport.abort()
        return
    waiting.hand_over(inner, connection)

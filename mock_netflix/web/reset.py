"""How a connection is ended by a reset (RST), for which neither HTTP nor ASGI has a word.

The protocol puts the way to do it into the scope. Where there is no connection of ours, in process or under another
server, an error stands for it.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.types import Scope

# Under this name the protocol passes what resets the connection of a request.
RESET = "mock_netflix.reset"

# On, and for no seconds: what closes the socket resets the connection (SO_LINGER in socket(7)).
_AT_ONCE = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
# Seconds between two looks at what the client has not taken yet.
_LOOK = 0.005


def can_reset(scope: Scope) -> bool:
    """Whether there is a connection to reset."""
    return RESET in scope


async def reset(scope: Scope) -> None:
    """Resets the connection of a request. Raises ConnectionResetError where that is all that can be done."""
    way: Callable[[], Awaitable[None]] | None = scope.get(RESET)
    if way is None:
        raise ConnectionResetError("the mock let the connection break, as a fault of this world wants it")
    await way()


async def reset_transport(transport: asyncio.Transport, drained: Callable[[], Awaitable[None]]) -> None:
    """Resets a connection once the client's machine has all that was written; `drained` waits for the buffer here."""
    connection: socket.socket = transport.get_extra_info("socket")
    # It may be closed already, by the client or because this was its last answer.
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    transport.set_write_buffer_limits(high=0)
    await drained()
    while not transport.is_closing() and _on_its_way(connection):
        await asyncio.sleep(_LOOK)
    transport.abort()


def _on_its_way(connection: socket.socket) -> bool:
    """Whether the client's machine has yet to take something; not where the system does not tell."""
    try:
        from fcntl import ioctl
        from termios import TIOCOUTQ

        return any(ioctl(connection.fileno(), TIOCOUTQ, bytes(4)))
    except (ImportError, OSError):
        return False

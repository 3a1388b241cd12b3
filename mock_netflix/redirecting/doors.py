"""The functions through which clients go out, and what stands in their place during a block.

http.client, urllib3, httpcore, asyncio, anyio, aiohttp and trio come by those of `socket` and `ssl`. uvloop looks up
and connects by itself, and so does aiodns, which aiohttp takes where it is installed.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from mock_netflix.redirecting.ways import Ways

Called = Callable[..., Any]
# Makes what stands in the place of a function.
Made = Callable[[Ways, Called], Called]


@dataclass(frozen=True, slots=True)
class Door:
    """A function of a module or a class."""

    owner: Any
    name: str
    made: Made


def doors() -> tuple[Door, ...]:
    """Those of this process; of the libraries that may be missing, those that are there."""
    return (*_EVERYWHERE, *_of("uvloop", "Loop", _OF_UVLOOP), *_of("aiodns", "DNSResolver", _OF_AIODNS))


def _of(module: str, owner: str, made: dict[str, Made]) -> tuple[Door, ...]:
    try:
        found = getattr(import_module(module), owner)
    except ImportError:
        return ()
    return tuple(Door(found, name, one) for name, one in made.items())


def _finds(ways: Ways, original: Called) -> Called:
    def getaddrinfo(host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> Any:  # noqa: A002
        name = ways.name(host)
        if name is not host:
            # A machine that is on no network has none of the addresses that this one asks for.
            flags &= ~socket.AI_ADDRCONFIG
        return original(name, port, family, type, proto, flags)

    return getaddrinfo


def _finds_one(ways: Ways, original: Called) -> Called:
    def gethostbyname(*given: Any) -> Any:
        return original(*(ways.name(one) for one in given))

    return gethostbyname


def _finds_on_loop(ways: Ways, original: Called) -> Called:
    def getaddrinfo(self: Any, host: Any, *given: Any, **named: Any) -> Any:
        return original(self, ways.name(host), *given, **named)

    return getaddrinfo


def _connects(ways: Ways, original: Called) -> Called:
    def connect(self: socket.socket, address: Any, /) -> Any:
        return original(self, ways.socket_address(self.family, address))

    return connect


def _connects_on_loop(ways: Ways, original: Called) -> Called:
    def create_connection(self: Any, protocol: Any, host: Any = None, port: Any = None, **named: Any) -> Any:
        found = None if host is None else ways.address(host, port)
        if found is None:
            return original(self, protocol, host, port, **named)
        if named.get("ssl") and named.get("server_hostname") is None:
            named["server_hostname"] = host
        return original(self, protocol, *found, **named)

    return create_connection


def _speaks(ways: Ways, original: Called) -> Called:
    def wrap_socket(
        self: ssl.SSLContext,
        sock: socket.socket,
        server_side: bool = False,
        do_handshake_on_connect: bool = True,
        suppress_ragged_eofs: bool = True,
        server_hostname: Any = None,
        session: Any = None,
    ) -> Any:
        ours = None if server_side else ways.context(self, server_hostname)
        # A session of the client's own context is of no use to another one.
        known = session if ours is None else None
        context = self if ours is None else ours
        return original(
            context, sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, known
        )

    return wrap_socket


def _speaks_in_memory(ways: Ways, original: Called) -> Called:
    def wrap_bio(
        self: ssl.SSLContext,
        incoming: Any,
        outgoing: Any,
        server_side: bool = False,
        server_hostname: Any = None,
        session: Any = None,
    ) -> Any:
        ours = None if server_side else ways.context(self, server_hostname)
        known = session if ours is None else None
        return original(self if ours is None else ours, incoming, outgoing, server_side, server_hostname, known)

    return wrap_bio


_EVERYWHERE = (
    Door(socket, "getaddrinfo", _finds),
    Door(socket, "gethostbyname", _finds_one),
    Door(socket, "gethostbyname_ex", _finds_one),
    Door(socket.socket, "connect", _connects),
    Door(socket.socket, "connect_ex", _connects),
    Door(ssl.SSLContext, "wrap_socket", _speaks),
    Door(ssl.SSLContext, "wrap_bio", _speaks_in_memory),
)
_OF_UVLOOP: dict[str, Made] = {"getaddrinfo": _finds_on_loop, "create_connection": _connects_on_loop}
_OF_AIODNS: dict[str, Made] = {"getaddrinfo": _finds_on_loop, "gethostbyname": _finds_on_loop}

"""Which way the service is now: that of the block that was entered last."""

from __future__ import annotations

import socket
import ssl
from typing import Any

from mock_netflix.redirecting.detour import Detour
from mock_netflix.redirecting.names import ADDRESS, is_address, is_redirected


class Ways:
    """The detours there are, in the order in which they were entered. Read on every thread, as one value."""

    __slots__ = ("detours",)

    def __init__(self) -> None:
        self.detours: tuple[Detour, ...] = ()

    def name(self, host: Any) -> Any:
        """What is to be looked up in place of a name."""
        return ADDRESS if self.detours and is_redirected(host) else host

    def address(self, host: object, port: int | str | None) -> tuple[str, int] | None:
        """Where to connect in place of the service; None for whatever is not redirected. Raises as `Detour.address`."""
        detours = self.detours
        if detours and (is_address(host) or is_redirected(host)):
            return detours[-1].address(port)
        return None

    def socket_address(self, family: int, address: Any) -> Any:
        """The same for an address as sockets take it; what is none at all is left to the socket."""
        if family not in (socket.AF_INET, socket.AF_INET6) or not isinstance(address, tuple):
            return address
        found = self.address(*address[:2]) if len(address) > 1 and isinstance(address[1], int) else None
        if found is None:
            return address
        host, port = found
        return (host, port) if family == socket.AF_INET else (f"::ffff:{host}", port, *address[2:])

    def context(self, context: ssl.SSLContext, host: object) -> ssl.SSLContext | None:
        """What a client speaks TLS with in place of its own, which stays as it is; None for other hosts.

        It trusts the authorities of the mocks and no other, and verifies the name whether or not the client would.
        """
        certificates = {detour.certificate for detour in self.detours} - {""}
        if not certificates or not is_redirected(host):
            return None
        ours = ssl.create_default_context(cadata="\n".join(certificates))
        ours.minimum_version = context.minimum_version
        ours.sslsocket_class, ours.sslobject_class = context.sslsocket_class, context.sslobject_class
        return ours

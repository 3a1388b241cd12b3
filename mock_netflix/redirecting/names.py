"""What is redirected: the names of the service, and the one address that all of them have meanwhile."""

from __future__ import annotations

from mock_netflix.wire.hosts import role_of

# Nobody listens there, nor ever will: it is of a range for documentation (RFC 6676), and multicast, to which no system
# connects. So an address that a client remembers leads nowhere after the block, and to the mock in the next one.
ADDRESS = "233.252.0.80"
MAPPED_ADDRESS = f"::ffff:{ADDRESS}"


def is_redirected(host: object) -> bool:
    """Whether a client that says this means the service: one of its names, in any case, absolute or not."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("latin-1")
    return isinstance(host, str) and role_of(host.lower().removesuffix(".")) is not None


def is_address(host: object) -> bool:
    """Whether it is the address of the service."""
    return host in (ADDRESS, MAPPED_ADDRESS)

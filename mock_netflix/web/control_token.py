"""Which servers want a control token of those who use the mock's own side: all that are reached from elsewhere."""

from __future__ import annotations

from ipaddress import ip_address

from mock_netflix import chance


def token_for(host: str, given: str | None) -> str | None:
    """The token that a server wants which listens at this address: the one given, or beyond loopback a new one."""
    return given or (None if is_loopback(host) else chance.control_token())


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine reaches an address."""
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"

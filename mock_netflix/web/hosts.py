"""Under which names the mock answers: those of the service, each in its role, and its own; no others."""

from __future__ import annotations

from functools import lru_cache

from mock_netflix.web.origin import is_own_name
from mock_netflix.wire.hosts import API_HOSTS, FEEDS_HOST, LOGIN_HOST, PICTURE_HOSTS, SITE_HOST, Role, role_of

# Where people are told to look for what another host has.
_WHERE = {
    Role.API: f"http://{API_HOSTS[0]}",
    Role.LOGIN: f"https://{LOGIN_HOST}",
    Role.PICTURES: f"http://{PICTURE_HOSTS[0]}",
    Role.SITE: f"http://{SITE_HOST}",
    Role.FEEDS: f"http://{FEEDS_HOST}",
}


@lru_cache(maxsize=64)
def is_foreign_host(authority: str, to_a_proxy: bool, server: str) -> bool:
    """Whether a request is meant for somebody else. `server`: where it arrived; bounded, for clients choose the host.

    Whoever takes the mock for a proxy may mean any machine by a number, so only that of this server is its own.
    """
    if not is_own_name(authority):
        return True
    host = host_of(authority)
    numeric = host.startswith("[") or host.replace(".", "").isdigit()
    return to_a_proxy and numeric and not _is_loopback(host) and host != host_of(server)


def elsewhere(path: str, roles: frozenset[Role]) -> str:
    """What tells a person that another host of the service has a path."""
    role = next(role for role in Role if role in roles)
    return f"{path} is at {_WHERE[role]}"


def host_of(authority: str) -> str:
    """An authority without its port."""
    return authority if authority.endswith("]") else authority.rpartition(":")[0] or authority


def role_at(authority: str) -> Role | None:
    """The role of the host that was asked; None under the mock's own names, where everything is."""
    return role_of(host_of(authority))


def _is_loopback(host: str) -> bool:
    return host.startswith("127.") or host == "[::1]"

"""Did a web page of another site send this? A browser tells where a request came from; a script does not."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from mock_netflix.wire.hosts import role_of

# Another port of this host is another origin on the same site.
_FOREIGN_SITES = ("cross-site", "same-site")
# Names under which the mock may be asked besides numbers and names without a dot.
_OWN_DOMAINS = (".localhost", ".local", ".internal", ".test", ".example")


def is_own_name(authority: str) -> bool:
    """Whether a Host can be the mock's: a public name that somebody pointed at this machine cannot.

    A web page of such a name would be of the same origin as the mock, and could read everything (DNS rebinding).
    """
    host = authority if authority.endswith("]") else authority.rpartition(":")[0] or authority
    if "." not in host or host.startswith("["):
        return True
    return host.replace(".", "").isdigit() or host.endswith(_OWN_DOMAINS) or role_of(host) is not None


def is_foreign(origin: str | None, fetch_site: str | None, authority: str) -> bool:
    """Whether the `Origin` or `Sec-Fetch-Site` of a request name another origin than the one that was asked."""
    if fetch_site in _FOREIGN_SITES:
        return True
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != authority
    except ValueError:
        return True


def is_from_other_page(headers: Mapping[str, str], authority: str) -> bool:
    """Whether a page of another origin sent a request to the mock's own side; to follow a link to it is all right.

    Headers by name in lower case.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    followed = origin is None and headers.get("sec-fetch-mode") == "navigate"
    return not followed and is_foreign(origin, site, authority)

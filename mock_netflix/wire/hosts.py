"""The hosts of the real service, and what each was there for (reference: protocol 1.1, 9.6).

A client that has them built in reaches the mock by a proxy, the hosts file or a patched resolver.
"""

from __future__ import annotations

import enum
import re


class Role(enum.Enum):
    """What a host of the service does."""

    API = "the REST API"
    LOGIN = "the sign-in page"
    PICTURES = "box art"
    SITE = "the pages of titles and people"
    FEEDS = "the public feeds of the site"


API_HOSTS = ("api.netflix.com", "api-public.netflix.com")
LOGIN_HOST = "api-user.netflix.com"
# Only in clients that never call it.
_OTHER_LOGIN_HOST = "api-public-user.netflix.com"
SITE_HOST = "www.netflix.com"
# The site of the discs, which had the pages and feeds of the other when that had streaming only.
DVD_HOST = "dvd.netflix.com"
FEEDS_HOST = "rss.netflix.com"
# The last digit of a title's number chooses one of these.
PICTURE_HOSTS = tuple(f"cdn-{digit}.nflximg.com" for digit in range(10))

_ROLES = {
    **dict.fromkeys(API_HOSTS, Role.API),
    LOGIN_HOST: Role.LOGIN,
    _OTHER_LOGIN_HOST: Role.LOGIN,
    SITE_HOST: Role.SITE,
    DVD_HOST: Role.SITE,
    FEEDS_HOST: Role.FEEDS,
    **dict.fromkeys(PICTURE_HOSTS, Role.PICTURES),
}
# Pictures of any number, as a regular expression for Python and for the lists of proxies.
PICTURES = re.compile(r"cdn-[a-z0-9]{1,16}\.nflximg\.com")

# All that have a role, to be written into certificates, the hosts file and the lists of proxies.
HOSTS = tuple(_ROLES)
# What a certificate says beside them, for pictures of any number.
WILDCARDS = ("*.nflximg.com",)


def role_of(host: str) -> Role | None:
    """What a host does, by its name in lower case without a port; None for a host that the mock does not stand for.

    A name may be absolute, with a dot at its end.
    """
    host = host.removesuffix(".")
    found = _ROLES.get(host)
    return Role.PICTURES if found is None and PICTURES.fullmatch(host) else found

"""Addresses: what a thing's URL is for the host that was asked (reference: client-demands 2).

A client that asks the mock directly gets links that lead back to it; one that reaches it under a name of the real
service gets links on that service's hosts, always http (reference: resources 1.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mock_netflix.wire.hosts import API_HOSTS, DVD_HOST, FEEDS_HOST, LOGIN_HOST, SITE_HOST, Role, role_of
from mock_netflix.world.titles import Title, TitleType

# Clients compare category schemes with this literal, so it is written in direct mode too.
_SCHEME_BASE = "http://api.netflix.com"


# Pictures by the name of their size in addresses, width and height in pixels. Three names are on record, and the widths
# of version 2.0 (reference: resources 2.1, 5.1), of which those are the first ones; the other names are their widths.
PICTURES = {
    "tiny": (38, 53),
    "small": (64, 90),
    "88": (88, 123),
    "large": (110, 150),
    "124": (124, 174),
    "150": (150, 210),
    "166": (166, 232),
    "197": (197, 276),
    "210": (210, 294),
    "284": (284, 398),
}


@dataclass(frozen=True, slots=True)
class Links:
    """The site map seen from one host. `base` has no slash at its end; `role` is that of a host of the service."""

    base: str
    login_base: str
    schemes: str
    pages: str
    pictures: str | None
    feeds: str
    role: Role | None = None

    def scheme(self, name: str) -> str:
        """The scheme of a category."""
        return f"{self.schemes}/categories/{name}"

    def title(self, title: Title) -> str:
        """The id of a title (reference: resources 1.2)."""
        return f"{self.base}/catalog/titles/{title_path(title)}"

    def person(self, number: int) -> str:
        """The id of a person."""
        return f"{self.base}/catalog/people/{number}"

    def people(self) -> str:
        """The people of the catalogue."""
        return f"{self.base}/catalog/people"

    def titles(self, tail: str = "") -> str:
        """The catalogue, or something under it."""
        return f"{self.base}/catalog/titles{tail}"

    def catalogue_file(self, name: str, key: str, token: str) -> str:
        """Where a file of the whole catalogue lies; the record knows that it was elsewhere, not where.

        Without a parameter of OAuth, for there are libraries that sign what they are led to.
        """
        return f"{self.base}/catalog/files/{name}.xml?consumer_key={key}&file_token={token}"

    def user(self, segment: str, tail: str = "") -> str:
        """Something of a subscriber; `segment` is the user id as it was asked for."""
        return f"{self.base}/users/{segment}{tail}"

    def login(self, token: str) -> str:
        """The sign-in page, as the request token's answer gives it (reference: protocol 3.1)."""
        return f"{self.login_base}/oauth/login?oauth_token={token}"

    def title_page(self, title: Title) -> str:
        """The web page of a title."""
        return f"{self.pages}/Movie/{_page_name(title.regular)}/{title.number}"

    def person_page(self, name: str, number: int) -> str:
        """The web page of a person."""
        return f"{self.pages}/RoleDisplay/{_page_name(name)}/{number}"

    def site_feed(self, path: str) -> str:
        """A feed of the site; those of what can be watched were on the host of the pages (reference: protocol 9.6)."""
        return f"{self.pages if 'WatchInstantly' in path else self.feeds}{path}"

    def box_art(self, number: int, size: str) -> str:
        """A picture; `size` is a name in PICTURES. The CDN's number is the last digit of the title's."""
        host = self.pictures or f"http://cdn-{number % 10}.nflximg.com"
        return f"{host}/us/boxshots/{size}/{number}.jpg"


@lru_cache(maxsize=64)
def links_for(scheme: str, authority: str) -> Links:
    """The site map for the scheme and the Host that a client asked; bounded, for clients choose the host."""
    host = authority.partition(":")[0]
    role = role_of(host)
    if role is not None:
        api = f"http://{host if host in API_HOSTS else API_HOSTS[0]}"
        pages, feeds = (DVD_HOST, DVD_HOST) if host == DVD_HOST else (SITE_HOST, FEEDS_HOST)
        return Links(api, f"https://{LOGIN_HOST}", api, f"http://{pages}", None, f"http://{feeds}", role)
    base = f"{scheme}://{authority}"
    return Links(base, base, _SCHEME_BASE, base, base, base)


def title_path(title: Title) -> str:
    """The path of a title below /catalog/titles/."""
    if title.type is TitleType.SEASON:
        return f"series/{title.series}/seasons/{title.number}"
    if title.type is TitleType.PROGRAM and title.series is not None:
        return f"programs/{title.series}/{title.number}"
    return f"{title.type}/{title.number}"


def _page_name(name: str) -> str:
    """A name as web page addresses have it (reference: resources 7)."""
    return re.sub(r"[^A-Za-z0-9.-]+", "_", name).strip("_") or "_"

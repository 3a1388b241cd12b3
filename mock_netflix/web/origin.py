"""Did a web page of another site send this? A browser tells where a request came from; a script does not."""

from __future__ import annotations

from urllib.parse import urlsplit

# Another port of this host is another origin on the same site.
_FOREIGN_SITES = ("cross-site", "same-site")


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

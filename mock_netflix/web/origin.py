"""Did a web page of another site send this? A browser tells where a request came from; a script does not."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_foreign(origin: str | None, fetch_site: str | None, authority: str) -> bool:
    """Whether the `Origin` or `Sec-Fetch-Site` of a request name another site than the one that was asked."""
    if fetch_site == "cross-site":
        return True
    return origin is not None and urlsplit(origin).netloc.lower() != authority

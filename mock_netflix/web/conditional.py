"""Etags on answers, and requests that depend on them (reference: protocol 8.5)."""

from __future__ import annotations

from mock_netflix.wire.text import Text

# Whatever the client has, it wants nothing new.
_ANY = "*"


def etag_of(text: Text) -> str:
    """Digits that stand for what is answered."""
    return str(text.checksum)


def bare(value: str | None) -> str | None:
    """The etag of a header without the quotes that it should have, and that some clients leave out."""
    if value is None:
        return None
    return value.strip().removeprefix("W/").strip('"') or None


def is_unchanged(header: str | None, etag: str) -> bool:
    """Whether the etags of `If-None-Match` or `If-Match` hold this one: the client has this very answer."""
    if header is None:
        return False
    known = [bare(one) for one in header.split(",")]
    return etag in known or _ANY in known

"""A document as it goes over the wire, and the pieces that it is made of.

What is kept of one document for the next is one piece in both, the very same bytes; what stands between is another. So
whoever keeps many documents by their pieces holds little more than one, and a checksum is made of what is new alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32


class Piece(NamedTuple):
    """A part of a document that is kept; `digest` stands for it in checksums."""

    text: bytes
    digest: bytes


# Behind the last part, so that what is fresh before it is put together.
_END = Piece(b"", b"")


class Text(NamedTuple):
    """A whole document: `body` is all its pieces. One that is written anew has the same checksum."""

    body: bytes
    pieces: tuple[bytes, ...]
    checksum: int


def piece(text: bytes) -> Piece:
    """A part that is to be kept."""
    return Piece(text, crc32(text).to_bytes(4, "big"))


def put_together(parts: Iterable[bytes | Piece]) -> Text:
    """The document of these parts; those that are not kept and stand together are one piece."""
    pieces: list[bytes] = []
    told: list[bytes] = []
    fresh: list[bytes] = []
    for one in (*parts, _END):
        if isinstance(one, bytes):
            fresh.append(one)
            continue
        if fresh:
            pieces.append(b"".join(fresh))
            told.append(pieces[-1])
            fresh = []
        text, digest = one
        pieces.append(text)
        told.append(digest)
    return Text(b"".join(pieces), tuple(pieces[:-1]), crc32(b"".join(told)))

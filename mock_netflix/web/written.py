"""An answer whose headers stand as they go out, for what is answered most: a document."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

RawHeaders = tuple[tuple[bytes, bytes], ...]


class Written(Response):
    """Starlette's answer, but for the work of making its headers."""

    def __init__(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        self.status_code, self.body, self.raw_headers = status, body, headers
        self.background = None


def raw(headers: Mapping[str, str]) -> RawHeaders:
    """Headers as they go out."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())

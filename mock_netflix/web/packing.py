"""The ring of gzip: Starlette's, where a client asks for it; every other answer only says that it could be packed."""

from __future__ import annotations

from functools import lru_cache

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEVEL = 4
_ASKED_BY = b"accept-encoding"
_VARY = b"vary"

_Headers = list[tuple[bytes, bytes]]


class Packing:
    """gzip for those who ask for it.

    One client unpacks without looking, so even the smallest answer is packed (reference: client-demands 8); an empty
    one is not, for it must stay empty.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.packed = GZipMiddleware(app, minimum_size=1, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                _vary(message["headers"])
            await send(message)

        if any(name == _ASKED_BY and b"gzip" in value for name, value in scope["headers"]):
            await self.packed(scope, receive, send)
        else:
            await self.app(scope, receive, varying)


def _vary(headers: _Headers) -> None:
    """Says that the answer depends on `Accept-Encoding`, unless it is empty or a picture, which are never packed."""
    told = dict(headers)
    kind = told.get(b"content-type")
    if kind is None or told.get(b"content-length") == b"0" or kind.startswith(b"image/"):
        return
    if (others := told.get(_VARY)) is None:
        headers.append((_VARY, b"Accept-Encoding"))
    else:
        headers[headers.index((_VARY, others))] = _with_encoding(others)


@lru_cache(maxsize=16)
def _with_encoding(others: bytes) -> tuple[bytes, bytes]:
    """The header that says so beside others; all answers that are kept share it."""
    return _VARY, others + b", Accept-Encoding"

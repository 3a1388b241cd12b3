"""The addresses of box art: /us/boxshots/{size}/{number}.jpg.

A poster is known by a tag before it is drawn. It is drawn in a thread, one at a time, so that nobody else waits; the
last ones are kept, as many as a bounded number of bytes holds.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mock_netflix.data.box_art import Poster, poster, poster_of
from mock_netflix.web.conditional import is_unchanged
from mock_netflix.web.exchange import Exchange
from mock_netflix.web.pages import title_with_number
from mock_netflix.wire.links import PICTURES
from mock_netflix.world.refusals import ResourceNotFound

_CACHING = "public, max-age=86400"
# In bytes.
_KEPT = 8 << 20


class Pictures:
    """The posters of one application."""

    def __init__(self, limit: int = _KEPT) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[Poster, str], bytes] = OrderedDict()
        self._size = 0
        self._pen = Lock()

    def __call__(self, exchange: Exchange, path: Mapping[str, str]) -> Response:
        """A poster. Refuses ResourceNotFound."""
        told, size = poster_of(title_with_number(exchange, path["number"])), path["size"]
        if size not in PICTURES:
            raise ResourceNotFound
        tag = told.tag(size)
        headers = {"Cache-Control": _CACHING, "ETag": f'"{tag}"'}
        if is_unchanged(exchange.if_none_match, tag):
            return Response(status_code=304, headers=headers)
        picture = self._kept.get((told, size))
        if picture is None:
            return _Drawn(self, told, size, headers)
        self._kept.move_to_end((told, size))
        return Response(picture, headers=headers, media_type="image/jpeg")

    async def drawn(self, told: Poster, size: str) -> bytes:
        """A picture that is not there yet, unless it was drawn while this one waited for the pen."""
        # A thread of the loop's, so that it ends when that does.
        picture = await asyncio.to_thread(self._draw, told, size)
        if (told, size) not in self._kept:
            self._kept[told, size] = picture
            self._size += len(picture)
        while self._size > self._limit:
            self._size -= len(self._kept.popitem(last=False)[1])
        return picture

    def _draw(self, told: Poster, size: str) -> bytes:
        with self._pen:
            return self._kept.get((told, size)) or poster(told, size)


class _Drawn(Response):
    """A picture that must be drawn first."""

    def __init__(self, pictures: Pictures, told: Poster, size: str, headers: Mapping[str, str]) -> None:
        self._pictures, self._told, self._size, self._always = pictures, told, size, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        picture = await self._pictures.drawn(self._told, self._size)
        await Response(picture, headers=self._always, media_type="image/jpeg")(scope, receive, send)

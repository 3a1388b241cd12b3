"""The addresses of box art: /us/boxshots/{size}/{number}.jpg."""

from __future__ import annotations

from functools import lru_cache

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mock_netflix.data.box_art import SIZES, poster
from mock_netflix.web.errors import refuse
from mock_netflix.web.exchange import exchange_of
from mock_netflix.web.pages import title_with_number
from mock_netflix.world.refusals import ResourceNotFound

_drawn = lru_cache(maxsize=512)(poster)


async def picture(scope: Scope, receive: Receive, send: Send) -> None:
    """A poster, or the service's own 404."""
    exchange = exchange_of(scope)
    size, number = scope["path_params"]["size"], scope["path_params"]["number"]
    known = size in SIZES and number.isascii() and number.isdigit() and len(number) < 19
    title = title_with_number(exchange, int(number)) if known else None
    if title is None:
        response = refuse(exchange, ResourceNotFound())
    else:
        headers = {"Cache-Control": "public, max-age=86400"}
        response = Response(_drawn(title, size), headers=headers, media_type="image/jpeg")
    await response(scope, receive, send)

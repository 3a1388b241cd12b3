"""The addresses of box art: /us/boxshots/{size}/{number}.jpg."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from starlette.responses import Response

from mock_netflix.data.box_art import SIZES, poster
from mock_netflix.web.exchange import Exchange
from mock_netflix.web.pages import title_with_number
from mock_netflix.world.refusals import ResourceNotFound

_HEADERS = {"Cache-Control": "public, max-age=86400"}

_drawn = lru_cache(maxsize=512)(poster)


def picture(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """A poster. Refuses ResourceNotFound."""
    title = title_with_number(exchange, path["number"])
    if path["size"] not in SIZES:
        raise ResourceNotFound
    return Response(_drawn(title, path["size"]), headers=_HEADERS, media_type="image/jpeg")

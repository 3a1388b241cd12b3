"""What several commands take."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import click


def here() -> str:
    """Where a server of this machine is by default."""
    return f"http://127.0.0.1:{os.environ.get('MOCK_NETFLIX_PORT', '2008')}"


class BaseUrl(click.ParamType[str]):
    """The address of a running server, without a slash at its end."""

    name = "url"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            parts = urlsplit(value)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            self.fail(f"{value} is no address; it should look like http://127.0.0.1:2008", param, ctx)
        return value.rstrip("/")

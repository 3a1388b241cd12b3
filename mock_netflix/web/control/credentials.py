"""Whether the mock is ready, and what a client needs to begin."""

from __future__ import annotations

from typing import Literal

import msgspec

from mock_netflix import __version__
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.web.credentials import Credentials, credentials_of


class Health(msgspec.Struct):
    """`instance` is another at every start, so that a client can tell whether it still asks the same server."""

    status: Literal["ready"]
    instance: str
    version: str


def credentials(asked: Asked) -> Credentials:
    return credentials_of(asked.sandbox.state, asked.base_url)


def health(asked: Asked) -> Health:
    return Health("ready", asked.instance, __version__)


OPERATIONS = (
    Operation("GET", "/health", health, "Whether the mock is ready", gives=Health, everywhere=False, guarded=False),
    Operation("GET", "/credentials", credentials, "The ready application, subscriber and token", gives=Credentials),
)

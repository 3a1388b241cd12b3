"""Worlds of their own, one for each consumer key: made, listed and deleted."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.control.credentials import as_json as credentials_of
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import WORLDS, Asked, Operation
from mock_netflix.world.rules import changed


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """A world that is asked for; by default on the day of the first one, and with its rules."""

    as_of: date | None = None
    settings: dict[str, Any] = {}


class World(msgspec.Struct, kw_only=True):
    """A world: its consumer key is its name, and `control` is the address of everything about it."""

    world: str
    control: str
    as_of: str
    requests: int
    credentials: dict[str, Any]


class Worlds(msgspec.Struct):
    """All worlds beside the first."""

    worlds: list[World]


def created(asked: Asked) -> World:
    wanted = message(asked, Wanted)
    rules = changed(asked.sandboxes.first.begun.rules, wanted.settings)
    return _told(asked, asked.sandboxes.create(_epoch(wanted.as_of), rules))


def listed(asked: Asked) -> Worlds:
    return Worlds([_told(asked, sandbox) for sandbox in asked.sandboxes.made.values()])


def shown(asked: Asked) -> World:
    return _told(asked, asked.sandbox)


def deleted(asked: Asked) -> World:
    """The world is gone with everything in it; its key is unknown from now on."""
    asked.sandboxes.delete(asked.sandbox.name)
    return _told(asked, asked.sandbox)


def _epoch(day: date | None) -> int | None:
    return None if day is None else int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _told(asked: Asked, sandbox: Sandbox) -> World:
    return World(
        world=sandbox.name,
        control=f"{asked.base_url}{WORLDS}/{sandbox.name}",
        as_of=datetime.fromtimestamp(sandbox.calendar.as_of, UTC).date().isoformat(),
        requests=len(sandbox.journal.entries()),
        credentials=credentials_of(sandbox.state, asked.base_url),
    )


OPERATIONS = (
    Operation("GET", "/worlds", listed, "All worlds beside the first", gives=Worlds, everywhere=False),
    Operation(
        "POST",
        "/worlds",
        created,
        "A world of its own, with a new key, secret, subscriber and token",
        takes=Wanted,
        gives=World,
        status=201,
        problems=(400, 409),
        everywhere=False,
    ),
    Operation("GET", "/worlds/{world}", shown, "One world", gives=World, problems=(404,), everywhere=False),
    Operation("DELETE", "/worlds/{world}", deleted, "Delete a world", gives=World, problems=(404,), everywhere=False),
)

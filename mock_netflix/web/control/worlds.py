"""Worlds of their own, one for each consumer key: made, listed and deleted."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec

from mock_netflix.calendar import LAUNCH
from mock_netflix.errors import MockNetflixError, UnknownError
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.addresses import WORLDS, own_path
from mock_netflix.web.control.credentials import as_json as credentials_of
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.web.control.settings import SomeSettings
from mock_netflix.wire.as_atom import date_of
from mock_netflix.world.rules import changed

_LONGEST_NAME = 200
# Rules are checked one by one, for each has a sentence of its own.
_SOME_SETTINGS = f"#/components/schemas/{SomeSettings.__name__}"
# From the day the service began to the end of the century.
_DAYS = r"^(2008-1[0-2]|2009-[01]|20[1-9]\d-[01])"
_END = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


class WantedWorld(msgspec.Struct, forbid_unknown_fields=True):
    """A world that is asked for; by default like the first one, on its day and with its rules.

    `as_of`: its day in the life of the service. `settings`: rules of the service that are other ones in it.
    `subscriber`: the login or user id of who is the ready one. `name`: what people call it.
    """

    as_of: Annotated[date, msgspec.Meta(extra_json_schema={"pattern": _DAYS})] | None = None
    settings: Annotated[dict[str, Any], msgspec.Meta(extra_json_schema={"$ref": _SOME_SETTINGS})] = {}
    subscriber: str | None = None
    name: Annotated[str, msgspec.Meta(max_length=_LONGEST_NAME)] = ""


class World(msgspec.Struct):
    """A world: its consumer key, by which everything about it is found at `control`, and its credentials.

    `now`: the moment in the life of the service that it is in this world. `requests`: how many its journal holds.
    """

    world: str
    name: str
    control: str
    now: str
    requests: int
    base_url: str
    application: dict[str, Any]
    subscriber: dict[str, Any]
    access_token: dict[str, Any]


class Worlds(msgspec.Struct):
    """All worlds beside the first, oldest first."""

    worlds: list[World]


class Deleted(msgspec.Struct):
    """How many worlds were deleted."""

    deleted: int


async def created(asked: Asked) -> World:
    """Its requests are those with its consumer key, or with one of its tokens; no other world hears of them."""
    wanted, sandboxes = message(asked, WantedWorld), asked.sandboxes
    rules = changed(sandboxes.first.begun.rules, wanted.settings)
    told = _epoch(wanted.as_of), rules, wanted.subscriber, wanted.name
    # The data of another day may have to be read first.
    at_once = wanted.as_of is None
    return _told(asked, sandboxes.create(*told) if at_once else await asyncio.to_thread(sandboxes.create, *told))


def listed(asked: Asked) -> Worlds:
    return Worlds([_told(asked, sandbox) for sandbox in asked.sandboxes.made.values()])


def shown(asked: Asked) -> World:
    return _told(asked, asked.sandbox)


def deleted(asked: Asked) -> Deleted:
    """The world is gone with everything in it; its keys are unknown from now on."""
    name = asked.sandbox.name
    if not asked.sandboxes.delete(name):
        raise UnknownError(f"there is no world {name!r} to delete; {WORLDS} lists them")
    return Deleted(1)


def all_deleted(asked: Asked) -> Deleted:
    """The first world stays."""
    return Deleted(sum(map(asked.sandboxes.delete, asked.sandboxes.made)))


def _epoch(day: date | None) -> int | None:
    if day is None:
        return None
    epoch = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    if not LAUNCH <= epoch < _END:
        raise MockNetflixError(f"as_of cannot be {day}; it is a day from 2008-10-01 to 2099-12-31")
    return epoch


def _told(asked: Asked, sandbox: Sandbox) -> World:
    credentials: dict[str, Any] = credentials_of(sandbox.state, asked.base_url)
    return World(
        world=sandbox.name,
        name=sandbox.label,
        control=f"{asked.base_url}{own_path(sandbox.name)}",
        now=date_of(sandbox.calendar.now(sandbox.clock.now())),
        requests=len(sandbox.journal.entries()),
        **credentials,
    )


OPERATIONS = (
    Operation("GET", "/worlds", listed, "All worlds beside the first", gives=Worlds, everywhere=False),
    Operation(
        "POST",
        "/worlds",
        created,
        "A world of its own, with a new key, secret and token",
        takes=WantedWorld,
        gives=World,
        status=201,
        problems=(400, 404, 409),
        everywhere=False,
    ),
    Operation("DELETE", "/worlds", all_deleted, "Delete all worlds but the first", gives=Deleted, everywhere=False),
    Operation("GET", "/worlds/{world}", shown, "One world", gives=World, problems=(404,), everywhere=False),
    Operation("DELETE", "/worlds/{world}", deleted, "Delete a world", gives=Deleted, problems=(404,), everywhere=False),
)

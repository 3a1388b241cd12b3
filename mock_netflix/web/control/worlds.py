"""Worlds of their own, one for each consumer key: made, listed and deleted."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import msgspec

from mock_netflix.errors import UnknownError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.moments import day_of
from mock_netflix.web.addresses import WORLDS, own_path
from mock_netflix.web.control.messages import Day, message
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.web.control.settings import SomeSettings
from mock_netflix.web.credentials import ReadyApplication, ReadySubscriber, ReadyToken, credentials_of
from mock_netflix.wire.as_atom import date_of
from mock_netflix.world.rules import changed

_LONGEST_NAME = 200
# Rules are checked one by one, for each has a sentence of its own.
_SOME_SETTINGS = f"#/components/schemas/{SomeSettings.__name__}"


class WantedWorld(msgspec.Struct, forbid_unknown_fields=True):
    """A world that is asked for; by default like the first one, on its day and with its rules.

    `as_of`: its day in the life of the service. `settings`: rules of the service that are other ones in it.
    `subscriber`: the login or user id of who is the ready one. `name`: what people call it.
    """

    as_of: Day | None = None
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
    application: ReadyApplication
    subscriber: ReadySubscriber
    access_token: ReadyToken


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
    day = None if wanted.as_of is None else day_of(wanted.as_of)
    told = day, rules, wanted.subscriber, wanted.name
    if day is None:
        return _told(asked, sandboxes.create(*told))
    # The data of another day may have to be read first.
    return _told(asked, await asyncio.to_thread(sandboxes.create, *told))


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


def _told(asked: Asked, sandbox: Sandbox) -> World:
    credentials = credentials_of(sandbox.state, asked.base_url)
    return World(
        world=sandbox.name,
        name=sandbox.label,
        control=f"{asked.base_url}{own_path(sandbox.name)}",
        now=date_of(sandbox.calendar.now(sandbox.clock.now())),
        requests=len(sandbox.journal.entries()),
        **msgspec.structs.asdict(credentials),
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

"""Snapshots of a world: taken, listed, restored and forgotten."""

from __future__ import annotations

from typing import Annotated

import msgspec

from mock_netflix.sandbox import Snapshot
from mock_netflix.stage.snapshots import NAME, forget, keep, restore, snapshot_named
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation


class WantedSnapshot(msgspec.Struct, forbid_unknown_fields=True):
    """A snapshot of the world as it is now; it is numbered where no name is given."""

    name: Annotated[str, msgspec.Meta(extra_json_schema={"pattern": f"^{NAME}$"})] | None = None


class KeptSnapshot(msgspec.Struct):
    """A snapshot by its name. `taken`: epoch seconds by the clock of the world."""

    snapshot: str
    taken: int


class KeptSnapshots(msgspec.Struct):
    """The snapshots of a world, oldest first."""

    snapshots: list[KeptSnapshot]


def taken(asked: Asked) -> KeptSnapshot:
    name = keep(asked.sandbox, message(asked, WantedSnapshot).name)
    return _told(name, snapshot_named(asked.sandbox, name))


def listed(asked: Asked) -> KeptSnapshots:
    return KeptSnapshots([_told(name, one) for name, one in asked.sandbox.snapshots.items()])


def restored(asked: Asked) -> KeptSnapshot:
    """Data, grants, rules, faults, clock and counts of calls are as they were; the journal goes on."""
    name = asked.request.path_params["snapshot"]
    return _told(name, restore(asked.sandbox, name))


def forgotten(asked: Asked) -> KeptSnapshot:
    """The world stays as it is."""
    name = asked.request.path_params["snapshot"]
    return _told(name, forget(asked.sandbox, name))


def _told(name: str, snapshot: Snapshot) -> KeptSnapshot:
    return KeptSnapshot(name, snapshot.at)


OPERATIONS = (
    Operation("GET", "/snapshots", listed, "The snapshots of the world", gives=KeptSnapshots),
    Operation(
        "POST",
        "/snapshots",
        taken,
        "Keep the world as it is now",
        takes=WantedSnapshot,
        gives=KeptSnapshot,
        status=201,
        problems=(400, 409),
    ),
    Operation(
        "POST",
        "/snapshots/{snapshot}/restore",
        restored,
        "Bring the world back as it was; as often as wanted",
        gives=KeptSnapshot,
        problems=(404,),
    ),
    Operation(
        "DELETE", "/snapshots/{snapshot}", forgotten, "Keep a snapshot no longer", gives=KeptSnapshot, problems=(404,)
    ),
)

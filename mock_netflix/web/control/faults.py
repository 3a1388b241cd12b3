"""What is let go wrong with requests: by rules, which are added, listed with how often they applied, and removed."""

from __future__ import annotations

from typing import cast

import msgspec

from mock_netflix.errors import UnknownError
from mock_netflix.faults.effects import AnyFault
from mock_netflix.faults.rules import Rule
from mock_netflix.stage import faults
from mock_netflix.web.control.messages import members
from mock_netflix.web.control.mounting import Asked, Operation

_EXAMPLE = '{"effect": "status", "status": 504, "times": 1}'


class FaultRule(msgspec.Struct, kw_only=True):
    """A fault as it was given. `met` counts the requests that came to it, `applied` those that went wrong by it.

    `spent`: it applied as often as it was to, and does not any more.
    """

    id: int
    fault: AnyFault
    met: int
    applied: int
    spent: bool


class FaultList(msgspec.Struct):
    """Faults in the order in which they are tried."""

    faults: list[FaultRule]


def listed(asked: Asked) -> FaultList:
    return FaultList([_told(rule) for rule in asked.sandbox.faults.all])


def added(asked: Asked) -> FaultRule:
    return _told(faults.add(asked.sandbox, faults.fault_of(members(asked, _EXAMPLE))))


def shown(asked: Asked) -> FaultRule:
    return _told(asked.sandbox.faults.find(_id(asked)))


def removed(asked: Asked) -> FaultRule:
    return _told(faults.remove(asked.sandbox, _id(asked)))


def removed_all(asked: Asked) -> FaultList:
    """Faults as they were; there are none any more."""
    return FaultList([_told(rule) for rule in faults.remove_all(asked.sandbox)])


def _id(asked: Asked) -> int:
    """The id in the address. Raises UnknownError."""
    told: str = asked.request.path_params["id"]
    if not (told.isascii() and told.isdecimal() and len(told) < 10):
        raise UnknownError(f"there is no fault {told[:60]!r}; /_mock/faults lists them by number")
    return int(told)


def _told(rule: Rule) -> FaultRule:
    return FaultRule(id=rule.id, fault=cast(AnyFault, rule.fault), met=rule.met, applied=rule.applied, spent=rule.spent)


OPERATIONS = (
    Operation("GET", "/faults", listed, "What is let go wrong, and how often it has", gives=FaultList),
    Operation(
        "POST",
        "/faults",
        added,
        "Let requests go wrong",
        takes=AnyFault,
        gives=FaultRule,
        status=201,
        problems=(400, 404, 409),
    ),
    Operation("DELETE", "/faults", removed_all, "Let nothing go wrong any more", gives=FaultList),
    Operation(
        "GET", "/faults/{id}", shown, "One fault, and how often it has applied", gives=FaultRule, problems=(404,)
    ),
    Operation("DELETE", "/faults/{id}", removed, "Remove one fault", gives=FaultRule, problems=(404,)),
)

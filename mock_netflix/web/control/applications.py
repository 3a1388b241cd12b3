"""The registered applications, and registering another: as JSON, or with the form of the mock's own page."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import parse_qs

import msgspec
from starlette.responses import RedirectResponse, Response

from mock_netflix.oauth.parameters import FORM
from mock_netflix.stage.applications import KEY, change_standing, register
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.grants import Application, Standing
from mock_netflix.world.texts import TEXT

_Standing = Literal["active", "inactive", "unauthorized"]
# Described here, and refused in words by who registers.
_Text = Annotated[str, msgspec.Meta(extra_json_schema={"pattern": f"^{TEXT}$"})]
_Key = Annotated[str, msgspec.Meta(extra_json_schema={"pattern": f"^{KEY}$"})]


class WantedApplication(msgspec.Struct, forbid_unknown_fields=True):
    """An application to be registered; key and secret are made where none are given."""

    name: _Text
    key: _Key | None = None
    secret: _Text | None = None


class ApplicationChange(msgspec.Struct, forbid_unknown_fields=True):
    """What may be changed of an application."""

    standing: _Standing


class Registered(msgspec.Struct):
    """An application, and whether it may call."""

    name: str
    key: str
    secret: str
    standing: _Standing


class Applications(msgspec.Struct):
    """All applications of a world, oldest first."""

    applications: list[Registered]


def listed(asked: Asked) -> Applications:
    return Applications([_told(one) for one in asked.sandbox.state.grants.applications.values()])


def registered(asked: Asked) -> Response | Registered:
    """A form is led back to the page, everything else gets the new key and secret."""
    # curl calls everything a form where nobody says otherwise.
    is_form = asked.request.headers.get("content-type", "").startswith(FORM)
    if is_form and not asked.body.lstrip().startswith(b"{"):
        register(asked.sandbox, parse_qs(asked.body.decode("utf-8", "replace")).get("name", [""])[0])
        return RedirectResponse(f"{asked.own}/#applications", 303)
    wanted, others = message(asked, WantedApplication), (asked.sandboxes.first, *asked.sandboxes.made.values())
    return _told(register(asked.sandbox, wanted.name, wanted.key, wanted.secret, others))


def changed(asked: Asked) -> Registered:
    """Lets an application call or not: the gateway refuses the inactive and the unauthorized."""
    key, standing = asked.request.path_params["key"], Standing(message(asked, ApplicationChange).standing)
    return _told(change_standing(asked.sandbox, key, standing))


def _told(application: Application) -> Registered:
    return Registered(application.name, application.key, application.secret, application.standing.value)


OPERATIONS = (
    Operation("GET", "/applications", listed, "The registered applications", gives=Applications),
    Operation(
        "POST",
        "/applications",
        registered,
        "Register another application",
        takes=WantedApplication,
        gives=Registered,
        status=201,
        problems=(400, 409),
    ),
    Operation(
        "PATCH",
        "/applications/{key}",
        changed,
        "Let an application call or not",
        takes=ApplicationChange,
        gives=Registered,
        problems=(400, 404),
    ),
)

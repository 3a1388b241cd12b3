"""The registered applications, and registering another: as JSON, or with the form of the mock's own page."""

from __future__ import annotations

import json
from typing import Literal
from urllib.parse import parse_qs

import msgspec
from starlette.responses import RedirectResponse, Response

from mock_netflix.oauth.parameters import FORM
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation, Problem
from mock_netflix.world.grants import Application, Standing, register, with_standing

_LONGEST_NAME = 200


def as_json(application: Application) -> dict[str, str]:
    return {
        "name": application.name,
        "key": application.key,
        "secret": application.secret,
        "standing": application.standing.value,
    }


def listed(asked: Asked) -> dict[str, object]:
    applications = asked.sandbox.state.grants.applications.values()
    return {"applications": [as_json(one) for one in applications]}


def registered(asked: Asked) -> Response | dict[str, str]:
    """Registers `name`; a form is led back to the page, everything else gets the new key and secret."""
    by_form = asked.request.headers.get("content-type", "").startswith(FORM)
    name = _name_in_form(asked.body) if by_form else _name_in_json(asked.body)
    if not (name.strip() and len(name) <= _LONGEST_NAME and name.isprintable()):
        raise Problem(400, f"The name must be 1 to {_LONGEST_NAME} printable characters.")
    state = asked.sandbox.state
    grants, application = register(state.grants, name.strip())
    asked.sandbox.state = state.with_grants(grants)
    if by_form:
        return RedirectResponse(f"{asked.own}/#applications", 303)
    return as_json(application)


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """What may be changed of an application."""

    standing: Literal["active", "inactive", "unauthorized"]


def changed(asked: Asked) -> dict[str, str]:
    """Lets an application call or not: the gateway refuses the inactive and the unauthorized."""
    wanted, state = message(asked, Change), asked.sandbox.state
    application = state.grants.applications.get(asked.request.path_params["key"])
    if application is None:
        raise Problem(404, "No application has this consumer key; /_mock/applications lists them.")
    grants = with_standing(state.grants, application, Standing(wanted.standing))
    asked.sandbox.state = state.with_grants(grants)
    return as_json(grants.applications[application.key])


def _name_in_form(body: bytes) -> str:
    return parse_qs(body.decode("utf-8", "replace")).get("name", [""])[0]


def _name_in_json(body: bytes) -> str:
    try:
        name = json.loads(body)["name"]
    except (ValueError, KeyError, TypeError, RecursionError):
        name = None
    if not isinstance(name, str):
        raise Problem(400, 'Send the name as JSON: {"name": "My Application"}')
    return name


OPERATIONS = (
    Operation("GET", "/applications", listed, "The registered applications"),
    Operation("POST", "/applications", registered, "Register another application", status=201, problems=(400,)),
    Operation(
        "PATCH", "/applications/{key}", changed, "Let an application call or not", takes=Change, problems=(400, 404)
    ),
)

"""Registered applications: another one, with a key and secret of its own or made, and whether it may call."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError, shown
from mock_netflix.sandbox import Sandbox
from mock_netflix.world import grants as g
from mock_netflix.world.grants import Application, Standing
from mock_netflix.world.texts import LONGEST, TEXT

# Such keys need no percent-encoding anywhere and are no dots alone, so that they can stand in a path.
KEY = f"[A-Za-z0-9][A-Za-z0-9._~-]{{0,{LONGEST - 1}}}"


def register(
    sandbox: Sandbox,
    name: str,
    key: str | None = None,
    secret: str | None = None,
    others: Iterable[Sandbox] = (),
) -> Application:
    """Another application; key and secret are made where none are given.

    `others`: the worlds of the same server, for a key leads to one world only. Raises ConflictError for a key that is
    taken, MockNetflixError for a name, key or secret that cannot be.
    """
    name = name.strip(" ") if isinstance(name, str) else name
    _check("name", name)
    if secret is not None:
        _check("secret", secret)
    if key is not None and not (isinstance(key, str) and re.fullmatch(KEY, key)):
        raise MockNetflixError(f"the key must be 1 to {LONGEST} letters and digits; dots, dashes, _ and ~ may follow")
    with sandbox.lock:
        state = sandbox.state
        if key is not None and (whose := _whose(key, sandbox, others)) is not None:
            raise ConflictError(f"the consumer key {shown(key)} is taken{whose}; choose another, or let one be made")
        grants, application = g.register(state.grants, name, key, secret)
        sandbox.state = state.with_grants(grants)
    return application


def change_standing(sandbox: Sandbox, key: str | None, standing: Standing) -> Application:
    """Lets an application call or not, by default the ready one: the gateway refuses the inactive and the unauthorized.

    Raises UnknownError.
    """
    with sandbox.lock:
        grants = g.with_standing(sandbox.state.grants, application_named(sandbox, key), standing)
        sandbox.state = sandbox.state.with_grants(grants)
        return application_named(sandbox, key)


def application_named(sandbox: Sandbox, key: str | None) -> Application:
    """An application as it is now, by its consumer key; the ready one where none is given. Raises UnknownError."""
    wanted = sandbox.state.application.key if key is None else key
    found = sandbox.state.grants.applications.get(wanted)
    if found is None:
        raise UnknownError(f"no application has the consumer key {shown(wanted)}; /_mock/applications lists them")
    return found


def _whose(key: str, sandbox: Sandbox, others: Iterable[Sandbox]) -> str | None:
    """Who has a key, as a sentence goes on with it; None where nobody has."""
    state = sandbox.state
    if (found := state.grants.applications.get(key)) is not None:
        ready = ", the ready application, which works already" if key == state.application.key else ""
        return f" by {found.name}{ready}"
    return " in another world of this server" if any(key in one.state.grants.applications for one in others) else None


def _check(what: str, text: object) -> None:
    if not (isinstance(text, str) and re.fullmatch(TEXT, text)):
        raise MockNetflixError(f"the {what} must be 1 to {LONGEST} printable characters, the first of them no blank")

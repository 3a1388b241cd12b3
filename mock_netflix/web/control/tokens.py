"""Access tokens without the dance: issued, revoked as a subscriber would, or brought to their end."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation, Problem
from mock_netflix.world.grants import AccessToken, Grants, expire, issue_access_token, revoke
from mock_netflix.world.state import State

# Seconds; longer than any test.
_LONGEST = 10**9


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """A token that is asked for; by default for the ready subscriber and application.

    `expires_in`: seconds, None for no end; by default as the rule `access_token_lifetime` says.
    """

    subscriber: str | None = None
    consumer_key: str | None = None
    expires_in: int | msgspec.UnsetType | None = msgspec.UNSET


def as_json(token: AccessToken) -> dict[str, object]:
    return {
        "token": token.token,
        "secret": token.secret,
        "consumer_key": token.consumer_key,
        "user_id": token.user_id,
        "revoked": token.revoked,
        "expires": token.expires,
    }


def listed(asked: Asked) -> dict[str, object]:
    return {"tokens": [as_json(one) for one in asked.sandbox.state.grants.access_tokens.values()]}


def issued(asked: Asked) -> dict[str, object]:
    wanted, state = message(asked, Wanted), asked.sandbox.state
    key = state.application.key if wanted.consumer_key is None else wanted.consumer_key
    if key not in state.grants.applications:
        raise Problem(404, f"No application has the consumer key {key!r}; /_mock/applications lists them.")
    lifetime = state.rules.access_token_lifetime if wanted.expires_in is msgspec.UNSET else wanted.expires_in
    if lifetime is not None and not 0 <= lifetime <= _LONGEST:
        raise Problem(400, f"expires_in is in seconds, from 0 to {_LONGEST}, or null for no end.")
    user_id = _user_id(wanted.subscriber, state)
    expires = None if lifetime is None else asked.sandbox.clock.now() + lifetime
    grants, token = issue_access_token(state.grants, key, user_id, expires)
    asked.sandbox.state = state.with_grants(grants)
    return as_json(token)


def revoked(asked: Asked) -> dict[str, object]:
    """The subscriber takes the token back."""
    return _changed(asked, revoke)


def expired(asked: Asked) -> dict[str, object]:
    """The token is good no longer from now on."""
    now = asked.sandbox.clock.now()
    return _changed(asked, lambda grants, token: expire(grants, token, now))


def _changed(asked: Asked, change: Callable[[Grants, AccessToken], Grants]) -> dict[str, object]:
    name, state = asked.request.path_params["token"], asked.sandbox.state
    token = state.grants.access_tokens.get(name)
    if token is None:
        raise Problem(404, "There is no such access token; /_mock/tokens lists them.")
    grants = change(state.grants, token)
    asked.sandbox.state = state.with_grants(grants)
    return as_json(grants.access_tokens[name])


def _user_id(named: str | None, state: State) -> str:
    """The id of a subscriber who is named by login or by id. Raises Problem."""
    if named is None:
        return state.subscriber.user_id
    found = next((one for one in state.subscribers.values() if named in (one.user_id, one.login)), None)
    if found is None:
        raise Problem(404, f"There is no subscriber {named!r}; name one by login or user id.")
    return found.user_id


OPERATIONS = (
    Operation("GET", "/tokens", listed, "The access tokens"),
    Operation(
        "POST", "/tokens", issued, "An access token without the dance", takes=Wanted, status=201, problems=(400, 404)
    ),
    Operation("DELETE", "/tokens/{token}", revoked, "Revoke a token as its subscriber would", problems=(404,)),
    Operation("POST", "/tokens/{token}/expire", expired, "Let a token expire", problems=(404,)),
)

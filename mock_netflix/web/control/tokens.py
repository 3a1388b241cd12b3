"""Access tokens without the dance: issued, revoked as a subscriber would, or brought to their end."""

from __future__ import annotations

from typing import Annotated

import msgspec

from mock_netflix.stage.tokens import LONGEST, expire, issue, revoke
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.grants import AccessToken

_Seconds = Annotated[int, msgspec.Meta(ge=0, le=LONGEST)]


class WantedToken(msgspec.Struct, forbid_unknown_fields=True):
    """A token that is asked for; by default for the ready subscriber and application.

    `expires_in`: seconds, None for no end; by default as the rule `access_token_lifetime` says.
    """

    subscriber: str | None = None
    consumer_key: str | None = None
    expires_in: _Seconds | msgspec.UnsetType | None = msgspec.UNSET


class Token(msgspec.Struct):
    """An access token. `expires`: epoch seconds, None for one without an end."""

    token: str
    secret: str
    consumer_key: str
    user_id: str
    revoked: bool
    expires: int | None


class Tokens(msgspec.Struct):
    """All access tokens of a world, oldest first."""

    tokens: list[Token]


def listed(asked: Asked) -> Tokens:
    return Tokens([_told(one) for one in asked.sandbox.state.grants.access_tokens.values()])


def issued(asked: Asked) -> Token:
    wanted = message(asked, WantedToken)
    expires_in = ... if wanted.expires_in is msgspec.UNSET else wanted.expires_in
    return _told(issue(asked.sandbox, wanted.subscriber, wanted.consumer_key, expires_in))


def revoked(asked: Asked) -> Token:
    """The subscriber takes the token back."""
    return _told(revoke(asked.sandbox, asked.request.path_params["token"]))


def expired(asked: Asked) -> Token:
    """The token is good no longer from now on."""
    return _told(expire(asked.sandbox, asked.request.path_params["token"]))


def _told(token: AccessToken) -> Token:
    return Token(token.token, token.secret, token.consumer_key, token.user_id, token.revoked, token.expires)


OPERATIONS = (
    Operation("GET", "/tokens", listed, "The access tokens", gives=Tokens),
    Operation(
        "POST",
        "/tokens",
        issued,
        "An access token without the dance",
        takes=WantedToken,
        gives=Token,
        status=201,
        problems=(400, 404),
    ),
    Operation(
        "DELETE", "/tokens/{token}", revoked, "Revoke a token as its subscriber would", gives=Token, problems=(404,)
    ),
    Operation("POST", "/tokens/{token}/expire", expired, "Let a token expire", gives=Token, problems=(404,)),
)

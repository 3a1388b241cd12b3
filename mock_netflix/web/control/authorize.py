"""Request tokens: what became of them, the code that a person would read, and deciding in a person's place."""

from __future__ import annotations

from typing import Literal

import msgspec

from mock_netflix.stage.consent import authorize, request_token_named
from mock_netflix.web.control.messages import message
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.grants import Decision, RequestToken

_Decided = Literal["pending", "allowed", "denied", "redeemed"]
_DECIDED: dict[Decision, _Decided] = {
    Decision.PENDING: "pending",
    Decision.ALLOWED: "allowed",
    Decision.DENIED: "denied",
    Decision.REDEEMED: "redeemed",
}


class WantedDecision(msgspec.Struct, forbid_unknown_fields=True):
    """A decision on a request token, as a subscriber named by login or user id.

    By default as the one that the rule `login_subscriber` names.
    """

    request_token: str
    subscriber: str | None = None
    deny: bool = False


class Decided(msgspec.Struct):
    """What the client is told: the verifier, and the callback with it, where it has one.

    `subscriber`: the login of who let it in. All three are null where they are not told.
    """

    oauth_verifier: str | None
    callback: str | None
    subscriber: str | None
    user_id: str | None


class AskedToken(msgspec.Struct):
    """A request token. `callback`: null for OAuth 1.0. `issued` and `expires`: epoch seconds."""

    token: str
    secret: str
    consumer_key: str
    application: str
    callback: str | None
    verifier: str
    decision: _Decided
    user_id: str | None
    issued: int
    expires: int


class AskedTokens(msgspec.Struct):
    """All request tokens of a world, oldest first."""

    request_tokens: list[AskedToken]


def decided(asked: Asked) -> Decided:
    wanted = message(asked, WantedDecision)
    consent = authorize(asked.sandbox, wanted.request_token, wanted.subscriber, wanted.deny)
    who = None if consent.user_id is None else asked.sandbox.state.subscribers[consent.user_id].login
    return Decided(consent.verifier, consent.callback, who, consent.user_id)


def listed(asked: Asked) -> AskedTokens:
    return AskedTokens([_told(asked, one) for one in asked.sandbox.state.grants.request_tokens.values()])


def shown(asked: Asked) -> AskedToken:
    return _told(asked, request_token_named(asked.sandbox, asked.request.path_params["token"]))


def _told(asked: Asked, token: RequestToken) -> AskedToken:
    state = asked.sandbox.state
    return AskedToken(
        token=token.token,
        secret=token.secret,
        consumer_key=token.consumer_key,
        application=state.grants.applications[token.consumer_key].name,
        callback=token.callback,
        verifier=token.verifier,
        decision=_DECIDED[token.decision],
        user_id=token.user_id,
        issued=token.issued,
        expires=token.issued + state.rules.request_token_lifetime,
    )


OPERATIONS = (
    Operation(
        "POST",
        "/authorize",
        decided,
        "Allow or deny a request token without the page",
        takes=WantedDecision,
        gives=Decided,
        problems=(400, 404, 409),
    ),
    Operation("GET", "/request_tokens", listed, "The request tokens", gives=AskedTokens),
    Operation(
        "GET",
        "/request_tokens/{token}",
        shown,
        "One request token, with the code that a person would read",
        gives=AskedToken,
        problems=(404,),
    ),
)

"""Who is calling, and may they: the security levels of the service (reference: protocol 2).

    KEY          the consumer key alone, unsigned
    SIGNED       signed with the consumer secret; a token may come along
    REQUEST      signed with a request token as well
    PROTECTED    signed with an access token as well, or a feed's own token without any signature

Refusals come in the order of the real service: key, form of the request, token, timestamp, signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from mock_netflix.oauth.signature import SignedRequest, base_string, equal, hmac_sha1
from mock_netflix.world import identifiers
from mock_netflix.world.grants import AccessToken, Application, FeedToken, Grants, RequestToken
from mock_netflix.world.refusals import (
    AccessTokenMissing,
    AccessTokenRevoked,
    BadFeedToken,
    ConsumerKeyInvalid,
    ConsumerKeyMissing,
    FeedResourceMismatch,
    InvalidFeedToken,
    NonceInvalid,
    RequestTokenMissing,
    SignatureInvalid,
    SignatureMethodUnsupported,
    TimestampInvalid,
    TokenInvalid,
)

# Seconds either way. The record does not tell the window (reference: protocol 6, guess).
TIMESTAMP_WINDOW = 600

# So many characters of a base string are kept as evidence; the whole may have millions.
_EVIDENCE = 32_768
# And so many of a key, a token or a timestamp.
_SHOWN = 200

# python's time.time() was taken as it is (reference: protocol 6).
_TIMESTAMP = re.compile(r"[0-9]{1,12}(\.[0-9]*)?")


class Level(Enum):
    """How a request must be secured."""

    KEY = auto()
    SIGNED = auto()
    REQUEST = auto()
    PROTECTED = auto()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, as far as the level of the endpoint tells."""

    application: Application
    request_token: RequestToken | None = None
    access_token: AccessToken | None = None
    feed_token: FeedToken | None = None

    @property
    def user_id(self) -> str | None:
        """The subscriber on whose behalf the call is made."""
        if self.access_token is not None:
            return self.access_token.user_id
        return self.feed_token.user_id if self.feed_token is not None else None


def identify(request: SignedRequest, level: Level, feeds: tuple[str, ...], grants: Grants, now: int) -> Caller:
    """The caller of a request. `feeds` names those whose tokens open the resource.

    Refuses a GatewayRefusal for what the signature covers, and the refusals of feed tokens and revoked tokens.
    """
    application = _application(request, grants)
    if level is Level.KEY:
        return Caller(application)
    by_feed_token = request.parameters.get("feed_token") is not None
    unsigned = request.parameters.get("oauth_signature") is None
    if by_feed_token and (feeds or (level is Level.PROTECTED and unsigned)):
        return Caller(application, feed_token=_feed_token(request, feeds, application, grants))
    _check_form(request, level)
    caller = _with_token(request, level, application, grants)
    _check_timestamp(request, now)
    _check_signature(request, caller)
    if caller.access_token is not None and caller.access_token.revoked:
        raise AccessTokenRevoked
    return caller


def _application(request: SignedRequest, grants: Grants) -> Application:
    key = request.parameters.get("oauth_consumer_key")
    if not key:
        raise ConsumerKeyMissing
    application = grants.applications.get(key)
    if application is None:
        raise ConsumerKeyInvalid(key[:_SHOWN])
    return application


def _check_form(request: SignedRequest, level: Level) -> None:
    parameters = request.parameters
    if not parameters.get("oauth_token"):
        if level is Level.PROTECTED:
            raise AccessTokenMissing
        if level is Level.REQUEST:
            raise RequestTokenMissing
    if (repeated := parameters.repeated_protocol_parameter()) is not None:
        raise SignatureInvalid(f"{repeated} occurs more than once (RFC 5849 section 3.1)")
    if not parameters.get("oauth_signature"):
        raise SignatureInvalid("the request is not signed: there is no oauth_signature")
    if parameters.get("oauth_signature_method") != "HMAC-SHA1":
        raise SignatureMethodUnsupported
    if not parameters.get("oauth_nonce"):
        raise NonceInvalid


def _with_token(request: SignedRequest, level: Level, application: Application, grants: Grants) -> Caller:
    """The token, where one is needed or came along; it must have been given to this application."""
    token = request.parameters.get("oauth_token")
    if not token:
        return Caller(application)
    tokens = grants.request_tokens if level is Level.REQUEST else grants.access_tokens
    found = tokens.get(token)
    if found is None:
        kind = "request" if level is Level.REQUEST else "access"
        raise TokenInvalid(token[:_SHOWN], f"no application was ever given this {kind} token")
    if found.consumer_key != application.key:
        raise TokenInvalid(token[:_SHOWN], "it was given to another application")
    if isinstance(found, RequestToken):
        return Caller(application, request_token=found)
    return Caller(application, access_token=found)


def _check_timestamp(request: SignedRequest, now: int) -> None:
    sent = request.parameters.get("oauth_timestamp") or ""
    if not _TIMESTAMP.fullmatch(sent) or abs(float(sent) - now) > TIMESTAMP_WINDOW:
        raise TimestampInvalid(sent[:_SHOWN], now, TIMESTAMP_WINDOW)


def _check_signature(request: SignedRequest, caller: Caller) -> None:
    token = caller.request_token or caller.access_token
    received = request.parameters.get("oauth_signature") or ""
    try:
        text = base_string(request)
    except ValueError as error:
        raise SignatureInvalid(f"the address cannot be signed: {error}", received) from None
    expected = hmac_sha1(text, caller.application.secret, token.secret if token is not None else "")
    if not equal(expected, received):
        raise SignatureInvalid(
            "the signature is not the one this request has here", received[:_EVIDENCE], expected, text[:_EVIDENCE]
        )


def _feed_token(request: SignedRequest, feeds: tuple[str, ...], application: Application, grants: Grants) -> FeedToken:
    token = request.parameters.get("feed_token") or ""
    if not identifiers.looks_like_feed_token(token):
        raise BadFeedToken
    found = grants.feed_tokens.get(token)
    if found is None or found.consumer_key != application.key:
        raise InvalidFeedToken
    if found.feed not in feeds:
        raise FeedResourceMismatch(found.feed)
    return found

"""Who is calling, and may they: the security levels of the service (reference: protocol 2).

    OPEN         anybody; what the site had beside the API
    KEY          the consumer key alone, unsigned
    SIGNED       signed with the consumer secret; a token may come along
    REQUEST      signed with a request token as well
    PROTECTED    signed with an access token as well, or a feed's own token without any signature

Refusals come in the order of the real service: key, form of the request, token, timestamp, signature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from mock_netflix.oauth.evidence import Evidence, is_small
from mock_netflix.oauth.refusals import (
    AccessTokenMissing,
    ApplicationInactive,
    ApplicationUnauthorized,
    ConsumerKeyInvalid,
    ConsumerKeyMissing,
    GatewayRefusal,
    NonceMissing,
    ParameterInTwoPlaces,
    ParameterRepeated,
    ParameterUnsupported,
    RequestTokenMissing,
    SignatureInvalid,
    SignatureMethodUnsupported,
    SignatureMissing,
    TimestampInvalid,
    TokenExpired,
    TokenOfOtherApplication,
    TokenUnknown,
)
from mock_netflix.oauth.signature import (
    HMAC_SHA1,
    PLAINTEXT,
    Secrets,
    SignedRequest,
    base_string,
    equal,
    key_of,
    matches_as_it_came,
    sign,
    without_port,
)
from mock_netflix.oauth.strays import what_key_is_it, what_token_is_it
from mock_netflix.world import identifiers
from mock_netflix.world.grants import AccessToken, Application, FeedToken, Grants, RequestToken, Standing
from mock_netflix.world.refusals import AccessTokenRevoked, BadFeedToken, FeedResourceMismatch, InvalidFeedToken
from mock_netflix.world.rules import Rules

# So many characters of a base string are kept as evidence; the whole may have millions.
_EVIDENCE = 32_768
# And so many of a key, a token or a timestamp.
_SHOWN = 200
# And so many of the places where a parameter stands.
_MANY = 10

# python's time.time() was taken as it is (reference: protocol 6).
_TIMESTAMP = re.compile(r"[0-9]{1,12}(\.[0-9]*)?")
# Some clients name the later edition; both call themselves "1.0".
_VERSIONS = ("1.0", "1.0a", "1.0A")
_RULES = Rules()


class Level(Enum):
    """How a request must be secured."""

    OPEN = auto()
    KEY = auto()
    SIGNED = auto()
    REQUEST = auto()
    PROTECTED = auto()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, as far as the level of the endpoint tells.

    `port_left_out`: the signature does not cover the port that was asked, which is forgiven.
    """

    application: Application
    request_token: RequestToken | None = None
    access_token: AccessToken | None = None
    feed_token: FeedToken | None = None
    port_left_out: bool = False

    @property
    def user_id(self) -> str | None:
        """The subscriber on whose behalf the call is made."""
        if self.access_token is not None:
            return self.access_token.user_id
        return self.feed_token.user_id if self.feed_token is not None else None


def identify(
    request: SignedRequest,
    level: Level,
    feeds: tuple[str, ...],
    grants: Grants,
    now: int,
    rules: Rules = _RULES,
    running: int | None = None,
) -> Caller:
    """The caller of a request. `feeds` names those whose tokens open the resource; `now` is in epoch seconds.

    `running` is what the clock would show, had nobody let time pass or stand still: a client need not know of that.

    Refuses a GatewayRefusal for what the signature covers, and the refusals of feed tokens and revoked tokens.
    """
    application = application_of(request, grants)
    if level is Level.KEY:
        return Caller(application)
    by_feed_token = request.parameters.get("feed_token") is not None
    unsigned = request.parameters.get("oauth_signature") is None
    if by_feed_token and (feeds or (level is Level.PROTECTED and unsigned)):
        return Caller(application, feed_token=_feed_token(request, feeds, application, grants))
    _check_form(request, level, rules)
    caller = _with_token(request, level, application, grants, now)
    _check_timestamp(request, now, now if running is None else running, rules)
    caller = _with_signature(request, caller, grants, rules)
    if caller.access_token is not None and caller.access_token.revoked:
        raise AccessTokenRevoked
    return caller


_BARRED: dict[Standing, type[GatewayRefusal]] = {
    Standing.INACTIVE: ApplicationInactive,
    Standing.UNAUTHORIZED: ApplicationUnauthorized,
}


def application_of(request: SignedRequest, grants: Grants) -> Application:
    """The application whose key was sent. Refuses ConsumerKeyMissing, ConsumerKeyInvalid, and those it is barred by."""
    key = request.parameters.get("oauth_consumer_key")
    if not key:
        raise ConsumerKeyMissing
    application = grants.applications.get(key)
    if application is None:
        raise ConsumerKeyInvalid(key[:_SHOWN], what_key_is_it(key, grants))
    if application.standing is not Standing.ACTIVE:
        raise _BARRED[application.standing]
    return application


def _check_form(request: SignedRequest, level: Level, rules: Rules) -> None:
    parameters = request.parameters
    if not parameters.get("oauth_token"):
        if level is Level.PROTECTED:
            raise AccessTokenMissing
        if level is Level.REQUEST:
            raise RequestTokenMissing
    if (repeated := parameters.repeated_protocol_parameter()) is not None:
        places = parameters.places_of(repeated)
        kind = ParameterRepeated if len(set(places)) == 1 else ParameterInTwoPlaces
        raise kind(repeated[:_SHOWN], places[:_MANY])
    version = parameters.get("oauth_version")
    if version and version not in _VERSIONS:
        raise ParameterUnsupported("oauth_version", version[:_SHOWN])
    if not parameters.get("oauth_signature"):
        raise SignatureMissing
    method = parameters.get("oauth_signature_method") or ""
    if method == PLAINTEXT and (request.secure or rules.plaintext):
        # Neither has a meaning there (RFC 5849 section 3.1).
        return
    if method != HMAC_SHA1:
        raise SignatureMethodUnsupported(method[:_SHOWN])
    if not parameters.get("oauth_nonce"):
        raise NonceMissing


def _with_token(request: SignedRequest, level: Level, application: Application, grants: Grants, now: int) -> Caller:
    """The token, where one is needed or came along; it must have been given to this application."""
    token = request.parameters.get("oauth_token")
    if not token:
        return Caller(application)
    needed = "request" if level is Level.REQUEST else "access"
    found: RequestToken | AccessToken | None = (
        grants.request_tokens.get(token) if level is Level.REQUEST else grants.access_tokens.get(token)
    )
    if found is None:
        raise TokenUnknown(token[:_SHOWN], needed, what_token_is_it(token, grants))
    if found.consumer_key != application.key:
        raise TokenOfOtherApplication(token[:_SHOWN], needed)
    if isinstance(found, RequestToken):
        return Caller(application, request_token=found)
    if found.expires is not None and now >= found.expires:
        raise TokenExpired(token[:_SHOWN], needed, found.expires, now)
    return Caller(application, access_token=found)


def _check_timestamp(request: SignedRequest, now: int, running: int, rules: Rules) -> None:
    """The timestamp must be near either time; the refusal tells the nearer one."""
    sent = request.parameters.get("oauth_timestamp") or ""
    if not sent and request.parameters.get("oauth_signature_method") == PLAINTEXT:
        return
    if not _TIMESTAMP.fullmatch(sent):
        raise TimestampInvalid(sent[:_SHOWN], now, rules.timestamp_window)
    told = float(sent)
    nearer = now if abs(told - now) <= abs(told - running) else running
    if abs(told - nearer) > rules.timestamp_window:
        raise TimestampInvalid(sent[:_SHOWN], nearer, rules.timestamp_window)


def _with_signature(request: SignedRequest, caller: Caller, grants: Grants, rules: Rules) -> Caller:
    """The caller, once the signature is theirs."""
    token = caller.request_token or caller.access_token
    secrets = Secrets(caller.application.secret, token.secret if token is not None else "")
    method = request.parameters.get("oauth_signature_method") or ""
    if method == HMAC_SHA1 and matches_as_it_came(request, secrets):
        return caller
    received = request.parameters.get("oauth_signature") or ""
    try:
        text = base_string(request)
    except ValueError as error:
        raise SignatureInvalid(f"the address cannot be signed: {error}", received[:_EVIDENCE]) from None
    expected = sign(method, text, secrets)
    if equal(expected, received):
        return caller
    # The real hosts had no port, so a client that does not sign it was right for years.
    short = without_port(request) if rules.port_may_be_left_out else None
    if short is not None and equal(sign(method, base_string(short), secrets), received):
        return replace(caller, port_left_out=True)
    raise SignatureInvalid(
        "the signature is not the one that this request has here",
        received[:_EVIDENCE],
        expected,
        text[:_EVIDENCE],
        key_of(secrets.client_secret, secrets.resource_owner_secret),
        method,
        Evidence(request, caller.application, token, grants) if is_small(request) else None,
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

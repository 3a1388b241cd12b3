"""Who may do what: applications, request tokens, access tokens and feed tokens, from registration to revocation.

Each function takes the grants as they are and gives the grants as they become; a refusal leaves them alone. Which
request may use a token is decided in `oauth/levels.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from mock_netflix.world import identifiers
from mock_netflix.world.frozen import freeze
from mock_netflix.world.refusals import BadRequestToken
from mock_netflix.world.rules import Rules

# The callback of a client that has no address to be led back to (OAuth 1.0a, "out of band").
OUT_OF_BAND = "oob"

# The end of the names of feeds that are sorted by date.
RECENT = ".recent"

# The feeds of a subscriber: the tail of the link's rel. Each gets a token of its own (reference: walkthrough, step 6).
FEEDS = (
    "queues.disc",
    "queues.disc.recent",
    "queues.instant",
    "queues.instant.recent",
    "rental_history",
    "rental_history.shipped",
    "rental_history.watched",
    "rental_history.returned",
    "at_home",
    "reviews",
    "recommendations",
    "ratings",
)


class Standing(Enum):
    """Whether an application may call (reference: protocol 7.4)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    UNAUTHORIZED = "unauthorized"


@dataclass(frozen=True, slots=True)
class Application:
    """A registered consumer."""

    name: str
    key: str
    secret: str
    standing: Standing = Standing.ACTIVE


class Decision(Enum):
    """What became of a request token."""

    PENDING = auto()
    ALLOWED = auto()
    DENIED = auto()
    REDEEMED = auto()


_DECIDED = {
    Decision.PENDING: "nobody has signed in and allowed it yet",
    Decision.ALLOWED: "somebody has signed in and allowed it already",
    Decision.DENIED: "it was denied",
    Decision.REDEEMED: "it was used already, and can be used once",
}
_RULES = Rules()


@dataclass(frozen=True, slots=True)
class RequestToken:
    """A request token; `callback` is None for OAuth 1.0, "oob" or an address for 1.0a. `issued`: epoch seconds.

    `beforehand`: it was decided on without the sign-in page, which then only leads back.
    """

    token: str
    secret: str
    consumer_key: str
    callback: str | None
    verifier: str
    issued: int
    decision: Decision = Decision.PENDING
    user_id: str | None = None
    beforehand: bool = False


@dataclass(frozen=True, slots=True)
class AccessToken:
    """An access token of one subscriber for one application.

    `expires`: epoch seconds; None as it was, for the real ones did not (reference: protocol 5).
    """

    token: str
    secret: str
    consumer_key: str
    user_id: str
    revoked: bool = False
    expires: int | None = None


@dataclass(frozen=True, slots=True)
class FeedToken:
    """What opens one feed of one subscriber, unsigned, to one application."""

    token: str
    consumer_key: str
    user_id: str
    feed: str


@dataclass(frozen=True, slots=True)
class Grants:
    """All that was ever granted. Every token is derived from the seed and the number of tokens given out before it.

    `long_tokens`: access tokens have the later of their two forms.
    """

    seed: str
    applications: Mapping[str, Application] = field(default_factory=dict)
    request_tokens: Mapping[str, RequestToken] = field(default_factory=dict)
    access_tokens: Mapping[str, AccessToken] = field(default_factory=dict)
    feed_tokens: Mapping[str, FeedToken] = field(default_factory=dict)
    issued: int = 0
    long_tokens: bool = False

    def __post_init__(self) -> None:
        freeze(self, "applications", "request_tokens", "access_tokens", "feed_tokens")


def register(
    grants: Grants, name: str, key: str | None = None, secret: str | None = None
) -> tuple[Grants, Application]:
    """A new application; key and secret are made when not given, and differ where the name is taken."""
    namesakes = sum(one.name == name for one in grants.applications.values())
    application = Application(
        name,
        key or identifiers.consumer_key(grants.seed, name, namesakes),
        secret or identifiers.consumer_secret(grants.seed, name, namesakes),
    )
    return replace(grants, applications={**grants.applications, application.key: application}), application


def issue_request_token(
    grants: Grants, application: Application, callback: str | None, now: int
) -> tuple[Grants, RequestToken]:
    """A request token that nobody has decided on yet."""
    nth = grants.issued + 1
    token = RequestToken(
        token=identifiers.request_token(grants.seed, application.key, nth),
        secret=identifiers.token_secret(grants.seed, "request", application.key, nth),
        consumer_key=application.key,
        callback=callback,
        verifier=identifiers.verifier(grants.seed, nth),
        issued=now,
    )
    return replace(_with_request_token(grants, token), issued=nth), token


def find_request_token(grants: Grants, token: str, now: int, rules: Rules = _RULES) -> RequestToken:
    """A request token that still waits for a decision. Refuses BadRequestToken."""
    found = grants.request_tokens.get(token)
    if found is None:
        raise BadRequestToken("there was never such a request token, or not since the mock was started")
    if found.decision is not Decision.PENDING:
        raise BadRequestToken(_DECIDED[found.decision])
    _check_age(found, now, rules)
    return found


def find_decided(grants: Grants, token: str, now: int, rules: Rules = _RULES) -> RequestToken | None:
    """A request token that was decided on beforehand and is still good; None where there is none."""
    found = grants.request_tokens.get(token)
    if found is None or not found.beforehand or found.decision is Decision.REDEEMED:
        return None
    return found if now - found.issued < rules.request_token_lifetime else None


def allow(grants: Grants, token: RequestToken, user_id: str, *, beforehand: bool = False) -> Grants:
    """The subscriber lets the application in."""
    decided = replace(token, decision=Decision.ALLOWED, user_id=user_id, beforehand=beforehand)
    return _with_request_token(grants, decided)


def deny(grants: Grants, token: RequestToken, *, beforehand: bool = False) -> Grants:
    """The subscriber does not let the application in."""
    return _with_request_token(grants, replace(token, decision=Decision.DENIED, beforehand=beforehand))


def redeem(
    grants: Grants, token: RequestToken, verifier: str | None, now: int, rules: Rules = _RULES
) -> tuple[Grants, AccessToken]:
    """An access token for an allowed request token, once.

    The verifier is asked for only where the request token was asked for with a callback (OAuth 1.0a).
    Refuses BadRequestToken.
    """
    if token.decision is not Decision.ALLOWED or token.user_id is None:
        raise BadRequestToken(_DECIDED[token.decision])
    _check_age(token, now, rules)
    if token.callback is not None and verifier != token.verifier:
        what = "oauth_verifier is missing" if not verifier else "oauth_verifier is not the one that was shown"
        raise BadRequestToken(f"{what}; it is asked for because the request token was asked for with a callback")
    used = _with_request_token(grants, replace(token, decision=Decision.REDEEMED))
    lifetime = rules.access_token_lifetime
    return issue_access_token(used, token.consumer_key, token.user_id, None if lifetime is None else now + lifetime)


def issue_access_token(
    grants: Grants, consumer_key: str, user_id: str, expires: int | None = None
) -> tuple[Grants, AccessToken]:
    """An access token without the dance, together with the tokens of the subscriber's feeds."""
    nth = grants.issued + 1
    make = identifiers.long_access_token if grants.long_tokens else identifiers.access_token
    token = AccessToken(
        # Whose it is goes into it, so that no token of one subscriber is another's after a restart.
        token=make(grants.seed, consumer_key, user_id, nth),
        secret=identifiers.token_secret(grants.seed, "access", consumer_key, user_id, nth),
        consumer_key=consumer_key,
        user_id=user_id,
        expires=expires,
    )
    feeds = {
        feed_token.token: feed_token
        for feed in FEEDS
        for feed_token in (FeedToken(feed_token_of(grants, consumer_key, user_id, feed), consumer_key, user_id, feed),)
    }
    return (
        replace(
            grants,
            access_tokens={**grants.access_tokens, token.token: token},
            feed_tokens={**grants.feed_tokens, **feeds},
            issued=nth,
        ),
        token,
    )


def revoke(grants: Grants, token: AccessToken) -> Grants:
    """The subscriber takes the token back (reference: protocol 5)."""
    return _with_access_token(grants, replace(token, revoked=True))


def expire(grants: Grants, token: AccessToken, now: int) -> Grants:
    """The token is good no longer; `now` in epoch seconds."""
    return _with_access_token(grants, replace(token, expires=now))


def with_standing(grants: Grants, application: Application, standing: Standing) -> Grants:
    """The application may call, or not."""
    return replace(
        grants, applications={**grants.applications, application.key: replace(application, standing=standing)}
    )


def feed_token_of(grants: Grants, consumer_key: str, user_id: str, feed: str) -> str:
    """The token of one feed: the same for every access token of this subscriber and application."""
    return identifiers.feed_token(grants.seed, consumer_key, user_id, feed)


def file_token_of(grants: Grants, consumer_key: str, file: str) -> str:
    """The token that opens a catalogue file to one application, unsigned."""
    return identifiers.feed_token(grants.seed, consumer_key, "catalogue file", file)


def _with_request_token(grants: Grants, token: RequestToken) -> Grants:
    return replace(grants, request_tokens={**grants.request_tokens, token.token: token})


def _with_access_token(grants: Grants, token: AccessToken) -> Grants:
    return replace(grants, access_tokens={**grants.access_tokens, token.token: token})


def _check_age(token: RequestToken, now: int, rules: Rules) -> None:
    if now - token.issued >= rules.request_token_lifetime:
        raise BadRequestToken(f"it was good for {rules.request_token_lifetime} seconds only")

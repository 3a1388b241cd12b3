"""The outer voice of the service: is this call secured as its endpoint wants it, and whose resource is it?"""

from __future__ import annotations

from mock_netflix.clock import elapsed
from mock_netflix.nonces import Use
from mock_netflix.oauth import refusals as g
from mock_netflix.oauth.levels import Caller, Level, application_of, identify
from mock_netflix.oauth.signature import PLAINTEXT, SignedRequest
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.exchange import Exchange
from mock_netflix.world import identifiers
from mock_netflix.world.grants import RECENT, Grants
from mock_netflix.world.refusals import (
    AccessTokenRevoked,
    FeedUserMismatch,
    FeedUserNotFound,
    UserIdInvalid,
    UserIdMismatch,
)
from mock_netflix.world.rules import Outage, Rules
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber

_OUTAGES: dict[Outage, type[g.GatewayRefusal]] = {
    "bad-gateway": g.BadGateway,
    "maintenance": g.ScheduledMaintenance,
    "gateway-timeout": g.GatewayTimeout,
}
# The beginning is the code of the mistake.
_PORT_LEFT_OUT = (
    "wrong-port: the signature leaves out the port of {authority}. It passes, for the real hosts had none; "
    "serve --strict refuses it (RFC 5849 section 3.4.1.2)"
)
# What makes a nonce another one, and the signature that came with it.
_OF_A_NONCE = ("oauth_timestamp", "oauth_consumer_key", "oauth_token", "oauth_nonce", "oauth_signature")
# All applications together have one name among the counted ones.
_EVERYBODY = ""


def outage_of(exchange: Exchange) -> g.GatewayRefusal | None:
    """What the gateway answers to everything, whether there is such an address or not; None where it works."""
    outage = exchange.sandbox.state.rules.outage
    return None if outage is None else _OUTAGES[outage]()


def admit(exchange: Exchange, endpoint: Endpoint) -> Caller:
    """The caller, once limits, key, token, timestamp, signature and nonce are found right.

    Refuses as `oauth.levels` does, the limits, and NonceUsed.
    """
    sandbox = exchange.sandbox
    grants, rules, signed = sandbox.state.grants, sandbox.state.rules, exchange.signed
    if rules.has_limits:
        _check_limits(sandbox, rules, application_of(signed, grants).key, signed, exchange.wall)
    feeds = _feeds(exchange, endpoint)
    caller = identify(signed, endpoint.level, feeds, grants, exchange.wall, rules, exchange.running)
    if caller.port_left_out:
        exchange.warning = _PORT_LEFT_OUT.format(authority=exchange.authority)
        exchange.hints = (*exchange.hints, exchange.warning)
    if rules.unique_nonces and _is_signed(signed, endpoint, caller):
        _check_nonce(exchange, signed)
    return caller


def _check_limits(sandbox: Sandbox, rules: Rules, key: str, signed: SignedRequest, now: int) -> None:
    """Each call counts in its second; in its day, only one without a user (reference: protocol 7.5).

    One that is over any limit counts towards none, so that it takes nothing from other applications.
    """
    second, day = sandbox.seconds, sandbox.days
    daily = None if _of_a_user(signed, sandbox.state.grants) else rules.queries_per_day
    limits = (
        (second, _EVERYBODY, rules.service_queries_per_second, g.ServiceOverQueriesPerSecond),
        (second, key, rules.queries_per_second, g.OverQueriesPerSecond),
        (day, key, daily, g.OverQueriesPerDay),
    )
    for counter, name, limit, refusal in limits:
        if limit is not None and counter.count(name, now) >= limit:
            raise refusal(limit, counter.left(now))
    for counter, name, limit, _ in limits:
        if limit is not None:
            counter.add(name, now)


def _of_a_user(signed: SignedRequest, grants: Grants) -> bool:
    """Whether a call is made with a token that some user gave; what is no such token saves nobody a call."""
    given = signed.parameters.get
    return given("oauth_token") in grants.access_tokens or given("feed_token") in grants.feed_tokens


def _is_signed(signed: SignedRequest, endpoint: Endpoint, caller: Caller) -> bool:
    """Whether a signature was verified that covers a nonce: that of PLAINTEXT does not (RFC 5849 section 3.2)."""
    verified = endpoint.level is not Level.KEY and caller.feed_token is None
    return verified and signed.parameters.get("oauth_signature_method") != PLAINTEXT


def _check_nonce(exchange: Exchange, signed: SignedRequest) -> None:
    """Nonces count once the signature holds, so that nobody uses up another's."""
    timestamp, key, token, nonce, signature = (signed.parameters.get(name) or "" for name in _OF_A_NONCE)
    use = Use(exchange.number, elapsed(), signature)
    earlier = exchange.sandbox.nonces.first_use((timestamp, key, token, nonce), use)
    if earlier is not None:
        raise g.NonceUsed(nonce[:200], earlier.number, use.at - earlier.at, earlier.signature == signature)


def _feeds(exchange: Exchange, endpoint: Endpoint) -> tuple[str, ...]:
    """The feeds that this request asks for: a queue sorted by date is another one than the queue."""
    by_date = exchange.parameters.get("sort") == "date_added"
    recent = any(feed.endswith(RECENT) for feed in endpoint.feeds)
    return tuple(feed for feed in endpoint.feeds if not recent or feed.endswith(RECENT) == by_date)


def owner_of(segment: str | None, caller: Caller, state: State) -> Subscriber | None:
    """The subscriber whose resource is asked for; None for resources that are nobody's.

    The token says who it is. The path may name them by id, by an access token of theirs, by an alias, or by something
    that is no id at all: clients do all of these (reference: client-demands 7). It must not name anybody else.
    Refuses UserIdInvalid, UserIdMismatch, AccessTokenRevoked, and for feeds FeedUserNotFound, FeedUserMismatch.
    """
    if caller.user_id is None:
        return None
    owner = state.subscribers.get(caller.user_id)
    if owner is None:
        # Their fixture was taken away while the mock ran.
        raise FeedUserNotFound if caller.feed_token is not None else AccessTokenRevoked
    named = owner.user_id if segment is None or segment in identifiers.USER_ALIASES else segment
    token = state.grants.access_tokens.get(named)
    if token is not None:
        named = token.user_id
    if named == owner.user_id:
        return owner
    by_feed = caller.feed_token is not None
    if named in state.subscribers:
        raise FeedUserMismatch if by_feed else UserIdMismatch
    if identifiers.looks_like_user_id(named):
        raise FeedUserNotFound if by_feed else UserIdInvalid
    return owner

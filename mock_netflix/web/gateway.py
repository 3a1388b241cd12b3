"""The outer voice of the service: is this call secured as its endpoint wants it, and whose resource is it?"""

from __future__ import annotations

from mock_netflix.oauth.levels import Caller, identify
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.web.exchange import Exchange
from mock_netflix.world import identifiers
from mock_netflix.world.grants import RECENT
from mock_netflix.world.refusals import FeedUserMismatch, FeedUserNotFound, UserIdInvalid, UserIdMismatch
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber


def admit(exchange: Exchange, endpoint: Endpoint) -> Caller:
    """The caller, once key, token, timestamp and signature are found right. Refuses as `oauth.levels` does."""
    grants = exchange.sandbox.state.grants
    return identify(exchange.signed, endpoint.level, _feeds(exchange, endpoint), grants, exchange.wall)


def _feeds(exchange: Exchange, endpoint: Endpoint) -> tuple[str, ...]:
    """The feeds that this request asks for: a queue sorted by date is another one than the queue."""
    by_date = exchange.parameters.get("sort") == "date_added"
    recent = any(feed.endswith(RECENT) for feed in endpoint.feeds)
    return tuple(feed for feed in endpoint.feeds if not recent or feed.endswith(RECENT) == by_date)


def owner_of(segment: str | None, caller: Caller, state: State) -> Subscriber | None:
    """The subscriber whose resource is asked for; None for resources that are nobody's.

    The token says who it is. The path may name them by id, by an access token of theirs, by an alias, or by something
    that is no id at all: clients do all of these (reference: client-demands 7). It must not name anybody else.
    Refuses UserIdInvalid, UserIdMismatch, and for feeds FeedUserNotFound, FeedUserMismatch.
    """
    if caller.user_id is None:
        return None
    owner = state.subscribers[caller.user_id]
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

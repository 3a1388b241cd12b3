"""Access tokens without the dance: issued, revoked as a subscriber would, or brought to their end."""

from __future__ import annotations

from collections.abc import Callable
from types import EllipsisType

from mock_netflix.errors import MockNetflixError, UnknownError, shown
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.applications import application_named
from mock_netflix.stage.arguments import application_of, is_whole, subscriber_of, token_of
from mock_netflix.world import grants as g
from mock_netflix.world.grants import AccessToken, Application, Grants
from mock_netflix.world.state import subscriber_named
from mock_netflix.world.subscribers import Subscriber

# Seconds; longer than any test.
LONGEST = 10**9


def issue(
    sandbox: Sandbox,
    subscriber: Subscriber | str | None = None,
    application: Application | str | None = None,
    expires_in: int | EllipsisType | None = ...,
) -> AccessToken:
    """An access token for a subscriber, by login or user id, and an application, by its key; by default the ready ones.

    `expires_in`: seconds, None for no end; by default as the rule `access_token_lifetime` says. Raises UnknownError,
    and MockNetflixError for a time that cannot be.
    """
    with sandbox.lock:
        state = sandbox.state
        caller = application_named(sandbox, application_of(sandbox, application).key)
        who = subscriber_named(state, subscriber_of(subscriber))
        lifetime = state.rules.access_token_lifetime if isinstance(expires_in, EllipsisType) else expires_in
        if lifetime is not None and not (is_whole(lifetime) and 0 <= lifetime <= LONGEST):
            raise MockNetflixError(f"expires_in is in seconds, from 0 to {LONGEST}, or null for no end")
        expires = None if lifetime is None else sandbox.clock.now() + lifetime
        grants, token = g.issue_access_token(state.grants, caller.key, who.user_id, expires)
        sandbox.state = state.with_grants(grants)
    return token


def revoke(sandbox: Sandbox, token: AccessToken | str | None = None) -> AccessToken:
    """The subscriber takes a token back, by default the ready one. Raises UnknownError."""
    return _changed(sandbox, token, g.revoke)


def expire(sandbox: Sandbox, token: AccessToken | str | None = None) -> AccessToken:
    """A token, by default the ready one, is good no longer from now on. Raises UnknownError."""
    return _changed(sandbox, token, lambda grants, found: g.expire(grants, found, sandbox.clock.now()))


def _changed(
    sandbox: Sandbox, token: AccessToken | str | None, change: Callable[[Grants, AccessToken], Grants]
) -> AccessToken:
    given = token_of(token)
    with sandbox.lock:
        state = sandbox.state
        wanted = state.access_token.token if given is None else given
        found = state.grants.access_tokens.get(wanted)
        if found is None:
            raise UnknownError(f"there is no access token {shown(wanted)}; /_mock/tokens lists them")
        grants = change(state.grants, found)
        sandbox.state = state.with_grants(grants)
    return grants.access_tokens[wanted]

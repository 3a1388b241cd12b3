"""What a key or a token may be that is not what it was taken for: said to a person, of values that were refused."""

from __future__ import annotations

from collections.abc import Iterator

from mock_netflix.world import identifiers
from mock_netflix.world.grants import AccessToken, Grants, RequestToken


def what_key_is_it(key: str, grants: Grants) -> str:
    """What was sent as consumer key, in words; "" where nothing is known of it."""
    for application in grants.applications.values():
        if key == application.secret:
            return f'it is the shared secret of "{application.name}"; its key is {application.key}'
        if key == application.name:
            return f"it is the name of an application; its key is {application.key}"
        if key.strip().casefold() == application.key.casefold():
            return "it differs from a key that there is only in blanks or capitals"
    return ""


def what_token_is_it(token: str, grants: Grants) -> str:
    """What was sent as a token, in words; "" where nothing is known of it."""
    return next(_kinds_of(token, grants), "")


def _kinds_of(token: str, grants: Grants) -> Iterator[str]:
    if token in grants.request_tokens:
        yield "it is a request token, which is exchanged at access_token once the person has allowed it"
    if token in grants.access_tokens:
        yield "it is an access token already, and is not exchanged"
    if token in grants.feed_tokens:
        yield "it is a feed token, which is sent as feed_token, unsigned"
    if token in grants.applications:
        yield "it is a consumer key"
    every: list[AccessToken | RequestToken] = [*grants.access_tokens.values(), *grants.request_tokens.values()]
    for known in every:
        if token == known.secret:
            yield "it is the secret of a token"
        if token == known.user_id:
            yield "it is a user id"
        if token.strip() == known.token:
            yield "it differs from a token that there is only in blanks"
    if identifiers.looks_like_user_id(token):
        yield "it looks like a user id"

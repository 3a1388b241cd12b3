"""What was pasted on the command line, as a request; and what is known of its key, its token, its address and its time.

The secrets are those given, those of every start, or those that a running server tells.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from mock_netflix.cli.client import Unreachable
from mock_netflix.cli.control import Control
from mock_netflix.oauth import pasted as p
from mock_netflix.oauth.levels import Level
from mock_netflix.oauth.signature import SignedRequest
from mock_netflix.world.grants import AccessToken, Application, Grants
from mock_netflix.world.rules import Rules

# Seconds. A server of this machine answers at once.
_PATIENCE = 2
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))


@dataclass(frozen=True, slots=True)
class Given:
    """What was given besides the request itself."""

    verb: str | None
    url: str | None
    headers: tuple[str, ...]
    data: tuple[str, ...]
    content_type: str | None
    signature: str
    consumer_secret: str | None
    token_secret: str | None


def request_from(pasted: str, given: Given) -> SignedRequest:
    """The request of a pasted URL or header, and of what was given with it. Raises Unreadable."""
    # Several bodies are one, as curl has it.
    body, authorization, kind = "&".join(given.data), None, given.content_type
    for header in given.headers:
        name, _, value = header.partition(":")
        if p.is_header(header.strip()):
            authorization = header
        elif name.strip().lower() == "content-type" and kind is None:
            kind = value.strip()
        elif not value:
            raise p.Unreadable(f"{p.shortened(header)} is no header; paste it as Authorization: OAuth …")
    as_header, url = p.tidied(pasted, " "), given.url
    verb, address = None, p.tidied(pasted)
    if p.is_header(as_header):
        authorization = as_header
    elif address:
        if url:
            raise p.Unreadable("there are two addresses, one of them in --url; give one")
        verb, url = p.with_verb(address)
    if not url:
        raise p.Unreadable("give the address too, with --url: the signature covers it")
    verb = given.verb or verb or ("POST" if body else "GET")
    return p.request_of(p.tidied(url), verb.strip(), authorization, body, kind)


def grants_for(request: SignedRequest, given: Given, server: Control) -> tuple[Grants, tuple[str, ...]]:
    """Whose secrets the request is judged with, and what is to be said of them."""
    from mock_netflix.data.load import load

    grants = load().grants
    key, token = request.parameters.get("oauth_consumer_key"), request.parameters.get("oauth_token")
    notes: list[str] = []
    given = _meant(given, key, token)
    no_key = bool(key) and key not in grants.applications and given.consumer_secret is None
    no_token = bool(token) and token not in grants.access_tokens and given.token_secret is None
    if no_key or no_token:
        try:
            grants = _with_those_of(grants, server)
        except (Unreachable, ValueError, KeyError, TypeError):
            what = "--consumer-secret" if no_key else "--token-secret"
            notes.append(
                "only the keys and tokens of every start are known here, for no mock-netflix answers at"
                f" {server.base_url}. {what} tells the secret of another."
            )
    known = grants.applications.get(key or "")
    if known is not None and given.consumer_secret not in (None, known.secret):
        notes.append(f"the consumer secret that was given is not the one of this key at the mock, {known.secret}.")
    held = grants.access_tokens.get(token or "")
    if held is not None and given.token_secret not in (None, held.secret):
        notes.append(f"the token secret that was given is not the one of this token at the mock, {held.secret}.")
    return p.with_secrets(grants, request, given.consumer_secret, given.token_secret), tuple(notes)


def _meant(given: Given, key: str | None, token: str | None) -> Given:
    """Without the secrets of the environment where they are those of another key or token than the request has."""

    def of_another(sent: str | None, whose: str, secret: str, its: str | None) -> bool:
        said, said_secret = (os.environ.get(f"MOCK_NETFLIX_{name}") for name in (whose, secret))
        return bool(said) and said != sent and its == said_secret

    if of_another(key, "CONSUMER_KEY", "CONSUMER_SECRET", given.consumer_secret):
        given = replace(given, consumer_secret=None)
    if of_another(token, "TOKEN", "TOKEN_SECRET", given.token_secret):
        given = replace(given, token_secret=None)
    return given


def _with_those_of(grants: Grants, server: Control) -> Grants:
    """With the applications and tokens of a running server. Raises Unreachable, ValueError, KeyError, TypeError."""
    applications = json.loads(server.ask("/applications", timeout=_PATIENCE).text)["applications"]
    tokens = json.loads(server.ask("/tokens", timeout=_PATIENCE).text)["tokens"]
    served = {one["key"]: Application(one["name"], one["key"], one["secret"]) for one in applications}
    issued = {
        one["token"]: AccessToken(one["token"], one["secret"], one["consumer_key"], one["user_id"], one["revoked"])
        for one in tokens
    }
    return replace(
        grants,
        applications={**grants.applications, **served},
        access_tokens={**grants.access_tokens, **issued},
    )


def wanted_at(uri: str) -> tuple[Level | None, tuple[str, ...]]:
    """How the endpoint of an address must be secured, and which feeds it is; None where there is no endpoint."""
    from starlette.routing import compile_path

    from mock_netflix.resources import ENDPOINTS

    path = urlsplit(uri).path
    for endpoint in ENDPOINTS:
        if any(compile_path(one)[0].match(path) for one in endpoint.paths):
            return endpoint.level, endpoint.feeds
    return None, ()


def note_of_time(signed_at: int, now: int) -> tuple[str, ...]:
    """What is to be said of a timestamp that a server would refuse by now; both in epoch seconds."""
    off, window = signed_at - now, Rules().timestamp_window
    if abs(off) <= window:
        return ()
    when = f"is {_in_words(off)} ahead of this machine's clock" if off > 0 else f"is {_in_words(-off)} old"
    return (
        f"its oauth_timestamp {when}. A server that gets it now refuses it for that (timestamp-skew), for it may be"
        f" {_in_words(window)} off; mock-netflix sign signs it anew.",
    )


def _in_words(seconds: int) -> str:
    size, name = next((one for one in _UNITS if seconds >= one[0]), _UNITS[-1])
    number = round(seconds / size)
    return f"{number} {name}{'' if number == 1 else 's'}"

"""Who signs: the keys and secrets given, and where some are missing, those of a running server or the default world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import click

from mock_netflix.cli.client import Unreachable
from mock_netflix.cli.control import Control
from mock_netflix.cli.options import Given
from mock_netflix.data.load import load

# Seconds. A server of this machine answers at once.
_PATIENCE = 2

# Here a client has no token yet.
_TOKENLESS = ("/oauth/request_token", "/oauth/request_token/")


@dataclass(frozen=True, slots=True)
class Identity:
    """A consumer and a token, each a key and its secret, and where they were found. No token: two empty texts."""

    consumer: tuple[str, str]
    token: tuple[str, str]
    origin: str


@dataclass(frozen=True, slots=True)
class Known:
    """The secrets of a world by key and by token, and which of them are the ready ones."""

    origin: str
    application: str
    access_token: str
    applications: Mapping[str, str]
    access_tokens: Mapping[str, str]


def identity(given: Given, server: Control, url: str, *, served: bool = False) -> Identity:
    """Who signs the request for `url`, from what was given; the server is asked only for what is missing.

    `served`: there must be a server; otherwise the default world stands in. Raises ClickException.
    """
    none_is_said = given.ambient or (given.token is None and given.token_secret is None)
    if none_is_said and urlsplit(url).path in _TOKENLESS:
        given = replace(given, token=None, token_secret=None, alone=True)
    if given.alone and (given.token or given.token_secret):
        raise click.UsageError("--no-token and --token exclude each other; give one of them")
    token_given = given.alone or (given.token and given.token_secret)
    if given.consumer_key and given.consumer_secret and token_given:
        return Identity(
            (given.consumer_key, given.consumer_secret), (given.token or "", given.token_secret or ""), "those given"
        )
    worlds = [_world_at(server, served)]
    if not (_finds(worlds[0].applications, given.consumer_key) and _finds(worlds[0].access_tokens, given.token)):
        worlds.append(_default_world())
    ready = worlds[0]
    key = given.consumer_key or ready.application
    secret = given.consumer_secret or _secret([one.applications for one in worlds], key)
    if secret is None:
        raise click.UsageError(f"nobody here knows the consumer key {key}; give its --consumer-secret too")
    token = "" if given.alone else given.token or (ready.access_token if key == ready.application else "")
    token_secret = given.token_secret or (_secret([one.access_tokens for one in worlds], token) if token else "")
    if token_secret is None:
        raise click.UsageError(f"nobody here knows the secret of the token {token}; give its --token-secret too")
    if given.token_secret and not token:
        raise click.UsageError("--token-secret belongs to a token; give that as --token")
    return Identity((key, secret), (token, token_secret), _origin(given, ready, token))


def _finds(secrets: Mapping[str, str], key: str | None) -> bool:
    return key is None or key in secrets


def _secret(places: list[Mapping[str, str]], key: str) -> str | None:
    return next((secrets[key] for secrets in places if key in secrets), None)


def _origin(given: Given, ready: Known, token: str) -> str:
    """What is said of where the key and the token are from."""
    if not token:
        said = "the consumer key given" if given.consumer_key else f"the ready consumer key of {ready.origin}"
        return f"{said}, and no token"
    if not given.consumer_key and not given.token:
        return f"the ready ones of {ready.origin}"
    if given.consumer_key and given.token:
        return "those given"
    if given.consumer_key:
        return f"the consumer key given, and the ready token of {ready.origin}"
    return f"the token given, and the ready consumer key of {ready.origin}"


def _world_at(server: Control, served: bool) -> Known:
    """The running server's world, or where there is none and none is needed, the default one."""
    try:
        return _served_world(server)
    except Unreachable as error:
        if served:
            raise click.ClickException(f"{error}; start one with: mock-netflix serve") from None
        return _default_world(f"the default world ({server.base_url} does not answer)")
    except (ValueError, KeyError, TypeError):
        if served:
            raise click.ClickException(
                f"{server.base_url} is not a mock-netflix; start one with: mock-netflix serve"
            ) from None
        return _default_world(f"the default world ({server.base_url} is not a mock-netflix)")


def _served_world(server: Control) -> Known:
    """Raises Unreachable, and ValueError, KeyError or TypeError where it is another server."""
    told = json.loads(server.ask("/credentials", timeout=_PATIENCE).text)
    application, ready = told["application"], told["access_token"]
    listed = json.loads(server.ask("/applications", timeout=_PATIENCE).text)["applications"]
    return Known(
        server.base_url,
        application["key"],
        ready["token"],
        {one["key"]: one["secret"] for one in [application, *listed]},
        {ready["token"]: ready["secret"]},
    )


def _default_world(origin: str = "the default world") -> Known:
    state = load()
    grants = state.grants
    return Known(
        origin,
        state.application.key,
        state.access_token.token,
        {one.key: one.secret for one in grants.applications.values()},
        {one.token: one.secret for one in grants.access_tokens.values()},
    )

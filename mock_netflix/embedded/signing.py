"""The request that a handle signs: what a test may write for its parameters, its token and its application."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from mock_netflix.data.faults import shown
from mock_netflix.errors import MockNetflixError, UnknownError
from mock_netflix.errors import shown as named
from mock_netflix.oauth.parameters import FORM, Place
from mock_netflix.oauth.signing import Signed, form_encoded, signed_request
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.arguments import application_of, text_of
from mock_netflix.world.grants import AccessToken, Application

# By name, or as pairs. As with requests, a list of values repeats the name, and None is left out.
Pairs = Mapping[str, object] | Sequence[tuple[str, object]]
Token = AccessToken | tuple[str, str] | str | None
Where = Literal["query", "header", "body"]

# In place of a token: the one of the world.
READY = "ready"


def sign(
    sandbox: Sandbox,
    base_url: str,
    method: str,
    url: str,
    *,
    params: Pairs | None,
    data: Pairs | None,
    token: Token,
    application: Application | str | None,
    place: Where,
    extra: Mapping[str, str] | None,
) -> Signed:
    """A signed request; a path is one below `base_url`. Raises MockNetflixError."""
    if place not in get_args(Where):
        raise MockNetflixError(f"place cannot be {shown(place)}; it is one of {', '.join(get_args(Where))}")
    verb, url = text_of("method", method).upper(), text_of("url", url)
    address = url if "://" in url else f"{base_url}/{url.lstrip('/')}"
    query = _form("params", params)
    joint = "&" if "?" in address else "?"
    signer = application_of(sandbox, application)
    signed = signed_request(
        verb,
        f"{address}{joint}{query}" if query else address,
        consumer=(signer.key, signer.secret),
        token=_pair(sandbox, token),
        nonce=secrets.token_hex(8),
        timestamp=sandbox.clock.now(),
        place=Place(place),
        form=_form("data", data),
        extra=dict(_pairs("extra", extra)),
    )
    return replace(signed, headers={**signed.headers, "Content-Type": FORM}) if signed.body else signed


def _form(what: str, given: object) -> str:
    return form_encoded(_pairs(what, given))


def _pairs(what: str, given: object) -> Iterable[tuple[str, str]]:
    """Names and values as they are sent. Raises MockNetflixError."""
    listed = list(given.items()) if isinstance(given, Mapping) else [] if given is None else given
    if not isinstance(listed, list | tuple) or not all(_is_pair(one) for one in listed):
        raise MockNetflixError(f"{what} cannot be {shown(given)}; it is a dict, or a list of pairs of name and value")
    return [
        (str(name), str(one))
        for name, value in listed
        for one in (value if isinstance(value, list | tuple) else (value,))
        if one is not None
    ]


def _is_pair(given: object) -> bool:
    return isinstance(given, list | tuple) and len(given) == 2


def _pair(sandbox: Sandbox, token: Token) -> tuple[str, str]:
    if token is None:
        return "", ""
    if isinstance(token, AccessToken):
        return token.token, token.secret
    if isinstance(token, tuple) and len(token) == 2 and all(isinstance(one, str) for one in token):
        return token
    if not isinstance(token, str):
        raise MockNetflixError(f"token cannot be {shown(token)}; give an access token, its name, or it with its secret")
    given = sandbox.state.access_token.token if token == READY else token
    found = sandbox.state.grants.access_tokens.get(given)
    if found is None:
        raise UnknownError(f"there is no access token {named(given)} in this world; give it with its secret")
    return found.token, found.secret

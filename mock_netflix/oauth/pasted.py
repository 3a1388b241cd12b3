"""Requests that a person pastes: a URL, an `Authorization` header, a form body, or nothing but a base string.

They are judged as if they had just come over the wire, at the time that they tell themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from mock_netflix.oauth.comparison import parts_of
from mock_netflix.oauth.explanation import Explanation, explain
from mock_netflix.oauth.levels import Level, identify
from mock_netflix.oauth.parameters import FORM, Parameter, Parameters, Place, collect, is_form
from mock_netflix.oauth.signature import SignedRequest, base_string
from mock_netflix.world.grants import AccessToken, Application, Grants
from mock_netflix.world.refusals import Refusal
from mock_netflix.world.rules import Rules, strict

# What a URL may hold as it is; the rest would be escaped by whoever sends it.
_URL_SAFE = ":/%#?=@[]!$&'()*+,;~|"


class Unreadable(Exception):
    """What was pasted is no request; says what to do."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a pasted request: its base string here, and why it is refused, if it is."""

    request: SignedRequest
    base_string: str
    explanation: Explanation | None


def is_base_string(text: str) -> bool:
    """Whether a text looks like a base string: a verb, an address, parameters."""
    method, mark, rest = text.partition("&")
    return bool(mark) and method.isalpha() and unquote(rest).lower().startswith(("http://", "https://"))


def request_of(
    url: str,
    verb: str = "GET",
    authorization: str | None = None,
    body: str = "",
    content_type: str | None = None,
) -> SignedRequest:
    """The request that a client would send. Raises Unreadable."""
    try:
        address = urlsplit(quote(url.strip(), safe=_URL_SAFE))
        usable = address.scheme.lower() in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Unreadable(f"{url} is no address; give a whole one, such as http://127.0.0.1:2008/catalog/titles?…")
    kind = content_type if content_type is not None else FORM if body else None
    raw = body.encode("utf-8", "replace")
    header = _without_name(authorization) if authorization else None
    parameters = collect(address.query.encode(), header, kind, raw)
    return SignedRequest(
        verb.upper(),
        f"{address.scheme.lower()}://{address.netloc}{address.path or '/'}",
        parameters,
        address.query,
        b"" if is_form(kind) else raw,
    )


def request_in(text: str, signature: str = "") -> SignedRequest:
    """The request that a base string was made of. Raises Unreadable."""
    if not is_base_string(text):
        raise Unreadable("that is no base string; one looks like GET&http%3A%2F%2F…&oauth_consumer_key%3D…")
    parts = parts_of(text)
    address, _, query = parts.uri.partition("?")
    pairs = (one.partition("=") for one in parts.parameters)
    # `realm` and a signature are never signed, so they are none of the request's own parameters.
    own = [(unquote(name), unquote(value)) for name, _, value in pairs if name not in ("oauth_signature", "realm")]
    known = {name for name, _ in own}
    own += [(one.name, one.value) for one in collect(query.encode(), None, None, b"") if one.name not in known]
    if signature:
        own.append(("oauth_signature", signature))
    parameters = Parameters.of(Parameter(name, value, Place.QUERY) for name, value in own)
    return SignedRequest(parts.method.upper(), address, parameters, query)


def judge(request: SignedRequest, grants: Grants) -> Judged:
    """Whether this request's signature holds, whatever the time is. Raises Unreadable."""
    try:
        text = base_string(request)
    except ValueError as error:
        raise Unreadable(f"the address cannot be signed: {error}") from None
    token, timestamp = request.parameters.get("oauth_token"), request.parameters.get("oauth_timestamp") or ""
    level = Level.SIGNED if not token else Level.REQUEST if token in grants.request_tokens else Level.PROTECTED
    now = int(timestamp.partition(".")[0]) if timestamp[:12].isdecimal() and len(timestamp) <= 13 else 0
    try:
        identify(request, level, (), grants, now, replace(strict(Rules()), plaintext=True))
    except Refusal as refusal:
        return Judged(request, text, explain(refusal))
    return Judged(request, text, None)


def with_secrets(
    grants: Grants, request: SignedRequest, consumer_secret: str | None, token_secret: str | None
) -> Grants:
    """The grants with the secrets that a person told for the key and the token of a request."""
    key, token = request.parameters.get("oauth_consumer_key") or "", request.parameters.get("oauth_token") or ""
    if consumer_secret is not None and key:
        named = Application("the application of this key", key, consumer_secret)
        grants = replace(grants, applications={**grants.applications, key: named})
    if token_secret is not None and token:
        held = AccessToken(token, token_secret, key, "")
        requested = {name: one for name, one in grants.request_tokens.items() if name != token}
        grants = replace(grants, access_tokens={**grants.access_tokens, token: held}, request_tokens=requested)
    return grants


def _without_name(header: str) -> str:
    """A header's value, where it was pasted with its name."""
    name, colon, value = header.partition(":")
    return value.strip() if colon and name.strip().lower() == "authorization" else header.strip()

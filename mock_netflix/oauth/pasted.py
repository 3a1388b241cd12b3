"""Requests that a person pastes: a URL, an `Authorization` header, a form body, or nothing but a base string.

They are judged as if they had just come over the wire, at the time that they tell themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from mock_netflix.oauth import base_string as lone
from mock_netflix.oauth.explanation import Explanation, explain
from mock_netflix.oauth.levels import Caller, Level, identify
from mock_netflix.oauth.parameters import FORM, Parameter, Parameters, Place, collect, is_form
from mock_netflix.oauth.signature import SignedRequest, base_string, hmac_sha1, key_of
from mock_netflix.world.grants import FEEDS, AccessToken, Application, Grants
from mock_netflix.world.refusals import Refusal
from mock_netflix.world.rules import Rules, strict

# What a URL may hold as it is; the rest would be escaped by whoever sends it.
_URL_SAFE = ":/%#?=@[]!$&'()*+,;~|"
# What pastes bring along.
_BLANKS = " \t\r\n\v\f\u00a0\ufeff"
_QUOTES = "'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb<>"
# Nobody quotes more often.
_MOST_QUOTES = 20
_SECONDS = re.compile(r"([0-9]{1,12})(\.[0-9]*)?")
# So much of what cannot be read is repeated.
_SHOWN = 60


class Unreadable(Exception):
    """What was pasted is no request; says what to do."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a pasted request: its base string here, and why it is refused, if it is.

    `caller` is who it comes from, where nothing is wrong; `signed_at` what its timestamp says, in epoch seconds.
    """

    request: SignedRequest
    base_string: str
    explanation: Explanation | None
    caller: Caller | None = None
    signed_at: int | None = None


def tidied(text: str, joint: str = "") -> str:
    """A text without the quotation marks, blanks and ends of lines that pasting puts around and into it."""
    inner = text.lstrip(_BLANKS + _QUOTES)
    if is_header(inner):
        # Its own last quotation mark stays: there are as many behind it as before it that do not belong to it.
        around = sum(one in _QUOTES for one in text[: len(text) - len(inner)])
        for _ in range(min(around, _MOST_QUOTES)):
            inner = inner.rstrip(_BLANKS)
            inner = inner[:-1] if inner.endswith(tuple(_QUOTES)) else inner
    else:
        inner = inner.rstrip(_BLANKS + _QUOTES)
    return joint.join(line.strip().removesuffix("\\").rstrip() for line in inner.splitlines()).strip()


def shortened(text: str) -> str:
    """So much of a text as fits into a sentence, in quotation marks."""
    readable = "".join(one if one.isprintable() else "\ufffd" for one in text[: _SHOWN + 1])
    return f'"{readable}"' if len(text) <= _SHOWN else f'"{readable[:-1]}…"'


def with_verb(text: str) -> tuple[str | None, str]:
    """The verb and the address, where somebody has pasted both: GET http://…"""
    verb, _, rest = text.partition(" ")
    rest = rest.strip()
    if not (verb.isalpha() and rest.lower().startswith(("http://", "https://"))):
        return None, text
    address, _, version = rest.rpartition(" ")
    return verb, address.strip() if version.startswith("HTTP/") else rest


def is_base_string(text: str) -> bool:
    """Whether a text looks like a base string: a verb, an address, parameters."""
    return lone.looks_like_one(text)


def is_header(text: str) -> bool:
    """Whether a text looks like the protocol parameters of a header."""
    return text.lower().startswith(("oauth ", "authorization:", "oauth_", "realm="))


def request_of(
    url: str,
    verb: str = "GET",
    authorization: str | None = None,
    body: str = "",
    content_type: str | None = None,
) -> SignedRequest:
    """The request that a client would send. Raises Unreadable."""
    try:
        address = urlsplit(quote(url.strip(), safe=_URL_SAFE, errors="surrogateescape"))
        usable = address.scheme.lower() in ("http", "https") and bool(address.hostname) and address.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Unreadable(f"{shortened(url)} is no address; give a whole one: http://127.0.0.1:2008/catalog/titles?…")
    if not (verb.isascii() and verb.replace("-", "").isalpha()):
        raise Unreadable(f"{shortened(verb)} is no HTTP method; give a verb such as GET or POST")
    kind = content_type if content_type is not None else FORM if body else None
    raw = _bytes(body)
    header = _value_of(authorization) if authorization else None
    parameters = collect(address.query.encode(), header, kind, raw)
    return SignedRequest(
        verb.upper(),
        f"{address.scheme.lower()}://{address.netloc}{address.path or '/'}",
        parameters,
        address.query,
        b"" if is_form(kind) else raw,
    )


def read_alone(text: str) -> lone.LoneBaseString:
    """A base string by itself. Raises Unreadable."""
    if not is_base_string(text):
        raise Unreadable(f"{shortened(text)} is no base string; one looks like GET&http%3A%2F%2F…&oauth_consumer_key…")
    try:
        return lone.read(_bytes(text).decode("utf-8", "replace"))
    except ValueError as error:
        why = str(error)[:_SHOWN]
        raise Unreadable(
            f"the base string has no whole address, with the scheme and host that it is for: {why}"
        ) from None


def request_in(text: str, signature: str = "") -> SignedRequest:
    """The request that a base string was made of. Raises Unreadable."""
    alone = read_alone(text)
    # `realm` and a signature are never signed, so they are none of the request's own parameters.
    own = [*alone.parameters, *([("oauth_signature", signature)] if signature else [])]
    parameters = Parameters.of(Parameter(name, value, Place.QUERY) for name, value in own)
    return SignedRequest(alone.method, alone.uri, parameters, lone.query_in(text))


def judge(
    request: SignedRequest, grants: Grants, *, level: Level | None = None, feeds: tuple[str, ...] = (), now: int = 0
) -> Judged:
    """Whether this request's signature holds, whatever the time is. Raises Unreadable.

    `level` and `feeds` are what its address wants, where that is known. `now` counts where the request itself tells no
    time.
    """
    try:
        text = base_string(request)
    except ValueError as error:
        raise Unreadable(f"the address cannot be signed: {error}") from None
    told = _SECONDS.fullmatch(request.parameters.get("oauth_timestamp") or "")
    signed_at = int(told[1]) if told is not None else None
    if level is None:
        level, feeds = _level_of(request, grants), FEEDS
    rules = replace(strict(Rules()), plaintext=True)
    try:
        caller = identify(request, level, feeds, grants, now if signed_at is None else signed_at, rules)
    except Refusal as refusal:
        return Judged(request, text, explain(refusal), signed_at=signed_at)
    return Judged(request, text, None, caller, signed_at)


def _level_of(request: SignedRequest, grants: Grants) -> Level:
    token = request.parameters.get("oauth_token")
    if not token:
        return Level.SIGNED
    return Level.REQUEST if token in grants.request_tokens else Level.PROTECTED


def key_for(request: SignedRequest, grants: Grants) -> str | None:
    """The key that a request must be signed with; None where a secret is not known."""
    token = request.parameters.get("oauth_token") or ""
    application = grants.applications.get(request.parameters.get("oauth_consumer_key") or "")
    held = grants.access_tokens.get(token) or grants.request_tokens.get(token)
    if application is None or (token and held is None):
        return None
    return key_of(application.secret, held.secret if held is not None else "")


def signature_for(text: str, request: SignedRequest, grants: Grants) -> str | None:
    """The signature that a base string has with the right key; None where a secret is not known."""
    if key_for(request, grants) is None:
        return None
    token = request.parameters.get("oauth_token") or ""
    held = grants.access_tokens.get(token) or grants.request_tokens.get(token)
    application = grants.applications[request.parameters.get("oauth_consumer_key") or ""]
    return hmac_sha1(text, application.secret, held.secret if held is not None else "")


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


def _value_of(header: str) -> str:
    """A header's value as it comes over the wire, where it was pasted with its name or without its scheme."""
    name, colon, value = header.partition(":")
    text = tidied(value if colon and name.strip().lower() == "authorization" else header, " ")
    text = text if not text.lower().startswith(("oauth_", "realm=")) else f"OAuth {text}"
    return _bytes(text).decode("latin-1")


def _bytes(text: str) -> bytes:
    """Text of a command line as the bytes that it was."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")

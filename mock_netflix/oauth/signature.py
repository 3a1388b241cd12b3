"""The signature of a request (RFC 5849 section 3.4), computed by oauthlib's own functions.

They are composed here rather than used through oauthlib's endpoint classes, which refuse OAuth 1.0 calls without
callback or verifier, decimal timestamps and stray commas that the real service took.

Most requests come written just as a base string writes them. Their base string is a sort and a join of what came, and a
signature that matches it is accepted at once; everything else, and every mismatch, is left to oauthlib, which alone
refuses.
"""

from __future__ import annotations

import hmac
import re
from binascii import b2a_base64
from dataclasses import dataclass, replace
from functools import lru_cache

from oauthlib.oauth1.rfc5849 import signature as rfc5849

from mock_netflix.oauth.parameters import Parameters

HMAC_SHA1 = "HMAC-SHA1"
PLAINTEXT = "PLAINTEXT"

# What is never percent-encoded, beside letters and digits (section 3.6).
UNRESERVED = "-._~"
is_unreserved = re.compile(r"[A-Za-z0-9._~-]*").fullmatch


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature covers: the real verb, the address as it was asked for without its query, the parameters.

    `query` is the query as it came, and `body` a body that is no form: neither is signed as such, but people try to.
    `secure` tells that the request came over TLS, and `server` is the host and port that it arrived at.
    """

    verb: str
    uri: str
    parameters: Parameters
    query: str = ""
    body: bytes = b""
    secure: bool = False
    server: str = ""


@dataclass(frozen=True, slots=True)
class Secrets:
    """The two halves of the key (section 3.4.2), under the names that oauthlib looks for."""

    client_secret: str
    resource_owner_secret: str = ""


def matches_as_it_came(request: SignedRequest, secrets: Secrets) -> bool:
    """Whether a request in canonical form has the signature that it must have. False says nothing yet."""
    parameters = request.parameters
    text = canonical_base_string(request)
    if text is None:
        return False
    digest = hmac.digest(_key(secrets.client_secret, secrets.resource_owner_secret), text.encode(), "sha1")
    received = parameters.get("oauth_signature") or ""
    return hmac.compare_digest(b2a_base64(digest, newline=False), received.encode("utf-8", "replace"))


def canonical_base_string(request: SignedRequest) -> str | None:
    """The base string of a request that came in canonical form; None for others."""
    parameters = request.parameters
    if not parameters.canonical:
        return None
    pairs = sorted([pair for pair in parameters.written() if pair[0] != "oauth_signature"])
    normalized = "&".join(["".join(pair) for pair in pairs])
    # Nothing else in it is reserved.
    escaped = normalized.replace("%", "%25").replace("&", "%26").replace("=", "%3D")
    try:
        return f"{_verb(request.verb)}&{_escaped_uri(request.uri)}&{escaped}"
    except ValueError:
        return None


def base_string(request: SignedRequest) -> str:
    """The signature base string (section 3.4.1). Raises ValueError where the address is none."""
    normalized = normalized_parameters(request.parameters)
    text: str = rfc5849.signature_base_string(request.verb, base_string_uri(request.uri), normalized)
    return text


def without_port(request: SignedRequest) -> SignedRequest | None:
    """The request as if its host had been asked without the port; None where it was."""
    scheme, _, rest = request.uri.partition("://")
    authority, slash, path = rest.partition("/")
    host, colon, port = authority.rpartition(":")
    if not colon or not port.isdigit():
        return None
    return replace(request, uri=f"{scheme}://{host}{slash}{path}")


def normalized_parameters(parameters: Parameters) -> str:
    """The normalized parameters (section 3.4.1.3.2): as oauthlib's function gives them, in a third of the time.

    Most names and values hold nothing that must be encoded, and are passed over without a call.
    """
    pairs = sorted((escape(one.name), escape(one.value)) for one in parameters if one.name != "oauth_signature")
    return "&".join(f"{name}={value}" for name, value in pairs)


def escape(text: str) -> str:
    """Percent-encoding (section 3.6)."""
    if is_unreserved(text):
        return text
    escaped: str = rfc5849.utils.escape(text)
    return escaped


def sign(method: str, text: str, secrets: Secrets) -> str:
    """The signature of a base string: HMAC-SHA1 in base64 (section 3.4.2), or PLAINTEXT (section 3.4.4)."""
    if method == PLAINTEXT:
        return plaintext(secrets)
    return hmac_sha1(text, secrets.client_secret, secrets.resource_owner_secret)


def key_of(consumer_secret: str, token_secret: str) -> str:
    """The key of HMAC-SHA1 (section 3.4.2)."""
    return f"{escape(consumer_secret)}&{escape(token_secret)}"


def hmac_sha1(text: str, consumer_secret: str, token_secret: str) -> str:
    """The HMAC-SHA1 signature of a base string in base64 (section 3.4.2)."""
    signed: str = rfc5849.sign_hmac_sha1_with_client(text, Secrets(consumer_secret, token_secret))
    return signed


def plaintext(secrets: Secrets) -> str:
    """The PLAINTEXT signature, which is the key itself (section 3.4.4)."""
    signed: str = rfc5849.sign_plaintext_with_client(None, secrets)
    return signed


def equal(expected: str, received: str) -> bool:
    """Whether two signatures are the same, in constant time; as bytes, for a received one may hold anything."""
    return hmac.compare_digest(expected.encode(), received.encode("utf-8", "replace"))


@lru_cache(maxsize=1024)
def base_string_uri(uri: str) -> str:
    """The base string URI (section 3.4.1.2). Raises ValueError where the address is none."""
    text: str = rfc5849.base_string_uri(uri)
    # oauthlib takes what follows a semicolon for parameters of the path, and loses one that nothing follows.
    return f"{text};" if uri.endswith(";") and not text.endswith(";") else text


@lru_cache(maxsize=1024)
def _escaped_uri(uri: str) -> str:
    return escape(base_string_uri(uri))


@lru_cache(maxsize=64)
def _verb(verb: str) -> str:
    return escape(verb.upper())


@lru_cache(maxsize=1024)
def _key(consumer_secret: str, token_secret: str) -> bytes:
    return key_of(consumer_secret, token_secret).encode()

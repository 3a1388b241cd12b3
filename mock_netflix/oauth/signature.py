"""The signature of a request (RFC 5849 section 3.4), computed by oauthlib's own functions.

They are composed here rather than used through oauthlib's endpoint classes, which refuse OAuth 1.0 calls without
callback or verifier, decimal timestamps and stray commas that the real service took.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from functools import lru_cache

from oauthlib.oauth1.rfc5849 import signature as rfc5849

from mock_netflix.oauth.parameters import Parameters

# What is never percent-encoded (section 3.6).
_is_unreserved = re.compile(r"[A-Za-z0-9._~-]*").fullmatch


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What a signature covers: the real verb, the address as it was asked for without its query, the parameters."""

    verb: str
    uri: str
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class _Secrets:
    """The two halves of the key, under the names oauthlib looks for."""

    client_secret: str
    resource_owner_secret: str


def base_string(request: SignedRequest) -> str:
    """The signature base string (section 3.4.1). Raises ValueError where the address is none."""
    normalized = normalized_parameters(request.parameters)
    text: str = rfc5849.signature_base_string(request.verb, _base_string_uri(request.uri), normalized)
    return text


def normalized_parameters(parameters: Parameters) -> str:
    """The normalized parameters (section 3.4.1.3.2): as oauthlib's function gives them, in a third of the time.

    Most names and values hold nothing that must be encoded, and are passed over without a call.
    """
    pairs = sorted(
        (
            one.name if _is_unreserved(one.name) else rfc5849.utils.escape(one.name),
            one.value if _is_unreserved(one.value) else rfc5849.utils.escape(one.value),
        )
        for one in parameters
        if one.name != "oauth_signature"
    )
    return "&".join(f"{name}={value}" for name, value in pairs)


def hmac_sha1(text: str, consumer_secret: str, token_secret: str) -> str:
    """The HMAC-SHA1 signature of a base string in base64 (section 3.4.2)."""
    signed: str = rfc5849.sign_hmac_sha1_with_client(text, _Secrets(consumer_secret, token_secret))
    return signed


def equal(expected: str, received: str) -> bool:
    """Whether two signatures are the same, in constant time; as bytes, for a received one may hold anything."""
    return hmac.compare_digest(expected.encode(), received.encode("utf-8", "replace"))


@lru_cache(maxsize=1024)
def _base_string_uri(uri: str) -> str:
    text: str = rfc5849.base_string_uri(uri)
    return text

"""A client's signer, written from RFC 5849 alone: it shares no code with the mock or with oauthlib."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

# Plain parameters: by name, or as pairs where a name is repeated.
Plain = Mapping[str, str] | Iterable[tuple[str, str]]


def encode(text: str) -> str:
    """Percent-encoding of section 3.6."""
    return quote(text, safe="-._~")


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Parameters as a query or a form body carries them."""
    return "&".join(f"{encode(name)}={encode(value)}" for name, value in pairs)


def base_string(verb: str, url: str, parameters: list[tuple[str, str]]) -> str:
    """The signature base string of section 3.4.1 for a URL without a query."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    name = f"[{host}]" if ":" in host else host
    port = "" if parts.port in (None, {"http": 80, "https": 443}[parts.scheme]) else f":{parts.port}"
    uri = f"{parts.scheme}://{name}{port}{parts.path or '/'}"
    pairs = sorted((encode(name), encode(value)) for name, value in parameters)
    normalized = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((verb.upper(), encode(uri), encode(normalized)))


def hmac_sha1(text: str, consumer_secret: str, token_secret: str) -> str:
    """The signature of section 3.4.2."""
    key = f"{encode(consumer_secret)}&{encode(token_secret)}".encode()
    return base64.b64encode(hmac.new(key, text.encode(), hashlib.sha1).digest()).decode()


def oauth_parameters(
    verb: str,
    url: str,
    parameters: Plain,
    *,
    consumer: tuple[str, str],
    token: tuple[str, str] = ("", ""),
    timestamp: str | None = None,
    nonce: str | None = None,
) -> list[tuple[str, str]]:
    """The protocol parameters of a request, signature last. `consumer` and `token`: a key and its secret."""
    protocol = [
        ("oauth_consumer_key", consumer[0]),
        ("oauth_nonce", nonce or secrets.token_hex(8)),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", timestamp or str(int(time.time()))),
    ]
    if token[0]:
        protocol.append(("oauth_token", token[0]))
    text = base_string(verb, url, [*protocol, *pairs_of(parameters)])
    return [*protocol, ("oauth_signature", hmac_sha1(text, consumer[1], token[1]))]


def signed(
    verb: str,
    url: str,
    parameters: Plain,
    *,
    consumer: tuple[str, str],
    token: tuple[str, str] = ("", ""),
    timestamp: str | None = None,
    nonce: str | None = None,
) -> str:
    """The URL with all parameters in its query."""
    plain = pairs_of(parameters)
    protocol = oauth_parameters(verb, url, plain, consumer=consumer, token=token, timestamp=timestamp, nonce=nonce)
    return f"{url}?{encoded([*plain, *protocol])}"


def authorization(protocol: Iterable[tuple[str, str]], realm: str | None = None) -> str:
    """The `Authorization` header of section 3.5.1."""
    fields = [f'realm="{realm}"'] if realm is not None else []
    return "OAuth " + ", ".join([*fields, *(f'{encode(name)}="{encode(value)}"' for name, value in protocol)])


def pairs_of(parameters: Plain) -> list[tuple[str, str]]:
    """Plain parameters as pairs of texts."""
    pairs = parameters.items() if isinstance(parameters, Mapping) else parameters
    return [(name, str(value)) for name, value in pairs]

"""Requests that the mock refuses, for the tests of what it tells of them."""

from __future__ import annotations

import httpx

from tests.clients import signer
from tests.clients.signer import encode, encoded
from tests.conftest import Mock

PLAIN = (("term", "a b"), ("max_results", "3"))


def protocol(mock: Mock, path: str, plain=(), nonce: str | None = None) -> list[tuple[str, str]]:
    """The protocol parameters of a request of the ready subscriber, signed right; the signature is the last."""
    consumer, token = mock.application, mock.state.access_token
    return signer.oauth_parameters(
        "GET",
        mock.url + path,
        plain,
        consumer=(consumer.key, consumer.secret),
        token=(token.token, token.secret),
        nonce=nonce,
    )


def sent(mock: Mock, path: str, plain, signature: str, own: list[tuple[str, str]]) -> httpx.Response:
    query = encoded([*plain, *own[:-1], ("oauth_signature", signature)])
    return mock.http.get(f"{mock.url}{path}?{query}")


def unsorted_request(mock: Mock, path: str = "/catalog/titles", plain=PLAIN) -> tuple[httpx.Response, str]:
    """Refused because its parameters stand in the order in which they are sent; and the base string that was signed."""
    own = protocol(mock, path, plain)
    normalized = encoded([*plain, *own[:-1]])
    text = f"GET&{encode(mock.url + path)}&{encode(normalized)}"
    signature = signer.hmac_sha1(text, mock.application.secret, mock.state.access_token.secret)
    return sent(mock, path, plain, signature, own), text


def without_token_secret(mock: Mock, path: str = "/users/@me") -> httpx.Response:
    """Refused because the token's secret is missing from the key."""
    own = protocol(mock, path)
    text = signer.base_string("GET", mock.url + path, own[:-1])
    return sent(mock, path, (), signer.hmac_sha1(text, mock.application.secret, ""), own)


def unexplained(mock: Mock, plain=PLAIN, signature: str = "AAAAAAAAAAAAAAAAAAAAAAAAAAA=") -> httpx.Response:
    """Refused, and nobody knows why."""
    return sent(mock, "/catalog/titles", plain, signature, protocol(mock, "/catalog/titles", plain))

"""Signed requests as a client makes them, for people to paste and for the commands to send."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from oauthlib.oauth1 import SIGNATURE_TYPE_QUERY, Client


def signed_url(
    verb: str,
    url: str,
    *,
    consumer: tuple[str, str],
    token: tuple[str, str] = ("", ""),
    nonce: str,
    timestamp: int,
    extra: Mapping[str, str] | None = None,
) -> str:
    """A URL with all `oauth_…` parameters in its query. `consumer` and `token` are each a key and its secret.

    `extra` holds further OAuth parameters: `oauth_callback`, `oauth_verifier`.
    """
    given = extra or {}
    client = Client(
        consumer[0],
        client_secret=consumer[1],
        resource_owner_key=token[0] or None,
        resource_owner_secret=token[1] or None,
        callback_uri=given.get("oauth_callback"),
        verifier=given.get("oauth_verifier"),
        signature_type=SIGNATURE_TYPE_QUERY,
        nonce=nonce,
        timestamp=str(timestamp),
    )
    signed: str = client.sign(quote(url, safe=":/%#?=@[]!$&'()*+,;~|"), http_method=verb)[0]
    return signed

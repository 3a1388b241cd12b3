"""Signed requests as a client makes them, for people to paste and for the commands to send.

oauthlib's Client signs. It reads queries and bodies more narrowly than servers do, and puts parameters with characters
it does not expect away without a word; so it is given all of them tidily encoded, in the query, where the signature
is the same wherever they stand. What is sent stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from oauthlib.oauth1 import Client

from mock_netflix.errors import MockNetflixError
from mock_netflix.oauth.parameters import FORM, Parameters, Place, collect
from mock_netflix.oauth.signature import HMAC_SHA1, PLAINTEXT, UNRESERVED, SignedRequest, base_string

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_VERB = re.compile(r"[A-Za-z][A-Za-z-]*")
# A realm is written between quotation marks as it is (RFC 5849 section 3.5.1).
_REALM = re.compile(r"[ !#-\[\]-~]*")

_NOT_UTF_8 = "what is to be signed is not UTF-8; write it in UTF-8"


class SigningError(MockNetflixError, ValueError):
    """The request cannot be signed as it is; says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed request, with the protocol parameters where they were to stand.

    `protocol` holds these parameters, decoded, the signature last; `base_string` is None for PLAINTEXT, which has none.
    """

    verb: str
    url: str
    headers: Mapping[str, str]
    body: str
    protocol: Mapping[str, str]
    base_string: str | None
    signature: str


def signed_request(
    verb: str,
    url: str,
    *,
    consumer: tuple[str, str],
    token: tuple[str, str] = ("", ""),
    nonce: str,
    timestamp: int | str,
    place: Place = Place.QUERY,
    form: str = "",
    extra: Mapping[str, str] | None = None,
    method: str = HMAC_SHA1,
    realm: str | None = None,
) -> Signed:
    """A request with all `oauth_…` parameters at `place`. `consumer` and `token` are each a key and its secret.

    `form` is a form body as it is sent, `extra` holds further OAuth parameters: `oauth_callback`, `oauth_verifier`.
    The URL comes back as `tidy` makes it. Raises SigningError.
    """
    _check(verb, realm)
    given = extra or {}
    client = Client(
        consumer[0],
        client_secret=consumer[1],
        resource_owner_key=token[0] or None,
        resource_owner_secret=token[1] or None,
        callback_uri=given.get("oauth_callback"),
        verifier=given.get("oauth_verifier"),
        signature_method=method,
        nonce=nonce,
        timestamp=str(timestamp),
        realm=realm,
    )
    url = tidy(url)
    address, _, query = url.partition("?")
    plain = _plain(query, form)
    authorization = _authorization(client, verb, address, plain)
    protocol = collect(b"", authorization, None, b"")
    together = Parameters.of([*plain, *protocol])
    if (repeated := together.repeated_protocol_parameter()) is not None:
        raise SigningError(f"{repeated} would occur twice; take it out of the request, for it is added")
    added = _encoded((one.name, one.value) for one in protocol)
    return Signed(
        verb=verb,
        url=f"{url}{'&' if query else '?'}{added}" if place is Place.QUERY else url,
        headers={"Authorization": authorization} if place is Place.HEADER else {},
        body=f"{form}{'&' if form else ''}{added}" if place is Place.BODY else form,
        protocol={one.name: one.value for one in protocol},
        base_string=base_string(SignedRequest(verb, address, together)) if method != PLAINTEXT else None,
        signature=protocol.get("oauth_signature") or "",
    )


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
    """A URL with all `oauth_…` parameters in its query, as `signed_request` makes it. Raises SigningError."""
    signed = signed_request(verb, url, consumer=consumer, token=token, nonce=nonce, timestamp=timestamp, extra=extra)
    return signed.url


def tidy(url: str) -> str:
    """An absolute URL as it can be sent: what must be percent-encoded is, what is encoded already stays.

    The fragment, which is never sent, is dropped. Raises SigningError where it is no such URL.
    """
    try:
        escaped = quote(url.strip(), safe=":/?#[]@!$&'()*+,;=%~")
    except UnicodeEncodeError:
        raise SigningError(_NOT_UTF_8) from None
    try:
        parts = urlsplit(escaped)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SigningError(f"{url} is no address; it should look like http://127.0.0.1:2008/catalog/titles?term=x")
    if "%" in parts.netloc:
        raise SigningError(f"the host of {url} is none; write it in ASCII, as it is asked for (punycode)")
    query = f"?{_escaped(parts.query)}" if parts.query else ""
    # oauthlib loses a semicolon at the end of the path.
    path = _escaped(re.sub(";$", "%3B", parts.path)) or "/"
    return f"{parts.scheme}://{parts.netloc}{path}{query}"


def form_encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Plain names and values as a form body or a query carries them. Raises SigningError where they are not UTF-8."""
    try:
        return _encoded(pairs)
    except UnicodeEncodeError:
        raise SigningError(_NOT_UTF_8) from None


def _check(verb: str, realm: str | None) -> None:
    if not _VERB.fullmatch(verb):
        raise SigningError(f"{verb} is no HTTP method; write a verb such as GET or POST")
    if not _REALM.fullmatch(realm or ""):
        raise SigningError("a realm consists of ASCII characters without quotation marks and backslashes")


def _plain(query: str, form: str) -> Parameters:
    """The parameters of the request itself."""
    try:
        plain = collect(query.encode(), None, FORM, form.encode())
    except UnicodeEncodeError:
        raise SigningError(_NOT_UTF_8) from None
    if plain.undecodable is not None:
        raise SigningError(f"the parameter {plain.undecodable} is not UTF-8; percent-encode it from UTF-8")
    return plain


def _authorization(client: Client, verb: str, address: str, plain: Parameters) -> str:
    """The `Authorization` header, which has everything that signing adds."""
    # oauthlib decodes values of the protocol twice where they stand in a query.
    pairs = ((one.name, quote(one.value, safe="") if one.name.startswith("oauth_") else one.value) for one in plain)
    try:
        header: str = client.sign(f"{address}?{_encoded(pairs)}", http_method=verb)[1]["Authorization"]
    except UnicodeEncodeError:
        raise SigningError(_NOT_UTF_8) from None
    except ValueError as error:
        raise SigningError(f"{address} cannot be signed: {error}") from None
    return header


def _escaped(part: str) -> str:
    """A path or a query: a `%` that escapes nothing stands for itself, and brackets are for hosts."""
    return _STRAY_PERCENT.sub("%25", part).replace("[", "%5B").replace("]", "%5D")


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{quote(name, safe=UNRESERVED)}={quote(value, safe=UNRESERVED)}" for name, value in pairs)

"""A client that signs step by step, so that a step can be done wrong: what it knows, what it asks, how it signs.

Written from RFC 5849 alone; each step is a method, and a mistake is a mixin that does one of them otherwise
(`mistakes_in_base_string.py`, `mistakes_in_signature.py`). Two mistakes are two mixins.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote, unquote_plus

from tests.clients import wire

QUERY, HEADER, BODY = PLACES = ("query", "header", "body")
FORM = "application/x-www-form-urlencoded"
REALM = "http://api.netflix.com/"

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """What a client may have at hand, its own or not. Pairs are a key or token and its secret."""

    address: str
    user: str
    consumer: tuple[str, str]
    token: tuple[str, str]
    # The secret of the request token that the access token was given for.
    spent: str
    request_token: tuple[str, str]
    verifier: str
    other: tuple[str, str]


def _now() -> str:
    return str(int(time.time()))


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and where its parts stand. `base`: scheme and authority; `protocol`: further `oauth_…`."""

    keys: Keys
    base: str
    path: str
    place: str
    verb: str = "GET"
    query: Pairs = ()
    form: Pairs = ()
    token: tuple[str, str] | None = None
    protocol: Pairs = ()
    # A body that is no form: its media type, if it is told, and its text.
    other_body: tuple[str | None, str] | None = None
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))
    timestamp: str = field(default_factory=_now)


def escaped(text: str) -> str:
    """Percent-encoding of section 3.6."""
    return quote(text, safe="-._~")


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Parameters as they travel."""
    return "&".join(f"{escaped(name)}={escaped(value)}" for name, value in pairs)


class Signer:
    """A request signed right, in the order of RFC 5849 section 3.4."""

    def __init__(self, request: Request) -> None:
        self.request = request

    # 3.4.1.3.1: what is signed, in the order in which it is sent.

    def query_parameters(self) -> list[tuple[str, str]]:
        return list(self.request.query)

    def form_parameters(self) -> list[tuple[str, str]]:
        return list(self.request.form)

    def protocol_parameters(self) -> list[tuple[str, str]]:
        return self.protocol()

    def parameters(self) -> list[tuple[str, str]]:
        query, form, protocol = self.query_parameters(), self.form_parameters(), self.protocol_parameters()
        return [*query, *form, *protocol] if self.request.place == BODY else [*query, *protocol, *form]

    # 3.6 and 3.4.1.3.2: encoding, sorting, joining.

    def bytes_of(self, text: str) -> bytes:
        return text.encode()

    def encode(self, text: str) -> str:
        return quote(self.bytes_of(text), safe="-._~")

    def encode_value(self, text: str) -> str:
        return self.encode(text)

    def ordered(self, parameters: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return sorted((self.encode(name), self.encode_value(value)) for name, value in parameters)

    def normalized(self) -> str:
        return "&".join(f"{name}={value}" for name, value in self.ordered(self.parameters()))

    # 3.4.1.1 and 3.4.1.2: verb, address, base string.

    def verb(self) -> str:
        return self.request.verb

    def scheme(self) -> str:
        return self.request.base.partition("://")[0]

    def authority(self) -> str:
        return self.request.base.partition("://")[2]

    def path(self) -> str:
        return self.request.path

    def uri(self) -> str:
        return f"{self.scheme()}://{self.authority()}{self.path()}"

    def encoded_uri(self) -> str:
        return self.encode(self.uri())

    def encoded_parameters(self) -> str:
        return self.encode(self.normalized())

    def base_string(self) -> str:
        return "&".join((self.verb(), self.encoded_uri(), self.encoded_parameters()))

    # 3.4.2: the key and the signature.

    def consumer_secret(self) -> str:
        return self.request.keys.consumer[1]

    def token_secret(self) -> str:
        return self.request.token[1] if self.request.token else ""

    def key(self) -> str:
        return f"{escaped(self.consumer_secret())}&{escaped(self.token_secret())}"

    def digest(self) -> bytes:
        return hmac.new(self.key().encode(), self.base_string().encode(), self.algorithm()).digest()

    def algorithm(self) -> str:
        return "sha1"

    def written(self, digest: bytes) -> str:
        return base64.b64encode(digest).decode()

    def signature(self) -> str:
        return self.written(self.digest())

    # 3.5: how it travels.

    def carried(self, signature: str) -> str:
        return escaped(signature)

    def shows(self) -> bool:
        """Whether this nonce gives a signature on which the mistake shows."""
        return True

    def protocol(self) -> list[tuple[str, str]]:
        """The protocol parameters but the signature, as they are sent."""
        asked = self.request
        return [
            ("oauth_version", "1.0"),
            ("oauth_consumer_key", asked.keys.consumer[0]),
            *([("oauth_token", asked.token[0])] if asked.token else []),
            *asked.protocol,
            ("oauth_timestamp", asked.timestamp),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_nonce", asked.nonce),
        ]

    def received(self) -> str:
        """The signature as it is read at the other end."""
        carried = self.carried(self.signature())
        return unquote(carried) if self.request.place == HEADER else unquote_plus(carried)

    def message(self) -> bytes:
        """The whole request as it goes over the wire."""
        return message(self.request, self.protocol(), self.carried(self.signature()))


def message(request: Request, protocol: list[tuple[str, str]], carried: str) -> bytes:
    """A request with this signature, which goes over the wire as it stands here."""
    signed = f"{encoded(protocol)}&oauth_signature={carried}"
    query, form = encoded(request.query), encoded(request.form)
    headers = [f"Host: {request.base.partition('://')[2]}", "Connection: close"]
    if request.place == HEADER:
        fields = [f'{name}="{value}"' for name, _, value in (one.partition("=") for one in signed.split("&"))]
        headers.append("Authorization: OAuth " + ", ".join([f'realm="{REALM}"', *fields]))
    if request.place == QUERY:
        query = "&".join(filter(None, (query, signed)))
    if request.place == BODY:
        form = "&".join(filter(None, (form, signed)))
    media_type, body = request.other_body or (FORM if form else None, form)
    headers += [f"Content-Type: {media_type}"] if media_type else []
    target = f"{request.path}?{query}" if query else request.path
    return wire.request(target, *headers, verb=request.verb, body=body.encode())


def sent(signer: Signer) -> wire.Answer:
    """The answer to a request, however it was signed."""
    return wire.sent(signer.request.keys.address, signer.message(), signer.request.verb)


def sent_with(request: Request, signature: str) -> wire.Answer:
    """The answer to a request with this very signature."""
    signer = Signer(request)
    written = message(request, signer.protocol(), signer.carried(signature))
    return wire.sent(request.keys.address, written, request.verb)


def signing(request: Request, *mixins: type) -> Signer:
    """The client that makes these mistakes, with the first nonce on which they show. Raises LookupError."""
    kind = type("MistakenSigner", (*mixins, Signer), {})
    for _ in range(300):
        signer: Signer = kind(request)
        if signer.shows():
            return signer
        request = replace(request, nonce=hashlib.sha1(request.nonce.encode()).hexdigest()[:16])
    raise LookupError("there is no nonce on which these mistakes show")

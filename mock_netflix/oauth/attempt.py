"""How a client may have signed: the four things that it puts together, each of which it can get wrong.

    method & uri & parameters   ──> base string ──┐
    consumer secret & token secret ──> key ───────┴──> HMAC-SHA1

Each is a value of its own here, as it ought to be or as a mistake makes it, with a way to write it into the base string
or the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache, partial
from typing import NamedTuple
from urllib.parse import quote

from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.parameters import Parameter, Place
from mock_netflix.oauth.signature import base_string_uri, escape, is_unreserved

UNRESERVED = "-._~"


class Step(Enum):
    """What a mistake is made in."""

    KEY = auto()
    METHOD = auto()
    URI = auto()
    PARAMETERS = auto()


class Uri(NamedTuple):
    """The base string URI; `query` is what does not belong into it; `escapes` how often it is percent-encoded."""

    scheme: str
    authority: str
    path: str
    query: str = ""
    escapes: int = 1


class Writing(NamedTuple):
    """How names and values are percent-encoded; `times`: how often."""

    safe: str = UNRESERVED
    plus: bool = False
    capitals: bool = True
    charset: str = "utf-8"
    times: int = 1


class Order(Enum):
    """How parameters are sorted."""

    ENCODED = auto()
    DECODED = auto()
    BY_NAME = auto()
    WITHOUT_CASE = auto()
    AS_JOINED = auto()
    AS_GIVEN = auto()


class Signed(NamedTuple):
    """The parameters, and how they are written. `escapes`: how often the whole of them is percent-encoded.

    `tail` is what stands behind them and does not belong there.
    """

    parameters: tuple[Parameter, ...]
    writing: Writing = Writing()
    order: Order = Order.ENCODED
    escapes: int = 1
    tail: str = ""


# What one step is: a key as text, a method, a Uri, or Signed.
Value = str | Uri | Signed


@dataclass(frozen=True, slots=True)
class Right:
    """The steps as they ought to be."""

    key: str
    method: str
    uri: Uri
    signed: Signed

    def steps(self) -> dict[Step, Value]:
        return {Step.KEY: self.key, Step.METHOD: self.method, Step.URI: self.uri, Step.PARAMETERS: self.signed}


def right(evidence: Evidence) -> Right:
    """How the request should have been signed. Raises ValueError where its address is none."""
    request, secrets = evidence.request, evidence.secrets
    scheme, _, rest = base_string_uri(request.uri).partition("://")
    authority, slash, path = rest.partition("/")
    parameters = tuple(one for one in request.parameters if one.name != "oauth_signature")
    return Right(
        key_of(secrets.client_secret, secrets.resource_owner_secret),
        request.verb.upper(),
        Uri(scheme, authority, slash + path),
        Signed(parameters),
    )


def key_of(consumer_secret: str, token_secret: str) -> str:
    """The key of HMAC-SHA1 (section 3.4.2)."""
    return f"{escape(consumer_secret)}&{escape(token_secret)}"


def written(value: Value) -> str:
    """A step as it stands in the base string, or the key."""
    if isinstance(value, str):
        return value
    return _written_uri(value) if isinstance(value, Uri) else _written_parameters(value)


def _written_uri(uri: Uri) -> str:
    query = f"?{uri.query}" if uri.query else ""
    return _escaped(f"{uri.scheme}://{uri.authority}{uri.path}{query}", uri.escapes)


def _written_parameters(signed: Signed) -> str:
    write = _writer(signed.writing)
    pairs = [(write(one.name), write(one.value)) for one in _sorted_before(signed)]
    if signed.order in _AFTER:
        pairs.sort(key=_AFTER[signed.order])
    joined = "&".join([f"{name}={value}" for name, value in pairs])
    return _escaped(joined + signed.tail, signed.escapes)


_AFTER: dict[Order, Callable[[tuple[str, str]], str | tuple[str, str]]] = {
    Order.ENCODED: lambda pair: pair,
    Order.BY_NAME: lambda pair: pair[0],
    Order.WITHOUT_CASE: lambda pair: (pair[0].lower(), pair[1]),
    Order.AS_JOINED: lambda pair: f"{pair[0]}={pair[1]}",
}


def _sorted_before(signed: Signed) -> Iterable[Parameter]:
    if signed.order is Order.DECODED:
        return sorted(signed.parameters, key=lambda one: (one.name, one.value))
    return signed.parameters


def _writer(writing: Writing) -> Callable[[str], str]:
    return partial(_encoded, writing) if writing.times else _bare


def _bare(text: str) -> str:
    return text


# The same few texts are written again and again in one search.
@lru_cache(maxsize=4096)
def _encoded(writing: Writing, text: str) -> str:
    if text.isalnum() and text.isascii():
        return text
    for _ in range(writing.times):
        text = quote(text, safe=writing.safe, encoding=writing.charset, errors="replace")
        # `quote` never escapes these, whatever is safe.
        for one in UNRESERVED:
            if one not in writing.safe:
                text = text.replace(one, f"%{ord(one):02X}")
        if writing.plus:
            text = text.replace("%20", "+")
    return text if writing.capitals else _in_lower_case(text)


def _in_lower_case(text: str) -> str:
    first, *escapes = text.split("%")
    return first + "".join(f"%{one[:2].lower()}{one[2:]}" for one in escapes)


def _escaped(text: str, times: int) -> str:
    for _ in range(times):
        text = _escaped_ascii(text) if text.isascii() else escape(text)
    return text


def _escaped_ascii(text: str) -> str:
    """As `escape`, in a tenth of the time; the escape's own mark comes first."""
    for one, instead in _ESCAPES:
        if one in text:
            text = text.replace(one, instead)
    return text


_RESERVED = [one for one in map(chr, range(128)) if not is_unreserved(one) and one != "%"]
_ESCAPES = tuple((one, quote(one, safe=UNRESERVED)) for one in ("%", *_RESERVED))


def plain(parameters: Iterable[Parameter], *places: Place) -> tuple[Parameter, ...]:
    """Those at these places that are not the protocol's."""
    return tuple(one for one in parameters if one.place in places and not one.name.startswith("oauth_"))

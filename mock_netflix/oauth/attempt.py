"""How a client may have signed: the four things that it puts together, each of which it can get wrong.

    method & uri & parameters   ──> base string ──┐
    consumer secret & token secret ──> key ───────┴──> HMAC-SHA1

Each is a value of its own here, as it ought to be or as a mistake makes it, with a way to write it into the base string
or the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple
from urllib.parse import quote

from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.parameters import Parameter, Place
from mock_netflix.oauth.signature import UNRESERVED, base_string_uri, key_of


class Step(Enum):
    """What a mistake is made in. `ENCODER`: in what percent-encodes everything, address and parameters alike."""

    KEY = auto()
    METHOD = auto()
    URI = auto()
    PARAMETERS = auto()
    ENCODER = auto()


class Writing(NamedTuple):
    """How names and values are percent-encoded; `times`: how often."""

    safe: str = UNRESERVED
    plus: bool = False
    capitals: bool = True
    charset: str = "utf-8"
    times: int = 1


_RIGHT = Writing()


class Uri(NamedTuple):
    """The base string URI; `query` is what does not belong into it; `escapes` how often it is percent-encoded."""

    scheme: str
    authority: str
    path: str
    query: str = ""
    escapes: int = 1
    writing: Writing = _RIGHT


class Order(Enum):
    """How parameters are sorted."""

    ENCODED = auto()
    DECODED = auto()
    BY_NAME = auto()
    WITHOUT_CASE = auto()
    AS_JOINED = auto()
    AS_GIVEN = auto()


class SignedParameters(NamedTuple):
    """The parameters, and how they are written. `escapes`: how often the whole of them is percent-encoded, by `outer`.

    `tail` is what stands behind them and does not belong there.
    """

    parameters: tuple[Parameter, ...]
    writing: Writing = _RIGHT
    order: Order = Order.ENCODED
    escapes: int = 1
    tail: str = ""
    outer: Writing = _RIGHT


# What one step is: a key as text, a method, a Uri, SignedParameters, or the Writing of an encoder.
Value = str | Uri | SignedParameters | Writing


@dataclass(frozen=True, slots=True)
class Right:
    """The steps as they ought to be."""

    key: str
    method: str
    uri: Uri
    signed: SignedParameters

    def steps(self) -> dict[Step, Value]:
        steps: dict[Step, Value] = {Step.KEY: self.key, Step.METHOD: self.method, Step.URI: self.uri}
        return {**steps, Step.PARAMETERS: self.signed, Step.ENCODER: Writing()}


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
        SignedParameters(parameters),
    )


def written(value: Value) -> str:
    """A step as it stands in the base string, or the key."""
    if isinstance(value, str):
        return value
    if isinstance(value, Uri):
        return _written_uri(value)
    return _written_parameters(value) if isinstance(value, SignedParameters) else ""


def uri_by(encoder: Writing, uri: Uri) -> Uri:
    """The address as this encoder would write it."""
    scheme, authority, path, query, escapes, writing = uri
    return Uri(scheme, authority, path, query, escapes, _merged(writing, encoder))


def signed_by(encoder: Writing, signed: SignedParameters) -> SignedParameters:
    """The parameters as this encoder would write them."""
    parameters, writing, order, escapes, tail, outer = signed
    return SignedParameters(parameters, _merged(writing, encoder), order, escapes, tail, _merged(outer, encoder))


def _merged(writing: Writing, encoder: Writing) -> Writing:
    """A writing with the letters and the capitals that the encoder gets wrong."""
    if writing == _RIGHT:
        return encoder
    if encoder.safe != UNRESERVED:
        writing = writing._replace(safe=encoder.safe)
    return writing if encoder.capitals else writing._replace(capitals=False)


def _written_uri(uri: Uri) -> str:
    query = f"?{uri.query}" if uri.query else ""
    return _encoded(f"{uri.scheme}://{uri.authority}{uri.path}{query}", uri.writing, uri.escapes)


def _written_parameters(signed: SignedParameters) -> str:
    write, outer = _writer(signed.writing, signed.writing.times), _writer(signed.outer, signed.escapes)
    pairs = [(write[name], write[value]) for name, value, _ in _sorted_before(signed)]
    if signed.order is Order.ENCODED:
        pairs.sort()
    elif signed.order in _AFTER:
        pairs.sort(key=_AFTER[signed.order])
    # The whole is encoded once more; piece by piece, for the pieces are always the same.
    mark = outer["="]
    joined = outer["&"].join([f"{outer[name]}{mark}{outer[value]}" for name, value in pairs])
    return joined + outer[signed.tail] if signed.tail else joined


_AFTER: dict[Order, Callable[[tuple[str, str]], str | tuple[str, str]]] = {
    Order.BY_NAME: lambda pair: pair[0],
    Order.WITHOUT_CASE: lambda pair: (pair[0].lower(), pair[1]),
    Order.AS_JOINED: lambda pair: f"{pair[0]}={pair[1]}",
}


def _sorted_before(signed: SignedParameters) -> Iterable[Parameter]:
    if signed.order is Order.DECODED:
        return sorted(signed.parameters, key=lambda one: (one.name, one.value))
    return signed.parameters


class _Written(dict[str, str]):
    """Texts as one writing has them: the same few are written again and again in one search. Long ones are not kept."""

    def __init__(self, writing: Writing, times: int) -> None:
        super().__init__()
        self._writing, self._times = writing, times

    def __missing__(self, text: str) -> str:
        written = _encoded(text, self._writing, self._times)
        if len(text) <= _KEPT:
            if len(self) >= _MANY:
                self.clear()
            self[text] = written
        return written


_KEPT = 200
_MANY = 1024


@lru_cache(maxsize=128)
def _writer(writing: Writing, times: int) -> _Written:
    return _Written(writing, times)


def _encoded(text: str, writing: Writing, times: int) -> str:
    """A text percent-encoded so many times."""
    for _ in range(times):
        if not text.isascii():
            text = _quoted(text, writing)
            continue
        usual, others = _escapes(writing)
        for one, instead in usual:
            text = text.replace(one, instead)
        if not _is_usual(text):
            for one, instead in others:
                if one in text:
                    text = text.replace(one, instead)
    return text


# Letters that an address and joined parameters are mostly made of, besides letters and digits.
# The dash last, for between two letters it would stand for all from one to the other.
_USUAL = "%&=:/+._~-"
_is_usual = re.compile(rf"[A-Za-z0-9{_USUAL}]*").fullmatch
_Escapes = tuple[tuple[str, str], ...]


@lru_cache(maxsize=128)
def _escapes(writing: Writing) -> tuple[_Escapes, _Escapes]:
    """What each letter of ASCII that is not left bare becomes: the usual ones, the escapes' own mark first; others."""
    bare = {*ascii_letters, *digits, *writing.safe}
    spelt = "02X" if writing.capitals else "02x"
    usual = tuple((one, f"%{ord(one):{spelt}}") for one in _USUAL if one not in bare)
    rest = [one for one in map(chr, range(128)) if one not in bare and one not in _USUAL]
    return usual, tuple((one, "+" if one == " " and writing.plus else f"%{ord(one):{spelt}}") for one in rest)


def _quoted(text: str, writing: Writing) -> str:
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


def plain(parameters: Iterable[Parameter], *places: Place) -> tuple[Parameter, ...]:
    """Those at these places that are not the protocol's."""
    return tuple(one for one in parameters if one.place in places and not one.name.startswith("oauth_"))

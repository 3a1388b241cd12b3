"""Where the parameters of a request stand, and what they say (RFC 5849 section 3.4.1.3.1).

Clients put them in the query, in an `Authorization` header, in a form body, or split between these
(reference: client-demands 3). Values are decoded once, here; the signature and the resources read the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote_to_bytes

FORM = "application/x-www-form-urlencoded"

# `name="value"` or `name=value`; an empty list element matches nothing and is passed over (reference:
# client-demands 12).
# Possessive, and only after a comma, so that no header takes longer than its length.
_CREDENTIAL = re.compile(r'(?:^|,)\s*+([^\s,="]++)\s*+=\s*+(?:"([^"]*+)"|([^\s,"]*+))')


class Place(Enum):
    """Where in the request a parameter was found."""

    QUERY = auto()
    HEADER = auto()
    BODY = auto()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, decoded."""

    name: str
    value: str
    place: Place


class Parameters:
    """All parameters of a request, in the order query, header, body.

    `undecodable` names the first that is not UTF-8, if there is one; it stands here with replacement characters.
    """

    __slots__ = ("_first", "all", "undecodable")

    def __init__(self, parameters: Iterable[Parameter] = (), undecodable: str | None = None) -> None:
        self.all = tuple(parameters)
        self.undecodable = undecodable
        self._first = {parameter.name: parameter.value for parameter in reversed(self.all)}

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.all)

    def get(self, name: str) -> str | None:
        """The first value, or None where the parameter is absent. Repeated ones are not refused."""
        return self._first.get(name)

    def repeated_protocol_parameter(self) -> str | None:
        """The first `oauth_…` parameter that occurs twice, wherever (RFC 5849 section 3.1)."""
        seen: set[str] = set()
        for parameter in self.all:
            if parameter.name.startswith("oauth_"):
                if parameter.name in seen:
                    return parameter.name
                seen.add(parameter.name)
        return None


def collect(query: bytes, authorization: str | None, content_type: str | None, body: bytes) -> Parameters:
    """The parameters of a request from its raw parts."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    raw = [
        *_form(query, Place.QUERY),
        *_credentials(authorization or ""),
        *(_form(body, Place.BODY) if media_type == FORM else ()),
    ]
    try:
        return Parameters([Parameter(name.decode(), value.decode(), place) for name, value, place in raw])
    except UnicodeDecodeError:
        return _with_replacements(raw)


# Name and value, percent-decoded, and where they were found.
_Raw = tuple[bytes, bytes, Place]


def _form(encoded: bytes, place: Place) -> Iterator[_Raw]:
    for pair in encoded.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            yield _unquoted(name), _unquoted(value), place


def _unquoted(encoded: bytes) -> bytes:
    if b"%" in encoded or b"+" in encoded:
        return unquote_to_bytes(encoded.replace(b"+", b" "))
    return encoded


def _credentials(authorization: str) -> Iterator[_Raw]:
    """The parameters of an `OAuth` header; other schemes have none. `realm` is not one of them."""
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() != "oauth":
        return
    for name, quoted, bare in _CREDENTIAL.findall(rest):
        if name.lower() != "realm":
            value = unquote_to_bytes((quoted or bare).encode("latin-1", "replace"))
            yield name.encode("latin-1", "replace"), value, Place.HEADER


def _with_replacements(raw: Iterable[_Raw]) -> Parameters:
    """The parameters where some are not UTF-8."""
    decoded = [
        (Parameter(name.decode(errors="replace"), value.decode(errors="replace"), place), name, value)
        for name, value, place in raw
    ]
    broken = (one.name for one, name, value in decoded if (one.name.encode(), one.value.encode()) != (name, value))
    return Parameters([one for one, _, _ in decoded], next(broken, None))

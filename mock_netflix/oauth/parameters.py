"""Where the parameters of a request stand, and what they say (RFC 5849 section 3.4.1.3.1).

Clients put them in the query, in an `Authorization` header, in a form body, or split between these
(reference: client-demands 3). Values are decoded once, here; the signature and the resources read the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote_plus, unquote_to_bytes

from mock_netflix.world.refusals import ParameterInvalid

FORM = "application/x-www-form-urlencoded"

# `name="value"` or `name=value`; an empty list element matches nothing and is passed over (reference:
# client-demands 12).
_CREDENTIAL = re.compile(r'([^\s,="]+)\s*=\s*(?:"([^"]*)"|([^\s,"]*))')


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
    """All parameters of a request, in the order query, header, body."""

    __slots__ = ("_first", "all")

    def __init__(self, parameters: Iterable[Parameter] = ()) -> None:
        self.all = tuple(parameters)
        self._first = {parameter.name: parameter.value for parameter in reversed(self.all)}

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.all)

    def get(self, name: str) -> str | None:
        """The first value, or None where the parameter is absent. Repeated ones are not refused."""
        return self._first.get(name)

    def repeated_protocol_parameter(self) -> str | None:
        """The first `oauth_…` parameter that occurs twice, wherever (RFC 5849 section 3.1)."""
        names = [parameter.name for parameter in self.all if parameter.name.startswith("oauth_")]
        return next((name for name in names if names.count(name) > 1), None)


def collect(query: bytes, authorization: str | None, content_type: str | None, body: bytes) -> Parameters:
    """The parameters of a request from its raw parts. Refuses ParameterInvalid where a value is not UTF-8."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return Parameters(
        (
            *_form(query, Place.QUERY),
            *_credentials(authorization or ""),
            *(_form(body, Place.BODY) if media_type == FORM else ()),
        )
    )


def _form(encoded: bytes, place: Place) -> Iterator[Parameter]:
    for pair in encoded.split(b"&"):
        if pair:
            name, _, value = pair.partition(b"=")
            yield Parameter(_decoded(name, name), _decoded(value, name), place)


def _decoded(encoded: bytes, name: bytes) -> str:
    """The text of a form-encoded name or value. Refuses ParameterInvalid where it is not UTF-8."""
    try:
        if b"%" in encoded or b"+" in encoded:
            encoded = unquote_to_bytes(encoded.replace(b"+", b" "))
        return encoded.decode()
    except UnicodeDecodeError:
        raise ParameterInvalid(unquote_plus(name.decode("latin-1"), errors="replace")) from None


def _credentials(authorization: str) -> Iterator[Parameter]:
    """The parameters of an `OAuth` header; other schemes have none. `realm` is not one of them."""
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() != "oauth":
        return
    for name, quoted, bare in _CREDENTIAL.findall(rest):
        if name.lower() != "realm":
            encoded = (quoted or bare).encode("latin-1", "replace").replace(b"+", b"%2B")
            yield Parameter(name, _decoded(encoded, name.encode("latin-1", "replace")), Place.HEADER)

"""Where the parameters of a request stand, and what they say (RFC 5849 section 3.4.1.3.1).

Clients put them in the query, in an `Authorization` header, in a form body, or split between these
(reference: client-demands 3). Values are decoded once, here; the signature and the resources read the same ones. What
came over the wire is kept beside them: written as the signature wants it already, it need not be encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

FORM = "application/x-www-form-urlencoded"

# `name="value"` or `name=value`; an empty list element matches nothing and is passed over (reference:
# client-demands 12).
# Possessive, and only after a comma, so that no header takes longer than its length.
_CREDENTIAL = re.compile(r'(?:^|,)\s*+([^\s,="]++)\s*+=\s*+(?:"([^"]*+)"|([^\s,"]*+))')

# Text as section 3.6 writes it: what is unreserved stands bare, all else is escaped in capitals, and nothing that is
# unreserved is escaped.
_WRITTEN = r"(?:[A-Za-z0-9._~-]|%(?:[01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]|[89A-F][0-9A-F]))*+"
_is_canonical_text = re.compile(_WRITTEN).fullmatch
_is_canonical_form = re.compile(f"(?:{_WRITTEN}={_WRITTEN}(?:&{_WRITTEN}={_WRITTEN})*+)?").fullmatch
# What says the same decoded.
_is_plain = re.compile(r"[^%+\x80-\xff]*+").fullmatch


class Place(Enum):
    """Where in the request a parameter was found."""

    QUERY = "query"
    HEADER = "header"
    BODY = "body"


class Parameter(NamedTuple):
    """One parameter, decoded."""

    name: str
    value: str
    place: Place


# Name and value as they came, in Latin-1 where they are not ASCII.
Written = tuple[str, str]


class Parameters:
    """All parameters of a request, in the order query, header, body.

    `undecodable` names the first that is not UTF-8, if there is one; it stands here with replacement characters.
    `written` holds the same parameters as they came. `canonical` tells that they came exactly as a base string writes
    them (section 3.6). `realm` is that of the header, which is no parameter.
    """

    __slots__ = ("_first", "all", "canonical", "realm", "undecodable", "written")

    def __init__(
        self,
        parameters: Iterable[Parameter] = (),
        undecodable: str | None = None,
        *,
        written: Iterable[Written] = (),
        canonical: bool = False,
        realm: str | None = None,
    ) -> None:
        self.all = tuple(parameters)
        self.undecodable = undecodable
        self.written = tuple(written)
        self.canonical = canonical
        self.realm = realm
        self._first: dict[str, str] = {}
        for name, value, _ in self.all:
            self._first.setdefault(name, value)

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self.all)

    def get(self, name: str) -> str | None:
        """The first value, or None where the parameter is absent. Repeated ones are not refused."""
        return self._first.get(name)

    def names(self) -> Iterable[str]:
        """Each name once."""
        return self._first.keys()

    def repeated_protocol_parameter(self) -> str | None:
        """The first `oauth_…` parameter that occurs twice, wherever (RFC 5849 section 3.1)."""
        if len(self._first) == len(self.all):
            return None
        seen: set[str] = set()
        for parameter in self.all:
            if parameter.name.startswith("oauth_"):
                if parameter.name in seen:
                    return parameter.name
                seen.add(parameter.name)
        return None

    def places_of(self, name: str) -> tuple[str, ...]:
        """Where a parameter stands, as often as it does."""
        return tuple(one.place.value for one in self.all if one.name == name)


def collect(query: bytes, authorization: str | None, content_type: str | None, body: bytes) -> Parameters:
    """The parameters of a request from its raw parts."""
    gathered = _Gathered()
    gathered.form(query.decode("latin-1"), Place.QUERY)
    if authorization:
        gathered.header(authorization)
    if body and is_form(content_type):
        gathered.form(body.decode("latin-1"), Place.BODY)
    return Parameters(
        gathered.read,
        gathered.undecodable,
        written=gathered.written,
        canonical=gathered.canonical,
        realm=gathered.realm,
    )


def is_form(content_type: str | None) -> bool:
    """Whether a body of this type has parameters."""
    return (content_type or "").partition(";")[0].strip().lower() == FORM


class _Gathered:
    """What was found so far."""

    __slots__ = ("canonical", "read", "realm", "undecodable", "written")

    def __init__(self) -> None:
        self.read: list[Parameter] = []
        self.written: list[Written] = []
        self.canonical = True
        self.realm: str | None = None
        self.undecodable: str | None = None

    def form(self, text: str, place: Place) -> None:
        if not text:
            return
        if _is_canonical_form(text) is None:
            self.canonical = False
        for pair in text.split("&"):
            if pair:
                name, _, value = pair.partition("=")
                self.written.append((name, value))
                if _is_plain(pair):
                    self.read.append(Parameter(name, value, place))
                else:
                    self._add(name, value, place, plus=True)

    def header(self, authorization: str) -> None:
        """The parameters of an `OAuth` header; other schemes have none. `realm` is not one of them."""
        scheme, _, rest = authorization.strip().partition(" ")
        if scheme.lower() != "oauth":
            return
        for name, quoted, bare in _CREDENTIAL.findall(rest):
            value = quoted or bare
            if name.lower() == "realm":
                self.realm = value
                continue
            if _is_canonical_text(value) is None or _is_canonical_text(name) is None:
                self.canonical = False
            self.written.append((name, value))
            # Percent-encoding, without the plus of forms (section 3.5.1).
            self._add(name, value, Place.HEADER, plus=False)

    def _add(self, name: str, value: str, place: Place, *, plus: bool) -> None:
        read_name, read_value = _read(name, plus), _read(value, plus)
        if read_name is None or read_value is None:
            read_name, read_value = _read_with_replacements(name, plus), _read_with_replacements(value, plus)
            self.undecodable = read_name if self.undecodable is None else self.undecodable
        self.read.append(Parameter(read_name, read_value, place))


def _read(text: str, plus: bool) -> str | None:
    """Text decoded; None where it is not UTF-8."""
    if text.isascii() and "%" not in text:
        return text.replace("+", " ") if plus else text
    try:
        return _unquoted(text, plus).decode()
    except UnicodeDecodeError:
        return None


def _read_with_replacements(text: str, plus: bool) -> str:
    return _unquoted(text, plus).decode(errors="replace")


def _unquoted(text: str, plus: bool) -> bytes:
    return unquote_to_bytes((text.replace("+", " ") if plus else text).encode("latin-1", "replace"))

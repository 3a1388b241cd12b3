"""Where the parameters of a request stand, and what they say (RFC 5849 section 3.4.1.3.1).

Clients put them in the query, in an `Authorization` header, in a form body, or split between these
(reference: client-demands 3). Values are decoded once, here; the signature and the resources read the same ones. What
came over the wire is kept beside them: written as the signature wants it already, it need not be encoded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes

FORM = "application/x-www-form-urlencoded"
# So many letters of them are shown.
_SHOWN = 300

# `name="value"` or `name=value`; an empty list element matches nothing and is passed over (reference:
# client-demands 12).
# Possessive, and only after a comma, so that no header takes longer than its length.
_CREDENTIAL = re.compile(r'(?:^|,)\s*+([^\s,="]++)\s*+=\s*+(?:"([^"]*+)"|([^\s,"]*+))')

# Text as section 3.6 writes it: what is unreserved stands bare, all else is escaped in capitals, and nothing that is
# unreserved is escaped.
_ESCAPE = "%(?:[01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]|[89A-F][0-9A-F])"
_is_canonical = re.compile(f"(?:[A-Za-z0-9._~=&-]++|{_ESCAPE})*+").fullmatch
# The escape of a letter beyond ASCII, which may be no UTF-8.
_beyond_ascii = re.compile(r"%[89A-F]").search
_mark_of = itemgetter(1)


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


class _Written(NamedTuple):
    """The parameters of one place as they came: each as name, `=` and value.

    `plus`: a plus stands for a blank. `canonical`: they came as a base string writes them. `plain`: moreover, only
    values have escapes, and only of ASCII.
    """

    place: Place
    pairs: list[tuple[str, str, str]]
    plus: bool = False
    canonical: bool = False
    plain: bool = False


class Parameters:
    """All parameters of a request, in the order query, header, body.

    `undecodable` names the first that is not UTF-8, if there is one; it stands here with replacement characters.
    `canonical` tells that all of them came exactly as a base string writes them (section 3.6). `realm` is that of the
    header, which is no parameter.
    """

    __slots__ = ("_all", "_first", "_written", "canonical", "realm", "undecodable")

    def __init__(self, written: Sequence[_Written] = (), realm: str | None = None) -> None:
        self._written = written
        self._all: tuple[Parameter, ...] | None = None
        self._first: dict[str, str] = {}
        self.canonical = True
        self.realm = realm
        self.undecodable: str | None = None
        plain = True
        for place in written:
            self.canonical = self.canonical and place.canonical
            plain = plain and place.plain
        if not plain:
            self._read()
            return
        for place in reversed(written):
            for name, _, value in reversed(place.pairs):
                self._first[name] = unquote(value) if "%" in value else value

    @classmethod
    def of(cls, parameters: Iterable[Parameter]) -> Parameters:
        """Parameters that did not come over the wire."""
        return cls([_Written(one.place, [(_quoted(one.name), "=", _quoted(one.value))]) for one in parameters])

    @property
    def all(self) -> tuple[Parameter, ...]:
        """Each of them, decoded."""
        if self._all is None:
            self._read()
        return self._all or ()

    def written(self) -> list[tuple[str, str, str]]:
        """The same parameters as they came, each as name, `=` and value; in Latin-1 where they are not ASCII."""
        return [pair for place in self._written for pair in place.pairs]

    def __repr__(self) -> str:
        told = ", ".join(f"{one.name}={'…' if one.name == 'password' else one.value}" for one in self.all)
        return f"<{type(self).__name__} {told[:_SHOWN]!r}>"

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
        if len(self._first) == sum(len(place.pairs) for place in self._written):
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

    def _read(self) -> None:
        """Decodes everything, and finds what is not UTF-8."""
        read = [_parameter(pair, place.place, place.plus) for place in self._written for pair in place.pairs]
        self._all = tuple(one for one, _ in read)
        self.undecodable = next((one.name for one, sound in read if not sound), None)
        self._first = {one.name: one.value for one in reversed(self._all)}


def collect(query: bytes, authorization: str | None, content_type: str | None, body: bytes) -> Parameters:
    """The parameters of a request from its raw parts."""
    written: list[_Written] = []
    realm = None
    if query:
        written.append(_in_form(query.decode("latin-1"), Place.QUERY))
    if authorization:
        credentials, realm = _in_header(authorization)
        written += credentials
    if body and is_form(content_type):
        written.append(_in_form(body.decode("latin-1"), Place.BODY))
    return Parameters(written, realm)


def is_form(content_type: str | None) -> bool:
    """Whether a body of this type has parameters."""
    return (content_type or "").partition(";")[0].strip().lower() == FORM


def _in_form(text: str, place: Place) -> _Written:
    """The parameters of a query or a body."""
    pairs = [pair.partition("=") for pair in text.split("&") if pair]
    # With one mark each, and none in a value.
    whole = text.count("=") == len(pairs) == text.count("&") + 1 and all(map(_mark_of, pairs))
    if not whole or _is_canonical(text) is None:
        return _Written(place, pairs, plus=True)
    return _Written(place, pairs, canonical=True, plain=_is_plain(pairs, text))


def _in_header(authorization: str) -> tuple[list[_Written], str | None]:
    """The parameters of an `OAuth` header, and its `realm`, which is none of them; other schemes have none.

    They are percent-encoded, without the plus of forms (section 3.5.1).
    """
    scheme, _, rest = authorization.strip().partition(" ")
    if scheme.lower() != "oauth":
        return [], None
    pairs: list[tuple[str, str, str]] = []
    realm = None
    for name, quoted, bare in _CREDENTIAL.findall(rest):
        if name.lower() == "realm":
            realm = quoted or bare
        else:
            pairs.append((name, "=", quoted or bare))
    text = "&".join([f"{name}={value}" for name, _, value in pairs])
    canonical = text.count("=") == len(pairs) and text.count("&") == max(0, len(pairs) - 1) and _is_canonical(text)
    plain = bool(canonical) and _is_plain(pairs, text)
    return [_Written(Place.HEADER, pairs, canonical=bool(canonical), plain=plain)], realm


def _is_plain(pairs: list[tuple[str, str, str]], text: str) -> bool:
    return _beyond_ascii(text) is None and not any("%" in name for name, _, _ in pairs)


def _parameter(pair: tuple[str, str, str], place: Place, plus: bool) -> tuple[Parameter, bool]:
    """One parameter decoded, with replacement characters where it is not UTF-8, and whether it is."""
    name, value = _unquoted(pair[0], plus), _unquoted(pair[2], plus)
    try:
        return Parameter(name.decode(), value.decode(), place), True
    except UnicodeDecodeError:
        return Parameter(name.decode(errors="replace"), value.decode(errors="replace"), place), False


def _quoted(text: str) -> str:
    return quote(text, errors="replace")


def _unquoted(text: str, plus: bool) -> bytes:
    raw = (text.replace("+", " ") if plus else text).encode("latin-1", "replace")
    return unquote_to_bytes(raw) if b"%" in raw else raw

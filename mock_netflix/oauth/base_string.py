"""A base string by itself: what is wrong with it whatever the request was, and the right one of its own parameters.

What it should have held is not known here, so nothing is said of values; only of how they are written and ordered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, unquote_plus, unquote_to_bytes, urlsplit

from mock_netflix.oauth.mistakes import MISTAKES
from mock_netflix.oauth.signature import base_string_uri, escape, is_unreserved

Pair = tuple[str, str]

_VERBS = ("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS")
# Never signed.
_NEVER = {"realm": "realm-signed", "oauth_signature": "signature-signed"}
_NEEDED = ("oauth_consumer_key", "oauth_nonce", "oauth_signature_method", "oauth_timestamp")
_DEFAULT_PORTS = {"http": 80, "https": 443}
# So many names are told of one fault.
_MANY = 5
# And so many times a text is decoded in search of what it holds.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: its code as in docs/mistakes.md, in a sentence, what to do, and the section of RFC 5849."""

    code: str
    what: str
    fix: str
    section: str


@dataclass(frozen=True, slots=True)
class LoneBaseString:
    """A base string that was read: its faults, what is odd but may be meant, and what it holds, decoded.

    `right` is the base string that a request with these parameters has.
    """

    method: str
    uri: str
    parameters: tuple[Pair, ...]
    right: str
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = field(default=())


def looks_like_one(text: str) -> bool:
    """Whether a text looks like a base string: a verb, an address, parameters; well encoded or not."""
    method, mark, rest = text.strip().partition("&")
    if not (mark and method.isascii() and method.isalpha()):
        return False
    return method.upper() in _VERBS or _decoded(rest[:80], "://")[0].lower().startswith(("http://", "https://"))


def read(text: str) -> LoneBaseString:
    """A base string taken by itself. Raises ValueError where its address is none."""
    method, _, rest = text.strip().partition("&")
    written_uri, _, written = rest.partition("&")
    address, times = _decoded(written_uri, "://")
    address = address.partition("#")[0]
    pure, mark, query = address.partition("?")
    pieces, deep = _pieces(written)
    own = [_pair(one) for one in pieces]
    signed = [one for one in own if one[0] not in _NEVER]
    known = {name for name, _ in signed}
    moved = [one for one in map(_pair, filter(None, query.split("&"))) if one[0] not in known]
    # The address is as it was sent, so an escape in it stays one.
    uri = base_string_uri(pure)
    right = _written(method.upper(), uri, (*signed, *moved))
    faults = [
        *_of_method(method),
        *_of_writing(written_uri, address, times, "The address"),
        *_of_address(pure, uri, bool(mark)),
        *_of_writing(written, "&".join(pieces), deep, "The parameters"),
        *_of_pieces(pieces),
        *_of_names(own),
        *_of_order(signed),
    ]
    if not faults and text.strip() != right:
        faults = [_fault("unreserved-encoded", "It is not written as it should be.")]
    return LoneBaseString(
        method.upper(),
        uri,
        (*signed, *moved),
        right,
        _merged(faults),
        tuple(_notes(signed)),
    )


def query_in(text: str) -> str:
    """The query that was left in the address."""
    written = text.strip().partition("&")[2].partition("&")[0]
    return _decoded(written, "://")[0].partition("#")[0].partition("?")[2]


def _written(method: str, uri: str, pairs: Iterable[Pair]) -> str:
    normalized = "&".join(f"{name}={value}" for name, value in sorted((escape(a), escape(b)) for a, b in pairs))
    return f"{method}&{escape(uri)}&{escape(normalized)}"


def _decoded(text: str, mark: str) -> tuple[str, int]:
    """A text decoded until it shows what it must hold, and how often that took; once, if it never does."""
    once = inner = text
    for times in range(_DEEPEST + 1):
        if mark in inner:
            return inner, times
        inner = unquote(inner)
        once = inner if times == 0 else once
    return once, 1


def _pieces(written: str) -> tuple[list[str], int]:
    """The parameters, each as it is written, and how often the whole of them is percent-encoded."""
    read = [_decoded(one, "=") for one in written.split("&") if one]
    pieces = [piece for inner, _ in read for piece in inner.split("&") if piece]
    # An `&` between them is bare in any case.
    return pieces, 0 if "&" in written else read[0][1] if read else 1


def _pair(piece: str) -> Pair:
    name, _, value = piece.partition("=")
    return _read(name), _read(value)


def _read(text: str) -> str:
    """What was meant. A `+` must not stand there, and is mostly a blank."""
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError:
        return unquote_to_bytes(text.replace("+", " ").encode("latin-1", "replace")).decode("latin-1")


def _merged(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each code once, with everything that is told of it."""
    merged: dict[str, Fault] = {}
    for one in faults:
        first = merged.get(one.code)
        merged[one.code] = one if first is None else replace(first, what=f"{first.what} {one.what}")
    return tuple(merged.values())


def _fault(code: str, what: str) -> Fault:
    """With the words of the table of mistakes."""
    row = next(one for one in MISTAKES if one.code == code)
    return Fault(code, what, row.fix, row.section)


def _of_method(method: str) -> Iterator[Fault]:
    if method != method.upper():
        yield _fault("wrong-method", f"The verb is in small letters: {method[:20]}.")


def _of_writing(written: str, inner: str, times: int, what: str) -> Iterator[Fault]:
    """How a part is percent-encoded as a whole."""
    if times == 0 and (written or inner):
        yield _fault("not-encoded", f"{what} must be percent-encoded, and stands there bare.")
    elif times > 1:
        yield _fault("double-encoded", f"{what} must be percent-encoded once, and is {times} times.")
    elif written != escape(unquote(written)):
        small = _in_capitals(written) == escape(unquote(written))
        code, how = ("lower-case-escapes", "with small letters") if small else ("unreserved-encoded", "otherwise")
        yield _fault(code, f"{what} must be percent-encoded in one way only, and is {how}.")


def _of_address(pure: str, uri: str, has_query: bool) -> Iterator[Fault]:
    parts = urlsplit(pure)
    if has_query:
        yield _fault("query-left-in-url", "The base string URI still holds the query.")
    if pure.partition("://")[0] != parts.scheme or (parts.netloc.rpartition("@")[2] != parts.netloc.lower()):
        yield _fault("host-case", "Scheme or host have capitals.")
    if parts.port == _DEFAULT_PORTS.get(parts.scheme):
        yield _fault("wrong-port", f"The port {parts.port} is named, which {parts.scheme} has anyway.")
    if not parts.path and uri.endswith("/"):
        yield _fault("trailing-slash", "The path is missing; the shortest is a slash.")


def _of_pieces(pieces: Iterable[str]) -> Iterator[Fault]:
    """How names and values are written, each kind of fault once."""
    found: dict[str, dict[str, None]] = {}
    for piece in pieces:
        if not is_unreserved(piece.replace("=", "", 1)):
            for code in _codes(piece):
                found.setdefault(code, {})[_read(piece.partition("=")[0])] = None
    says = {
        "space-as-plus": "A `+` stands bare in {}; a blank is %20, and a plus is %2B.",
        "lower-case-escapes": "Escapes are written with small letters in {}.",
        "not-utf-8": "Letters are percent-encoded from another charset than UTF-8 in {}.",
        "unreserved-encoded": "Other characters are percent-encoded than should be in {}.",
    }
    for code, what in says.items():
        if code in found:
            yield _fault(code, what.format(_listed(found[code])))


def _codes(piece: str) -> Iterator[str]:
    for part in piece.split("=", 1):
        if "+" in part:
            yield "space-as-plus"
            part = part.replace("+", "%20")
        try:
            decoded = unquote(part, errors="strict")
        except UnicodeDecodeError:
            yield "not-utf-8"
            continue
        if part != escape(decoded):
            yield "lower-case-escapes" if _in_capitals(part) == escape(decoded) else "unreserved-encoded"


def _of_names(own: Iterable[Pair]) -> Iterator[Fault]:
    counted = Counter(name for name, _ in own)
    for name, code in _NEVER.items():
        if counted[name]:
            yield _fault(code, f"{name} is signed, and must not be.")
    twice = [name for name, times in counted.items() if times > 1 and name.startswith("oauth_") and name not in _NEVER]
    if twice:
        fix = "Sign and send each protocol parameter once."
        yield Fault("parameter-repeated", f"{_listed(twice)} is signed more than once.", fix, "3.1")
    missing = [name for name in _NEEDED if not counted[name]]
    if missing:
        yield _fault("parameter-not-signed", f"{_listed(missing)} is missing, which every signed request has.")


def _of_order(signed: Iterable[Pair]) -> Iterator[Fault]:
    pairs = [(escape(name), escape(value)) for name, value in signed]
    apart = ((one, other) for one, other in zip(pairs, sorted(pairs), strict=True) if one != other)
    if (early := next(apart, None)) is not None:
        one, other = (_listed([unquote(name)]) for name, _ in early)
        words = f"{one} stands where {other} should" if one != other else f"{one} has its values in another order"
        yield _fault("unsorted", f"The parameters are not sorted: {words}.")


def _notes(signed: Iterable[Pair]) -> Iterator[str]:
    """What may be meant, and mostly is not."""
    twice = [name for name, value in signed if "%" in value and unquote(value) != value]
    if twice:
        yield f"The value of {_listed(twice)} still is percent-encoded when it is decoded: was it encoded twice?"


def _listed(names: Iterable[str]) -> str:
    every = [(one if len(one) <= 40 else f"{one[:39]}…") or '""' for one in names]
    more = f" and {len(every) - _MANY} more" if len(every) > _MANY else ""
    return ", ".join(every[:_MANY]) + more


def _in_capitals(text: str) -> str:
    first, *escapes = text.split("%")
    return first + "".join(f"%{one[:2].upper()}{one[2:]}" for one in escapes)

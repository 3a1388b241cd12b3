"""Two base strings side by side, one level of percent-encoding off, with the first difference of each part marked.

GET & http%3A%2F%2F… & a%3D1%26b%3D2      ──>      method, base string URI, sorted parameters
"""

from __future__ import annotations

import hmac
from binascii import b2a_base64
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from urllib.parse import unquote

METHOD, URI, PARAMETERS = "method", "base string URI", "parameters"

# Where RFC 5849 says how a part is made.
_SECTIONS = {METHOD: "3.4.1.1", URI: "3.4.1.2"}
_SETS, _ORDER, _ENCODING = "3.4.1.3.1", "3.4.1.3.2", "3.6"
# Of a long text so much is shown on each side of a difference.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Parts:
    """A base string taken apart, each part decoded once. `joints`: how many `&` stood between its parts."""

    method: str
    uri: str
    parameters: tuple[str, ...]
    joints: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two base strings differ; `yours` or `ours` is empty where one of them has nothing there.

    `place` is the number of characters before it that are the same.
    """

    part: str
    what: str
    section: str
    yours: str = ""
    ours: str = ""
    place: int = 0


def parts_of(base_string: str) -> Parts:
    """A base string taken apart. One that was not encoded is still read as far as it can be."""
    method, _, rest = base_string.strip().partition("&")
    uri, _, parameters = rest.partition("&")
    inner = parameters if "&" in parameters else unquote(parameters)
    listed = tuple(inner.split("&")) if inner else ()
    return Parts(method, unquote(uri), listed, base_string.count("&"))


def differences(yours: str, ours: str) -> tuple[Difference, ...]:
    """Where a client's base string differs from the one that its request has here; none where they are the same."""
    if yours.strip() == ours:
        return ()
    found = tuple(_found(parts_of(yours), parts_of(ours)))
    return found or (Difference("encoding", "They say the same, but are percent-encoded differently.", _ENCODING),)


def _found(yours: Parts, ours: Parts) -> Iterator[Difference]:
    if yours.joints != 2:
        words = f"Yours has {yours.joints + 1} parts joined with `&`, and must have three, each percent-encoded."
        yield Difference("joints", words, _SECTIONS[METHOD])
    if yours.method != ours.method:
        yield _texts(METHOD, "The verbs differ.", _SECTIONS[METHOD], yours.method, ours.method)
    if yours.uri != ours.uri:
        yield _texts(URI, "The addresses differ.", _SECTIONS[URI], yours.uri, ours.uri)
    if yours.parameters != ours.parameters:
        yield from _of_parameters(list(yours.parameters), list(ours.parameters))


def _of_parameters(yours: list[str], ours: list[str]) -> Iterator[Difference]:
    if sorted(yours) == sorted(ours):
        first = next(place for place, (one, other) in enumerate(zip(yours, ours, strict=True)) if one != other)
        words = f"The parameters are the same but not sorted alike, from the {_nth(first + 1)} on."
        yield Difference(PARAMETERS, words, _ORDER, yours[first], ours[first])
        return
    for kind, a, b, c, d in SequenceMatcher(None, yours, ours, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _of_some(yours[a:b], ours[c:d])


def _of_some(yours: list[str], ours: list[str]) -> Iterator[Difference]:
    """Parameters of one name are laid beside each other; the others stand on one side only."""
    rest = list(ours)
    for one in yours:
        name = _name(one)
        other = next((text for text in rest if _name(text) == name), None)
        if other is None:
            yield Difference(PARAMETERS, f"{name or 'A parameter'} is in yours alone.", _SETS, yours=one)
            continue
        rest.remove(other)
        same = unquote(unquote(one)) == unquote(unquote(other))
        if same:
            yield _texts(PARAMETERS, f"{name} is percent-encoded differently.", _ENCODING, one, other)
        else:
            yield _texts(PARAMETERS, f"{name} has another value.", _SETS, one, other)
    for other in rest:
        yield Difference(PARAMETERS, f"{_name(other) or 'A parameter'} is missing from yours.", _SETS, ours=other)


def _name(parameter: str) -> str:
    return unquote(unquote(parameter.partition("=")[0]))


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def _texts(part: str, what: str, section: str, yours: str, ours: str) -> Difference:
    return Difference(part, what, section, yours, ours, _same_at_first(yours, ours))


def _same_at_first(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def makes(base_string: str, key: str, signature: str) -> bool:
    """Whether this base string and this key make this signature."""
    digest = hmac.digest(key.encode("utf-8", "replace"), base_string.strip().encode("utf-8", "replace"), "sha1")
    return hmac.compare_digest(b2a_base64(digest, newline=False), signature.encode("utf-8", "replace"))


def shown(difference: Difference) -> list[str]:
    """A difference in lines for a terminal: both texts, and a mark under the first letter that differs."""
    lines = [f"{difference.part}: {difference.what} (RFC 5849 section {difference.section})"]
    begin = max(0, difference.place - _AROUND)
    for label, text in (("yours", difference.yours), ("the server's", difference.ours)):
        if text:
            lines.append(f"  {label:<14}{_window(text, begin)}")
    if difference.yours and difference.ours:
        lines.append(" " * (16 + difference.place - begin + (1 if begin else 0)) + "^")
    return lines


def _window(text: str, begin: int) -> str:
    """So much of a text as fits a line, from just before where it differs."""
    end = begin + 2 * _AROUND
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if len(text) > end else ''}"

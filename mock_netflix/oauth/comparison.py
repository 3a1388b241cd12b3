"""Two base strings side by side, one level of percent-encoding off, with the first difference of each part marked.

GET & http%3A%2F%2F… & a%3D1%26b%3D2      ──>      method, base string URI, sorted parameters

Everything here takes time in proportion to the texts, whatever they hold.
"""

from __future__ import annotations

import hmac
import re
from binascii import b2a_base64
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import NamedTuple
from urllib.parse import unquote

METHOD, URI, PARAMETERS = "method", "base string URI", "parameters"

# Where RFC 5849 says how a part is made.
_SECTIONS = {METHOD: "3.4.1.1", URI: "3.4.1.2"}
_SETS, _ORDER, _ENCODING = "3.4.1.3.1", "3.4.1.3.2", "3.6"

# An address as far as it can be read; every text is one.
_ADDRESS = re.compile(r"(?:([^:/?]*)://)?([^/?:]*|\[[^\]/?]*\])(?::([^/?]*))?([^?]*)(\?.*)?", re.DOTALL)
# An escape, encoded again and again.
_ENDS_ESCAPE = re.compile(r"%(?:25)*[0-9A-Fa-f]{2}$")
_ADDRESS_PARTS = ("schemes", "hosts", "ports", "paths", "queries")
# So many differences are told.
_MANY = 1000
# So many characters of what differs are quoted in a sentence.
_QUOTED = 40
# And so far is looked for the end of a word.
_LONGEST_WORD = 120


@dataclass(frozen=True, slots=True)
class Parts:
    """A base string taken apart, each part decoded once; `written` holds address and parameters as they stand.

    `joints`: how many `&` stood between its parts.
    """

    method: str
    uri: str
    parameters: tuple[str, ...]
    joints: int
    written: tuple[str, str] = ("", "")


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


class Beside(NamedTuple):
    """One line of two base strings that stand side by side; None where one of them has nothing there."""

    yours: str | None
    ours: str | None


def parts_of(base_string: str) -> Parts:
    """A base string taken apart. One that was not encoded is still read as far as it can be."""
    text = base_string.strip()
    method, _, rest = text.partition("&")
    uri, _, parameters = rest.partition("&")
    listed: list[str] = []
    for piece in parameters.split("&") if parameters else ():
        # What shows its `=` was not encoded.
        listed += [piece] if "=" in piece or "%" not in piece else unquote(piece).split("&")
    return Parts(method, unquote(uri), tuple(listed), text.count("&"), (uri, parameters))


def differences(yours: str, ours: str) -> tuple[Difference, ...]:
    """Where a client's base string differs from the one that its request has here; none where they are the same.

    Of very many differences the first thousand.
    """
    if yours.strip() == ours.strip():
        return ()
    found = tuple(islice(_found(parts_of(yours), parts_of(ours)), _MANY))
    return found or (_texts("encoding", "They are percent-encoded differently.", _ENCODING, yours, ours),)


def beside(yours: str, ours: str) -> tuple[Beside, ...]:
    """Two base strings line by line: the method, the address, then the parameters, those of one name side by side.

    Where the parameters are the same and only their order is not, each side keeps its own.
    """
    left, right = parts_of(yours), parts_of(ours)
    first = (Beside(left.method, right.method), Beside(left.uri, right.uri))
    if sorted(left.parameters) == sorted(right.parameters):
        return (*first, *map(Beside, left.parameters, right.parameters))
    exact = Counter(left.parameters) & Counter(right.parameters)
    mine, pairs = _ByName(_parted(left.parameters, exact)[1]), []
    for other in right.parameters:
        if exact[other]:
            exact[other] -= 1
            pairs.append(Beside(other, other))
        else:
            pairs.append(Beside(mine.take(_name(other)), other))
    return (*first, *pairs, *(Beside(one, None) for one in mine.rest()))


def _found(yours: Parts, ours: Parts) -> Iterator[Difference]:
    if yours.joints != ours.joints:
        words = f"Yours has {yours.joints + 1} parts joined with `&`, and must have three, each percent-encoded."
        yield Difference("joints", words, _SECTIONS[METHOD])
        if yours.joints < ours.joints:
            # What its parts are cannot be told.
            return
    if yours.method != ours.method:
        small = yours.method.upper() == ours.method.upper()
        what = "The verb is in other letters, small or capital." if small else "The verbs differ."
        yield _texts(METHOD, what, _SECTIONS[METHOD], yours.method, ours.method)
    if yours.written[0] != ours.written[0]:
        yield _of_address(yours, ours)
    if yours.written[1] != ours.written[1]:
        yield from _of_parameters(yours, ours)


def _of_address(yours: Parts, ours: Parts) -> Difference:
    if yours.uri == ours.uri:
        what = "The address is percent-encoded differently."
        return _texts(URI, what, _ENCODING, yours.written[0], ours.written[0])
    if unquote(yours.uri) == ours.uri:
        return _texts(URI, "The address is percent-encoded twice.", _ENCODING, yours.uri, ours.uri)
    one, other = _ADDRESS.fullmatch(yours.uri), _ADDRESS.fullmatch(ours.uri)
    what = "The addresses differ."
    if one is not None and other is not None:
        apart = [name for name, a, b in zip(_ADDRESS_PARTS, one.groups(), other.groups(), strict=True) if a != b]
        if apart == ["queries"] and one[5]:
            what = "The query is left in the address; its parameters belong among the others."
        elif apart and one[1]:
            what = f"The {' and the '.join(apart)} of the addresses differ."
    return _texts(URI, what, _SECTIONS[URI], yours.uri, ours.uri)


def _of_parameters(yours: Parts, ours: Parts) -> Iterator[Difference]:
    mine, others = yours.parameters, ours.parameters
    if mine == others:
        what = "The parameters are the same, but are percent-encoded differently as a whole."
        yield _texts(PARAMETERS, what, _ENCODING, yours.written[1], ours.written[1])
        return
    if "=" not in "".join(mine) and unquote("&".join(mine)) == "&".join(others):
        what = "The parameters are percent-encoded twice as a whole."
        yield _texts(PARAMETERS, what, _ENCODING, "&".join(mine), "&".join(others))
        return
    common = Counter(mine) & Counter(others)
    (same, more), (right, missing) = _parted(mine, common), _parted(others, common)
    yield from _of_some(more, missing)
    first = next((place for place, (one, other) in enumerate(zip(same, right, strict=True)) if one != other), None)
    if first is not None:
        whole = "The parameters are the same, but" if len(same) == len(mine) == len(others) else "The others"
        what = (
            f"{whole} are not sorted alike: {_shortened(same[first])} stands where {_shortened(right[first])} should."
        )
        yield _texts(PARAMETERS, what, _ORDER, same[first], right[first])


def _of_some(yours: Sequence[str], ours: Sequence[str]) -> Iterator[Difference]:
    """Parameters of one name are laid beside each other; the others stand on one side only."""
    rest = _ByName(ours)
    for one in yours:
        name = _name(one)
        other = rest.take(name)
        if other is None:
            yield Difference(PARAMETERS, f"{_named(name)} is in yours alone.", _SETS, yours=one)
        elif _meant(one) == _meant(other):
            how = "twice" if unquote(one) == other else "differently"
            yield _texts(PARAMETERS, f"{_named(name)} is percent-encoded {how}.", _ENCODING, one, other)
        else:
            yield _texts(PARAMETERS, f"{_named(name)} has another value.", _SETS, one, other)
    for other in rest.rest():
        yield Difference(PARAMETERS, f"{_named(_name(other))} is missing from yours.", _SETS, ours=other)


class _ByName:
    """Parameters that are taken away one by one, the first of a name first."""

    def __init__(self, parameters: Iterable[str]) -> None:
        self._named: dict[str, deque[str]] = defaultdict(deque)
        for one in parameters:
            self._named[_name(one)].append(one)

    def take(self, name: str) -> str | None:
        found = self._named.get(name)
        return found.popleft() if found else None

    def rest(self) -> Iterator[str]:
        for found in self._named.values():
            yield from found


def _parted(parameters: Iterable[str], common: Counter[str]) -> tuple[list[str], list[str]]:
    """The parameters that are common to both sides, and the others."""
    left = Counter(common)
    shared: list[str] = []
    others: list[str] = []
    for one in parameters:
        (shared if left[one] else others).append(one)
        left[one] -= bool(left[one])
    return shared, others


def _name(parameter: str) -> str:
    name = parameter.partition("=")[0]
    return unquote(unquote(name)) if "%" in name else name


def _meant(parameter: str) -> str:
    """A parameter however it is percent-encoded; a bare `+` is mostly a blank."""
    return unquote(unquote(parameter.replace("+", "%20")))


def _named(name: str) -> str:
    return _shortened(name) if name else "A parameter without a name"


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def _texts(part: str, what: str, section: str, yours: str, ours: str) -> Difference:
    return Difference(part, what, section, yours, ours, _same_at_first(yours, ours))


def _same_at_first(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def cores(difference: Difference) -> tuple[str, str, str, str]:
    """What differs within two texts: what stands before it in both, what it is in each, what stands behind it in both.

    Neither escapes nor words are torn apart.
    """
    yours, ours, begin = difference.yours, difference.ours, difference.place
    for _ in range(_LONGEST_WORD):
        if _torn(yours, begin) or _torn(ours, begin):
            begin -= 1
    tail = _same_at_first(yours[begin:][::-1], ours[begin:][::-1])
    for _ in range(min(tail, _LONGEST_WORD)):
        if _torn(yours, len(yours) - tail) or _torn(ours, len(ours) - tail):
            tail -= 1
    return ours[:begin], yours[begin : len(yours) - tail], ours[begin : len(ours) - tail], ours[len(ours) - tail :]


def _torn(text: str, place: int) -> bool:
    """Whether an escape or a word would be torn apart there."""
    if not 0 < place < len(text):
        return False
    if "%" in text[max(0, place - 2) : place]:
        return True
    within = text[place - 1].isalnum() and text[place].isalnum()
    return within and _ENDS_ESCAPE.search(text, max(0, place - 9), place) is None


def in_words(difference: Difference) -> str:
    """What stands where what should, quoted; "" where that is too long to be read, or nothing is opposite."""
    if difference.section == _ORDER or not (difference.yours and difference.ours):
        return ""
    _, mine, right, _ = cores(difference)
    if max(len(mine), len(right)) > _QUOTED:
        return ""
    if not right:
        return f'"{mine}" is too much.'
    return f'"{mine}" stands where "{right}" should.' if mine else f'"{right}" is missing.'


def makes(base_string: str, key: str, signature: str) -> bool:
    """Whether this base string and this key make this signature."""
    digest = hmac.digest(key.encode("utf-8", "replace"), base_string.strip().encode("utf-8", "replace"), "sha1")
    return hmac.compare_digest(b2a_base64(digest, newline=False), signature.encode("utf-8", "replace"))

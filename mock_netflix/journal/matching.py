"""What a test wants of a request, and in what a request differs from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from mock_netflix.faults.rules import FAMILY, is_within
from mock_netflix.journal.entry import Entry, shown
from mock_netflix.oauth.parameters import Parameters

# What is wanted where neither verb nor address is told.
ANYTHING = "anything"

# So many characters of a value are shown, and compared for likeness.
_SHOWN = 100
_COMPARED = 200


class Absent(Enum):
    """In place of the value of a parameter: it was not sent."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT

# One value that was sent, all of them in their order, any (None), or that it was not sent at all.
Value = str | int | Sequence[str | int] | Absent | None


class Difference(NamedTuple):
    """What is other than wanted, in words, and how far from it: 0 to 1, more for what the request is about."""

    words: str
    distance: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a request; None stands for whatever there is.

    `method` is the verb that is meant, in capitals. `endpoint` is a name, or `titles.*` for a family. In `path`, `*`
    stands for any text and `{name}` for any text without a slash. `params` are some of those that were sent, wherever
    they stood. `subscriber`: login or user id. `fault`: an effect, or one with its id. `after`: only requests with a
    higher number.
    """

    method: str | None = None
    path: str | None = None
    endpoint: str | None = None
    status: int | None = None
    params: Mapping[str, Value] = field(default_factory=dict)
    consumer_key: str | None = None
    subscriber: str | None = None
    fault: str | None = None
    after: int = 0

    def matches(self, entry: Entry) -> bool:
        """Whether a request is as wanted."""
        return entry.number > self.after and next(differences(self, entry), None) is None

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.method, self.endpoint or self.path))) or ANYTHING
        facts = [
            *(_wanted_parameter(name, value) for name, value in self.params.items()),
            *(f"{name} {value}" for name, value in _others(self) if value is not None),
        ]
        return f"{what} with {', '.join(facts)}" if facts else what


def matching(wanted: Wanted, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The requests that are as wanted, in their order."""
    return tuple(entry for entry in entries if wanted.matches(entry))


def differences(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    """Everything in which a request is not as wanted, but for its number."""
    for fact in _FACTS:
        yield from fact(wanted, entry)


def quoted(value: object) -> str:
    """A value as it stands in a test, and not too much of it."""
    return shown(repr(value), _SHOWN)


def _others(wanted: Wanted) -> tuple[tuple[str, object], ...]:
    return (
        ("status", wanted.status),
        ("consumer key", wanted.consumer_key),
        ("subscriber", wanted.subscriber),
        ("fault", wanted.fault),
    )


def _endpoint(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if wanted.endpoint is not None and not _is_endpoint(wanted.endpoint, entry.endpoint):
        given = f"endpoint {entry.endpoint}" if entry.endpoint else f"no endpoint at {shown(entry.path, _SHOWN)}"
        yield Difference(f"{given} instead of {wanted.endpoint}", 1 + _unlike(wanted.endpoint, entry.endpoint or ""))


def _is_endpoint(wanted: str, name: str | None) -> bool:
    return wanted == name or (wanted.endswith(FAMILY) and is_within(name, wanted))


def _path(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if wanted.path is not None and not _fits(wanted.path, entry.path):
        words = f"path {shown(entry.path, _SHOWN)} instead of {wanted.path}"
        yield Difference(words, 1 + _unlike(wanted.path, entry.path))


def _method(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if wanted.method is not None and wanted.method != entry.method:
        sent = f" (sent as {entry.verb})" if entry.verb != entry.method else ""
        yield Difference(f"method {shown(entry.method, _SHOWN)}{sent} instead of {wanted.method}", 0.5)


def _status(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if wanted.status is not None and wanted.status != entry.status:
        given = f"status {entry.outcome}" if entry.status else entry.outcome
        yield Difference(f"{given} instead of {wanted.status}", 0.5)


def _params(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if not wanted.params:
        return
    sent = entry.parameters
    for name, value in wanted.params.items():
        values = [one.value for one in sent if one.name == name]
        if not _is_value(value, values):
            yield _other_value(name, value, values, sent)


def _is_value(wanted: Value, sent: Sequence[str]) -> bool:
    if wanted is None or wanted is ABSENT:
        return bool(sent) is (wanted is None)
    if isinstance(wanted, str | int):
        return _written(wanted) in sent
    return [_written(one) for one in wanted] == sent


def _written(value: str | int) -> str:
    """A value as clients of this service write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _other_value(name: str, wanted: Value, values: Sequence[str], sent: Parameters) -> Difference:
    if wanted is ABSENT:
        return Difference(f"params: {name} was {_told(values)}, wanted none", 0.5)
    want = "any" if wanted is None else quoted(wanted)
    if values:
        return Difference(f"params: {name} was {_told(values)}, wanted {want}", _unlike(str(wanted), values[0]))
    near = get_close_matches(name, [one[:_COMPARED] for one in sent.names()], n=1)
    hint = f" (there is {shown(near[0], _SHOWN)})" if near else ""
    return Difference(f"params: no {name}{hint}, wanted {want}", 0.5 if near else 1)


def _told(values: Sequence[str]) -> str:
    return quoted(values[0]) if len(values) == 1 else quoted(list(values))


def _consumer_key(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if wanted.consumer_key is not None:
        given = entry.consumer_key
        if given != wanted.consumer_key:
            told = f"consumer key {shown(given, _SHOWN)}" if given else "no consumer key"
            yield Difference(f"{told} instead of {wanted.consumer_key}", 0.5)


def _subscriber(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    if wanted.subscriber is not None and wanted.subscriber not in (entry.subscriber, entry.user_id):
        given = f"subscriber {entry.subscriber or entry.user_id}" if entry.user_id else "no subscriber"
        yield Difference(f"{given} instead of {wanted.subscriber}", 0.5)


def _fault(wanted: Wanted, entry: Entry) -> Iterator[Difference]:
    faults = (entry.fault or "").split(", ")
    if wanted.fault is not None and wanted.fault not in (*faults, *(one.rpartition(" ")[0] for one in faults)):
        given = f"fault {entry.fault}" if entry.fault else "no fault"
        yield Difference(f"{given} instead of {wanted.fault}", 0.5)


# In the order in which they are told; what costs most to look at comes last.
_FACTS: tuple[Callable[[Wanted, Entry], Iterator[Difference]], ...] = (
    _endpoint,
    _path,
    _method,
    _status,
    _subscriber,
    _fault,
    _consumer_key,
    _params,
)


def _wanted_parameter(name: str, value: Value) -> str:
    if value is ABSENT:
        return f"no {name}"
    return f"any {name}" if value is None else f"{name}={quoted(value)}"


def _unlike(wanted: str, given: str) -> float:
    """How little two texts are alike: 0 for the same, 1 for nothing in common."""
    return 1 - SequenceMatcher(None, wanted[:_COMPARED], given[:_COMPARED], autojunk=False).ratio()


def _fits(pattern: str, path: str) -> bool:
    """Whether a path is as wanted; a slash at the end makes no difference, as it makes none to the service."""
    wanted = pattern.rstrip("/") or "/"
    return wanted == path or (("*" in wanted or "{" in wanted) and _compiled(wanted).fullmatch(path) is not None)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression that takes no longer than it must: what a star passed over stays so."""
    first, *rest = (_piece(piece) for piece in pattern.split("*"))
    if not rest:
        return re.compile(first, re.DOTALL)
    middle = "".join(f"(?>.*?{piece})" for piece in rest[:-1])
    return re.compile(f"{first}{middle}.*{rest[-1]}", re.DOTALL)


def _piece(text: str) -> str:
    """A piece of a pattern without stars: `{name}` stands for any text without a slash."""
    return "[^/]+?".join(map(re.escape, re.split(r"\{[^{}/]*\}", text)))

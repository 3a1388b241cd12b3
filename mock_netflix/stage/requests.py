"""What a client has asked in a world: looked through, asserted, waited for; with the nearest where it falls short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import NoneType
from typing import TypedDict, Unpack, overload

from mock_netflix.errors import MockNetflixError, UnknownError
from mock_netflix.faults.rules import FAMILY
from mock_netflix.journal import Entry, Journal
from mock_netflix.journal.matching import Absent, Value, Wanted, matching, quoted
from mock_netflix.journal.nearest import Times, judged, shortfall
from mock_netflix.journal.waiting import wait_for
from mock_netflix.resources import ENDPOINTS

# Seconds.
LONGEST = 60.0
PATIENCE = 5.0
# A sentence repeats so many letters of what it does not know.
_SHOWN = 60
# So many requests are told in one line.
_FEW = 5
_VALUES = (str, int, NoneType, Absent)
# Facts that are texts, and how else than by facts a request may be told.
_TEXTS = ("method", "path", "endpoint", "consumer_key", "subscriber", "fault")
_OFTEN = ("times", "at_least", "at_most")
_NAMES = tuple(endpoint.name for endpoint in ENDPOINTS)
_FAMILIES = frozenset(name.rsplit(".", parts)[0] for name in _NAMES for parts in range(1, name.count(".") + 1))


class Facts(TypedDict, total=False):
    """What may be wanted of a request; see `Wanted`."""

    method: str | None
    path: str | None
    endpoint: str | None
    status: int | None
    params: Mapping[str, Value] | None
    consumer_key: str | None
    subscriber: str | None
    fault: str | None
    after: int


class Requests(Sequence[Entry]):
    """Requests from the oldest to the newest, by when they were answered.

    `dropped`: how many older ones were forgotten.
    """

    def __init__(self, entries: Iterable[Entry], dropped: int = 0) -> None:
        self._entries = tuple(entries)
        self.dropped = dropped

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Requests: ...
    def __getitem__(self, index: int | slice) -> Entry | Requests:
        if isinstance(index, slice):
            return Requests(self._entries[index], self.dropped)
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        many = "1 request" if len(self) == 1 else f"{len(self)} requests"
        told = ", ".join(entry.line for entry in self._entries[-_FEW:])
        before = "… " if len(self) > _FEW else ""
        return f"<{many}{': ' if told else ''}{before}{told}>"

    def __str__(self) -> str:
        return "\n".join(entry.line for entry in self._entries)

    @property
    def last(self) -> Entry | None:
        """The newest; None where there is none."""
        return self._entries[-1] if self._entries else None

    def filter(self, endpoint_or_path: str | None = None, **facts: Unpack[Facts]) -> Requests:
        """Those that are as wanted. Raises MockNetflixError for what cannot be wanted."""
        return Requests(matching(wanted(endpoint_or_path, **facts), self._entries), self.dropped)


def requests_of(journal: Journal) -> Requests:
    """All requests that are kept."""
    return Requests(journal.entries(), journal.dropped)


def wanted(endpoint_or_path: str | None = None, **facts: Unpack[Facts]) -> Wanted:
    """What is wanted of a request: an endpoint by its name, or a path, which begins with a slash; and the facts.

    Raises MockNetflixError.
    """
    told = _known(facts)
    if endpoint_or_path is not None:
        if not isinstance(endpoint_or_path, str):
            given = quoted(endpoint_or_path)
            raise MockNetflixError(f"a request cannot be named {given}; give titles.search, titles.* or /users/*")
        name = "path" if endpoint_or_path.startswith("/") else "endpoint"
        if told.get(name) is not None:
            raise MockNetflixError(f"{name} is told twice; give it once")
        told[name] = endpoint_or_path
    family = told.get("endpoint")
    if isinstance(family, str) and family in _FAMILIES and family not in _NAMES:
        told["endpoint"] = f"{family}{FAMILY}"
    told["params"] = {} if told.get("params") is None else told["params"]
    told["method"] = method.upper() if isinstance(method := told.get("method"), str) else method
    return _checked(Wanted(**told))  # type: ignore[arg-type]


def times_wanted(times: int | None = None, at_least: int | None = None, at_most: int | None = None) -> Times:
    """How often there shall be such a request, by all that is told: at least once where nothing is.

    Raises MockNetflixError.
    """
    for name, count in zip(_OFTEN, (times, at_least, at_most), strict=True):
        if count is not None and not _is_number(count):
            raise MockNetflixError(f"{name} cannot be {quoted(count)}; it is a whole number such as 1")
    lower = [one for one in (times, at_least) if one is not None]
    upper = [one for one in (times, at_most) if one is not None]
    return Times(max(lower, default=0 if upper else 1), min(upper, default=None))


def assert_requested(
    journal: Journal,
    endpoint_or_path: str | None = None,
    *,
    times: int | None = None,
    at_least: int | None = None,
    at_most: int | None = None,
    **facts: Unpack[Facts],
) -> Requests:
    """The requests that are as wanted, which came as often as wanted: at least once where nothing is told.

    Raises AssertionError, which lists the nearest requests and how they differ, and MockNetflixError for what cannot be
    wanted.
    """
    # A test that fails here is shown, not this.
    __tracebackhide__ = True
    _known(facts, *_OFTEN)
    asked, often = wanted(endpoint_or_path, **facts), times_wanted(times, at_least, at_most)
    if often.least < 0 or (often.most is not None and often.most < often.least):
        raise MockNetflixError(f"nothing comes {often}; count from 0, at_least before at_most")
    requests = requests_of(journal)
    if (wrong := judged(asked, often, requests, requests.dropped)) is not None:
        raise AssertionError(wrong)
    return Requests(matching(asked, requests), requests.dropped)


def wait_for_request(
    journal: Journal,
    endpoint_or_path: str | None = None,
    *,
    timeout: float = PATIENCE,
    times: int = 1,
    **facts: Unpack[Facts],
) -> Requests:
    """The requests that are as wanted, as soon as that many were answered; earlier ones count, up to `after`.

    `timeout` in seconds, at most 60. Raises AssertionError like `assert_requested` where the time is over first, and
    MockNetflixError for what cannot be wanted. It holds its thread: not for the event loop that the client runs on.
    """
    __tracebackhide__ = True
    _known(facts, "times", "timeout")
    if not _is_number(times):
        raise MockNetflixError(f"times cannot be {quoted(times)}; it is a whole number such as 1")
    asked, often = wanted(endpoint_or_path, **facts), times_wanted(at_least=times)
    if not isinstance(timeout, int | float) or not 0 <= timeout <= LONGEST:
        raise MockNetflixError(f"timeout cannot be {quoted(timeout)}; it is in seconds, from 0 to {LONGEST:g}")
    found = wait_for(journal, asked, timeout, times)
    if len(found) < times:
        raise AssertionError(too_late(journal, asked, often, timeout))
    return Requests(found, journal.dropped)


def too_late(journal: Journal, asked: Wanted, often: Times, seconds: float) -> str:
    """What came instead, where the time is over that was waited."""
    return shortfall(asked, often, journal.entries(), journal.dropped, f" within {seconds:g} s")


def _checked(asked: Wanted) -> Wanted:
    """What is wanted, if it can be. Raises MockNetflixError."""
    for fact in _TEXTS:
        if not isinstance(text := getattr(asked, fact), str | NoneType):
            raise MockNetflixError(f"{fact} cannot be {quoted(text)}; it is a text")
    path, name, status = asked.path, asked.endpoint, asked.status
    if path is not None and ("?" in path or not path.startswith("/")):
        raise MockNetflixError(
            f"path cannot be {path[:_SHOWN]!r}; it begins with a slash and has no query, which goes into params"
        )
    if name is not None and not _is_endpoint(name):
        raise UnknownError(_no_endpoint(name[:_SHOWN]))
    if not _is_number(asked.after):
        raise MockNetflixError(f"after cannot be {quoted(asked.after)}; it is the number of a request")
    if status is not None and not _is_number(status):
        raise MockNetflixError(f"status cannot be {quoted(status)}; it is a whole number such as 404")
    _check_params(asked.params)
    return asked


def _check_params(params: object) -> None:
    """Whether they are names and values. Raises MockNetflixError."""
    if not isinstance(params, Mapping) or not all(isinstance(name, str) for name in params):
        raise MockNetflixError(f'params cannot be {quoted(params)}; it tells values by name, as in {{"term": "jaws"}}')
    for parameter, value in params.items():
        if not isinstance(value, _VALUES) and not _is_list(value):
            raise MockNetflixError(
                f"{parameter} cannot be {quoted(value)}; it is a text, a list of them, None for any, or ABSENT"
            )


def _known(facts: Mapping[str, object], *others: str) -> dict[str, object]:
    """The facts, if there are such. `others` may be told beside them. Raises MockNetflixError."""
    names = (*Facts.__annotations__, *others)
    for name in facts:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            told = f"did you mean {near[0]}?" if near else f"there are {', '.join(names)}"
            raise MockNetflixError(f"nothing is wanted by {name[:_SHOWN]!r}; {told}")
    return dict(facts)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str | int) for one in value)


def _is_endpoint(name: str) -> bool:
    return name in _NAMES or (name.endswith(FAMILY) and name.removesuffix(FAMILY) in _FAMILIES)


def _no_endpoint(name: str) -> str:
    near = get_close_matches(name, (*_NAMES, *(f"{one}{FAMILY}" for one in sorted(_FAMILIES))), n=1)
    meant = f", perhaps {near[0]}" if near else ""
    return f"there is no endpoint {name!r}{meant}; mock-netflix endpoints lists them, and a path begins with a slash"

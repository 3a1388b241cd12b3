"""What a test, or a command, may not leave behind where it says so: categories of requests, and which there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mock_netflix.errors import MockNetflixError
from mock_netflix.oauth.refusals import (
    AddressTooLong,
    BadGateway,
    BodyTooLarge,
    GatewayRefusal,
    GatewayTimeout,
    OverRate,
    ScheduledMaintenance,
)
from mock_netflix.wire.hosts import role_of
from mock_netflix.world.refusals import ForeignHost, ResourceNotFound, TunnelRefused

if TYPE_CHECKING:
    from mock_netflix.faults.rules import Rule
    from mock_netflix.journal import Entry

# What the gateway refuses for other reasons than who it is that calls.
_OTHERWISE = (OverRate, AddressTooLong, BodyTooLarge, BadGateway, ScheduledMaintenance, GatewayTimeout)
# How the service itself answers who is not let in.
_NOT_LET_IN = (401, 403)
# What browsers ask for by themselves.
_UNASKED = "/favicon.ico"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of request, by what the journal knows of it. `what` goes on after `thing`, "request"."""

    name: str
    what: str
    holds: Callable[[Entry], bool]
    thing: str = "request"


def _auth_error(entry: Entry) -> bool:
    if isinstance(entry.refusal, GatewayRefusal):
        return not isinstance(entry.refusal, _OTHERWISE)
    return entry.refusal is not None and entry.status in _NOT_LET_IN and not _foreign_host(entry)


def _over_limit(entry: Entry) -> bool:
    return isinstance(entry.refusal, OverRate)


def _unknown_path(entry: Entry) -> bool:
    nowhere = isinstance(entry.refusal, ResourceNotFound) and entry.endpoint is None
    return nowhere and entry.target.partition("?")[0] != _UNASKED


def _unknown_parameter(entry: Entry) -> bool:
    # Imported late: this module is read before there is a server, the predicate is asked afterwards.
    from mock_netflix.resources.near_misses import is_of_parameters

    return any(map(is_of_parameters, entry.hints))


def _foreign_host(entry: Entry) -> bool:
    # A tunnel to a host of the service is refused where there is no TLS, or to another port.
    own = role_of(entry.authority.partition(":")[0]) is not None
    return isinstance(entry.refusal, ForeignHost) or (isinstance(entry.refusal, TunnelRefused) and not own)


def _warning(entry: Entry) -> bool:
    return entry.warning is not None


def _client_error(entry: Entry) -> bool:
    return 400 <= entry.status < 500 and not _was_let_fail(entry)


def _server_error(entry: Entry) -> bool:
    return entry.status >= 500 and not _was_let_fail(entry)


def _was_let_fail(entry: Entry) -> bool:
    """Whether the answer is what the test itself wanted of it; one that only came late was refused by its own fault."""
    return entry.fault is not None and (entry.refusal is None or entry.status >= 500)


def _never(entry: Entry) -> bool:
    return False


# The only one that is not of requests.
FAULT_UNUSED = Category("fault-unused", "of the test's own that no request met", _never, "fault")
UNKNOWN_PATH = Category("unknown-path", "to an address that the service never had", _unknown_path)
FOREIGN_HOST = Category("foreign-host", "to a host that is none of the service", _foreign_host)
CATEGORIES = (
    Category("auth-error", "refused for a wrong key, signature, token, timestamp or nonce", _auth_error),
    Category("over-limit", "over a limit of calls in a second or a day", _over_limit),
    UNKNOWN_PATH,
    FOREIGN_HOST,
    Category("unknown-parameter", "with a parameter that the endpoint does not know", _unknown_parameter),
    Category("warning", "forgiven a port that is not signed", _warning),
    Category("client-error", "answered with a status of 400 to 499", _client_error),
    Category("server-error", "answered with a status of 500 or more", _server_error),
    FAULT_UNUSED,
)
_BY_NAME: Mapping[str, Category] = {one.name: one for one in CATEGORIES}


def categories(given: str | Iterable[str]) -> tuple[str, ...]:
    """Names of categories, given as a list or as a text with commas between them. Raises MockNetflixError."""
    listed = given.split(",") if isinstance(given, str) else list(given)
    names = [one.strip() if isinstance(one, str) else one for one in listed]
    for name in names:
        if name and name not in _BY_NAME:
            raise MockNetflixError(f"there is no category {name!r}{_meant(name)}")
    return tuple(dict.fromkeys(filter(None, names)))


def _meant(name: object) -> str:
    near = get_close_matches(name.lower(), _BY_NAME, 1) if isinstance(name, str) else []
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(_BY_NAME)}"


def offends(entry: Entry) -> bool:
    """Whether a request is of any category."""
    return any(one.holds(entry) for one in CATEGORIES)


def left_behind(
    entries: Iterable[Entry], faults: Iterable[Rule], fail_on: Collection[str], expect: Collection[str]
) -> dict[Category, list[Entry | Rule]]:
    """What there is of each category of `fail_on`, without what is of a category that is expected."""
    found: dict[Category, list[Entry | Rule]] = {}
    for entry in entries if fail_on else ():
        its = [one for one in CATEGORIES if one.holds(entry)]
        if not any(one.name in expect for one in its):
            for one in its:
                found.setdefault(one, []).append(entry)
    if unused := [rule for rule in faults if not rule.applied]:
        found[FAULT_UNUSED] = [*unused]
    return {one: left for one, left in found.items() if one.name in {*fail_on} - {*expect}}

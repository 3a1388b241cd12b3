"""The journal: the last requests, one with the reason of its refusal, waiting for one, and asserting them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from mock_netflix.journal import LIMIT, Entry, Journal
from mock_netflix.journal.matching import ABSENT, Value, Wanted, matching
from mock_netflix.journal.nearest import judged
from mock_netflix.journal.waiting import until
from mock_netflix.oauth.refusals import NonceUsed
from mock_netflix.stage.requests import LONGEST, PATIENCE, Facts, times_wanted, too_late, wanted
from mock_netflix.web.control.entries import LoggedRequest, WholeRequest, logged, whole
from mock_netflix.web.control.messages import message, query
from mock_netflix.web.control.mounting import Asked, Operation, Problem, as_response
from mock_netflix.web.control.request_page import request_page

# In place of a number.
LAST_REFUSED = "last-refused"
# What browsers ask for by themselves; its refusal is nobody's question.
UNASKED = "/favicon.ico"

_Text = Annotated[str, Meta(min_length=1, max_length=500)]
_Path = Annotated[str, Meta(pattern="^/[^?]*$", max_length=500)]
_Method = Annotated[str, Meta(pattern="^[A-Za-z]+$", max_length=20)]
_Status = Annotated[int, Meta(ge=100, le=599)]
_Count = Annotated[int, Meta(ge=0, le=10**9)]


class Filter(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which requests are wanted; what is left out may be anything.

    `method` is the verb that was meant, `method=` included. `path` may have `*` for any text and `{name}` for any text
    without a slash. `endpoint`: its name, or the beginning of several, such as `titles.*`. `subscriber`: login or user
    id. `fault`: an effect that a request met. `after`: only requests with a higher number.
    """

    method: _Method | None = None
    path: _Path | None = None
    endpoint: _Text | None = None
    status: _Status | None = None
    consumer_key: _Text | None = None
    subscriber: _Text | None = None
    fault: _Text | None = None
    after: _Count = 0

    @property
    def params(self) -> dict[str, Value]:
        return {}

    @property
    def wanted(self) -> Wanted:
        """Raises MockNetflixError for what cannot be wanted."""
        facts = Facts(
            method=self.method,
            path=self.path,
            endpoint=self.endpoint,
            status=self.status,
            consumer_key=self.consumer_key,
            subscriber=self.subscriber,
            fault=self.fault,
            after=self.after,
            params=self.params,
        )
        return wanted(**facts)


class Listing(Filter, kw_only=True):
    """Which requests are listed: the last `limit` of those that are wanted.

    `param`: name and value with `=` between them, or a name alone for any value; `without`: a name. Each may be there
    several times.
    """

    param: list[str] = []
    without: list[str] = []
    limit: Annotated[int, Meta(ge=1, le=LIMIT)] = LIMIT

    @property
    def params(self) -> dict[str, Value]:
        told: dict[str, Value] = dict.fromkeys(self.without, ABSENT)
        for one in self.param:
            name, mark, value = one.partition("=")
            told[name] = value if mark else None
        return told


class Described(Filter, kw_only=True):
    """`params`: parameters by name, with one value that was sent, a list of all of them, or null for any value;
    `without`: the names of parameters that were not sent.
    """

    sent: dict[str, str | int | list[str | int] | None] = msgspec.field(default_factory=dict, name="params")
    without: list[str] = []

    @property
    def params(self) -> dict[str, Value]:
        return {**dict.fromkeys(self.without, ABSENT), **self.sent}


class Expectation(Described, kw_only=True):
    """What is expected: how often there was such a request. At least once, where nothing is said."""

    times: _Count | None = None
    at_least: _Count | None = None
    at_most: _Count | None = None


class Awaited(Described, kw_only=True):
    """What is waited for: that so many such requests were answered, for so many seconds at most.

    Those that were answered before count, if their number is higher than `after`.
    """

    times: Annotated[int, Meta(ge=1, le=LIMIT)] = 1
    timeout: Annotated[float, Meta(ge=0, le=LONGEST)] = PATIENCE


class RequestList(msgspec.Struct):
    """Requests in the order in which they were answered.

    `total`: how many of those that are kept were wanted, listed or not. `dropped`: how many older ones were forgotten.
    """

    requests: list[LoggedRequest]
    total: int
    dropped: int


class Verdict(msgspec.Struct):
    """Whether it was as expected, how many requests matched, and if not, the nearest requests and how they differ."""

    verified: bool
    matched: int
    message: str


class Forgotten(msgspec.Struct):
    """How many requests were forgotten; the next one has the number 1."""

    forgotten: int


def listed(asked: Asked) -> RequestList:
    """For each world the last 1,000, as long as they take no more than 16 MB."""
    listing, journal = query(asked, Listing), asked.sandbox.journal
    found = matching(listing.wanted, journal.entries())
    return _list(found, journal, listing.limit)


def one(asked: Asked) -> Response:
    """With headers, bodies, and all that can be found out of why it was refused; as a page in a browser."""
    entry, journal = entry_asked(asked), asked.sandbox.journal
    told = whole(entry)
    if isinstance(entry.refusal, NonceUsed) and told.explanation is not None:
        first = journal.find(str(entry.refusal.first_request))
        told.explanation["requests"] = [logged(one) for one in (first, entry) if one is not None]
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if "text/html" in asked.request.headers.get("accept", ""):
        return request_page(asked, entry, told, headers)
    return as_response(told, headers=headers)


def forgotten(asked: Asked) -> Forgotten:
    """Numbers begin anew; requests that are on their way are forgotten too."""
    journal = asked.sandbox.journal
    count = len(journal.entries())
    journal.clear()
    return Forgotten(count)


def verified(asked: Asked) -> Verdict:
    """An assertion for tests in any language; what was not as expected is no problem of this request: it is told."""
    expected, journal = message(asked, Expectation), asked.sandbox.journal
    looked_for = expected.wanted
    often = times_wanted(expected.times, expected.at_least, expected.at_most)
    entries = journal.entries()
    wrong = judged(looked_for, often, entries, journal.dropped)
    return Verdict(verified=wrong is None, matched=len(matching(looked_for, entries)), message=wrong or "")


async def awaited(asked: Asked) -> RequestList:
    """Answers as soon as there are enough; where the time is over first, 408 tells the nearest requests."""
    described, journal = message(asked, Awaited), asked.sandbox.journal
    looked_for, seconds = described.wanted, described.timeout
    waiting = asyncio.ensure_future(until(journal, looked_for, seconds, described.times))
    # There is nothing more to come of this request, but that its client hangs up.
    client = asyncio.ensure_future(asked.request.receive())
    try:
        await asyncio.wait({waiting, client}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            raise ClientDisconnect
        found = waiting.result()
    finally:
        waiting.cancel()
        client.cancel()
    if len(found) < described.times:
        raise Problem(408, too_late(journal, looked_for, times_wanted(at_least=described.times), seconds))
    return _list(found, journal, LIMIT)


def entry_asked(asked: Asked) -> Entry:
    """The entry that an address names by its number, or as the last that was refused. Raises Problem."""
    number = asked.request.path_params["number"]
    journal = asked.sandbox.journal
    entry = _last_refused(journal) if number == LAST_REFUSED else journal.find(number)
    if entry is None:
        raise Problem(404, f"There was no such request, or it is forgotten: the last {LIMIT} are kept.")
    return entry


def _list(entries: Sequence[Entry], journal: Journal, limit: int) -> RequestList:
    return RequestList([logged(entry) for entry in entries[-limit:]], len(entries), journal.dropped)


def _last_refused(journal: Journal) -> Entry | None:
    refused = (one for one in reversed(journal.entries()) if one.refusal is not None)
    return next((one for one in refused if one.target != UNASKED), None)


OPERATIONS = (
    Operation("GET", "/requests", listed, "The last requests", asks=Listing, gives=RequestList, problems=(404,)),
    Operation("DELETE", "/requests", forgotten, "Forget all requests", gives=Forgotten),
    Operation(
        "POST",
        "/requests/await",
        awaited,
        "Wait for a request",
        takes=Awaited,
        gives=RequestList,
        problems=(404, 408),
    ),
    Operation(
        "POST",
        "/requests/verify",
        verified,
        "Whether there were the requests that a test expects",
        takes=Expectation,
        gives=Verdict,
        problems=(404,),
    ),
    Operation(
        "GET",
        "/requests/{number}",
        one,
        "One request with its explanation, or last-refused",
        gives=WholeRequest,
        shows=True,
        problems=(404,),
    ),
)

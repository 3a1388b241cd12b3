"""Every way in which an answer may go wrong: one frozen message for each, as it is written in Python and in JSON.

All have in common which requests they meet, and how often. How each is carried out is in `web/`.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, get_args

import msgspec

Method = Literal["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

# One request meets at most one fault of each kind: one that fails it, one that delays it, one that slows its body, and
# one that shows it the past.
Kind = Literal["failure", "delay", "pace", "past"]

# Requests are looked at without a slash at their end, and without their query.
_Path = Annotated[str, msgspec.Meta(pattern="^[/*][^?]*$", max_length=500)]
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
_Count = Annotated[int, msgspec.Meta(ge=1, le=10**9)]
# Longer than any client waits.
LONGEST = 3600.0
_Seconds = Annotated[float, msgspec.Meta(ge=0, le=LONGEST)]
_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="effect"):
    """Which requests meet it, and how often.

    `endpoint`: its name, or the beginning of several, such as "users.queues". `path`: a pattern in which `*` stands
    for anything. `method`: the verb that is meant, `method=` included. `consumer_key`: as it was sent.
    `times`: how often at most; None until it is removed. `after`: so many requests go well first. `probability`: of
    each of the others, drawn from `seed`, so that it is the same in every run.
    """

    kind: ClassVar[Kind] = "failure"

    endpoint: _Text | None = None
    path: _Path | None = None
    method: Method | None = None
    consumer_key: _Text | None = None
    times: _Count | None = None
    after: Annotated[int, msgspec.Meta(ge=0, le=10**9)] = 0
    probability: _Share = 1.0
    seed: Annotated[int, msgspec.Meta(ge=0, le=10**9)] = 0


class Status(Fault, frozen=True, tag="status"):
    """Answered with a status and the body that the service or its gateway gave with it.

    `code` names a refusal exactly (docs/faults.md), which has its own status; without either it is 500. `message` and
    `sub_code` go before its own. `retry_after`: the header of that name, in seconds.
    `processed`: the request is carried out, and only its answer is lost.
    """

    status: Annotated[int, msgspec.Meta(ge=200, le=599)] | None = None
    code: _Text | None = None
    message: _Text | None = None
    sub_code: Annotated[int, msgspec.Meta(ge=0, le=10**9)] | None = None
    retry_after: Annotated[int, msgspec.Meta(ge=0, le=10**9)] | None = None
    processed: bool = False


class RateLimit(Fault, frozen=True, tag="rate-limit"):
    """Answered as if there were too many calls: of the key in a second or a day, or of all keys in a second."""

    per: Literal["second", "day", "service"] = "second"


class Latency(Fault, frozen=True, tag="latency"):
    """Carried out at once, and answered after so many seconds."""

    kind: ClassVar[Kind] = "delay"

    seconds: _Seconds


class UniformLatency(Fault, frozen=True, tag="latency-uniform"):
    """Carried out at once, and answered after some seconds between `low` and `high`, all of them as likely."""

    kind: ClassVar[Kind] = "delay"

    low: _Seconds
    high: _Seconds


class LognormalLatency(Fault, frozen=True, tag="latency-lognormal"):
    """Carried out at once, and answered after some seconds: half of the times less than `median`, seldom far more.

    `sigma`: the standard deviation of the logarithm.
    """

    kind: ClassVar[Kind] = "delay"

    median: _Seconds
    sigma: Annotated[float, msgspec.Meta(ge=0, le=10)] = 0.5


class SlowBody(Fault, frozen=True, tag="slow-body"):
    """The head comes at once, the body in ten pieces a second."""

    kind: ClassVar[Kind] = "pace"

    bytes_per_second: Annotated[int, msgspec.Meta(ge=1, le=10**9)] = 1000


class ResetBeforeBody(Fault, frozen=True, tag="reset-before-body"):
    """The connection is reset before any byte of the answer.

    `processed`: the request is carried out, and only its answer is lost.
    """

    processed: bool = False


class ResetInBody(Fault, frozen=True, tag="reset-in-body"):
    """Carried out, and the connection is reset after a share of the body."""

    share: _Share = 0.5


class ResetAfterBody(Fault, frozen=True, tag="reset-after-body"):
    """Carried out and answered in full, and then the connection is reset."""


class Truncated(Fault, frozen=True, tag="truncated"):
    """Carried out, and the connection is closed after a share of the body; its head tells the length of the whole."""

    share: _Share = 0.5


class Empty(Fault, frozen=True, tag="empty"):
    """Carried out, and answered with status 200, the headers and no body, as the service did in 2009.

    `prolog`: what is left is the XML declaration.
    """

    prolog: bool = False


class Malformed(Fault, frozen=True, tag="malformed"):
    """Carried out, and answered with a document that no parser takes.

    "unclosed": the last end tag or bracket is missing. "stray": a bare ampersand or a comma too many before it.
    "cut": it ends in the middle, within a tag or a string.
    """

    damage: Literal["unclosed", "stray", "cut"] = "unclosed"


class WrongEtag(Fault, frozen=True, tag="wrong-etag"):
    """Carried out, but the etag that is told, in the header and in the document, is not the right one."""


class StaleReads(Fault, frozen=True, tag="stale-reads"):
    """For so many seconds after a write, by the world's clock, users' resources are read as they were before it."""

    kind: ClassVar[Kind] = "past"

    seconds: Annotated[int, msgspec.Meta(ge=1, le=10**9)] = 5


AnyFault = (
    Status
    | RateLimit
    | Latency
    | UniformLatency
    | LognormalLatency
    | SlowBody
    | ResetBeforeBody
    | ResetInBody
    | ResetAfterBody
    | Truncated
    | Empty
    | Malformed
    | WrongEtag
    | StaleReads
)

# By the names that they have in `effect`.
EFFECTS: dict[str, type[Fault]] = {str(one.__struct_config__.tag): one for one in get_args(AnyFault)}


def effect_of(fault: Fault) -> str:
    """The name of its effect."""
    return str(fault.__struct_config__.tag)

"""The part of a list that a request asks for (reference: resources 1.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from mock_netflix.oauth.parameters import Parameters
from mock_netflix.world.refusals import PageSizeInvalid, ParameterInvalid

T = TypeVar("T")

DEFAULT_RESULTS = 25
MAX_RESULTS = 500
PARAMETERS = ("start_index", "max_results")

_DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_DIGITS = re.compile(r"0*([0-9]+)")
# More digits than any list has items; int() would refuse some thousands of them.
_MANY = 18


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a list; `max_results` as it was granted, `total` the size of the whole list."""

    items: Sequence[T]
    total: int
    start_index: int
    max_results: int


def page(parameters: Parameters, items: Sequence[T], ceiling: int = MAX_RESULTS) -> Page[T]:
    """The page asked for; more than the ceiling is granted as the ceiling.

    Refuses PageSizeInvalid and ParameterInvalid.
    """
    start_index, max_results = start_of(parameters), size_of(parameters, ceiling)
    return Page(items[start_index : start_index + max_results], len(items), start_index, max_results)


def size_of(parameters: Parameters, ceiling: int) -> int:
    """`max_results`: a positive integer. Refuses PageSizeInvalid."""
    asked = _number(parameters.get("max_results"), DEFAULT_RESULTS)
    if asked is None or asked < 1:
        raise PageSizeInvalid
    return min(asked, ceiling)


def start_of(parameters: Parameters) -> int:
    """`start_index`: zero or more. Refuses ParameterInvalid."""
    asked = _number(parameters.get("start_index"), 0)
    if asked is None:
        raise ParameterInvalid("start_index")
    return asked


def since(parameters: Parameters) -> int | None:
    """`updated_min`: epoch seconds, or a date of RFC 3339 (reference: protocol 8.3). Refuses ParameterInvalid."""
    asked = parameters.get("updated_min")
    if not asked:
        return None
    moment = _number(asked, 0)
    return _date(asked) if moment is None else moment


def _date(text: str) -> int:
    if not _DATE.fullmatch(text):
        raise ParameterInvalid("updated_min")
    try:
        return int(datetime.fromisoformat(text.upper()).timestamp())
    except (ValueError, OverflowError):
        raise ParameterInvalid("updated_min") from None


def _number(text: str | None, default: int) -> int | None:
    # Clients send empty values (reference: client-demands 3).
    if not text:
        return default
    match = _DIGITS.fullmatch(text)
    return None if match is None else int(match[1][:_MANY])

"""What the marker says of one test: `@pytest.mark.mock_netflix(as_of="2012-09-16", titles=["The Paper Lantern"])`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

import pytest

from mock_netflix.errors import MockNetflixError
from mock_netflix.stage.ending import categories

NAME = "mock_netflix"

# What is told of one title or subscriber: the fields of fixtures.
Told = Mapping[str, Any]
# The keywords are shown with so much of what was given.
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Marked:
    """The keywords of the marker; None where it says nothing, and the session decides.

    `titles`: the test's own, by name or with the fields of fixtures; or how many are generated. `subscriber`: the ready
    one, by login or user id; or a new one with the fields of fixtures. `subscribers`: how many are generated.
    `login`: the rule of this name, beside `settings`. `fail_on`, `expect`: categories of requests that the test may not
    leave behind, and those that it may.
    """

    titles: int | tuple[str | Told, ...] | None = None
    as_of: str | date | None = None
    subscriber: str | Told | None = None
    subscribers: int | None = None
    settings: Told = field(default_factory=dict)
    login: str | None = None
    fail_on: tuple[str, ...] | None = None
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keyword:
    """One keyword: what it takes, in words, and from what was given to its value; TypeError for what cannot be."""

    name: str
    takes: str
    read: Callable[[Any], Any]


def _of(*kinds: type) -> Callable[[Any], Any]:
    def read(given: Any) -> Any:
        if not isinstance(given, kinds) or isinstance(given, bool) or (isinstance(given, int) and given < 0):
            raise TypeError
        if isinstance(given, Mapping) and not all(isinstance(name, str) for name in given):
            raise TypeError
        return given

    return read


def _titles(given: Any) -> int | tuple[str | Told, ...]:
    if isinstance(given, int):
        number: int = _of(int)(given)
        return number
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        raise TypeError
    titles = tuple(map(_of(str, Mapping), given))
    if any(isinstance(one, Mapping) and not isinstance(one.get("title"), str) for one in titles):
        raise TypeError
    return titles


KEYWORDS = (
    Keyword(
        "titles",
        "a list of titles, each a name or the fields of a fixture with its title, or how many to generate",
        _titles,
    ),
    Keyword("as_of", 'a day such as "2012-09-16"', _of(str, date)),
    Keyword("subscriber", "a login, or the fields of fixtures for a new one", _of(str, Mapping)),
    Keyword("subscribers", "how many to generate", _of(int)),
    Keyword("settings", 'rules of the service, such as {"queries_per_second": 4}', _of(Mapping)),
    Keyword("login", 'a word such as "approve"', _of(str)),
    Keyword("fail_on", 'categories of requests, such as ("auth-error",)', categories),
    Keyword("expect", 'categories of requests, such as ("auth-error",)', categories),
)
_BY_NAME: Mapping[str, Keyword] = {one.name: one for one in KEYWORDS}


def marked(item: pytest.Item) -> Marked:
    """What all markers of a test say together; of each keyword, the closest one. Raises MockNetflixError."""
    told: dict[str, Any] = {}
    for mark in _farthest_first(item):
        if mark.args:
            raise MockNetflixError('the marker mock_netflix takes keywords only, such as as_of="2012-09-16"')
        told |= mark.kwargs
    return Marked(**{name: _value(name, given) for name, given in told.items()})


def _value(name: str, given: Any) -> Any:
    keyword = _BY_NAME.get(name)
    if keyword is None:
        near = get_close_matches(name, _BY_NAME, 1)
        said = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(_BY_NAME)}"
        raise MockNetflixError(f"the marker mock_netflix has no keyword {name}{said}")
    try:
        return keyword.read(given)
    except TypeError:
        said = repr(given) if len(repr(given)) <= _SHOWN else f"{repr(given)[:_SHOWN]}…"
        raise MockNetflixError(f"{name} of the marker cannot be {said}; it takes {keyword.takes}") from None


def _farthest_first(item: pytest.Item) -> list[pytest.Mark]:
    """Those of the module first, then those of the class and of the test; those of one set of parameters last."""
    every = [*item.iter_markers(NAME)][::-1]
    of_parameters = getattr(getattr(item, "callspec", None), "marks", ())
    return sorted(every, key=lambda mark: mark in of_parameters)

"""The row that declares an endpoint, and what goes into its handler and comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar
from urllib.parse import urlencode

from mock_netflix.calendar import Edition
from mock_netflix.oauth.levels import Caller, Level
from mock_netflix.oauth.parameters import Parameters
from mock_netflix.resources.sight import Sight
from mock_netflix.wire.as_rss import Channel
from mock_netflix.wire.element import Element
from mock_netflix.wire.links import Links
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber

T = TypeVar("T")


class Kept:
    """Elements of things that never change, so that they are built and encoded once; bounded, oldest out first."""

    def __init__(self, limit: int = 8192) -> None:
        self._limit = limit
        self._count = 0
        # By form and by the id of the thing; with the thing itself, so that its id stays its own for as long as the
        # element is kept.
        self._elements: dict[Hashable, dict[int, tuple[object, Element]]] = {}

    def element(self, thing: T, form: Hashable, build: Callable[[T], Element]) -> Element:
        """The element of this very thing in one form of it."""
        return self.elements((thing,), form, build)[0]

    def elements(self, things: Iterable[T], form: Hashable, build: Callable[[T], Element]) -> list[Element]:
        """The same for several things."""
        known = self._elements.get(form, {})
        return [
            found[1] if (found := known.get(id(thing))) is not None else self._added(thing, form, build(thing))
            for thing in things
        ]

    def _added(self, thing: object, form: Hashable, element: Element) -> Element:
        if self._count >= self._limit:
            self._forget_one()
        of_form = self._elements.setdefault(form, {})
        self._count += id(thing) not in of_form
        of_form[id(thing)] = thing, element
        return element

    def _forget_one(self) -> None:
        form, oldest = next(iter(self._elements.items()))
        del oldest[next(iter(oldest))]
        self._count -= 1
        if not oldest:
            del self._elements[form]


@dataclass(frozen=True, slots=True)
class Call:
    """All that a handler may know. `owner` is the subscriber of the path; `sight` from where this
    call sees the catalogue.

    Both times are epoch seconds: `now` in the life of the service, for data; `wall` by the clock, for tokens.
    """

    state: State
    asking: Caller | None
    path: Mapping[str, str]
    parameters: Parameters
    links: Links
    kept: Kept
    sight: Sight
    now: int
    wall: int
    edition: Edition
    owner: Subscriber | None = None

    @property
    def caller(self) -> Caller:
        """Who is calling; known everywhere but where anybody may."""
        assert self.asking is not None
        return self.asking

    @property
    def subscriber(self) -> Subscriber:
        """The owner of a resource under /users."""
        assert self.owner is not None
        return self.owner


@dataclass(frozen=True, slots=True)
class Form:
    """A form-encoded answer, as the token endpoints give it; with `output=json` the same members as an object."""

    members: tuple[tuple[str, str], ...]

    def encoded(self) -> bytes:
        return urlencode(self.members).encode()


@dataclass(frozen=True, slots=True)
class Moved:
    """An answer without content that leads elsewhere."""

    address: str


@dataclass(frozen=True, slots=True)
class Stream:
    """A document of any length, whose items are built while it goes out; never changed by what happens meanwhile.

    All of one name and sight are the same.
    """

    name: str
    root: str
    sight: Sight
    items: Iterator[Element]


Document = Element | Form | Moved | Stream | Channel

# Seen on the wire, told by the documentation, read off clients, or made up here where nothing is known.
Record = Literal["captured", "documented", "inferred", "invented"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be answered; `state` is the world afterwards, when it changed. `etag`: that of the resource."""

    document: Document
    status: int = 200
    state: State | None = None
    etag: str | None = None


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint. `paths` are Starlette's patterns; `feeds` the feeds that it is; `title` names it to people.

    `bare`: errors of the gateway are bare text here (reference: protocol 7.4). `listed`: it is a list, and so has Atom.
    `xml_only`: it is a file that has no other form.
    `until`: when it went, in epoch seconds. `record`: how sure the record of its answers is, and `source` where it is.
    """

    name: str
    paths: tuple[str, ...]
    level: Level
    verbs: Mapping[str, Handler]
    title: str
    record: Record
    source: str
    feeds: tuple[str, ...] = ()
    parameters: tuple[str, ...] = field(default=())
    listed: bool = False
    bare: bool = False
    xml_only: bool = False
    until: int | None = None

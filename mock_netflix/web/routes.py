"""The innermost ring: finds who answers a path, and sends the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from re import Pattern

from starlette.responses import Response
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from mock_netflix.web.errors import refuse
from mock_netflix.web.exchange import Exchange, exchange_of
from mock_netflix.web.hosts import elsewhere
from mock_netflix.wire.hosts import Role
from mock_netflix.world.refusals import Refusal

# From an exchange and the parts of its path to the answer; it may refuse.
Show = Callable[[Exchange, Mapping[str, str]], Response]


class Routes:
    """Who answers which paths, by Starlette's patterns; `unknown` answers all others.

    At a host of the service only what has its role answers. A path without parts is looked up as it stands; the others
    are parted by first segment and length, which is faster than one flat list.
    """

    def __init__(self, rows: Iterable[tuple[str, Show, frozenset[Role]]], unknown: Show) -> None:
        self._unknown = unknown
        self._roles: dict[Show, frozenset[Role]] = {}
        self._whole: dict[str, Show] = {}
        self._families: defaultdict[tuple[str, int], list[tuple[Pattern[str], Show]]] = defaultdict(list)
        for pattern, show, roles in rows:
            self._roles[show] = roles
            if "{" in pattern:
                self._families[_family(pattern)].append((compile_path(pattern)[0], show))
            else:
                self._whole[pattern] = show

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        exchange = exchange_of(scope)
        show, parts = self._find_at_host(exchange)
        # From reading the world to writing it nobody else changes it.
        with exchange.sandbox.lock:
            try:
                response = show(exchange, parts)
            except Refusal as refusal:
                response = refuse(exchange, refusal)
        await response(scope, receive, send)

    def _find_at_host(self, exchange: Exchange) -> tuple[Show, Mapping[str, str]]:
        """Who answers at the host that was asked; under the mock's own names it is everybody."""
        show, parts = self.find(exchange.path)
        role = exchange.links.role
        if role is None or role in (roles := self._roles.get(show, frozenset((role,)))):
            return show, parts
        exchange.hints = (elsewhere(exchange.path, roles),)
        return self._unknown, {}

    def find(self, path: str) -> tuple[Show, Mapping[str, str]]:
        """Who answers a path, and its parts."""
        if (show := self._whole.get(path)) is not None:
            return show, {}
        for pattern, show in self._families.get(_family(path), ()):
            if (match := pattern.match(path)) is not None:
                return show, match.groupdict()
        return self._unknown, {}


def _family(path: str) -> tuple[str, int]:
    return path.lstrip("/").partition("/")[0], path.count("/")

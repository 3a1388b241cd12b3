"""The block that a program enters: `with netflix.redirect_hosts():`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from threading import RLock
from types import TracebackType
from typing import Any, TypeVar, cast

from mock_netflix.errors import MockNetflixError
from mock_netflix.redirecting.detour import Detour
from mock_netflix.redirecting.doors import doors
from mock_netflix.redirecting.patches import Patch
from mock_netflix.redirecting.proxies import Unproxied
from mock_netflix.redirecting.ways import Ways

Function = TypeVar("Function", bound=Callable[..., Any])


class Entered:
    """One entry of a block, so that blocks may be left in any order."""

    __slots__ = ("detour",)

    def __init__(self, detour: Detour) -> None:
        self.detour = detour


class Blocks:
    """The blocks that were entered and not left. The last one of them leads; nothing is patched where there is none."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._ways = Ways()
        self._entered: tuple[Entered, ...] = ()
        self._changes: tuple[Patch | Unproxied, ...] = ()

    def enter(self, detour: Detour) -> Entered:
        """Leads to a detour when this returns. Raises CannotBindError and ServerError; nothing has changed then."""
        with self._lock:
            entered = Entered(detour)
            self._take((*self._entered, entered))
            return entered

    def leave(self, entered: Entered) -> None:
        """Leads where the blocks that are left do; what was there before when there are none. Raises ServerError."""
        with self._lock:
            self._take(tuple(one for one in self._entered if one is not entered))

    def _take(self, entered: tuple[Entered, ...]) -> None:
        if entered:
            entered[-1].detour.open()
        before, self._entered = self._ways.detours, entered
        self._ways.detours = tuple(one.detour for one in entered)
        if entered and not self._changes:
            self._changes = (Unproxied(), *(Patch(door, self._ways) for door in doors()))
        if not entered:
            for change in reversed(self._changes):
                change.remove()
            self._changes = ()
        # A pool of a client would go on with connections of a block that leads no longer.
        for detour in before:
            if not entered or detour is not entered[-1].detour:
                detour.close()


# The functions that are patched are those of the whole process, and so is this.
BLOCKS = Blocks()


class RedirectedHosts:
    """A block in which the hosts of the service lead to a mock: for `with`, in sync and async code, or a decorator.

    It may be entered again within itself, and on several threads.
    """

    __slots__ = ("_detour", "_entered")

    def __init__(self, detour: Detour) -> None:
        self._detour = detour
        self._entered: list[Entered] = []

    def __enter__(self) -> None:
        self._entered.append(BLOCKS.enter(self._detour))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        BLOCKS.leave(self._entered.pop())

    def __call__(self, function: Function) -> Function:
        """The same function within the block, each time it is called. Raises MockNetflixError for a generator."""
        if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
            raise MockNetflixError(
                f"redirect_hosts() cannot decorate the generator {function.__name__}; write `with` in it"
            )

        @wraps(function)
        def within(*given: Any, **named: Any) -> Any:
            with RedirectedHosts(self._detour):
                return function(*given, **named)

        @wraps(function)
        async def within_async(*given: Any, **named: Any) -> Any:
            with RedirectedHosts(self._detour):
                return await function(*given, **named)

        return cast(Function, within_async if inspect.iscoroutinefunction(function) else within)

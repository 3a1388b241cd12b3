"""A person's own fixtures while the mock serves: which there are, and how their changes come in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import click

from mock_netflix.data.faults import FixtureError
from mock_netflix.data.files import FOUND, files_at, found_here
from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.world.state import State
from mock_netflix.world.succession import succeed

if TYPE_CHECKING:
    from mock_netflix.data.generate.world import Generated


# Milliseconds after which the files are looked at even if nobody told of a change: not every disk does.
_PATIENCE = 1000

# Days that worlds are made for are kept, so many.
_DAYS_KEPT = 8

# A file, and what tells that it has changed: when it was written, and its length.
_Seen = dict[Path, tuple[int, int]]


def _say(text: str) -> None:
    click.echo(text, err=True)


class OwnFixtures:
    """The files named, or where none is, those found in this folder; found anew whenever they are read.

    `as_of`: epoch seconds of the day of the world. `changing`: they are to be watched.
    `generated`: what is beside them.
    """

    def __init__(
        self,
        named: Sequence[Path],
        as_of: int,
        *,
        changing: bool = False,
        generated: Generated | None = None,
        say: Callable[[str], None] = _say,
    ) -> None:
        self._named = tuple(named)
        self._as_of = as_of
        self._changing = changing
        self._generated = generated
        self._say = say
        self._seen: _Seen = {}
        # What was read last without a fault, and from which files.
        self._read: State | None = None
        self._read_from: _Seen = {}
        # The last days that were asked for, and as which files they were read.
        self._days: dict[int, tuple[_Seen, State]] = {}
        self._reading = Lock()

    @property
    def paths(self) -> tuple[Path, ...]:
        return self._named or found_here()

    @property
    def told(self) -> str:
        """What a person is told of them at start; "" where there are none."""
        names = ", ".join(map(str, self.paths))
        found = " (found in this folder)" if names and not self._named else ""
        if not self._changing:
            return names + found
        return f"{names}{found}; read again when they change" if names else f"{FOUND[0]}, when there is one"

    def read(self) -> State:
        """Their world, as it is at start. Raises FixtureError."""
        self._seen = self._read_from = self._look()
        self._read = state = self._load()
        return state

    def at(self, as_of: int) -> State:
        """Their world on another day, in epoch seconds, from the files as they are now. Raises FixtureError.

        Where they are as they were at start, or when they were last read again, all days share one catalogue.
        """
        with self._reading:
            seen = self._look()
            found = self._days.pop(as_of, None)
            if found is None or found[0] != seen:
                known = self._read.catalogue if self._read is not None and seen == self._read_from else None
                found = seen, load(self.paths, as_of=as_of, generated=self._generated, catalogue=known)
            self._days[as_of] = found
            if len(self._days) > _DAYS_KEPT:
                del self._days[next(iter(self._days))]
            return found[1]

    async def watch(self, sandbox: Sandbox) -> None:
        """Brings each change of the files into the world, for as long as it is awaited."""
        # Imported late: only who edits fixtures needs it.
        from watchfiles import awatch

        folders = {path if path.is_dir() else path.absolute().parent for path in self._named} or {Path.cwd()}
        changes = awatch(*folders, recursive=False, yield_on_timeout=True, rust_timeout=_PATIENCE)
        try:
            async for _ in changes:
                await self.catch_up(sandbox)
        except Exception as error:
            self._say(f"The fixtures are not watched any more: {error}")

    async def catch_up(self, sandbox: Sandbox) -> bool:
        """Whether the files have changed since they were read; if so, the world follows them, or stays as it is."""
        seen = await asyncio.to_thread(self._look)
        if seen == self._seen or self._read is None:
            return False
        changed = ", ".join(sorted({path.name for path, _ in seen.items() ^ self._seen.items()}))
        self._seen = seen
        try:
            anew = await asyncio.to_thread(self._load)
        except FixtureError as error:
            self._say(f"{changed} changed, and the world stays as it was:\n{error}")
            return True
        # What requests did until now is in the state that is followed.
        with sandbox.lock:
            sandbox.state = succeed(sandbox.state, self._read, anew)
            sandbox.begun = anew.with_rules(sandbox.begun.rules)
        self._read, self._read_from = anew, seen
        self._say(f"{changed} changed: the world follows it")
        return True

    def _load(self) -> State:
        return load(self.paths, as_of=self._as_of, note=lambda one: self._say(str(one)), generated=self._generated)

    def _look(self) -> _Seen:
        seen: _Seen = {}
        for named in self.paths:
            # What is not there, or not to be read, is said by whoever reads it.
            with suppress(OSError):
                for path in files_at(named):
                    found = path.stat()
                    seen[path] = found.st_mtime_ns, found.st_size
        return seen

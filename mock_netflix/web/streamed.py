"""An answer of any length, sent in pieces from a stored file: flat in memory, and stopped when the client is gone.

The client's own speed sets the pace, for each piece waits until the socket takes it. Nobody else waits longer than one
turn of writing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from email.utils import formatdate

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from mock_netflix.web.conditional import bare, is_unchanged
from mock_netflix.web.ranges import Range, range_in
from mock_netflix.web.stored_files import StoredFile
from mock_netflix.web.written import raw

# Bytes; from 128 kB on, gzip works in a thread.
_PIECE = 256 * 1024
# Seconds that a file is written before others have their turn.
_TURN = 0.0005
# The coding of a whole file tells its tags apart, for a range of one is no range of the other.
_PACKED = "-gzip"


class _GoneError(Exception):
    """The client hung up."""


class Streamed(Response):
    """A stored file, or the part of it that is wanted."""

    def __init__(self, file: StoredFile, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self._file = file
        self._always = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        transfer = _Transfer(self._file, self._always, asyncio.ensure_future(receive()), send)
        asked, tag = Headers(scope=scope), self._file.tag
        is_read, old = scope["method"] == "GET", scope["http_version"] == "1.0"
        packed_tag = f"{tag}{_PACKED}"
        told_tag = packed_tag if "gzip" in asked.get("accept-encoding", "") and not old else tag
        wanted = range_in(asked.get("range")) if is_read and _is_of(asked.get("if-range"), tag) else None
        try:
            if any(is_unchanged(asked.get("if-none-match"), one) for one in (tag, packed_tag)):
                await transfer.start(304, told_tag)
                await transfer.end()
            elif wanted is not None:
                await transfer.part(wanted)
            elif scope["method"] == "HEAD":
                await transfer.written()
                await transfer.start(200, told_tag, {"Content-Length": str(self._file.size)})
                await transfer.end()
            else:
                await transfer.whole(told_tag, old=old)
        except _GoneError:
            return
        finally:
            transfer.client.cancel()


class _Transfer:
    """A file on its way to one client; `client` is done when that is gone."""

    def __init__(
        self, file: StoredFile, always: Iterable[tuple[bytes, bytes]], client: asyncio.Task[Message], send: Send
    ) -> None:
        self.file, self.always, self.client, self.send = file, always, client, send

    async def part(self, wanted: Range) -> None:
        """A range, always of the file itself and never packed."""
        await self.written()
        size = self.file.size
        bounds = wanted.of(size)
        if bounds is None:
            await self.start(416, self.file.tag, {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
            await self.end()
            return
        start, end = bounds
        told = {"Content-Range": f"bytes {start}-{end - 1}/{size}", "Content-Length": str(end - start)}
        await self.start(206, self.file.tag, told)
        await self._pieces(start, end)

    async def whole(self, tag: str, *, old: bool) -> None:
        """Everything, with its length where that is known; an old client must know it, and so gets nothing packed."""
        if old:
            await self.written()
        told = {"Content-Length": str(self.file.size)} if self.file.complete else {}
        await self.start(200, tag, {**told, "Content-Encoding": "identity"} if old else told)
        await self._pieces(0, None)

    async def start(self, status: int, tag: str, told: dict[str, str] | None = None) -> None:
        """Sends the head."""
        made = {"ETag": f'"{tag}"', "Last-Modified": formatdate(self.file.modified, usegmt=True), **(told or {})}
        await self.send({"type": "http.response.start", "status": status, "headers": [*self.always, *raw(made)]})

    async def end(self) -> None:
        """Ends an answer that has no body."""
        await self.send({"type": "http.response.body", "body": b""})

    async def written(self) -> None:
        """Writes the file to its end, for its length is wanted."""
        while not self.file.complete:
            await self._write_on()

    async def _pieces(self, start: int, end: int | None) -> None:
        """The body; without an end, as far as the file will reach. The first piece goes out as soon as there is one."""
        file, enough, more = self.file, 1, True
        while more:
            while end is None and not file.complete and file.size - start < enough:
                await self._write_on()
            piece = file.read(start, min(_PIECE, (file.size if end is None else end) - start))
            start, enough = start + len(piece), _PIECE
            more = not file.complete or start < (file.size if end is None else end)
            await self.send({"type": "http.response.body", "body": piece, "more_body": more})
            if more:
                await self._others_turn()

    async def _write_on(self) -> None:
        self.file.write_on(_TURN)
        await self._others_turn()

    async def _others_turn(self) -> None:
        await asyncio.sleep(0)
        if self.client.done():
            raise _GoneError


def _is_of(if_range: str | None, tag: str) -> bool:
    """Whether a range is wanted of this file; a date is not sharp enough to tell."""
    return if_range is None or (not if_range.startswith("W/") and bare(if_range) == tag)

"""The lines of requests in the terminal: in their order, and no client waits for them."""

from __future__ import annotations

import asyncio
from io import StringIO

from mock_netflix.cli.request_lines import RequestLines
from tests.journal.entries import an_entry


class Terminal(StringIO):
    """A terminal that shows colours, and keeps what is written at once apart."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.written.append(text)
        return len(text)


def test_they_are_written_in_the_next_turn_of_the_loop_those_of_one_turn_together():
    terminal = Terminal()
    report = RequestLines(terminal)

    async def answer(*targets: str) -> None:
        before = len(terminal.written)
        for target in targets:
            report(an_entry(target=target), "")
        assert len(terminal.written) == before
        await asyncio.sleep(0)

    async def all_of_them() -> None:
        await answer("/a", "/b")
        await answer("/c?oauth_nonce=1&x=2")

    asyncio.run(all_of_them())
    assert [text.count("\n") for text in terminal.written] == [2, 1]
    assert [line.rsplit(" ", 1)[1] for line in "".join(terminal.written).splitlines()] == ["/a", "/b", "/c?x=2"]


def test_the_status_of_a_refusal_is_red_and_that_of_what_went_well_green():
    terminal = Terminal()
    report = RequestLines(terminal)

    async def answer() -> None:
        report(an_entry(status=200), "")
        report(an_entry(status=404), "")
        await asyncio.sleep(0)

    asyncio.run(answer())
    green, red = "".join(terminal.written).splitlines()
    assert green.startswith("\x1b[32m200\x1b[0m")
    assert red.startswith("\x1b[31m404\x1b[0m")

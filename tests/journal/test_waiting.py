"""Waiting for requests: on a thread, and on an event loop."""

from __future__ import annotations

import asyncio
from threading import Thread

from mock_netflix.journal import Journal
from mock_netflix.journal.matching import Wanted
from mock_netflix.journal.waiting import until, wait_for
from tests.journal.attended import PATIENCE, Attended
from tests.journal.entries import an_entry

SEARCH = Wanted(endpoint="titles.search")


def numbers(entries) -> list[int]:
    return [one.number for one in entries]


def test_what_is_there_already_is_not_waited_for():
    journal = Journal()
    journal.add(an_entry(1))
    assert numbers(wait_for(journal, SEARCH, PATIENCE)) == [1]
    assert numbers(asyncio.run(until(journal, SEARCH, PATIENCE))) == [1]


def test_where_the_time_is_over_there_are_fewer():
    journal = Attended()
    journal.add(an_entry(1))
    assert numbers(wait_for(journal, SEARCH, 0, times=2)) == [1]
    assert numbers(asyncio.run(until(journal, SEARCH, 0, times=2))) == [1]
    assert journal.listeners == 0


def test_a_thread_waits_until_there_are_enough():
    journal, found = Attended(), []
    thread = Thread(
        target=lambda: found.extend(wait_for(journal, Wanted(endpoint="titles.search", after=1), PATIENCE, 2))
    )
    journal.add(an_entry(1))
    thread.start()
    assert journal.somebody.wait(PATIENCE)
    for entry in (an_entry(2), an_entry(3, endpoint="users.feeds"), an_entry(4)):
        assert thread.is_alive()
        journal.add(entry)
    thread.join(PATIENCE)
    assert numbers(found) == [2, 4]
    assert journal.listeners == 0


def test_a_loop_waits_for_what_another_thread_writes():
    journal = Attended()

    def write() -> None:
        journal.somebody.wait(PATIENCE)
        journal.add(an_entry(1, endpoint="users.feeds"))
        journal.add(an_entry(2))

    thread = Thread(target=write)
    thread.start()
    assert numbers(asyncio.run(until(journal, SEARCH, PATIENCE))) == [2]
    thread.join()


def test_who_gives_up_listens_no_longer():
    journal = Attended()

    async def give_up() -> int:
        waiting = asyncio.ensure_future(until(journal, SEARCH, PATIENCE))
        await asyncio.sleep(0)
        listening = journal.listeners
        waiting.cancel()
        await asyncio.wait({waiting})
        return listening

    assert asyncio.run(give_up()) == 1
    assert journal.listeners == 0

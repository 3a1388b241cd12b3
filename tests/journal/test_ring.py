"""The ring of the last requests: bounded twice, written and read on two threads, forgotten as a whole."""

from __future__ import annotations

from threading import Thread

from mock_netflix.journal import Journal
from tests.journal.entries import a_refused_entry, an_entry


def numbers(journal: Journal) -> list[int]:
    return [one.number for one in journal.entries()]


def a_journal(*entries, **bounds) -> Journal:
    journal = Journal(**bounds)
    for one in entries:
        journal.add(one)
    return journal


def test_of_more_than_its_limit_the_oldest_are_forgotten_and_counted():
    journal = a_journal(*map(an_entry, range(1, 8)), limit=3)
    assert (numbers(journal), journal.dropped) == ([5, 6, 7], 4)


def test_of_what_is_larger_than_its_room_the_oldest_are_forgotten():
    entries = [an_entry(number, body=b"x" * 10_000) for number in range(1, 11)]
    journal = a_journal(*entries, size=50_000)
    assert (numbers(journal), journal.dropped) == ([8, 9, 10], 7)


def test_everything_that_an_entry_holds_weighs():
    light = an_entry().weight
    long = "x" * 5000
    heavy = (
        an_entry(target=f"/{long}"),
        an_entry(body=long.encode()),
        an_entry(answer_body=long.encode()),
        an_entry(raw_headers=[(b"cookie", long.encode())]),
        a_refused_entry(base_string=long),
    )
    assert [one.weight - light >= 4900 for one in heavy] == [True] * 5


def test_the_newest_stays_whatever_it_takes():
    journal = a_journal(an_entry(1), an_entry(2, body=b"x" * 9000), size=100)
    assert numbers(journal) == [2]


def test_what_was_let_go_makes_room_again():
    """A large one that is gone weighs no more."""
    journal = a_journal(an_entry(1, body=b"x" * 60_000), size=70_000)
    for number in range(2, 20):
        journal.add(an_entry(number))
    assert numbers(journal) == list(range(2, 20))


def test_when_all_is_forgotten_numbers_and_counts_begin_anew():
    journal = a_journal(an_entry(1), an_entry(2), limit=1)
    assert [journal.next_number(), journal.next_number()] == [1, 2]
    journal.clear()
    assert (numbers(journal), journal.dropped, journal.next_number()) == ([], 0, 1)


def test_a_request_that_began_before_all_was_forgotten_is_not_kept():
    journal = Journal()
    era = journal.era
    journal.clear()
    journal.add(an_entry(7), era)
    assert numbers(journal) == []
    journal.add(an_entry(1), journal.era)
    assert numbers(journal) == [1]


def test_a_request_is_found_by_its_number():
    journal = a_journal(an_entry(3), an_entry(4))
    assert journal.find("4") is journal.entries()[1]
    assert [journal.find(text) for text in ("5", "04", "", "last")] == [None] * 4


def test_it_is_read_while_it_is_written():
    """Walking a deque that grows meanwhile is an error."""
    journal = Journal(limit=50)

    def write() -> None:
        for number in range(20_000):
            journal.add(an_entry(number))

    thread = Thread(target=write)
    thread.start()
    while thread.is_alive():
        found = numbers(journal)
        assert found == sorted(found)
        assert len(found) <= 50
    thread.join()
    assert numbers(journal)[-1] == 19_999


def test_who_listens_hears_each_once_and_no_longer_than_asked():
    journal, heard = a_journal(an_entry(1)), []
    with journal.heard_by(lambda entry: heard.append(entry.number)) as before:
        journal.add(an_entry(2))
        journal.add(an_entry(3))
    journal.add(an_entry(4))
    assert ([one.number for one in before], heard) == ([1], [2, 3])


def test_bodies_of_answers_go_before_what_was_asked():
    """Of the newest one it stays, whatever it takes."""
    entries = [an_entry(number, answer_body=b"x" * 10_000, answer_size=10_000) for number in range(1, 11)]
    journal = a_journal(*entries, size=60_000)
    assert (numbers(journal), journal.dropped) == ([*range(1, 11)], 0)
    kept = [one.answer_body is not None for one in journal.entries()]
    assert kept[-1]
    assert kept == sorted(kept)
    assert not all(kept)
    assert [one.is_whole for one in journal.entries()] == kept


def test_after_bodies_are_gone_entries_go_too():
    entries = [an_entry(number, body=b"x" * 5_000, answer_body=b"x" * 5_000) for number in range(1, 41)]
    journal = a_journal(*entries, size=60_000)
    held = sum(one.weight for one in journal.entries())
    assert held <= 60_000
    assert numbers(journal)[-1] == 40
    assert journal.dropped == 40 - len(journal.entries())

"""What is counted and what is remembered of calls: in windows, by name, and never without end."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_netflix.limits import Counter, per_day, per_second
from mock_netflix.nonces import Nonces, Use

MIDNIGHT = 1_306_886_400


def use(number: int = 1) -> Use:
    return Use(number, number / 2, f"signature {number}")


def test_as_many_are_admitted_as_there_may_be():
    counter = per_second()
    assert [counter.admits("key", 3, MIDNIGHT) for _ in range(5)] == [True, True, True, False, False]


def test_a_limit_of_nothing_admits_nothing():
    assert not per_day().admits("key", 0, MIDNIGHT)


def test_each_name_has_a_count_of_its_own():
    counter = per_second()
    assert [counter.admits(name, 1, MIDNIGHT) for name in ("one", "other", "one")] == [True, True, False]


def test_what_was_refused_did_not_count():
    counter = per_second()
    assert [counter.admits("key", 1, MIDNIGHT) for _ in range(9)].count(True) == 1
    assert counter.count("key", MIDNIGHT) == 1
    assert counter.admits("key", 2, MIDNIGHT)


def test_to_look_is_not_to_count():
    counter = per_second()
    assert [counter.count("key", MIDNIGHT) for _ in "abc"] == [0, 0, 0]
    counter.add("key", MIDNIGHT)
    assert counter.count("key", MIDNIGHT) == 1


def test_a_new_second_begins_at_nothing():
    counter = per_second()
    assert [counter.admits("key", 1, MIDNIGHT + second) for second in (0, 0, 1, 1)] == [True, False, True, False]


def test_a_day_begins_at_midnight_utc_and_ends_before_the_next():
    counter = per_day()
    seconds = (-1, 0, 1, 43_200, 86_399, 86_400)
    assert [counter.admits("key", 1, MIDNIGHT + one) for one in seconds] == [True, True, False, False, False, True]


def test_a_clock_that_was_put_back_begins_anew():
    counter = per_second()
    assert [counter.admits("key", 1, MIDNIGHT + second) for second in (5, -5, -5)] == [True, True, False]


@pytest.mark.parametrize(("second", "left"), [(0, 86_400), (1, 86_399), (86_399, 1), (86_400, 86_400)])
def test_it_tells_how_long_the_window_lasts(second, left):
    assert per_day().left(MIDNIGHT + second) == left
    assert per_second().left(MIDNIGHT + second) == 1


def test_what_was_counted_in_earlier_windows_is_forgotten():
    counter = per_second()
    for second in range(1000):
        counter.add(f"key {second}", second)
    assert len(counter._counts) == 1


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-5, 5)), max_size=40), st.integers(0, 4))
def test_no_window_ever_admits_more(calls, limit):
    """Time may run as it likes, as long as it runs forward."""
    counter, admitted = Counter(3), {}
    for name, now in sorted(calls, key=lambda call: call[1]):
        if counter.admits(name, limit, now):
            admitted[name, now // 3] = admitted.get((name, now // 3), 0) + 1
    assert max(admitted.values(), default=0) <= limit
    every = [(name, now // 3) for name, now in calls]
    assert {one: min(limit, every.count(one)) for one in every if limit} == admitted


# Nonces.

USED = ("1306886400", "key", "token", "nonce")


def test_the_first_use_is_remembered_and_told_ever_after():
    nonces = Nonces()
    assert nonces.first_use(USED, use(1)) is None
    assert [nonces.first_use(USED, use(number)) for number in (2, 3)] == [use(1), use(1)]


@pytest.mark.parametrize("place", range(4))
def test_what_differs_in_any_part_is_another(place):
    nonces = Nonces()
    nonces.first_use(USED, use())
    other = tuple("other" if nth == place else one for nth, one in enumerate(USED))
    assert nonces.first_use(other, use(2)) is None


def test_parts_do_not_run_into_each_other():
    nonces = Nonces()
    parted = [("1", "a", "", "b c"), ("1", "a", "b", " c"), ("1", "a', 'b", "", "c"), ("1", "a", "', 'b", "c")]
    assert [nonces.first_use(one, use()) for one in parted] == [None] * 4


def test_the_oldest_is_forgotten_first():
    nonces = Nonces(limit=2)
    one, two, three = ((*USED[:3], nonce) for nonce in "abc")
    for number, used in enumerate((one, two, three), 1):
        nonces.first_use(used, use(number))
    assert [nonces.first_use(used, use(9)) for used in (three, two)] == [use(3), use(2)]
    assert nonces.first_use(one, use(9)) is None


def test_memory_is_bounded_in_number_and_in_size():
    """A client that never repeats itself, and whose nonces are as long as a body."""
    nonces = Nonces(limit=10)
    for number in range(100):
        nonces.first_use((*USED[:3], f"{number}" * 10_000), use(number))
    assert len(nonces._uses) == 10
    assert sum(sys.getsizeof(name) for name in nonces._uses) < 1000


def test_letters_that_cannot_be_written_are_letters_too():
    nonces = Nonces()
    assert nonces.first_use((*USED[:3], "\ud800\0é"), use()) is None
    assert nonces.first_use((*USED[:3], "\ud800\0é"), use(2)) == use()

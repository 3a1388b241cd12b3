"""The clock of a world: real, ahead, moved, frozen, kept and put back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mock_netflix.calendar import Calendar, day
from mock_netflix.clock import Clock
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from tests.worlds import a_world

NOON = 1_700_000_000


@dataclass
class OnMachine(Clock):
    """The clock of a world on a machine whose own clock the test moves."""

    at: float = NOON + 0.75

    def machine(self) -> float:
        return self.at


@pytest.fixture
def clock() -> OnMachine:
    return OnMachine()


def test_it_shows_the_real_time(clock):
    assert (clock.now(), clock.exact(), clock.read()) == (NOON, NOON + 0.75, (NOON, NOON))


def test_an_offset_is_for_everybody(clock):
    clock.offset = -60
    assert (clock.now(), clock.read()) == (NOON - 60, (NOON - 60, NOON - 60))


def test_time_that_is_let_pass_is_not(clock):
    clock.advance(3600)
    assert (clock.now(), clock.read()) == (NOON + 3600, (NOON + 3600, NOON))


def test_frozen_it_stands_at_the_beginning_of_a_second(clock):
    clock.freeze()
    clock.at += 1000
    assert (clock.frozen, clock.exact(), clock.read()) == (True, NOON, (NOON, NOON + 1000))


def test_frozen_it_can_be_advanced_by_parts_of_a_second(clock):
    clock.freeze()
    for _ in range(10):
        clock.advance(0.1)
    assert clock.exact() == NOON + 1


def test_it_runs_on_from_where_it_stood(clock):
    clock.freeze()
    clock.at += 1000
    clock.resume()
    assert (clock.frozen, clock.now()) == (False, NOON)
    clock.at += 5
    assert clock.read() == (NOON + 5, NOON + 1005)


def test_to_resume_what_runs_and_to_freeze_what_stands_does_nothing(clock):
    clock.resume()
    assert clock.exact() == NOON + 0.75
    clock.freeze()
    clock.at += 1000
    clock.freeze()
    assert clock.exact() == NOON


@pytest.mark.parametrize("frozen", [False, True])
def test_what_is_kept_is_put_back_and_goes_on_as_it_did(clock, frozen):
    clock.offset = 7
    clock.advance(100)
    if frozen:
        clock.freeze()
    kept, shown = clock.kept(), clock.exact()
    clock.at += 5000
    clock.reset()
    clock.advance(12)
    clock.restore(kept)
    assert (clock.exact(), clock.offset, clock.frozen) == (shown, 7, frozen)
    clock.at += 10
    assert clock.exact() == shown + (0 if frozen else 10)


def test_a_reset_brings_the_real_time_back(clock):
    clock.offset = 7
    clock.advance(100)
    clock.freeze()
    clock.reset()
    assert clock == OnMachine()


# The moment in the life of the service.


@pytest.mark.parametrize("started", [None, NOON])
def test_a_calendar_that_shows_another_moment_goes_on_as_it_did(started):
    calendar = Calendar(started=started).showing(day("2012-09-16"), NOON + 500)
    assert calendar.now(NOON + 507) == day("2012-09-16") + (0 if started is None else 7)


def test_a_reset_begins_the_day_anew(clock):
    sandbox = Sandbox(a_world(), clock, Calendar(day("2012-09-14"), clock.now()))
    clock.at += 3 * 86_400
    sandbox.calendar = sandbox.calendar.showing(day("2009-01-01"), clock.now())
    sandbox.reset()
    assert sandbox.calendar.now(clock.now()) == day("2012-09-14")
    clock.at += 5
    assert sandbox.calendar.now(clock.now()) == day("2012-09-14") + 5


def test_another_world_begins_on_the_day_on_which_the_first_one_began(clock):
    first = Sandbox(a_world(), clock, Calendar(day("2012-09-14"), clock.now()))
    clock.freeze()
    clock.at += 86_400
    first.calendar = first.calendar.showing(day("2009-01-01"), clock.now())
    other = Sandboxes(first).create()
    assert other.calendar.now(other.clock.now()) == day("2012-09-14")
    assert (other.clock.frozen, other.clock.now()) == (False, NOON + 86_400)

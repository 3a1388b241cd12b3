"""The times of a world as a test arranges them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from mock_netflix.calendar import Calendar
from mock_netflix.clock import Clock
from mock_netflix.errors import MockNetflixError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.clock import WorldClock, as_of
from mock_netflix.world.grants import issue_access_token
from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.rentals import at_home
from mock_netflix.world.rules import Rules
from tests.worlds import NOW, a_movie, a_subscriber, a_world

DAY = 86_400
# What the machine's clock shows.
MACHINE = 1_700_000_000


@dataclass
class OnMachine(Clock):
    """The clock of a world on a machine whose own clock the test moves."""

    at: float = MACHINE + 0.25

    def machine(self) -> float:
        return self.at


def a_sandbox(*, runs: bool = True, **rules: object) -> Sandbox:
    """A world on its first day, with one disc in the queue."""
    movie = a_movie()
    sam = a_subscriber(disc_queue=Queue((QueueEntry(movie.key, "DVD", NOW - DAY),)))
    state = a_world(movie, subscribers=(sam,)).with_rules(Rules(**rules))
    return Sandbox(state, OnMachine(), Calendar(NOW, MACHINE if runs else None))


@pytest.fixture(params=[True, False], ids=["runs", "stands"])
def sandbox(request):
    """Once with data that is dated by a running clock, once with data that stands where it is put."""
    return a_sandbox(runs=request.param)


@pytest.fixture
def clock(sandbox):
    return WorldClock(sandbox)


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def home(sandbox: Sandbox) -> int:
    state = sandbox.state
    return len(at_home(state.subscribers[state.subscriber.user_id].rentals))


def whole(sandbox: Sandbox) -> tuple[object, ...]:
    """Everything that a refused command leaves alone."""
    return sandbox.state, sandbox.calendar, replace(sandbox.clock)


def test_a_world_begins_on_its_day_and_by_the_clock_of_the_machine(clock):
    assert (clock.now, clock.wall, clock.offset, clock.frozen) == (at(NOW), at(MACHINE), 0, False)


def test_both_times_are_advanced(clock):
    clock.advance(days=3, hours=1)
    assert (clock.now, clock.wall) == (at(NOW + 3 * DAY + 3600), at(MACHINE + 3 * DAY + 3600))
    clock.advance(timedelta(minutes=1))
    clock.advance(30)
    assert (clock.now, clock.wall) == (at(NOW + 3 * DAY + 3690), at(MACHINE + 3 * DAY + 3690))


def test_it_is_set_to_a_moment_of_the_data_and_the_clients_time_goes_along(clock):
    clock.set("2011-07-01T12:00:00Z")
    assert (clock.now, clock.wall - at(MACHINE)) == (datetime(2011, 7, 1, 12, tzinfo=UTC), clock.now - at(NOW))
    clock.set(datetime(2011, 5, 1))
    assert (clock.now, clock.wall - at(MACHINE)) == (datetime(2011, 5, 1, tzinfo=UTC), clock.now - at(NOW))


def test_what_runs_runs_on_from_where_it_was_set():
    sandbox = a_sandbox()
    clock = WorldClock(sandbox)
    clock.set("2010-01-01")
    sandbox.clock.at += 90
    assert clock.now == datetime(2010, 1, 1, 0, 1, 30, tzinfo=UTC)


def test_frozen_nothing_runs_but_it_can_be_moved(sandbox, clock):
    clock.freeze()
    sandbox.clock.at += 5000
    assert (clock.frozen, clock.now, clock.wall) == (True, at(NOW), at(MACHINE))
    clock.advance(seconds=5)
    assert (clock.now, clock.wall) == (at(NOW + 5), at(MACHINE + 5))
    clock.set("2011-07-01")
    assert clock.now == datetime(2011, 7, 1, tzinfo=UTC)


def test_it_can_be_frozen_at_a_moment(sandbox, clock):
    clock.freeze("2012-09-14T23:59:59Z")
    sandbox.clock.at += 5000
    assert clock.now == datetime(2012, 9, 14, 23, 59, 59, tzinfo=UTC)


def test_it_runs_on_from_where_it_stood():
    sandbox = a_sandbox()
    clock = WorldClock(sandbox)
    sandbox.clock.at += 10
    clock.freeze()
    sandbox.clock.at += 5000
    clock.resume()
    assert (clock.frozen, clock.now, clock.wall) == (False, at(NOW + 10), at(MACHINE + 10))
    sandbox.clock.at += 7
    assert (clock.now, clock.wall) == (at(NOW + 17), at(MACHINE + 17))


@pytest.mark.parametrize("offset", [3600, -3600])
def test_an_offset_moves_everything_and_is_taken_back(clock, offset):
    clock.offset = offset
    assert (clock.offset, clock.now, clock.wall) == (offset, at(NOW + offset), at(MACHINE + offset))
    clock.offset = 0
    assert (clock.offset, clock.now, clock.wall) == (0, at(NOW), at(MACHINE))


def test_a_reset_brings_all_times_back(sandbox, clock):
    clock.advance(days=40)
    clock.offset = 100
    clock.freeze("2012-01-01")
    as_of(sandbox, "2013-01-01")
    sandbox.reset()
    assert (clock.now, clock.wall, clock.offset, clock.frozen) == (at(NOW), at(MACHINE), 0, False)


def test_time_passes_in_a_travel_through_the_calendar_for_nobody(sandbox, clock):
    sandbox.state = sandbox.state.with_rules(Rules(shipping=True))
    before = sandbox.state
    for day in ("2012-09-16", "2009-01-01", "2011-07-31"):
        as_of(sandbox, day)
        assert (clock.now.isoformat()[:10], clock.wall) == (day, at(MACHINE))
    assert sandbox.state == before


def test_discs_are_sent_and_come_back_as_time_passes():
    sandbox = a_sandbox(shipping=True, days_kept=5)
    clock = WorldClock(sandbox)
    clock.advance(days=1)
    assert home(sandbox) == 1
    clock.set("2011-06-20")
    assert home(sandbox) == 0


def test_what_has_happened_has_happened():
    sandbox = a_sandbox(shipping=True, days_kept=5)
    clock = WorldClock(sandbox)
    clock.advance(days=1)
    sent = sandbox.state
    clock.set("2011-05-01")
    assert sandbox.state is sent


@pytest.mark.parametrize(("day", "length"), [("2011-07-31", 90), ("2011-08-01", 96)])
def test_tokens_from_then_on_have_the_form_of_the_day(sandbox, day, length):
    as_of(sandbox, day)
    state = sandbox.state
    grants, token = issue_access_token(state.grants, state.application.key, state.subscriber.user_id)
    assert len(token.token) == length
    assert state.access_token.token in grants.access_tokens


@pytest.mark.parametrize(
    "change",
    [
        lambda clock: clock.advance(days=365 * 89),
        lambda clock: clock.advance(days=-1),
        lambda clock: clock.advance(),
        lambda clock: clock.advance("3 days"),
        lambda clock: clock.set("2100-01-01"),
        lambda clock: clock.set("soon"),
        lambda clock: clock.freeze("soon"),
        lambda clock: clock.freeze("1969-01-01"),
        lambda clock: setattr(clock, "offset", -(10**10)),
        lambda clock: setattr(clock, "offset", "3600"),
        lambda clock: setattr(clock, "offset", 0.5),
        lambda clock: setattr(clock, "offset", True),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_moved(sandbox, clock, change):
    before = whole(sandbox)
    with pytest.raises(MockNetflixError):
        change(clock)
    assert whole(sandbox) == before


@pytest.mark.parametrize("day", ["2008-09-30", "2100-01-01", "soon", 2011])
def test_a_day_outside_the_life_of_the_service_is_refused(sandbox, day):
    before = whole(sandbox)
    with pytest.raises(MockNetflixError):
        as_of(sandbox, day)
    assert whole(sandbox) == before


def test_time_that_passes_again_and_again_comes_to_an_end(sandbox, clock):
    clock.set("2099-01-01")
    as_of(sandbox, "2011-06-01")
    clock.set("2099-01-01")
    as_of(sandbox, "2011-06-01")
    with pytest.raises(MockNetflixError, match="a reset brings all time back"):
        clock.set("2099-01-01")
    assert clock.wall.year == 2199


def test_the_clock_says_what_it_shows(clock):
    clock.freeze()
    assert repr(clock) == "<WorldClock: 2011-06-01T00:00:00+00:00, frozen>"

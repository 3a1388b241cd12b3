"""The order of a rental history, and the parts of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.world.rentals import RentalEvent, RentalState, in_state, newest_first
from mock_netflix.world.titles import TitleType
from tests.worlds import a_movie, returned

SHIPPED, RETURNED, WATCHED = RentalState.SHIPPED, RentalState.RETURNED, RentalState.WATCHED


def event(at: int, state: RentalState = RETURNED) -> RentalEvent:
    return RentalEvent((TitleType.MOVIE, at), state, at, "DVD")


@settings(deadline=None)
@given(st.lists(st.builds(event, st.integers(0, 50), st.sampled_from(RentalState))))
def test_a_history_is_newest_first_and_forgets_nothing(events):
    """reference: resources 3.6."""
    ordered = newest_first(events)
    moments = [one.at for one in ordered]
    assert moments == sorted(moments, reverse=True)
    assert sorted(ordered, key=repr) == sorted(events, key=repr)


def test_events_of_one_moment_stay_in_the_order_in_which_they_were_told():
    shipped, back = event(5, SHIPPED), event(5, RETURNED)
    assert newest_first([shipped, back]) == (shipped, back)


def test_a_title_that_was_had_twice_stands_there_twice():
    """Rental history repeats titles (reference: protocol 11.16)."""
    assert [one.title for one in returned(a_movie(), a_movie())] == [a_movie().key] * 2


@pytest.mark.parametrize("state", RentalState)
def test_a_part_has_the_events_of_its_state_in_the_order_of_the_whole(state):
    events = (event(9, SHIPPED), event(8, WATCHED), event(7), event(6, SHIPPED), event(5, WATCHED), event(4))
    part = in_state(events, state, None)
    assert part == tuple(one for one in events if one.state is state)
    assert len(part) == 2


def test_the_whole_has_the_events_of_every_state():
    events = tuple(event(at, state) for at, state in enumerate(RentalState))
    assert in_state(events, None, None) == events


def test_since_a_moment_means_not_before_it():
    events = event(30), event(20, SHIPPED), event(10)
    assert in_state(events, None, 20) == events[:2]
    assert in_state(events, RETURNED, 20) == events[:1]
    assert in_state(events, None, 31) == ()

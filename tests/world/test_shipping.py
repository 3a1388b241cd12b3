"""Discs by mail: what is sent, when it comes back, and that it makes no difference in how many strides time passes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.world.queues import AVAILABILITIES, AVAILABLE_NOW, AWAITING_RELEASE, Queue, QueueEntry
from mock_netflix.world.rentals import RentalEvent, RentalState, at_home, newest_first
from mock_netflix.world.rules import Rules
from mock_netflix.world.shipping import delivered
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Availability, TitleKey
from tests.worlds import NOW, a_movie, a_subscriber, a_world

DAY, HOUR = 86_400, 3600
# The time of every small world is the midnight that a Wednesday begins with.
WEDNESDAY, FRIDAY = NOW, NOW + 2 * DAY
FILMS = [a_movie(70_900_000 + number, f"Film {number}") for number in range(9)]


def entry(film: int, **told: object) -> QueueEntry:
    return replace(QueueEntry(FILMS[film].key, "DVD", NOW - DAY), **told)


def sent_before(film: int, days: int) -> RentalEvent:
    """A disc that was sent at six so many days ago, and is at home."""
    return RentalEvent(FILMS[film].key, RentalState.SHIPPED, NOW - days * DAY + 18 * HOUR, "DVD")


def world(*queued: QueueEntry, saved: tuple[QueueEntry, ...] = (), home: tuple[RentalEvent, ...] = (), **rules: object):
    """A world of one subscriber, in which discs are sent."""
    sam = a_subscriber(disc_queue=Queue(queued, saved), rentals=newest_first(home))
    return a_world(*FILMS, subscribers=(sam,)).with_rules(Rules(shipping=True, **rules))


def sam(state: State) -> Subscriber:
    return state.subscribers[state.subscriber.user_id]


def home(state: State) -> list[TitleKey]:
    return [event.title for event in reversed(at_home(sam(state).rentals))]


def queued(state: State) -> list[TitleKey]:
    return [one.title for one in sam(state).disc_queue.available]


def keys(*films: int) -> list[TitleKey]:
    return [FILMS[film].key for film in films]


def all_in(queue: Queue) -> Counter[TitleKey]:
    return Counter(one.title for one in (*queue.available, *queue.saved))


def told(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%a %d %H:%M")


def test_nothing_is_sent_where_the_rule_does_not_ask_for_it():
    before = world(entry(0), home=(sent_before(1, 30),)).with_rules(Rules())
    assert delivered(before, NOW, NOW + 100 * DAY) is before


def test_the_first_three_of_the_queue_go_with_the_mail_of_the_day():
    after = delivered(world(*map(entry, range(5))), NOW, NOW + DAY)
    assert (home(after), queued(after)) == (keys(0, 1, 2), keys(3, 4))
    assert {told(event.at) for event in sam(after).rentals} == {"Wed 01 18:00"}
    assert {event.estimated_arrival for event in sam(after).rentals} == {NOW + 18 * HOUR + DAY}


def test_nothing_is_sent_before_the_mail_goes():
    before = world(entry(0))
    assert delivered(before, NOW, NOW + 18 * HOUR - 1) is before
    assert home(delivered(before, NOW, NOW + 18 * HOUR)) == keys(0)


def test_no_mail_goes_at_the_weekend():
    after = delivered(world(entry(0)), FRIDAY + 18 * HOUR, FRIDAY + 5 * DAY)
    assert [told(event.at) for event in sam(after).rentals] == ["Mon 06 18:00"]


@pytest.mark.parametrize("places", [0, 1, 2, 8])
def test_so_many_are_at_home_as_the_rule_says(places):
    after = delivered(world(*map(entry, range(4)), discs_at_home=places, days_kept=90), NOW, NOW + DAY)
    assert home(after) == keys(*range(min(places, 4)))


def test_a_disc_comes_back_and_the_next_one_goes_the_same_day():
    after = delivered(world(entry(1), home=(sent_before(0, 5),), discs_at_home=1, days_kept=5), NOW, NOW + DAY)
    assert [(event.title, event.state.value, told(event.at)) for event in sam(after).rentals] == [
        (FILMS[1].key, "Shipped", "Wed 01 18:00"),
        (FILMS[0].key, "Returned", "Wed 01 12:00"),
        (FILMS[0].key, "Shipped", "Fri 27 18:00"),
    ]


def test_a_disc_that_is_late_comes_with_the_next_mail():
    after = delivered(world(home=(sent_before(0, 300),)), FRIDAY + 13 * HOUR, FRIDAY + 9 * DAY)
    assert told(sam(after).rentals[0].at) == "Mon 06 12:00"


def test_discs_are_kept_from_three_days_to_a_week_as_the_title_has_it():
    """What falls on a weekend comes on Monday."""
    kept = {}
    for film in range(9):
        after = delivered(world(home=(sent_before(film, 0),)), NOW + DAY, NOW + 30 * DAY)
        kept[film] = (sam(after).rentals[0].at - NOW) // DAY
    assert set(kept.values()) <= {5, 6, 7}
    assert len(set(kept.values())) > 1


@pytest.mark.parametrize("word", [word for word in AVAILABILITIES if word != AVAILABLE_NOW])
def test_what_is_to_be_waited_for_is_passed_over(word):
    after = delivered(world(entry(0, availability=word), entry(1)), NOW, NOW + DAY)
    assert (home(after), queued(after)) == (keys(1), keys(0))


def test_what_is_saved_without_a_day_stays_so():
    before = world(saved=(entry(0), entry(1, availability=AWAITING_RELEASE)))
    assert delivered(before, NOW, NOW + 900 * DAY) is before


def test_what_is_saved_goes_to_the_end_of_the_queue_when_its_day_comes():
    waiting = entry(0, availability=AWAITING_RELEASE, available_from=NOW + 3 * DAY)
    before = world(entry(1), entry(2), saved=(waiting, entry(3)), discs_at_home=0)
    assert delivered(before, NOW, NOW + 3 * DAY - 1) is before
    queue = sam(delivered(before, NOW, NOW + 3 * DAY)).disc_queue
    assert [one.title for one in queue.available] == keys(1, 2, 0)
    assert queue.available[-1] == entry(0)
    assert (queue.saved, queue.changes) == ((entry(3),), 2)


def test_what_waits_in_the_queue_keeps_its_place():
    waiting = entry(0, availability=AWAITING_RELEASE, available_from=NOW + DAY)
    after = delivered(world(waiting, entry(1), discs_at_home=0), NOW, NOW + 2 * DAY)
    assert sam(after).disc_queue.available == (entry(0), entry(1))


def test_a_title_that_is_at_home_is_not_sent_a_second_time():
    after = delivered(world(entry(0), entry(1), home=(sent_before(0, 0),), days_kept=90), NOW + DAY, NOW + 2 * DAY)
    assert (set(home(after)), queued(after)) == (set(keys(0, 1)), keys(0))


@pytest.mark.parametrize(
    ("disc", "sent"),
    [
        (Availability("DVD", NOW), True),
        (Availability("DVD", NOW + DAY), False),
        (Availability("DVD", 0, NOW + HOUR), False),
        (Availability("DVD", 0, NOW + DAY), True),
        (Availability("Blu-ray", 0), False),
        (Availability("instant", 0), False),
    ],
)
def test_only_what_can_be_had_that_day_on_this_disc_is_sent(disc, sent):
    film = replace(FILMS[0], formats=(disc,))
    state = a_world(film, subscribers=(a_subscriber(disc_queue=Queue((entry(0),))),)).with_rules(Rules(shipping=True))
    assert home(delivered(state, NOW, NOW + DAY)) == (keys(0) if sent else [])


def test_the_etag_tells_each_disc_that_was_sent():
    before = world(*map(entry, range(5)))
    after = delivered(before, NOW, NOW + DAY)
    assert sam(after).disc_queue.changes == sam(before).disc_queue.changes + 3


def test_nobody_else_is_touched():
    ada = a_subscriber("ada@example.com")
    state = world(entry(0)).with_subscriber(ada)
    assert delivered(state, NOW, NOW + 9 * DAY).subscribers[ada.user_id] is ada


words = st.sampled_from((AVAILABLE_NOW, AVAILABLE_NOW, AWAITING_RELEASE, "short wait"))
days = st.one_of(st.none(), st.integers(-3, 20).map(lambda day: NOW + day * DAY))
entries = st.builds(
    lambda film, word, day: entry(film, availability=word, available_from=day), st.integers(0, 8), words, days
)
rules = st.fixed_dictionaries(
    {"discs_at_home": st.integers(0, 4), "days_kept": st.one_of(st.none(), st.integers(0, 9))}
)


@st.composite
def worlds(draw: st.DrawFn) -> State:
    films = draw(st.lists(entries, unique_by=lambda one: one.title, max_size=9))
    cut = draw(st.integers(0, len(films)))
    loans = draw(st.lists(st.builds(sent_before, st.integers(0, 8), st.integers(1, 12)), max_size=4))
    return world(*films[:cut], saved=tuple(films[cut:]), home=tuple(loans), **draw(rules))


strides = st.lists(st.integers(0, 60 * HOUR), max_size=12)


@settings(max_examples=300, deadline=None)
@given(worlds(), st.integers(NOW, NOW + 7 * DAY), strides)
def test_it_makes_no_difference_in_how_many_strides_the_time_passes(state, begun, strides):
    by_strides, moment = state, begun
    for stride in strides:
        by_strides, moment = delivered(by_strides, moment, moment + stride), moment + stride
    assert sam(delivered(state, begun, moment)) == sam(by_strides)


@settings(max_examples=300, deadline=None)
@given(worlds(), st.integers(0, 40 * DAY))
def test_no_disc_is_lost_or_doubled(state, passed):
    """What was queued is still so, or was sent; what was at home or sent is at home, or came back."""
    before, after = sam(state), sam(delivered(state, NOW, NOW + passed))
    news = Counter(after.rentals) - Counter(before.rentals)
    sent, back = (
        Counter(event.title for event in news.elements() if event.state is state_)
        for state_ in (RentalState.SHIPPED, RentalState.RETURNED)
    )
    assert all_in(before.disc_queue) == all_in(after.disc_queue) + sent
    assert Counter(home(state)) + sent == Counter(home(delivered(state, NOW, NOW + passed))) + back
    assert list(after.rentals) == sorted(after.rentals, key=lambda event: -event.at)

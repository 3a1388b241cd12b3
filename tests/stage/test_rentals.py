"""What happens to discs and streams in a test: sent, come back, watched; and what the subscriber thinks of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, Calendar, day
from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.stage.queues import queue
from mock_netflix.stage.ratings import rate
from mock_netflix.stage.rentals import give_back, ship, watch
from mock_netflix.stage.subscribers import add_subscriber, find_subscriber
from mock_netflix.stage.titles import add_title
from mock_netflix.world.rentals import RentalState, at_home
from mock_netflix.world.subscribers import Rating


def home(sandbox, who=None) -> list[int]:
    return [event.title[1] for event in at_home(find_subscriber(sandbox, who).rentals)]


def test_a_disc_that_was_sent_is_at_home_and_in_the_queue_no_longer(sandbox):
    lantern = add_title(sandbox, "The Paper Lantern", formats=["DVD", "Blu-ray"])
    queue(sandbox, lantern, format="DVD")
    event = ship(sandbox, lantern)
    assert (event.format, event.at, event.estimated_arrival) == ("DVD", DEFAULT_AS_OF, DEFAULT_AS_OF + 86_400)
    assert home(sandbox)[0] == lantern.number
    assert find_subscriber(sandbox).disc_queue.find(lantern.key) is None
    assert find_subscriber(sandbox).rentals[0] is event


def test_a_disc_that_came_back_is_at_home_no_longer_even_in_the_same_second(sandbox):
    before = home(sandbox)
    for _ in range(2):
        ship(sandbox, "Metropolis")
        assert give_back(sandbox, "Metropolis").state is RentalState.RETURNED
        assert home(sandbox) == before
    states = [event.state for event in find_subscriber(sandbox).rentals[:4]]
    assert states == [RentalState.RETURNED, RentalState.SHIPPED] * 2


def test_what_was_watched_is_the_newest_of_the_history(sandbox):
    event = watch(sandbox, "Metropolis", minutes=12)
    assert (event.state, event.viewed_time, event.format) == (RentalState.WATCHED, 720, "instant")
    assert find_subscriber(sandbox).rentals[0] is event
    assert watch(sandbox, "Metropolis").viewed_time is None


@pytest.mark.parametrize(
    "at",
    ["2011-05-02", "2011-05-02T00:00:00Z", date(2011, 5, 2), datetime(2011, 5, 2), datetime(2011, 5, 2, tzinfo=UTC)],
)
def test_it_may_have_been_earlier(sandbox, at):
    kit = add_subscriber(sandbox)
    events = [
        ship(sandbox, "Metropolis", subscriber=kit, at=at),
        give_back(sandbox, "Metropolis", subscriber=kit, at=at),
        watch(sandbox, "Casablanca", subscriber=kit, at=at),
    ]
    assert {event.at for event in events} == {day("2011-05-02")}
    rate(sandbox, "Casablanca", 4, subscriber=kit, at=at)
    assert [*find_subscriber(sandbox, kit).ratings.values()] == [Rating(4, day("2011-05-02"))]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2012-01-01", "2012-01-01 00:00:00 UTC has not come yet: it is 2011-06-01 00:00:00 UTC in this world"),
        ("yesterday", "'yesterday' is no moment; give"),
        ("2011-02-30", "'2011-02-30' is no moment; give"),
        ([], r"\[\] is no moment; give"),
        (-1, "-1 is out of reach"),
    ],
    ids=str,
)
def test_a_moment_that_cannot_be_is_refused(sandbox, at, told):
    with pytest.raises(MockNetflixError, match=told):
        ship(sandbox, "Metropolis", at=at)
    assert sandbox.state is sandbox.begun


def test_a_disc_comes_back_after_it_was_sent(sandbox):
    ship(sandbox, "Metropolis", at="2011-05-02")
    with pytest.raises(ConflictError, match=r"cannot come back at 2011-05-01 .*: it was sent at 2011-05-02"):
        give_back(sandbox, "Metropolis", at="2011-05-01")
    sandbox.calendar = Calendar(day("2011-01-01"))
    assert give_back(sandbox, "Metropolis").at == day("2011-05-02")


@pytest.mark.parametrize(
    ("happen", "title", "told"),
    [
        (ship, "Home", "Home is at home with sam@example.com"),
        (ship, "Streamed", "Streamed cannot be had on disc; it comes as instant"),
        (ship, "Coming", "Coming cannot be sent before 2011-12-01 00:00:00 UTC, when it comes as DVD"),
        (ship, "Harbor", "Harbor is not sent as a whole; name one of its discs"),
        (give_back, "Streamed", "Streamed is not at home with sam@example.com; ship it first"),
        (watch, "Home", "Home cannot be had instantly; it comes as DVD"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_changes_nothing(sandbox, happen, title, told):
    for name, formats in {"Home": ["DVD"], "Streamed": ["instant"], "Coming": {"DVD": "2011-12-01"}}.items():
        add_title(sandbox, name, formats=formats)
    add_title(sandbox, "Harbor", type="series")
    ship(sandbox, "Home")
    before = sandbox.state
    with pytest.raises(ConflictError) as refused:
        happen(sandbox, title)
    assert str(refused.value) == told
    assert sandbox.state is before


@pytest.mark.parametrize("minutes", [0, -1, True, 1.5, "12", 10**9])
def test_minutes_that_cannot_be_are_refused(sandbox, minutes):
    with pytest.raises(MockNetflixError, match=r"minutes cannot be .*; it is a whole number from 1 to 100000"):
        watch(sandbox, "Metropolis", minutes=minutes)
    assert sandbox.state is sandbox.begun


def test_a_rating_is_set_changed_and_taken_back(sandbox):
    lantern = add_title(sandbox, "The Paper Lantern")
    given = [rate(sandbox, lantern, stars).ratings.get(lantern.key) for stars in (4, "not interested", 1, None, None)]
    assert given == [Rating(4, DEFAULT_AS_OF), Rating(None, DEFAULT_AS_OF), Rating(1, DEFAULT_AS_OF), None, None]
    assert find_subscriber(sandbox).ratings == sandbox.begun.subscriber.ratings


@pytest.mark.parametrize("stars", [0, 6, True, 4.5, "5", "no opinion", [], object()])
def test_stars_that_cannot_be_are_refused(sandbox, stars):
    with pytest.raises(MockNetflixError, match='a rating is 1 to 5, "not interested", or None to take it back'):
        rate(sandbox, "Metropolis", stars)
    with pytest.raises(UnknownError, match="no title is called"):
        rate(sandbox, "Metropolitan Nothing", 3)
    assert sandbox.state is sandbox.begun

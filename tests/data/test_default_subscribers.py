"""The subscribers of the default world: every case that a client may meet belongs to somebody, by login."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, LAUNCH, day
from mock_netflix.data.files import default_folder
from mock_netflix.data.load import load
from mock_netflix.world.grants import issue_access_token
from mock_netflix.world.maturity import level_of
from mock_netflix.world.queueing import can_be_had, parts_of
from mock_netflix.world.queues import AVAILABILITIES, AVAILABLE_NOW, MAX_ENTRIES, SAVED, Placed, Queue, QueueKind
from mock_netflix.world.rentals import RentalState, at_home
from mock_netflix.world.subscribers import NO_MATURITY_LIMIT, Subscriber
from mock_netflix.world.titles import TitleType
from tests.resources.in_process import Api, refusal

WORLD = load()
TITLES = WORLD.catalogue.titles
BY_NAME = {one.login.partition("@")[0]: one for one in WORLD.subscribers.values()}
EVERYBODY = tuple(BY_NAME.values())


def movie(name: str) -> int:
    """The number of the movie with this name."""
    (number,) = [one.number for one in TITLES.values() if one.regular == name and one.type is TitleType.MOVIE]
    return number


def both_queues(one: Subscriber) -> tuple[Queue, Queue]:
    return one.disc_queue, one.instant_queue


def placed(one: Subscriber) -> list[Placed]:
    return [entry for queue in both_queues(one) for entry in queue.placed()]


def told(one: Placed) -> str:
    """The availability of an entry as the API tells it."""
    saved = one.position is None and one.entry.availability == AVAILABLE_NOW
    return SAVED if saved else one.entry.availability


def api_of(login: str) -> Api:
    """The API as somebody uses it."""
    one = BY_NAME[login]
    grants, token = issue_access_token(WORLD.grants, WORLD.application.key, one.user_id)
    return Api(replace(WORLD, grants=grants, subscriber=one, access_token=token))


def title_states(login: str, number: int) -> list[str]:
    """What the API tells somebody that they can do with a movie, or where it is."""
    api = api_of(login)
    answer = ElementTree.fromstring(api.get(f"{api.user}/title_states", title_refs=ref(number)).text)
    return [it.get("term") for it in answer.iter("category") if it.get("scheme", "").endswith("/title_states")]


def ref(number: int) -> str:
    return f"http://api.netflix.com/catalog/titles/movies/{number}"


def test_the_first_three_are_who_they_were_and_the_first_is_the_ready_one():
    assert [one.login for one in EVERYBODY[:3]] == ["sam@example.com", "ottilie@example.org", "pip@example.com"]
    assert WORLD.subscriber is EVERYBODY[0]


def test_every_login_and_password_can_be_typed_on_any_keyboard():
    for one in EVERYBODY:
        assert f"{one.login}{one.password}".isascii()
        assert " " not in one.login


def test_nobody_has_anything_from_after_the_day_of_the_world():
    """Else it would be there at other days and never on this one."""
    as_told = load(as_of=day("2020-01-01")).subscribers.values()
    for now, whole in zip(EVERYBODY, as_told, strict=True):
        assert (now.rentals, now.disc_queue, now.instant_queue) == (
            whole.rentals,
            whole.disc_queue,
            whole.instant_queue,
        )
        assert (now.ratings, now.reviews) == (whole.ratings, whole.reviews)


def test_the_collector_has_a_long_history_of_every_kind():
    events = BY_NAME["collector"].rentals
    assert len(events) >= 100
    assert min(Counter(event.state for event in events).values()) >= 30
    assert {event.state for event in events} == set(RentalState)
    assert {event.format for event in events} == {"DVD", "Blu-ray", "instant"}
    assert {event.title[0] for event in events} >= {TitleType.MOVIE, TitleType.DISC, TitleType.PROGRAM}


@pytest.mark.parametrize("year", ["2008", "2009", "2010", "2011"])
def test_the_collector_had_something_in_every_year(year):
    begin, end = day(f"{year}-01-01"), day(f"{int(year) + 1}-01-01")
    assert [event for event in BY_NAME["collector"].rentals if begin <= event.at < end]


def test_the_collector_had_one_title_twice():
    returned = Counter(event.title for event in BY_NAME["collector"].rentals if event.state is RentalState.RETURNED)
    assert max(returned.values()) == 2


def test_the_collector_has_long_queues_many_ratings_and_several_reviews():
    one = BY_NAME["collector"]
    for queue in both_queues(one):
        assert len(queue.available) >= 30
        assert queue.saved
    assert len(one.ratings) >= 60
    assert {rating.stars for rating in one.ratings.values()} == {1, 2, 3, 4, 5, None}
    assert {key[0] for key in one.ratings} == {TitleType.MOVIE, TitleType.SERIES, TitleType.DISC, TitleType.PROGRAM}
    assert len(one.reviews) >= 5


def test_the_ordinary_one_has_a_little_of_everything():
    one = BY_NAME["ordinary"]
    assert {event.state for event in one.rentals} == set(RentalState)
    assert all(0 < len(queue.available) < 10 for queue in both_queues(one))
    assert one.ratings
    assert one.reviews
    assert at_home(one.rentals)


def test_the_newcomer_has_nothing():
    one = BY_NAME["newcomer"]
    assert (one.rentals, placed(one), dict(one.ratings), one.reviews) == ((), [], {}, ())
    assert one.can_instant_watch


def test_one_cannot_watch_instantly_and_has_discs_only():
    one = BY_NAME["noinstant"]
    assert not one.can_instant_watch
    assert one.disc_queue.available
    assert not one.instant_queue.placed()
    assert RentalState.WATCHED not in {event.state for event in one.rentals}


def test_one_watches_only_and_has_never_had_a_disc():
    one = BY_NAME["watcher"]
    assert {event.state for event in one.rentals} == {RentalState.WATCHED}
    assert not one.disc_queue.placed()
    ends = {event.viewed_time >= TITLES[event.title].runtime for event in one.rentals}
    assert ends == {True, False}


def test_one_has_eight_discs_at_home_and_had_one_of_them_before():
    one = BY_NAME["eightdiscs"]
    home = {event.title for event in at_home(one.rentals)}
    assert len(home) == 8
    assert home & {event.title for event in one.rentals if event.state is RentalState.RETURNED}
    assert {event.format for event in at_home(one.rentals)} == {"DVD", "Blu-ray"}


def test_one_has_a_full_queue_of_five_hundred_different_titles():
    queue = BY_NAME["fullqueue"].instant_queue
    assert len(queue.available) == MAX_ENTRIES == 500
    assert len({entry.title for entry in queue.available}) == 500
    kinds = {entry.title[0] for entry in queue.available}
    assert kinds == {TitleType.MOVIE, TitleType.SERIES, TitleType.SEASON, TitleType.PROGRAM}


def test_nothing_can_be_added_to_a_full_queue():
    api = api_of("fullqueue")
    answer = api.send("POST", f"{api.user}/queues/instant", {"title_ref": ref(movie("Y Tu Mamá También"))})
    assert refusal(answer) == (400, "Queue is too large")


def test_a_full_queue_grew_day_by_day_and_begins_with_what_was_told():
    one = BY_NAME["fullqueue"]
    assert TITLES[one.instant_queue.available[0].title].regular == "Seven Samurai"
    added = [entry.added for entry in one.instant_queue.available[3:]]
    assert added == sorted(added)
    assert LAUNCH == added[0] < added[-1] <= DEFAULT_AS_OF


def test_the_one_with_the_full_queue_has_a_long_one_of_discs_too():
    assert len(BY_NAME["fullqueue"].disc_queue.available) == 120


def test_everything_that_is_queued_can_be_had_unless_it_says_that_it_cannot():
    for one in EVERYBODY[3:]:
        for kind, queue in zip(QueueKind, both_queues(one), strict=True):
            for entry in queue.available:
                title = TITLES[entry.title]
                (format_,) = [it for it in title.formats if it.format.casefold() == entry.format.casefold()]
                assert parts_of(title, kind, WORLD.catalogue) == (title,)
                assert format_.available_from <= DEFAULT_AS_OF, (one.login, title.regular)
                assert can_be_had(format_, DEFAULT_AS_OF)


def test_nothing_was_had_before_it_could_be():
    for one in EVERYBODY[3:]:
        for event in one.rentals:
            title = TITLES[event.title]
            starts = [it.available_from for it in title.formats if it.format == event.format]
            assert starts, (one.login, title.regular, event.format)
            assert starts[0] <= event.at, (one.login, title.regular, event.format)


def test_nothing_that_is_at_home_is_in_the_disc_queue():
    for one in EVERYBODY[3:]:
        home = {event.title for event in at_home(one.rentals)}
        assert not home & {entry.entry.title for entry in one.disc_queue.placed()}


def test_no_title_is_in_a_queue_twice():
    for one in EVERYBODY:
        for queue in both_queues(one):
            titles = [entry.entry.title for entry in queue.placed()]
            assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("availability", AVAILABILITIES)
def test_every_availability_of_a_queue_entry_occurs_in_the_queue_of_the_one_who_waits(availability):
    assert availability in {told(entry) for entry in BY_NAME["waiting"].disc_queue.placed()}


def test_what_awaits_its_release_is_saved_and_says_when():
    waiting = [entry for one in EVERYBODY for entry in placed(one) if told(entry) == "awaiting release"]
    assert waiting
    for entry in waiting:
        assert entry.position is None
        assert entry.entry.available_from > DEFAULT_AS_OF


@pytest.mark.parametrize("state", RentalState)
def test_every_rental_state_occurs(state):
    assert sum(state in {event.state for event in one.rentals} for one in EVERYBODY) >= 3


@pytest.mark.parametrize(
    ("login", "title", "state"),
    [
        ("ordinary", "Amélie", "Play"),
        ("ordinary", "Amélie", "Add"),
        ("ordinary", "The Godfather", "In Queue"),
        ("ordinary", "Fargo", "At Home"),
        ("ordinary", "12 Angry Men", "In Queue"),
        ("waiting", "The Kid", "Saved"),
        ("eightdiscs", "Blade Runner", "At Home"),
        ("noinstant", "Rear Window", "In Queue"),
    ],
)
def test_every_title_state_occurs(login, title, state):
    """reference: resources 3.4."""
    assert state in title_states(login, movie(title))


def test_who_cannot_watch_instantly_is_not_told_to_play():
    assert "Play" not in title_states("noinstant", movie("Amélie"))
    assert "Play" in title_states("ordinary", movie("Amélie"))


@pytest.mark.parametrize(("login", "level", "too_mature"), [("kids", 20, "TV-G"), ("family", 60, "TV-PG")])
def test_some_profiles_are_for_children_and_have_nothing_too_mature(login, level, too_mature):
    one = BY_NAME[login]
    assert one.max_maturity_level == level < level_of(too_mature)
    keys = {event.title for event in one.rentals} | {entry.entry.title for entry in placed(one)} | set(one.ratings)
    assert keys
    assert all(level_of(TITLES[key].rating) <= level for key in keys)


def test_most_profiles_have_no_limit():
    assert sum(one.max_maturity_level == NO_MATURITY_LIMIT for one in EVERYBODY) > len(EVERYBODY) / 2


@pytest.mark.parametrize("login", ["ottilie", "newcomer", "kids", "family"])
def test_who_has_no_nickname_is_called_by_the_first_name(login):
    assert BY_NAME[login].nickname == BY_NAME[login].first_name


def test_some_names_are_not_ascii():
    assert BY_NAME["family"].full_name == "Zoë Dvořáková"
    assert BY_NAME["waiting"].last_name == "Bañuelos"
    assert (BY_NAME["watcher"].full_name, BY_NAME["watcher"].nickname) == ("映子 森田", "えいこ")


def test_some_reviews_are_not_ascii_and_some_need_escaping():
    texts = "".join(review.text for one in EVERYBODY for review in one.reviews)
    assert {"藪", "é", "–", "&", "<", "'"} <= set(texts)


def test_preferences_differ():
    assert {one.preferred_formats for one in EVERYBODY} == {("DVD",), ("Blu-ray", "DVD")}


def test_reviews_are_of_titles_that_the_reviewer_had_or_rated():
    for one in EVERYBODY[3:]:
        known = {event.title for event in one.rentals} | set(one.ratings)
        known |= {(TitleType.SEASON, TITLES[key].season) for key in known}
        assert {review.title for review in one.reviews} <= known, one.login


def test_the_documentation_names_everybody_with_their_password():
    text = (default_folder().parent / "docs" / "fixtures.md").read_text()
    rows = re.findall(r"^\| `(\S+)` \| `(\S+)` \| \S.*\|$", text, re.MULTILINE)
    assert rows[0][0] == WORLD.subscriber.login
    assert set(rows) == {(one.login, one.password) for one in EVERYBODY}

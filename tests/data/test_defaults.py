"""The default world: what a person finds in it, and that it is the same every time."""

from __future__ import annotations

import pytest

from mock_netflix.data.files import default_folder
from mock_netflix.data.load import load
from mock_netflix.world.rentals import RentalState
from mock_netflix.world.state import State
from mock_netflix.world.titles import Title, TitleType

WORLD = load()


def titles(kind: TitleType, world: State = WORLD) -> list[Title]:
    return [title for title in world.catalogue.titles.values() if title.type is kind]


def test_there_are_at_least_forty_movies_and_two_series():
    assert len(titles(TitleType.MOVIE)) >= 40
    assert len(titles(TitleType.SERIES)) >= 2


def test_every_series_has_seasons_episodes_and_discs():
    for series in titles(TitleType.SERIES):
        parts = {kind: WORLD.catalogue.children(series, kind) for kind in TitleType}
        assert parts[TitleType.SEASON]
        assert parts[TitleType.PROGRAM]
        assert parts[TitleType.DISC]


def test_every_part_has_its_season_and_its_series():
    known = WORLD.catalogue.titles
    for title in (*titles(TitleType.SEASON), *titles(TitleType.PROGRAM)):
        assert (TitleType.SERIES, title.series) in known
        assert title.type is TitleType.SEASON or (TitleType.SEASON, title.season) in known


def test_every_person_of_a_title_is_known_and_no_two_share_a_number():
    people = WORLD.catalogue.people
    named = {number for title in WORLD.catalogue.titles.values() for number in (*title.cast, *title.directors)}
    assert named <= set(people)
    assert len({person.name for person in people.values()}) == len(people)


def test_every_title_tells_what_clients_show():
    for title in WORLD.catalogue.titles.values():
        assert title.regular
        assert title.synopsis
        assert title.genres
        assert 1 <= title.average_rating <= 5
        assert title.release_year is None or 1874 <= title.release_year <= 2014


@pytest.mark.parametrize("kind", TitleType)
def test_a_title_has_one_rating_of_the_scheme_it_names(kind):
    for title in titles(kind):
        assert title.rating_scheme in ("mpaa_ratings", "tv_ratings")
        assert title.rating in ("NR", "UR") or title.rating.startswith("TV-") is (title.rating_scheme == "tv_ratings")


def test_discs_are_not_watched_and_episodes_are_not_sent():
    assert not any(title.has_format("instant") for title in titles(TitleType.DISC))
    assert not any(title.has_format("DVD") or title.has_format("Blu-ray") for title in titles(TitleType.PROGRAM))


def test_there_are_thirteen_subscribers_whom_a_login_tells_apart():
    subscribers = WORLD.subscribers
    assert len(subscribers) == 13
    assert len({one.login.casefold() for one in subscribers.values()}) == 13
    assert all(one.user_id == user_id for user_id, one in subscribers.items())


def test_the_ready_subscriber_has_a_history_of_every_kind_and_both_queues():
    ready = WORLD.subscriber
    assert {event.state for event in ready.rentals} == set(RentalState)
    assert ready.disc_queue.available
    assert ready.instant_queue.available


def test_what_subscribers_had_want_and_think_is_of_titles_there_are():
    for one in WORLD.subscribers.values():
        queues = one.disc_queue, one.instant_queue
        entries = [entry for queue in queues for entry in (*queue.available, *queue.saved)]
        keys = {event.title for event in one.rentals} | {entry.title for entry in entries} | set(one.ratings)
        keys |= {review.title for review in one.reviews}
        assert keys <= set(WORLD.catalogue.titles)


def test_the_ready_ones_belong_together():
    token = WORLD.access_token
    assert token.consumer_key == WORLD.application.key
    assert token.user_id == WORLD.subscriber.user_id
    assert WORLD.grants.access_tokens == {token.token: token}
    assert WORLD.subscribers[token.user_id] is WORLD.subscriber


def test_ids_are_the_same_at_every_load():
    again = load()
    assert list(again.subscribers) == list(WORLD.subscribers)
    assert list(again.catalogue.titles) == list(WORLD.catalogue.titles)
    assert again.catalogue.people == WORLD.catalogue.people
    assert again.grants == WORLD.grants


def test_the_ready_credentials_are_the_same_in_every_release():
    """People paste them into their tests: when this fails, say so in the changelog."""
    application, token = WORLD.application, WORLD.access_token
    assert (application.name, application.key, application.secret) == (
        "Green Eggs",
        "faqbgkqqgt36z9jfm9qnhv22",
        "q0az734KgV",
    )
    assert WORLD.subscriber.user_id == "T1d.1fkusp1TGSXgqSTcLCpaa8K.FxNpXnby8ks8OAiCa-"
    assert token.token == ("T1y_ozesv-AjudKGtaGpi_ptHRai0Bk6CLjHq2esbuN5WxdJ0uJ.v2f67RlgYh7N3tfgHipWkHuJaGvo7g-ID2ok--")
    assert (WORLD.subscriber.login, WORLD.subscriber.password, token.secret) == (
        "sam@example.com",
        "popcorn",
        "x216FNe6J6N5",
    )


def test_another_seed_makes_other_ids_of_the_same_titles():
    other = load(seed="another")
    assert not set(other.subscribers) & set(WORLD.subscribers)
    assert not set(other.grants.applications) & set(WORLD.grants.applications)
    assert list(other.catalogue.titles) == list(WORLD.catalogue.titles)


def test_the_default_folder_holds_the_fixtures():
    assert {path.name for path in default_folder().glob("*.json")} >= {"movies.json", "series.json", "subscribers.json"}

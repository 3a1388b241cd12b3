"""Subscribers that a test adds, finds, changes and removes: what a fixture file makes of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_netflix.calendar import Calendar, day
from mock_netflix.data.faults import FixtureError
from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.stage.subscribers import add_subscriber, change_subscriber, find_subscriber, remove_subscriber
from mock_netflix.stage.titles import add_title
from mock_netflix.world.identifiers import looks_like_user_id
from tests.data.own_fixtures import faults, loaded, subscriber

KIT = {
    "login": "kit.vale@example.com",
    "password": "salt",
    "nickname": "kit",
    "can_instant_watch": False,
    "max_maturity_level": 80,
    "preferred_formats": ["Blu-ray"],
    "rentals": ["Casablanca", {"title": 60010001, "shipped": "2011-05-02"}],
    "disc_queue": ["King Kong (1933)", {"title": "Metropolis", "saved": True, "availability": "long wait"}],
    "instant_queue": ["Metropolis"],
    "disc_queue_filled_to": 5,
    "ratings": {"Casablanca": 5, "Metropolis": "not_interested"},
    "reviews": [{"title": "Casablanca", "text": "Again."}],
}


@pytest.mark.parametrize("told", [{"login": "kit@example.com"}, KIT], ids=["only a login", "everything"])
def test_who_is_added_is_whom_a_fixture_file_makes(sandbox, tmp_path, told):
    added = add_subscriber(sandbox, **told)
    assert added == subscriber(loaded(tmp_path, {"subscribers": [told]}), told["login"])
    assert find_subscriber(sandbox, told["login"]) == added


def test_a_login_is_made_up_where_none_is_told(sandbox):
    add_subscriber(sandbox, "SUB2@example.com")
    assert [add_subscriber(sandbox).login for _ in range(2)] == ["sub1@example.com", "sub3@example.com"]


@pytest.mark.parametrize(
    "told",
    [
        {"pasword": "x"},
        {"disc_queue": {"title": "Casablanca"}, "can_instant_watch": "yes"},
        {"ratings": {"Casablanca": 6}, "rentals": [{"shipped": "yesterday"}], "max_maturity_level": -1},
    ],
    ids=str,
)
def test_every_fault_is_told_as_of_a_fixture_file(sandbox, tmp_path, told):
    with pytest.raises(FixtureError) as refused:
        add_subscriber(sandbox, "kit@example.com", **told)
    file = {"subscribers": [{"login": "kit@example.com", **told}]}
    expected = {fault.partition(": ")[2] for fault in faults(tmp_path, file)}
    assert {f"subscribers[0].{fault}".replace("].: ", "]: ") for fault in refused.value.faults} == expected
    assert sandbox.state is sandbox.begun


@pytest.mark.parametrize(
    ("told", "error", "sentence"),
    [
        ({"disc_queue": ["Casablanka"]}, UnknownError, 'disc_queue[0]: no title is called "Casablanka"; did you'),
        ({"disc_queue": ["Casablanca"] * 2}, ConflictError, "disc_queue[1]: Casablanca is in this queue already"),
        ({"login": "Sam@Example.com"}, ConflictError, "there is a subscriber Sam@Example.com already"),
        (
            {"rentals": [{"title": "Casablanca", "shipped": "2011-06-02"}]},
            ConflictError,
            "something of kit@example.com is dated later than this world, where it is 2011-06-01 00:00:00 UTC",
        ),
    ],
    ids=["nowhere", "twice", "login", "later"],
)
def test_what_does_not_go_with_the_world_is_refused_and_nobody_added(sandbox, told, error, sentence):
    with pytest.raises(error) as refused:
        add_subscriber(sandbox, **{"login": "kit@example.com", **told})
    assert str(refused.value).startswith(sentence)
    assert sandbox.state is sandbox.begun


def test_titles_that_were_added_are_in_the_queues_of_who_is_added_later(sandbox):
    lantern = add_title(sandbox, "The Paper Lantern")
    kit = add_subscriber(sandbox, disc_queue=["the paper lantern"], ratings={lantern: 4}, rentals=[lantern])
    assert {*kit.ratings, *(event.title for event in kit.rentals)} == {lantern.key}
    assert [entry.title for entry in kit.disc_queue.available] == [lantern.key]


def test_dates_that_are_left_out_lie_before_the_day_of_the_world_and_ids_have_its_form(sandbox):
    sandbox.calendar = Calendar(day("2012-05-01"))
    kit = add_subscriber(sandbox, disc_queue=["Casablanca"])
    assert kit.disc_queue.available[0].added == day("2012-04-30")
    assert kit.user_id.startswith("BQAJAAEDE")
    assert looks_like_user_id(kit.user_id)


def test_one_who_is_ready_is_the_ready_one_with_a_token(sandbox):
    kit = add_subscriber(sandbox, "kit@example.com", ready=True)
    assert (sandbox.state.subscriber, find_subscriber(sandbox)) == (kit, kit)
    assert sandbox.state.access_token.user_id == kit.user_id
    assert sandbox.state.access_token.token in sandbox.state.grants.access_tokens


@pytest.mark.parametrize("named", ["kit@example.com", "KIT@example.com", "Kitty"])
def test_a_subscriber_is_found_by_login_or_nickname_or_id(sandbox, named):
    kit = add_subscriber(sandbox, "kit@example.com", nickname="Kitty")
    assert find_subscriber(sandbox, named) == find_subscriber(sandbox, kit.user_id) == kit
    change_subscriber(sandbox, kit, nickname="Other")
    assert find_subscriber(sandbox, kit).nickname == "Other"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("sma@example.com", 'there is no subscriber "sma@example.com"; did you mean "sam@example.com"?'),
        ("~", 'there is no subscriber "~"; name one by login or user id'),
        (7, "a subscriber is named by login, user id or nickname, not by 7"),
        ("Sub", 'several subscribers are called "Sub"; name sub1@example.com or sub2@example.com'),
    ],
    ids=str,
)
def test_who_names_nobody_is_told_whom_to_name(sandbox, named, told):
    add_subscriber(sandbox), add_subscriber(sandbox)
    with pytest.raises(MockNetflixError) as refused:
        find_subscriber(sandbox, named)
    assert str(refused.value) == told


def test_a_change_is_of_what_is_named_and_nothing_else(sandbox):
    before = find_subscriber(sandbox)
    after = change_subscriber(sandbox, max_maturity_level=60, can_instant_watch=False, preferred_formats=("DVD",))
    assert after == replace(before, max_maturity_level=60, can_instant_watch=False, preferred_formats=("DVD",))
    assert find_subscriber(sandbox) == after
    with pytest.raises(FixtureError, match="2 faults in this change of a subscriber:"):
        change_subscriber(sandbox, login="x", max_maturity_level="all")
    assert find_subscriber(sandbox) == after


def test_one_who_is_removed_is_gone_but_the_ready_one_stays(sandbox):
    kit = add_subscriber(sandbox, "kit@example.com")
    assert remove_subscriber(sandbox, "kit@example.com") == kit
    assert sandbox.state.subscribers == sandbox.begun.subscribers
    with pytest.raises(UnknownError, match="there is no subscriber"):
        remove_subscriber(sandbox, kit)
    with pytest.raises(ConflictError, match="is the ready subscriber of this world, and stays"):
        remove_subscriber(sandbox, None)


def test_another_world_hears_nothing_of_it(sandbox, other):
    add_subscriber(sandbox, "kit@example.com")
    with pytest.raises(UnknownError, match="there is no subscriber"):
        find_subscriber(other, "kit@example.com")

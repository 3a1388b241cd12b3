"""Reads that are stale after a write, as those of the real service were (reference: protocol 9)."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from mock_netflix.stage.faults import fail_next

# Entries 2 and 3 of the ready subscriber's queue of discs.
SECOND, THIRD = "movies/60010029", "movies/60010021"


@pytest.fixture
def stale(still):
    """The mock with a clock that stands still, in which writes are seen five seconds late."""
    fail_next(still.sandbox, "stale-reads", seconds=5, times=None)
    return still


def first(mock) -> str:
    """The first entry of the queue, as a read tells it."""
    queue = ElementTree.fromstring(mock.get(f"{mock.user}/queues/disc").content)
    return "movies/" + queue.findtext("queue_item/id", "").rpartition("/")[2]


def etag(mock) -> str:
    return ElementTree.fromstring(mock.get(f"{mock.user}/queues/disc").content).findtext("etag", "")


def put_first(mock, ref: str, **parameters: str):
    return mock.send("POST", f"{mock.user}/queues/disc", title_ref=ref, position="1", **parameters)


def test_a_write_is_seen_when_the_clock_has_gone_on(stale):
    before = first(stale)
    assert put_first(stale, THIRD).status_code == 201
    seen = []
    for _ in range(6):
        seen.append(first(stale))
        stale.sandbox.clock.offset += 1
    assert seen == [before] * 5 + [THIRD]


def test_time_that_a_test_lets_pass_counts(stale):
    before = first(stale)
    put_first(stale, THIRD)
    for seconds, seen in ((4, before), (1, THIRD)):
        stale.http.post(f"{stale.url}/_mock/clock/advance", json={"seconds": seconds})
        assert first(stale) == seen


def test_writes_go_on_from_what_is_true_and_not_from_what_is_seen(stale):
    before = first(stale)
    told = put_first(stale, THIRD)
    assert put_first(stale, SECOND, etag=etag(stale)).status_code == 412
    now = ElementTree.fromstring(told.content).findtext("etag", "")
    assert put_first(stale, SECOND, etag=now).status_code == 201
    assert first(stale) == before
    stale.sandbox.clock.offset += 5
    queue = stale.state.subscribers[stale.state.subscriber.user_id].disc_queue.placed()
    assert first(stale) == SECOND
    assert [f"movies/{one.entry.title[1]}" for one in queue[:2]] == [SECOND, THIRD]


def test_only_what_is_read_of_users_is_stale_and_only_such_answers_say_so(stale):
    put_first(stale, THIRD)
    user, search = (stale.get(path) for path in (f"{stale.user}/queues/disc", "/catalog/titles"))
    assert user.headers["x-mock-netflix-fault"] == "1"
    assert "x-mock-netflix-fault" not in search.headers


def test_a_token_that_is_asked_for_meanwhile_takes_nothing_back(stale):
    put_first(stale, THIRD)
    assert stale.get_as_application("/oauth/request_token").status_code == 200
    stale.sandbox.clock.offset += 5
    assert first(stale) == THIRD


def test_ratings_are_stale_as_well(stale):
    path, ref = f"{stale.user}/ratings/title", "http://api.netflix.com/catalog/titles/movies/60010029"
    before = stale.get(path, title_refs=ref).content
    assert stale.send("POST", f"{path}/actual", title_ref=ref, rating="2").status_code in (201, 422)
    assert stale.send("PUT", f"{path}/actual/60010029", rating="1").status_code == 200
    assert stale.get(path, title_refs=ref).content == before
    stale.sandbox.clock.offset += 5
    assert stale.get(path, title_refs=ref).content != before


def test_what_a_test_arranges_is_seen_at_once(stale):
    put_first(stale, THIRD)
    subscriber = stale.state.subscribers[stale.state.subscriber.user_id]
    stale.sandbox.state = stale.state.with_subscriber(replace(subscriber, first_name="Pat"))
    assert first(stale) == THIRD
    assert "Pat" in stale.get(stale.user).text


def test_another_world_sees_its_writes_at_once(stale):
    made = stale.http.post(f"{stale.url}/_mock/worlds", json={}).json()
    control = made["control"]
    assert stale.http.post(f"{control}/faults", json={"effect": "stale-reads", "seconds": 60}).status_code == 201
    stale.http.delete(f"{stale.url}/_mock/faults")
    put_first(stale, THIRD)
    assert first(stale) == THIRD
    assert stale.http.get(f"{control}/faults").json()["faults"][0]["applied"] == 0
    stale.http.delete(control)


def test_without_the_fault_nothing_is_stale_any_more(stale):
    put_first(stale, THIRD)
    stale.http.delete(f"{stale.url}/_mock/faults/1")
    assert first(stale) == THIRD

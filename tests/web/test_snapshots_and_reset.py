"""The world brought back: as it began, or as it was when a snapshot was taken."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from mock_netflix.errors import ConflictError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.faults import fail_next, remove_all
from mock_netflix.stage.snapshots import LIMIT
from mock_netflix.stage.tokens import issue
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.diagnosed import ruled
from tests.web.voices import told
from tests.worlds import a_world


def ask(mock: Mock, verb: str, path: str, **body: Any) -> httpx.Response:
    return mock.http.request(verb, f"{mock.url}/_mock{path}", json=body if verb == "POST" else None)


def ratings(mock: Mock) -> dict[Any, Any]:
    """What the ready subscriber thinks of titles."""
    return dict(mock.state.subscribers[mock.state.subscriber.user_id].ratings)


def rate_another(mock: Mock) -> None:
    """The ready subscriber rates a movie that they have not rated yet."""
    rated = ratings(mock)
    _, number = next(ref for ref in mock.state.catalogue.titles if ref[0].value == "movies" and ref not in rated)
    movie = f"{mock.url}/catalog/titles/movies/{number}"
    assert mock.send("POST", f"{mock.user}/ratings/title/actual", title_ref=movie, rating="4").status_code == 201
    assert len(ratings(mock)) == len(rated) + 1


def read(mock: Mock, token: Any) -> httpx.Response:
    consumer = (mock.application.key, mock.application.secret)
    return mock.http.get(
        signed("GET", f"{mock.url}/users/current", {}, consumer=consumer, token=(token.token, token.secret))
    )


# As it began.


def test_after_a_reset_nothing_was_ever_asked_or_written(mock):
    before = mock.state
    ask(mock, "POST", "/applications", name="Ham")
    ask(mock, "POST", "/tokens")
    mock.http.patch(f"{mock.url}/_mock/settings", json={"unique_nonces": True})
    rate_another(mock)
    mock.sandbox.clock.offset = 3600
    answer = ask(mock, "POST", "/reset")
    assert (answer.status_code, answer.content) == (204, b"")
    assert mock.state is before
    assert mock.sandbox.clock.offset == 0
    assert ask(mock, "GET", "/requests").json() == {"requests": [], "dropped": 0, "total": 0}


def test_of_access_tokens_only_the_ready_ones_are_good_afterwards(mock):
    given = issue(mock.sandbox)
    ask(mock, "DELETE", f"/tokens/{mock.state.access_token.token}")
    assert [read(mock, one).status_code for one in (given, mock.state.access_token)] == [200, 401]
    ask(mock, "POST", "/reset")
    assert told(read(mock, given)) == (401, "Invalid Or Expired Token")
    assert read(mock, mock.state.access_token).status_code == 200


def test_each_world_is_reset_by_itself(mock):
    world = ask(mock, "POST", "/worlds").json()["world"]
    for own in ("", f"/worlds/{world}"):
        ask(mock, "POST", f"{own}/applications", name="Ham")
    ask(mock, "POST", f"/worlds/{world}/reset")
    names = [
        [one["name"] for one in ask(mock, "GET", f"{own}/applications").json()["applications"]]
        for own in ("", f"/worlds/{world}")
    ]
    assert ["Ham" in one for one in names] == [True, False]
    ask(mock, "DELETE", f"/worlds/{world}")


# As it was.


def test_a_snapshot_brings_back_what_was_written_granted_and_set(mock):
    rate_another(mock)
    token = issue(mock.sandbox)
    mock.sandbox.clock.offset = 60
    then, rated = mock.state, ratings(mock)
    name = ask(mock, "POST", "/snapshots").json()["snapshot"]
    rate_another(mock)
    ask(mock, "DELETE", f"/tokens/{token.token}")
    ruled(mock, unique_nonces=True)
    mock.sandbox.clock.offset = 3600
    assert ask(mock, "POST", f"/snapshots/{name}/restore").json()["snapshot"] == name
    assert (mock.state is then, ratings(mock), mock.sandbox.clock.offset) == (True, rated, 60)
    assert read(mock, token).status_code == 200


def test_a_snapshot_is_restored_as_often_as_wanted_and_outlasts_a_reset(mock):
    ask(mock, "POST", "/applications", name="Ham")
    ask(mock, "POST", "/snapshots", name="with-ham")
    for _ in "ab":
        ask(mock, "POST", "/reset")
        assert "Ham" not in ask(mock, "GET", "/applications").text
        ask(mock, "POST", "/snapshots/with-ham/restore")
        assert "Ham" in ask(mock, "GET", "/applications").text


def test_the_journal_goes_on(mock):
    name = ask(mock, "POST", "/snapshots").json()["snapshot"]
    mock.get(mock.user)
    ask(mock, "POST", f"/snapshots/{name}/restore")
    mock.get(mock.user)
    assert [one["number"] for one in ask(mock, "GET", "/requests").json()["requests"]] == [1, 2]


def test_calls_are_counted_on_from_where_they_were(still):
    ruled(still, queries_per_day=2)
    still.get_as_application("/catalog/titles")
    snapshot = still.sandbox.snapshot()
    for _ in "ab":
        answers = [still.get_as_application("/catalog/titles").status_code for _ in "ab"]
        assert answers == [200, 403]
        still.sandbox.restore(snapshot)


def test_a_nonce_may_be_used_again(mock):
    """Of a hundred thousand none is copied; they are forgotten."""
    ruled(mock, unique_nonces=True)
    consumer = (mock.application.key, mock.application.secret)
    url = signed("GET", f"{mock.url}/catalog/titles", {}, consumer=consumer)
    snapshot = mock.sandbox.snapshot()
    assert [mock.http.get(url).status_code for _ in "ab"] == [200, 401]
    mock.sandbox.restore(snapshot)
    assert mock.http.get(url).status_code == 200


def test_a_snapshot_is_restored_in_its_own_world(mock):
    before = mock.state
    with pytest.raises(ConflictError, match="a snapshot of another world"):
        mock.sandbox.restore(Sandbox(a_world()).snapshot())
    assert mock.state is before


def test_nothing_is_copied_however_large_the_world_is(mock):
    """What is kept is the world itself; what is brought back is the same one."""
    snapshot = mock.sandbox.snapshot()
    assert snapshot.state is mock.state
    mock.sandbox.restore(snapshot)
    assert snapshot.state is mock.state


# By name.


def test_snapshots_are_listed_numbered_and_deleted(still):
    ask(still, "POST", "/snapshots")
    assert ask(still, "POST", "/snapshots", name="empty-queue").status_code == 201
    ask(still, "DELETE", "/snapshots/1")
    ask(still, "POST", "/snapshots")
    listed = ask(still, "GET", "/snapshots").json()["snapshots"]
    numbered = str(still.sandbox.snapshots_numbered)
    assert [one["snapshot"] for one in listed][-2:] == ["empty-queue", numbered]
    assert {one["taken"] for one in listed} == {still.sandbox.clock.now()}


@pytest.mark.parametrize(
    ("status", "verb", "path", "body", "says"),
    [
        (404, "POST", "/snapshots/nobody/restore", {}, "there is no snapshot 'nobody'; /_mock/snapshots lists them"),
        (404, "DELETE", "/snapshots/nobody", {}, "there is no snapshot 'nobody'"),
        (400, "POST", "/snapshots", {"name": "7"}, "a snapshot's name begins with a letter"),
        (400, "POST", "/snapshots", {"name": "a/b"}, "name begins with a letter"),
        (400, "POST", "/snapshots", {"name": "a\n"}, "name begins with a letter"),
        (400, "POST", "/snapshots", {"name": "x" * 101}, "99 at most"),
        (400, "POST", "/snapshots", {"label": "x"}, "unknown field `label`"),
        (409, "POST", "/snapshots", {"name": "taken"}, "there is a snapshot 'taken' already; delete it"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_changes_nothing(mock, status, verb, path, body, says):
    ask(mock, "POST", "/snapshots", name="taken")
    before = dict(mock.sandbox.snapshots)
    answer = ask(mock, verb, path, **body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert mock.sandbox.snapshots == before


def test_a_world_keeps_so_many_snapshots_and_no_more(mock):
    snapshot = mock.sandbox.snapshot()
    mock.sandbox.snapshots.update({f"s{number}": snapshot for number in range(LIMIT)})
    answer = ask(mock, "POST", "/snapshots")
    assert (answer.status_code, "1000 snapshots are kept; delete those" in answer.json()["detail"]) == (409, True)
    ask(mock, "DELETE", "/snapshots/s7")
    assert ask(mock, "POST", "/snapshots").status_code == 201


# What changes in place.


def test_faults_are_as_they_were(mock):
    fail_next(mock.sandbox, 503, times=2)
    mock.get(mock.user)
    snapshot = mock.sandbox.snapshot()
    for _ in "ab":
        assert [mock.get(mock.user).status_code for _ in "ab"] == [503, 200]
        remove_all(mock.sandbox)
        fail_next(mock.sandbox, 502)
        mock.sandbox.restore(snapshot)


def test_the_clock_shows_what_it_showed(still):
    """A frozen one stands again, one that was moved goes on from where it was."""
    clock = still.sandbox.clock
    clock.advance(60)
    clock.freeze()
    snapshot, then = still.sandbox.snapshot(), clock.now()
    clock.resume()
    clock.advance(3600)
    still.sandbox.restore(snapshot)
    assert (clock.now(), clock.frozen, snapshot.at) == (then, True, then)

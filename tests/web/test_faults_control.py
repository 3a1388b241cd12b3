"""Faults over HTTP: added, listed, removed, and every wrong request refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from mock_netflix.stage.faults import fail_next


def post(mock, fault: Any, own: str = "/_mock"):
    return mock.http.post(f"{mock.url}{own}/faults", json=fault)


def listed(mock, own: str = "/_mock") -> list[dict[str, Any]]:
    faults: list[dict[str, Any]] = mock.http.get(f"{mock.url}{own}/faults").json()["faults"]
    return faults


def test_a_fault_is_added_met_counted_and_spent(mock):
    wanted = {"effect": "status", "status": 504, "endpoint": "titles.search", "after": 1, "times": 1}
    answer = post(mock, wanted)
    assert answer.status_code == 201
    assert (answer.json()["id"], answer.json()["applied"]) == (1, 0)
    assert wanted.items() <= answer.json()["fault"].items()
    assert [mock.get("/catalog/titles").status_code for _ in range(3)] == [200, 504, 200]
    told = mock.http.get(f"{mock.url}/_mock/faults/1").json()
    assert (told["met"], told["applied"], told["spent"]) == (2, 1, True)
    assert listed(mock) == [told]


def test_what_is_listed_can_be_sent_back(mock):
    first = post(
        mock, {"effect": "reset-in-body", "share": 0.25, "method": "POST", "probability": 0.5, "seed": 3}
    ).json()
    second = post(mock, first["fault"]).json()
    assert (second["id"], second["fault"]) == (2, first["fault"])


def test_faults_are_removed_one_by_one_or_all_at_once(mock):
    for status in (500, 501, 502):
        post(mock, {"effect": "status", "status": status})
    assert mock.http.delete(f"{mock.url}/_mock/faults/1").json()["fault"]["status"] == 500
    assert mock.get("/catalog/titles").status_code == 501
    removed = mock.http.delete(f"{mock.url}/_mock/faults").json()["faults"]
    assert [(one["id"], one["applied"]) for one in removed] == [(2, 1), (3, 0)]
    assert (listed(mock), mock.get("/catalog/titles").status_code) == ([], 200)


def test_a_fault_that_was_added_in_a_program_is_listed_here(mock):
    fail_next(mock.sandbox, "already-queued", method="post")
    assert listed(mock)[0]["fault"]["code"] == "already-queued"


def test_the_faults_of_another_world_stand_under_its_key(mock):
    made = mock.http.post(f"{mock.url}/_mock/worlds", json={}).json()
    own = f"/_mock/worlds/{made['world']}"
    assert post(mock, {"effect": "empty"}, own).json()["id"] == 1
    assert (len(listed(mock, own)), listed(mock)) == (1, [])
    mock.http.delete(made["control"])


NAUGHT: list[tuple[Any, int, str]] = [
    ({}, 400, "There is no effect None; there are status, rate-limit, latency"),
    ({"effect": "statu"}, 400, "there is no effect 'statu', perhaps status"),
    ({"effect": ["status"]}, 400, "there is no effect ['status']"),
    ({"effect": "status", "status": 600}, 400, "status cannot be 600; it is a whole number from 200 to 599"),
    ({"effect": "status", "status": 503, "endpiont": "users"}, 400, 'takes no "endpiont"; did you mean "endpoint"?'),
    ({"effect": "status", "status": 503, "endpoint": "user"}, 404, "there is no endpoint 'user', perhaps users"),
    ({"effect": "status", "code": "stale"}, 404, "there is no refusal 'stale', perhaps stale-etag"),
    ({"effect": "empty", "path": "users"}, 400, "path begins with / or *"),
    ({"effect": "empty", "times": 0}, 400, "times cannot be 0; it is a whole number from 1"),
    ({"effect": "latency"}, 400, "the effect latency needs seconds"),
    (["status"], 400, "Send an object of JSON, such as {"),
    ("status", 400, "Send an object of JSON"),
]


@pytest.mark.parametrize(("body", "status", "words"), NAUGHT)
def test_what_cannot_be_is_refused_with_a_sentence_and_adds_nothing(mock, body, status, words):
    answer = post(mock, body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words.casefold() in answer.json()["detail"].casefold()
    assert listed(mock) == []


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b"[" * 100_000, b'{"effect":"empty","seed":1e999}', b'{"effect":"\\ud800"}']
)
def test_a_body_that_is_no_json_is_refused_too(mock, body):
    answer = mock.http.post(f"{mock.url}/_mock/faults", content=body)
    assert (answer.status_code, answer.json()["detail"][-1]) == (400, ".")


@pytest.mark.parametrize("number", ["7", "0", "-1", "first", "1" * 5000, "%D9%A1", "1%00"])
@pytest.mark.parametrize("verb", ["GET", "DELETE"])
def test_a_fault_that_is_not_there_is_not_found(mock, number, verb):
    post(mock, {"effect": "empty"})
    answer = mock.http.request(verb, f"{mock.url}/_mock/faults/{number}")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("there is no fault ")
    assert len(listed(mock)) == 1

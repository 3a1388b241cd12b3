"""/_mock/requests for tests in any language: filters, forgetting, assertions, and waiting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from mock_netflix.journal import Journal
from mock_netflix.stage.faults import fail_next
from tests.conftest import Mock
from tests.journal.attended import PATIENCE, Attended
from tests.web.breaking import connect
from tests.web.made_worlds import own, serving
from tests.web.refusals import without_token_secret


def listed(mock: Mock, query: str = "") -> dict[str, Any]:
    answer = mock.http.get(f"{mock.url}/_mock/requests{query}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def numbers(told: dict[str, Any]) -> list[int]:
    return [one["number"] for one in told["requests"]]


def posted(mock: Mock, what: str, **wanted: Any) -> httpx.Response:
    return mock.http.post(f"{mock.url}/_mock/requests/{what}", json=wanted)


@pytest.fixture
def asked(mock: Mock) -> Mock:
    """A mock that was asked four times."""
    mock.get("/catalog/titles", term="love", max_results=3)
    mock.get("/catalog/titles/autocomplete", term="lov")
    mock.send("POST", f"{mock.user}/queues/disc", method="get")
    mock.http.get(f"{mock.url}/nowhere?twice=a&twice=b")
    return mock


@pytest.fixture
def attended(mock: Mock) -> Iterator[Attended]:
    """The journal of the mock, which tells when somebody waits for it."""
    mock.sandbox.journal = journal = Attended()
    yield journal
    assert journal.listeners == 0


# The list.


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3, 4]),
        ("?endpoint=titles.search", [1]),
        ("?endpoint=titles.*", [1, 2]),
        ("?path=/catalog/*", [1, 2]),
        ("?path=/users/{user}/queues/disc", [3]),
        ("?method=get", [1, 2, 3, 4]),
        ("?method=POST", []),
        ("?status=404", [4]),
        ("?status=200&after=1", [2, 3]),
        ("?param=term%3Dlove", [1]),
        ("?param=term%3Dlove&param=max_results%3D3", [1]),
        ("?param=term", [1, 2]),
        ("?param=twice%3Db", [4]),
        ("?without=term", [3, 4]),
        ("?without=term&without=method", [4]),
        ("?subscriber=nobody", []),
        ("?limit=2", [3, 4]),
    ],
)
def test_the_list_is_filtered_by_its_query(asked, query, found):
    assert numbers(listed(asked, query)) == found


def test_key_subscriber_and_fault_are_filters_too(asked):
    fail_next(asked.sandbox, 503)
    asked.get("/catalog/titles", term="love")
    login, key = asked.state.subscriber.login, asked.application.key
    assert numbers(listed(asked, f"?subscriber={login}&consumer_key={key}")) == [1, 3]
    assert numbers(listed(asked, "?consumer_key=nobodys")) == []
    assert numbers(listed(asked, "?fault=status")) == [5]


def test_the_list_tells_how_many_there_were(mock):
    mock.sandbox.journal = Journal(limit=3)
    for _ in range(5):
        mock.get("/catalog/titles", term="love")
    told = listed(mock, "?limit=2&endpoint=titles.search")
    assert (numbers(told), told["total"], told["dropped"]) == ([4, 5], 3, 2)


def test_a_request_is_told_with_everything_about_it(asked):
    one = asked.http.get(f"{asked.url}/_mock/requests/3").json()
    token, key = asked.state.access_token.token, asked.application.key
    assert (one["verb"], one["method"], one["path"]) == ("POST", "GET", f"{asked.user}/queues/disc")
    assert (one["endpoint"], one["consumer_key"], one["token"]) == ("users.queues.disc", key, token)
    assert one["url"] == asked.url + one["target"]
    assert {"name": "method", "value": "get", "place": "query"} in one["parameters"]
    assert one["oauth"].keys() == {name["name"] for name in one["parameters"] if name["name"].startswith("oauth_")}
    assert one["oauth"]["oauth_token"] == token
    assert one["now"].startswith("2011-06-01T")
    assert {"name": "host", "value": asked.url.removeprefix("http://")} in one["sent"]["headers"]
    assert one["answer"]["body"].startswith('<?xml version="1.0" standalone="yes"?>')
    assert one["answer"]["size"] == len(one["answer"]["body"].encode())
    assert (one["sent"]["body"], one["sent"]["truncated"], one["answer"]["truncated"]) == ("", False, False)
    assert 0 < one["first_byte"] <= one["milliseconds"]


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("?statuss=404", 400, "There is no parameter 'statuss' here; there is method, path, endpoint, status,"),
        ("?status=abc", 400, "The query is not what is wanted here"),
        ("?status=null", 400, "The parameter status cannot be 'null'; leave it out."),
        ("?status=404&status=401", 400, "The parameter status is there twice; send it once."),
        ("?limit=0", 400, "limit"),
        ("?path=catalog", 400, "path"),
        ("?endpoint=titles.serch", 404, "there is no endpoint 'titles.serch', perhaps titles.search;"),
    ],
)
def test_what_cannot_be_listed_is_told(mock, query, status, told):
    answer = mock.http.get(f"{mock.url}/_mock/requests{query}")
    assert (answer.status_code, told in answer.json()["detail"]) == (status, True), answer.text


def test_everything_is_forgotten_on_demand(asked):
    answer = asked.http.delete(f"{asked.url}/_mock/requests")
    assert (answer.status_code, answer.json()) == (200, {"forgotten": 4})
    assert listed(asked) == {"requests": [], "total": 0, "dropped": 0}
    asked.get("/catalog/titles", term="love")
    assert numbers(listed(asked)) == [1]


def test_each_world_has_its_own(mock):
    with serving() as server:
        one, other = server.made(), server.made()
        one.get("/catalog/titles", term="love")
        addresses = [f"{server.url}{own(world)}/requests" for world in (one, other)]
        assert [server.http.get(address).json()["total"] for address in addresses] == [1, 0]
        verdicts = [server.http.post(f"{address}/verify", json={}).json()["verified"] for address in addresses]
        assert verdicts == [True, False]
        assert server.http.get(addresses[0]).json()["requests"][0]["world"] == one.sandbox.name


# Assertions.


@pytest.mark.parametrize(
    ("expected", "matched"),
    [
        ({}, 4),
        ({"endpoint": "titles.search", "times": 1}, 1),
        ({"path": "/catalog/*", "at_least": 2, "at_most": 2}, 2),
        ({"params": {"term": "love", "max_results": 3}}, 1),
        ({"params": {"term": None}, "times": 2}, 2),
        ({"params": {"twice": ["a", "b"]}, "without": ["term"]}, 1),
        ({"endpoint": "users.feeds", "times": 0}, 0),
    ],
)
def test_what_is_as_expected_is_verified(asked, expected, matched):
    answer = posted(asked, "verify", **expected)
    assert (answer.status_code, answer.json()) == (200, {"verified": True, "matched": matched, "message": ""})


def test_what_is_not_as_expected_is_told_with_the_nearest(asked):
    without_token_secret(asked)
    told = posted(asked, "verify", endpoint="titles.search", params={"term": "lovely"}).json()
    assert (told["verified"], told["matched"]) == (False, 0)
    assert told["message"].splitlines()[:5] == [
        "titles.search with term='lovely' was never requested, wanted at least once",
        "",
        "The nearest differ:",
        "  #1 GET /catalog/titles?term=love&max_results=3 -> 200 (titles.search, sam@example.com)",
        "      params: term was 'love', wanted 'lovely'",
    ]
    assert "refused: token-secret-omitted: " in told["message"]


def test_the_verdict_that_is_shown_is_given_like_that(mock):
    page = Path(__file__).parent.parent.parent.joinpath("docs/control.md").read_text()
    expected = re.search(r"/requests/verify -d '(.*)'", page)
    shown = re.search(r'```json\n(\{"verified".*)\n', page)
    assert expected is not None
    assert shown is not None
    mock.get("/catalog/titles", term="casablnca")
    assert posted(mock, "verify", **json.loads(expected[1])).json() == json.loads(shown[1])


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ({"endpoint": "titles.search", "times": 0}, "titles.search was requested once, wanted never"),
        ({"status": 200, "at_most": 1}, "something with status 200 was requested 3 times, wanted at most once"),
        ({"times": 1, "at_least": 2}, "something was requested 4 times, wanted 2 to 1 times"),
    ],
)
def test_too_often_is_told_too(asked, expected, message):
    told = posted(asked, "verify", **expected).json()
    assert (told["verified"], told["message"].splitlines()[0]) == (False, message)


@pytest.mark.parametrize("what", ["verify", "await"])
@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"endpoint": "titles.serch"}, 404),
        ({"path": "/x?y=z"}, 400),
        ({"params": {"term": 1.5}}, 400),
        ({"params": ["term"]}, 400),
        ({"times": -1}, 400),
        ({"status": "200"}, 400),
        ({"statuss": 200}, 400),
        ({"method": ""}, 400),
    ],
)
def test_what_cannot_be_expected_is_told_at_once(mock, what, wanted, status):
    answer = posted(mock, what, **wanted)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


# Waiting.


def test_what_was_asked_already_is_not_waited_for(asked):
    answer = posted(asked, "await", path="/catalog/*", times=2)
    assert (answer.status_code, numbers(answer.json())) == (200, [1, 2])


def test_a_request_is_waited_for(asked, attended):
    """Of those that come after the last one that was seen, as soon as there are enough."""
    asked.get("/catalog/titles", term="first")
    with ThreadPoolExecutor() as pool:
        wanted = {"endpoint": "titles.search", "after": 1, "times": 2, "timeout": PATIENCE}
        waiting = pool.submit(posted, asked, "await", **wanted)
        assert attended.somebody.wait(PATIENCE)
        for word in ("second", "third"):
            assert not waiting.done()
            asked.get("/catalog/titles", term=word)
        told = waiting.result(PATIENCE).json()
    assert numbers(told) == [2, 3]
    assert [one["status"] for one in told["requests"]] == [200, 200]


def test_where_the_time_is_over_the_nearest_are_told(asked):
    answer = posted(asked, "await", endpoint="titles.search", params={"term": "lovely"}, timeout=0)
    told = answer.json()
    assert (answer.status_code, told["status"], told["title"]) == (408, 408, "Request Timeout")
    assert told["detail"].startswith(
        "titles.search with term='lovely' was never requested within 0 s, wanted at least once\n\nThe nearest differ:\n"
    )


@pytest.mark.parametrize("timeout", [-1, 60.1, "5", None])
def test_nobody_waits_longer_than_a_minute(mock, timeout):
    assert posted(mock, "await", timeout=timeout).status_code == 400


def test_who_hangs_up_waits_no_longer(mock, attended):
    body = b'{"timeout": 60}'
    with connect(mock) as connection:
        connection.sendall(b"POST /_mock/requests/await HTTP/1.1\r\nHost: localhost\r\n")
        connection.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        assert attended.somebody.wait(PATIENCE)
    assert attended.over.wait(PATIENCE)


def test_who_waits_keeps_nobody_waiting(mock, attended):
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(posted, mock, "await", endpoint="users.feeds", timeout=PATIENCE)
        assert attended.somebody.wait(PATIENCE)
        assert mock.get("/catalog/titles", term="love").status_code == 200
        assert mock.http.get(f"{mock.url}/_mock/settings").status_code == 200
        mock.get(f"{mock.user}/feeds")
        assert waiting.result(PATIENCE).status_code == 200

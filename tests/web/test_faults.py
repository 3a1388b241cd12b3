"""What is answered in place of what is right, over real sockets: for every effect, in the world that it is for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from mock_netflix.faults.effects import EFFECTS
from mock_netflix.oauth.explanation import code_of
from mock_netflix.stage.faults import add, fail_in_turn, fail_next, fault_of
from mock_netflix.web.errors import WORDS
from tests.conftest import Mock
from tests.web.breaking import Ended, connect, send, to_its_end

SEARCH = {"term": "the", "max_results": "5"}
# What an effect must be told.
NEEDED: dict[str, dict[str, Any]] = {
    "latency": {"seconds": 3600},
    "latency-uniform": {"low": 3599, "high": 3600},
    "latency-lognormal": {"median": 3600, "sigma": 0},
}


def search(mock, **parameters: str):
    return mock.get("/catalog/titles", **SEARCH, **parameters)


def queue_path(mock) -> str:
    return f"{mock.user}/queues/disc"


def told(response) -> tuple[int, str | None, str | None]:
    """The status of an answer, its sub code and its message, by a status document of XML."""
    root = ElementTree.fromstring(response.content)
    assert root.tag == "status"
    assert root.findtext("status_code") == str(response.status_code)
    return response.status_code, root.findtext("sub_code"), root.findtext("message")


# Statuses, with the bodies that the service and its gateway gave.

STATUSES = [
    (400, "Bad User", None),
    (401, "Invalid Signature", "ERR_401_INVALID_SIGNATURE"),
    (403, "Not Authorized", "ERR_403_NOT_AUTHORIZED"),
    (404, "Resource not found", None),
    (405, "Method Not Allowed", None),
    (412, "Precondition failed. Resource has been modified.", None),
    (413, "Request Entity Too Large", "ERR_413_REQUEST_ENTITY_TOO_LARGE"),
    (422, "Title has already been rated", None),
    (429, "Too Many Requests", None),
    (500, "Internal Error", None),
    (502, "Bad Gateway", "ERR_502_BAD_GATEWAY"),
    (503, "Scheduled Maintenance", "ERR_503_SCHEDULED_MAINTENANCE"),
    (504, "Gateway Timeout", "ERR_504_GATEWAY_TIMEOUT"),
    (599, "Status 599", None),
]


@pytest.mark.parametrize(("status", "message", "code"), STATUSES)
def test_a_status_comes_with_its_real_body_and_then_it_is_over(mock, status, message, code):
    fail_next(mock.sandbox, status)
    answer = search(mock)
    assert told(answer) == (status, None, message)
    assert answer.headers.get("x-mashery-error-code") == code
    assert answer.headers.get("x-error-detail-header") == (message if code else None)
    assert answer.headers["x-mock-netflix-fault"] == "1"
    assert search(mock).status_code == 200


@pytest.mark.parametrize("status", [401, 404, 503])
def test_a_status_comes_in_the_form_that_was_asked_for(mock, status):
    fail_next(mock.sandbox, status)
    answer = search(mock, output="json")
    assert answer.json()["status"]["status_code"] == str(status)
    assert answer.headers["content-type"].startswith("application/json")


def test_the_gateway_speaks_in_bare_text_at_the_token_calls_and_the_service_does_not(mock):
    fail_in_turn(mock.sandbox, (503, 500))
    gateway, service = (mock.get_as_application("/oauth/request_token") for _ in range(2))
    assert (gateway.text, gateway.headers["content-type"]) == ("Scheduled Maintenance", "text/plain;charset=UTF-8")
    assert told(service) == (500, None, "Internal Error")


@pytest.mark.parametrize("status", [204, 304])
def test_what_never_has_a_body_has_none_here(mock, status):
    fail_next(mock.sandbox, status)
    answer = search(mock)
    assert (answer.status_code, answer.content) == (status, b"")


def test_a_wrong_verb_is_told_those_that_there_are(mock):
    fail_next(mock.sandbox, 405)
    assert mock.get(queue_path(mock)).headers["allow"] == "GET, POST"


@pytest.mark.parametrize("kind", WORDS, ids=code_of)
def test_every_refusal_can_be_had_by_its_code(mock, kind):
    code = code_of(kind)
    fail_next(mock.sandbox, code)
    answer = search(mock)
    alike = [words for other, words in WORDS.items() if code_of(other) == code]
    root = ElementTree.fromstring(answer.content)
    assert answer.status_code == alike[0].status
    named = {"name": "parameter", "host": "another host", "reason": "the host is none of the service's"}
    assert root.findtext("message") == alike[0].message.format_map(named)
    assert root.findtext("sub_code") == (None if alike[0].sub_code is None else str(alike[0].sub_code))


def test_message_sub_code_and_time_of_the_next_try_may_be_told(mock):
    words = "Kaputt & <aus> \u2014 \u0007 bye\r\n"
    fail_next(mock.sandbox, 503, message=words, sub_code=7, retry_after=120)
    answer = search(mock)
    assert answer.headers["retry-after"] == "120"
    assert answer.headers["x-error-detail-header"] == "Kaputt & <aus> ? ? bye??"
    assert told(answer) == (503, "7", words.replace("\u0007", "\ufffd"))


def test_a_code_may_come_with_another_status(mock):
    fail_next(mock.sandbox, "status", code="already-queued", status=409)
    assert told(search(mock)) == (409, "710", "Title is already in queue")


@pytest.mark.parametrize(
    ("per", "message", "code", "seconds"),
    [
        ("second", "Over queries per second limit", "ERR_403_DEVELOPER_OVER_QPS", 1),
        ("service", "Service is over queries per second limit", "ERR_403_SERVICE_OVER_QPS", 1),
        ("day", "Over queries per day limit", "ERR_403_DEVELOPER_OVER_RATE", 3600),
    ],
)
def test_a_rate_limit_is_answered_as_a_real_one_with_the_time_until_it_ends(still, per, message, code, seconds):
    still.sandbox.clock.at = 20_000 * 86_400 - 3600
    fail_in_turn(still.sandbox, ("rate-limit",), per=per)
    answer = still.http.get(f"{still.url}/catalog/titles")
    assert told(answer) == (403, None, message)
    assert (answer.headers["x-mashery-error-code"], answer.headers["retry-after"]) == (code, str(seconds))


def test_a_limit_that_is_named_by_its_code_tells_the_same(still):
    still.sandbox.clock.at = 20_000 * 86_400 - 60
    fail_next(still.sandbox, "over-queries-per-day")
    assert still.http.get(f"{still.url}/catalog/titles").headers["retry-after"] == "60"


def test_a_fault_meets_whoever_comes_signed_or_not(mock):
    fail_next(mock.sandbox, 504, times=2)
    assert [mock.http.get(f"{mock.url}{path}").status_code for path in ("/catalog/titles", "/nowhere")] == [504, 504]
    assert mock.http.get(f"{mock.url}/nowhere").status_code == 404


def test_the_real_verb_of_a_tunnelled_request_is_what_counts(mock):
    fail_next(mock.sandbox, 504, method="DELETE")
    assert mock.get(queue_path(mock)).status_code == 200
    assert mock.get(f"{queue_path(mock)}/available/70010009", method="delete").status_code == 504


def test_504_and_then_success(mock):
    fail_in_turn(mock.sandbox, (504, None, 503), endpoint="titles.search")
    assert [search(mock).status_code for _ in range(4)] == [504, 200, 503, 200]


# Answers that are no good.


@pytest.mark.parametrize("output", ["pox", "json"])
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_an_empty_answer_has_its_headers_and_nothing_else(mock, output, accepted):
    fail_next(mock.sandbox, "empty")
    headers = (f"Accept-Encoding: {accepted}", "Connection: close")
    ended = to_its_end(mock, "/catalog/titles", *headers, output=output)
    assert (ended.head[:15], ended.body, ended.length_told) == (b"http/1.1 200 ok", b"", 0)
    assert f"content-type: application/{'json' if output == 'json' else 'xml'}".encode() in ended.head


def test_an_empty_answer_may_have_its_declaration_left(mock):
    fail_next(mock.sandbox, "empty", prolog=True)
    assert mock.get("/catalog/titles/movies/1").text.strip() == '<?xml version="1.0" standalone="yes"?>'


@pytest.mark.parametrize("damage", ["unclosed", "stray", "cut"])
@pytest.mark.parametrize("output", ["pox", "atom"])
def test_malformed_xml_has_the_right_length_and_no_parser_takes_it(mock, damage, output):
    fail_next(mock.sandbox, "malformed", damage=damage)
    answer = mock.get(queue_path(mock), output=output)
    assert (answer.status_code, "xml" in answer.headers["content-type"]) == (200, True)
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("damage", ["unclosed", "stray", "cut"])
def test_malformed_json_too(mock, damage):
    fail_next(mock.sandbox, "malformed", damage=damage)
    answer = search(mock, output="json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.content)


def test_a_malformed_token_answer_ends_in_the_middle(mock):
    fail_next(mock.sandbox, "malformed")
    answer = mock.get_as_application("/oauth/request_token")
    assert answer.text.startswith("oauth_token=")
    assert "login_url" not in answer.text


@pytest.mark.parametrize("output", ["pox", "json"])
def test_with_a_wrong_etag_the_next_write_meets_412(mock, output):
    right = mock.get(queue_path(mock), output=output, max_results="1")
    fail_next(mock.sandbox, "wrong-etag")
    wrong = mock.get(queue_path(mock), output=output, max_results="1")
    etag = wrong.headers["etag"].strip('"')
    assert wrong.text == right.text.replace(right.headers["etag"].strip('"'), etag)
    assert wrong.text.count(etag) == 1
    refused = mock.send("POST", queue_path(mock), title_ref="movies/60010021", position="1", etag=etag)
    assert told(refused) == (412, None, "queue out of Date ETag mismatch")


def test_an_etag_that_stands_in_the_header_alone_is_wrong_there(mock):
    right = search(mock)
    fail_next(mock.sandbox, "wrong-etag")
    wrong = search(mock)
    assert wrong.content == right.content
    assert len(wrong.headers["etag"]) == len(right.headers["etag"])
    assert wrong.headers["etag"] != right.headers["etag"]


# Every effect, in its world and in no other.


def answers(mock: Mock) -> bytes:
    return search(mock).content


def differs(mock: Mock) -> None:
    answer = search(mock)
    assert (answer.headers["x-mock-netflix-fault"], answer.status_code != 200 or not answer.content) == ("1", True)


def breaks(mock: Mock) -> None:
    assert to_its_end(mock, "/catalog/titles", **SEARCH).how == "reset"


def ends_early(mock: Mock) -> None:
    ended = to_its_end(mock, "/catalog/titles", **SEARCH)
    assert (ended.how, len(ended.body) < ended.length_told) == ("closed", True)


def does_not_come(mock: Mock) -> None:
    with connect(mock) as connection:
        send(connection, mock, "/catalog/titles", **SEARCH)
        connection.settimeout(0.05)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def comes_slowly(mock: Mock) -> None:
    with connect(mock) as connection:
        send(connection, mock, "/catalog/titles", **SEARCH)
        begun = Ended(connection.recv(65_536), "not yet")
    assert len(begun.body) < 1000 < begun.length_told


def is_no_xml(mock: Mock) -> None:
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(search(mock).content)


def tells_another_etag(mock: Mock) -> None:
    etag = search(mock).headers["etag"]
    assert mock.http.get(search(mock).url, headers={"If-None-Match": etag}).status_code == 200


def shows_the_past(mock: Mock) -> None:
    before = mock.get(queue_path(mock)).content
    assert mock.send("POST", queue_path(mock), title_ref="movies/60010021", position="1").status_code == 201
    answer = mock.get(queue_path(mock))
    assert (answer.content, answer.headers["x-mock-netflix-fault"]) == (before, "1")


PROOFS: dict[str, Callable[[Mock], None]] = {
    "status": differs,
    "rate-limit": differs,
    "latency": does_not_come,
    "latency-uniform": does_not_come,
    "latency-lognormal": does_not_come,
    "slow-body": comes_slowly,
    "reset-before-body": breaks,
    "reset-in-body": breaks,
    "reset-after-body": breaks,
    "truncated": ends_early,
    "empty": differs,
    "malformed": is_no_xml,
    "wrong-etag": tells_another_etag,
    "stale-reads": shows_the_past,
}


def test_every_effect_is_proved():
    assert set(PROOFS) == set(EFFECTS)


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_is_met_in_its_world_and_in_no_other(mock, effect):
    right = answers(mock)
    made = mock.http.post(f"{mock.url}/_mock/worlds", json={}).json()
    fault = {"effect": effect, **NEEDED.get(effect, {})}
    assert mock.http.post(f"{made['control']}/faults", json=fault).status_code == 201
    untouched = search(mock)
    assert (untouched.content, "x-mock-netflix-fault" in untouched.headers) == (right, False)
    add(mock.sandbox, fault_of(fault))
    PROOFS[effect](mock)
    mock.http.delete(made["control"])


def test_the_control_side_never_fails_by_a_fault(mock):
    fail_next(mock.sandbox, 503, times=None)
    fail_next(mock.sandbox, "latency", seconds=3600, times=None)
    assert mock.http.get(f"{mock.url}/_mock/health").json()["status"] == "ready"
    assert mock.http.delete(f"{mock.url}/_mock/faults").status_code == 200
    assert search(mock).status_code == 200

"""/_mock/requests: what was asked, and why it was refused, as JSON."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_netflix.diagnoses import Diagnoses
from mock_netflix.journal import Journal
from tests.clients import signer
from tests.conftest import Mock
from tests.web.refusals import PLAIN, protocol, unexplained, unsorted_request, without_token_secret

OF_A_SIGNATURE = {
    "cause",
    "causes",
    "message",
    "fix",
    "section",
    "base_string",
    "base_string_parts",
    "expected_signature",
    "received_signature",
    "signing_key",
    "signed_base_string",
    "differences",
    "trials",
}
IN_THE_LIST = {
    "number",
    "at",
    "now",
    "world",
    "method",
    "verb",
    "url",
    "target",
    "path",
    "endpoint",
    "consumer_key",
    "token",
    "user_id",
    "subscriber",
    "parameters",
    "oauth",
    "status",
    "milliseconds",
    "first_byte",
    "broke_off",
    "refused",
    "hints",
    "warning",
    "fault",
    "explanation",
}
OF_A_REQUEST = IN_THE_LIST | {"sent", "answer"}


def told(mock: Mock, number: int | str) -> dict:
    return mock.http.get(f"{mock.url}/_mock/requests/{number}").json()


def test_a_refused_signature_is_told_with_all_its_evidence(mock):
    answer, signed = unsorted_request(mock)
    one = told(mock, 1)
    why = one["explanation"]
    assert one.keys() == OF_A_REQUEST
    assert why.keys() == OF_A_SIGNATURE
    assert (why["cause"], why["causes"], why["section"]) == ("unsorted", ["unsorted"], "RFC 5849 section 3.4.1.3.2")
    assert why["message"].endswith(why["fix"])
    right = signer.base_string("GET", f"{mock.url}/catalog/titles", _parameters(answer))
    assert (why["base_string"], why["signed_base_string"]) == (right, signed)
    parts = why["base_string_parts"]
    assert (parts["method"], parts["uri"]) == ("GET", f"{mock.url}/catalog/titles")
    assert parts["parameters"] == sorted(parts["parameters"])
    assert "term=a%20b" in parts["parameters"]
    key = f"{mock.application.secret}&{mock.state.access_token.secret}"
    assert why["signing_key"] == key
    assert why["expected_signature"] == signer.hmac_sha1(right, *key.split("&"))
    assert why["received_signature"] == signer.hmac_sha1(signed, *key.split("&"))
    (difference,) = why["differences"]
    assert (difference["part"], difference["section"]) == ("parameters", "3.4.1.3.2")
    assert difference.keys() == {"part", "what", "section", "yours", "ours", "place"}


def _parameters(answer) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.request.url.params.multi_items() if name != "oauth_signature"]


def test_where_the_key_is_wrong_what_was_signed_does_not_differ(mock):
    without_token_secret(mock)
    why = told(mock, 1)["explanation"]
    assert why["cause"] == "token-secret-omitted"
    assert why["signed_base_string"] == why["base_string"]
    assert why["differences"] == []


def test_where_nothing_explains_it_there_is_nothing_that_was_signed(mock):
    unexplained(mock)
    why = told(mock, 1)["explanation"]
    assert why["cause"] == "unexplained"
    assert why.keys() == OF_A_SIGNATURE - {"signed_base_string", "differences"}


def test_a_nonce_that_was_used_leads_to_the_request_that_used_it(mock):
    mock.sandbox.state = replace(mock.state, rules=replace(mock.state.rules, unique_nonces=True))
    own = protocol(mock, "/catalog/titles", PLAIN, nonce="once")
    url = f"{mock.url}/catalog/titles?{signer.encoded([*PLAIN, *own])}"
    assert [mock.http.get(url).status_code for _ in range(2)] == [200, 401]
    why = told(mock, 2)["explanation"]
    assert (why["cause"], why["first_request"], why["same_signature"]) == ("nonce-used", 1, True)
    assert [(one["number"], one["status"]) for one in why["requests"]] == [(1, 200), (2, 401)]
    assert "request 1" in why["message"]


def test_where_the_first_request_is_forgotten_the_second_stands_alone(mock):
    mock.sandbox.state = replace(mock.state, rules=replace(mock.state.rules, unique_nonces=True))
    mock.sandbox.journal = Journal(limit=1)
    url = f"{mock.url}/catalog/titles?{signer.encoded(protocol(mock, '/catalog/titles', nonce='once'))}"
    for _ in range(2):
        mock.http.get(url)
    assert [one["number"] for one in told(mock, 2)["explanation"]["requests"]] == [2]


def test_what_the_service_itself_refuses_is_told_too(mock):
    mock.http.get(f"{mock.url}/nothing")
    one = told(mock, 1)
    assert (one["status"], one["refused"], one["endpoint"]) == (404, "Resource not found", None)
    assert one["explanation"]["cause"] == "resource-not-found"
    assert one["explanation"]["message"].endswith(".")
    assert one["explanation"]["fix"] == ""
    assert one["explanation"]["section"] is None


def test_an_accepted_request_has_nothing_to_be_explained(mock):
    mock.get(f"{mock.user}/feeds")
    one = told(mock, 1)
    assert one.keys() == OF_A_REQUEST
    assert (one["status"], one["refused"], one["explanation"]) == (200, None, None)
    assert (one["endpoint"], one["subscriber"]) == ("users.feeds", mock.state.subscriber.login)


# The last one that was refused.


def test_the_last_refused_is_the_newest_that_was_refused(mock):
    mock.http.get(f"{mock.url}/nothing")
    without_token_secret(mock)
    mock.get(f"{mock.user}/feeds")
    assert told(mock, "last-refused") == told(mock, 2)


def test_what_a_browser_asks_for_by_itself_is_not_the_last_refused(mock):
    mock.http.get(f"{mock.url}/nothing")
    mock.http.get(f"{mock.url}/favicon.ico")
    assert told(mock, "last-refused")["number"] == 1


def test_where_nothing_was_refused_there_is_no_last(mock):
    mock.get(f"{mock.user}/feeds")
    answer = mock.http.get(f"{mock.url}/_mock/requests/last-refused")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


# The list.


class Late(Diagnoses):
    """All the time of this second is spent."""

    def look_into(self, refusal, now):
        return None


def test_the_list_looks_into_nothing(mock):
    """What was put off for want of time is not looked into by the list, but when somebody asks for it."""
    mock.sandbox.diagnoses = Late()
    for _ in range(3):
        unsorted_request(mock)
    listed = f"{mock.url}/_mock/requests"
    for _ in range(2):
        causes = [one["explanation"]["cause"] for one in mock.http.get(listed).json()["requests"]]
        assert causes == ["undiagnosed"] * 3
    assert told(mock, 3)["explanation"]["cause"] == "unsorted"
    last = mock.http.get(listed).json()["requests"][-1]
    assert last.keys() == IN_THE_LIST
    assert last == {name: value for name, value in told(mock, 3).items() if name in IN_THE_LIST}


# Whom it is for.


@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_a_browser_gets_a_page_and_a_program_json_at_the_same_address(mock, accept):
    without_token_secret(mock)
    address = f"{mock.url}/_mock/requests/1"
    page, plain = mock.http.get(address, headers={"Accept": accept}), mock.http.get(address)
    assert page.headers["content-type"].startswith("text/html")
    assert plain.headers["content-type"].startswith("application/json")
    assert {one.headers["vary"] for one in (page, plain)} == {"Accept"}
    assert {one.headers["cache-control"] for one in (page, plain)} == {"no-store"}


@pytest.mark.parametrize(
    "target",
    [
        "/nothing?%00%1b%e2%80%ae",
        "/catalog/titles?oauth_consumer_key=%ff%00",
        "/users/%f0%9f%8e%ac?oauth_signature=%ed%a0%80",
        "/Movie/x/y",
        "/" + "x" * 20_000,
    ],
)
def test_whatever_was_asked_is_told_and_shown(mock, target):
    mock.http.get(mock.url + target)
    assert told(mock, 1)["explanation"]["message"]
    shown = mock.http.get(f"{mock.url}/_mock/requests/1", headers={"Accept": "text/html"})
    assert shown.status_code == 200
    assert not {"\x00", "\x1b", "\u202e"} & set(shown.text)

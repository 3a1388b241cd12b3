"""How many calls a key may make in a second and in a day, and all keys together (protocol 7.5)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from requests_oauthlib import OAuth1Session

from mock_netflix.world.grants import Application, register
from mock_netflix.world.rules import REAL_QUERIES_PER_DAY, REAL_QUERIES_PER_SECOND
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.diagnosed import explained, ruled
from tests.web.voices import headers, told

SECOND, DAY, SERVICE = "queries_per_second", "queries_per_day", "service_queries_per_second"
SAID = {
    SECOND: ("Over queries per second limit", "ERR_403_DEVELOPER_OVER_QPS"),
    DAY: ("Over queries per day limit", "ERR_403_DEVELOPER_OVER_RATE"),
    SERVICE: ("Service is over queries per second limit", "ERR_403_SERVICE_OVER_QPS"),
}
CATALOG = "/catalog/titles/autocomplete"
each_limit = pytest.mark.parametrize("rule", SAID)


def key_only(mock: Mock, application: Application | None = None, **more: Any) -> httpx.Response:
    """An unsigned call for which the key is enough."""
    key = (application or mock.application).key
    return mock.http.get(f"{mock.url}{CATALOG}?{urlencode({'oauth_consumer_key': key, 'term': 'love', **more})}")


def other_application(mock: Mock) -> Application:
    grants, other = register(mock.state.grants, "Ham")
    mock.sandbox.state = mock.state.with_grants(grants)
    return other


def statuses(calls: int, call: Any, *given: Any) -> list[int]:
    return [call(*given).status_code for _ in range(calls)]


def test_by_default_nothing_is_counted(still):
    assert statuses(30, key_only, still) == [200] * 30
    assert still.sandbox.seconds.count(still.application.key, still.sandbox.clock.now()) == 0


def test_the_real_numbers_are_those_of_the_record():
    assert (REAL_QUERIES_PER_SECOND, REAL_QUERIES_PER_DAY) == (4, 5000)


@each_limit
def test_so_many_calls_pass_and_the_next_is_refused(still, rule):
    ruled(still, **{rule: REAL_QUERIES_PER_SECOND})
    assert statuses(REAL_QUERIES_PER_SECOND, key_only, still) == [200] * 4
    assert told(key_only(still)) == (403, SAID[rule][0])


@each_limit
@pytest.mark.parametrize("output", ["pox", "json", "atom"])
def test_it_is_said_in_a_status_document(still, rule, output):
    ruled(still, **{rule: 0})
    answer = still.get_as_application("/catalog/titles", output=output)
    assert told(answer) == (403, SAID[rule][0])
    assert answer.headers["content-type"].startswith(f"application/{'json' if output == 'json' else 'xml'}")


@each_limit
@pytest.mark.parametrize("path", ["/oauth/request_token", "/oauth/access_token"])
def test_it_is_said_in_bare_text_at_the_token_calls(still, rule, path):
    ruled(still, **{rule: 0})
    consumer = (still.application.key, still.application.secret)
    answer = still.http.get(signed("GET", still.url + path, {}, consumer=consumer, token=still.request_token()))
    assert (answer.status_code, answer.text) == (403, SAID[rule][0])
    assert answer.headers["content-type"].startswith("text/plain")
    assert headers(answer)[:2] == SAID[rule][::-1]


@each_limit
def test_the_headers_say_it_too_and_when_to_try_again(still, rule):
    still.sandbox.clock.offset = -(still.sandbox.clock.now() % 86_400) + 3600
    ruled(still, **{rule: 0})
    again = {SECOND: "1", SERVICE: "1", DAY: str(23 * 3600)}[rule]
    assert headers(key_only(still)) == (*SAID[rule][::-1], again)


@each_limit
def test_the_reason_tells_the_limit_and_the_wait(still, rule):
    ruled(still, **{rule: 2})
    explanation = explained(still, [key_only(still) for _ in "abc"][-1])
    assert explanation["limit"] == 2
    assert "The limit is 2. Try again in" in explanation["message"]
    assert "/_mock/settings" in explanation["fix"]


@each_limit
def test_none_at_all_refuses_the_first(still, rule):
    ruled(still, **{rule: 0})
    assert key_only(still).status_code == 403


@pytest.mark.parametrize("rule", [SECOND, SERVICE])
def test_a_new_second_begins_at_nothing(still, rule):
    ruled(still, **{rule: 1})
    seen = []
    for _ in range(3):
        seen += statuses(2, key_only, still)
        still.sandbox.clock.offset += 1
    assert seen == [200, 403] * 3


def test_a_day_ends_at_midnight_utc(still):
    ruled(still, **{DAY: 1})
    clock = still.sandbox.clock
    clock.offset = -(clock.now() % 86_400)
    seen = []
    for seconds in (0, 1, 86_399, 86_400, 2 * 86_400 - 1, 2 * 86_400):
        at = clock.offset
        clock.offset += seconds
        answer = key_only(still)
        seen.append((answer.status_code, answer.headers.get("retry-after")))
        clock.offset = at
    assert seen == [(200, None), (403, "86399"), (403, "1"), (200, None), (403, "1"), (200, None)]


def test_the_limit_of_one_key_does_not_touch_another(still):
    other = other_application(still)
    ruled(still, **{SECOND: 1, DAY: 1})
    assert [key_only(still, one).status_code for one in (None, None, other, None, other)] == [200, 403, 200, 403, 403]


def test_the_limit_of_the_service_is_shared(still):
    other = other_application(still)
    ruled(still, **{SERVICE: 2})
    assert [key_only(still, one).status_code for one in (None, other, None, other)] == [200, 200, 403, 403]


def test_who_is_over_their_own_limit_takes_nothing_from_the_others(still):
    """What was refused counts nowhere, not in the second of the service either."""
    other = other_application(still)
    ruled(still, **{SECOND: 1, SERVICE: 2})
    assert statuses(10, key_only, still) == [200, *[403] * 9]
    assert key_only(still, other).status_code == 200
    assert told(key_only(still, other))[1] == SAID[SERVICE][0]


def test_a_call_that_was_over_the_day_does_not_count_in_its_second(still):
    ruled(still, **{DAY: 0, SECOND: 1})
    assert told(key_only(still))[1] == SAID[DAY][0]
    assert still.get(still.user).status_code == 200


def test_a_refused_call_does_not_count(still):
    """Were it otherwise, a client that does not wait would never be let in again once the limit is raised."""
    ruled(still, **{DAY: 1})
    assert statuses(5, key_only, still)[1:] == [403] * 4
    ruled(still, **{DAY: 2})
    assert statuses(2, key_only, still) == [200, 403]


# Whose calls are counted in the day: a user's are not (protocol 7.5).


def test_calls_of_a_user_count_in_the_second_but_not_in_the_day(still):
    ruled(still, **{DAY: 0})
    assert statuses(6, still.get, still.user) == [200] * 6
    ruled(still, **{SECOND: 6})
    assert statuses(7, still.get, still.user) == [*[200] * 6, 403]


def test_the_catalogue_asked_for_a_user_is_a_call_of_the_user(still):
    """Many clients sign everything with the access token."""
    ruled(still, **{DAY: 0})
    assert still.get("/catalog/titles", term="love").status_code == 200
    assert still.get_as_application("/catalog/titles", term="love").status_code == 403


def test_a_feed_is_a_call_of_the_user_as_well(still):
    ruled(still, **{DAY: 0})
    assert still.feed("at_home", f"{still.user}/at_home").status_code == 200
    ruled(still, **{SECOND: 0})
    assert told(still.feed("at_home", f"{still.user}/at_home"))[1] == SAID[SECOND][0]


@pytest.mark.parametrize("name", ["oauth_token", "feed_token"])
def test_what_is_no_token_of_a_user_spares_no_call(still, name):
    """Where the key is enough nobody looks at it."""
    ruled(still, **{DAY: 1})
    assert [key_only(still, **{name: "anything"}).status_code for _ in "ab"] == [200, 403]


def test_both_token_calls_are_calls_without_a_user(still):
    ruled(still, **{DAY: 0})
    consumer = (still.application.key, still.application.secret)
    for path, token in (("request_token", ("", "")), ("access_token", still.request_token())):
        answer = still.http.get(signed("GET", f"{still.url}/oauth/{path}", {}, consumer=consumer, token=token))
        assert told(answer) == (403, SAID[DAY][0])


def test_calls_that_are_refused_for_their_signature_count_too(still):
    """The gateway counts before it reads on."""
    ruled(still, **{SECOND: 1})
    query = {"oauth_consumer_key": still.application.key}
    seen = [told(still.http.get(f"{still.url}/catalog/titles?{urlencode(query)}"))[1] for _ in "ab"]
    assert seen == ["Invalid Signature", SAID[SECOND][0]]


@pytest.mark.parametrize("key", ["", "nobody"])
def test_a_key_that_there_is_not_is_not_counted_but_told(still, key):
    ruled(still, **{SERVICE: 1, SECOND: 0})
    for _ in "abc":
        assert still.http.get(f"{still.url}{CATALOG}?oauth_consumer_key={key}").status_code in (400, 403)
    assert still.sandbox.seconds.count("", still.sandbox.clock.now()) == 0


def test_the_mocks_own_side_and_the_sign_in_page_are_not_limited(still):
    ruled(still, **dict.fromkeys(SAID, 0))
    assert still.http.get(f"{still.url}/_mock/credentials").status_code == 200
    token, _ = still.request_token()
    query = {
        "oauth_token": token,
        "oauth_consumer_key": still.application.key,
        "application_name": still.application.name,
    }
    assert still.http.get(f"{still.url}/oauth/login?{urlencode(query)}").status_code == 200


def test_a_library_sees_four_answers_in_a_second(still, monkeypatch):
    """requests-oauthlib, with the message that clients of the time looked for."""
    monkeypatch.setenv("NO_PROXY", "*")
    ruled(still, **{SECOND: REAL_QUERIES_PER_SECOND})
    client = OAuth1Session(still.application.key, client_secret=still.application.secret)
    answers = [client.get(f"{still.url}/catalog/titles", params={"term": "love"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 403]
    assert "<message>Over queries per second limit</message>" in answers[-1].text
    assert int(answers[-1].headers["Retry-After"]) == 1
    still.sandbox.clock.offset += int(answers[-1].headers["Retry-After"])
    assert client.get(f"{still.url}/catalog/titles", params={"term": "love"}).status_code == 200

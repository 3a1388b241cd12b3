"""What the gateway wants of every call: its timestamp, its nonce, its version; and what it says when it is down.

Limits, tokens, PLAINTEXT, ports and proxies have files of their own beside this one.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from authlib.integrations.requests_client import OAuth1Session as AuthlibSession
from requests_oauthlib import OAuth1Session

from mock_netflix.world.grants import Standing, expire, register, with_standing
from tests.clients.signer import authorization, encoded, oauth_parameters, signed
from tests.conftest import Mock
from tests.web.diagnosed import explained, ruled
from tests.web.voices import BARE, headers, told

CATALOG = "/catalog/titles"
REQUEST_TOKEN, ACCESS_TOKEN = BARE


def consumer(mock: Mock) -> tuple[str, str]:
    return mock.application.key, mock.application.secret


def ready(mock: Mock) -> tuple[str, str]:
    return mock.state.access_token.token, mock.state.access_token.secret


def call(
    mock: Mock, path: str = CATALOG, *, timestamp: str | None = None, nonce: str | None = None, **more: Any
) -> httpx.Response:
    """A call of the application at the time of the mock."""
    at = timestamp if timestamp is not None else str(mock.sandbox.clock.now())
    return mock.http.get(signed("GET", mock.url + path, more, consumer=consumer(mock), timestamp=at, nonce=nonce))


def sending(mock: Mock, path: str = CATALOG, *, without: str = "", **changed: str) -> httpx.Response:
    """A call whose protocol parameters were changed after they were signed."""
    output = {"output": changed.pop("output")} if "output" in changed else {}
    pairs = dict(oauth_parameters("GET", mock.url + path, output, consumer=consumer(mock)))
    sent = {**output, **pairs, **changed}
    sent.pop(without, None)
    return mock.http.get(f"{mock.url}{path}?{urlencode(sent)}")


def two_voices(mock: Mock, said: tuple[int, str], send: Any) -> None:
    """Asserts that a refusal is bare text at the token calls, and a status document of either kind elsewhere."""
    bare = send(REQUEST_TOKEN)
    assert (bare.status_code, bare.text) == said
    assert bare.headers["content-type"] == "text/plain;charset=UTF-8"
    for output, media_type in (("pox", "application/xml"), ("json", "application/json"), ("atom", "application/xml")):
        answer = send(CATALOG, output=output)
        assert answer.headers["content-type"].startswith(media_type)
        assert told(answer) == said


# Timestamps (protocol 6).

STALE = (401, "Timestamp Is Invalid")


@pytest.mark.parametrize("window", [600, 60, 0])
@pytest.mark.parametrize("side", [-1, 1])
def test_a_timestamp_may_be_off_by_the_window_and_no_more(still, window, side):
    ruled(still, timestamp_window=window)
    now = still.sandbox.clock.now()
    assert call(still, timestamp=str(now + side * window)).status_code == 200
    assert told(call(still, timestamp=str(now + side * (window + 1)))) == STALE


def test_ten_minutes_are_the_default(mock):
    assert mock.state.rules.timestamp_window == 600


def test_a_clock_that_is_wrong_can_be_allowed(still):
    ruled(still, timestamp_window=10**9)
    assert call(still, timestamp=str(still.sandbox.clock.now() - 10**9)).status_code == 200
    assert told(call(still, timestamp="0")) == STALE


@pytest.mark.parametrize("decimals", [".", ".0", ".5", ".123456", f".{'0' * 5000}"], ids=lambda one: one[:10])
def test_decimals_are_taken_as_they_were(still, decimals):
    """python's time.time(), as one client sent it."""
    assert call(still, timestamp=f"{still.sandbox.clock.now()}{decimals}").status_code == 200


def test_a_part_of_a_second_beyond_the_window_is_beyond_it(still):
    now = still.sandbox.clock.now()
    seen = [call(still, timestamp=f"{now + off}.5").status_code for off in (599, 600, -600, -601)]
    assert seen == [200, 401, 200, 401]


@pytest.mark.parametrize(
    "timestamp", ["", "now", "-1", "1e9", "0x10", "nan", "inf", "9" * 40, "٣", "1" * 20_000], ids=lambda one: one[:10]
)
def test_what_is_no_timestamp_is_refused(still, timestamp):
    assert told(sending(still, oauth_timestamp=timestamp)) == STALE


def test_a_missing_timestamp_is_told_as_missing(still):
    answer = sending(still, without="oauth_timestamp")
    assert told(answer) == STALE
    assert explained(still, answer)["message"].startswith("The oauth_timestamp is missing.")


@pytest.mark.parametrize("more", ["000", "123", "123.4"])
def test_milliseconds_are_told_as_such(still, more):
    answer = call(still, timestamp=f"{still.sandbox.clock.now()}{more}")
    assert told(answer) == STALE
    assert "is in milliseconds. Divide by 1000" in explained(still, answer)["message"]


def test_other_units_are_told_as_well(still):
    answer = call(still, timestamp=f"{still.sandbox.clock.now()}000000")
    assert "is in microseconds. Divide by 1000000" in explained(still, answer)["message"]


@pytest.mark.parametrize("odd", [" {now}", "+{now}", "1_000", "1e5", "nan", "\u0661\u0662", "0x10", "-1", "now"])
def test_what_python_would_take_for_a_number_is_none(still, odd):
    answer = call(still, timestamp=odd.format(now=still.sandbox.clock.now()))
    assert told(answer) == STALE
    assert "is no number of seconds" in explained(still, answer)["message"]


@pytest.mark.parametrize(("off", "said"), [(-601, "601 s behind"), (7200, "7200 s ahead of")])
def test_the_reason_tells_how_far_it_is_off(still, off, said):
    ruled(still, timestamp_window=600)
    answer = call(still, timestamp=str(still.sandbox.clock.now() + off))
    told_of = explained(still, answer)
    assert said in told_of["message"]
    assert (told_of["cause"], told_of["window"]) == ("timestamp-skew", 600)
    assert "/oauth/clock/time" in told_of["fix"]


def test_a_wrong_time_is_said_in_both_voices(still):
    two_voices(still, STALE, lambda path, **more: call(still, path, timestamp="1000", **more))
    assert headers(call(still, timestamp="1000")) == ("ERR_401_TIMESTAMP_IS_INVALID", STALE[1], None)


def test_a_client_can_set_its_clock_by_the_service(still):
    """As one client of the time did: it asks for the time once it is told that its own is wrong."""
    still.sandbox.clock.offset = 86_400
    key = urlencode({"oauth_consumer_key": still.application.key})
    time = still.http.get(f"{still.url}/oauth/clock/time?{key}").text.partition("<time>")[2].partition("<")[0]
    assert told(still.get_as_application(CATALOG)) == STALE
    assert call(still, timestamp=time).status_code == 200


# Nonces (RFC 5849 section 3.3).

USED = (401, "Invalid NONCE")


def test_by_default_one_nonce_lasts_a_client_its_whole_life(still):
    at = str(still.sandbox.clock.now())
    assert [call(still, timestamp=at, nonce="script::1234").status_code for _ in range(5)] == [200] * 5


def test_a_nonce_that_comes_again_is_refused(still):
    ruled(still, unique_nonces=True)
    assert call(still, nonce="a").status_code == 200
    assert told(call(still, nonce="a")) == USED
    two_voices(still, USED, lambda path, **more: [call(still, path, nonce="b", **more) for _ in "ab"][1])
    assert headers(call(still, nonce="a")) == ("ERR_401_INVALID_NONCE", USED[1], None)


def test_another_address_makes_no_other_nonce(still):
    ruled(still, unique_nonces=True)
    assert call(still, CATALOG, nonce="a").status_code == 200
    assert told(call(still, "/catalog/people", nonce="a", term="love")) == USED


def test_what_differs_in_nonce_timestamp_key_or_token_is_another(still):
    ruled(still, unique_nonces=True)
    now = still.sandbox.clock.now()
    grants, ham = register(still.state.grants, "Ham")
    still.sandbox.state = still.state.with_grants(grants)

    def status(key: tuple[str, str], token: tuple[str, str] = ("", ""), at: str = str(now), nonce: str = "a") -> int:
        url = signed("GET", still.url + CATALOG, {}, consumer=key, token=token, timestamp=at, nonce=nonce)
        return still.http.get(url).status_code

    own, other = consumer(still), (ham.key, ham.secret)
    different = [
        {"key": own},
        {"key": own, "nonce": "b"},
        {"key": own, "at": str(now + 1)},
        {"key": own, "at": f"{now}.0"},
        {"key": own, "token": ready(still)},
        {"key": other},
    ]
    assert [status(**one) for one in different] == [200] * len(different)
    assert [status(**one) for one in different] == [401] * len(different)


def test_a_nonce_is_not_used_up_by_what_is_refused(still):
    """Neither by a wrong signature, nor a wrong time, nor an unknown token: nobody uses up another's."""
    ruled(still, unique_nonces=True)
    now = str(still.sandbox.clock.now())
    for wrong in (
        signed("GET", still.url + CATALOG, {}, consumer=(consumer(still)[0], "wrong"), timestamp=now, nonce="a"),
        signed("GET", still.url + CATALOG, {}, consumer=consumer(still), timestamp="1000", nonce="a"),
        signed("GET", still.url + CATALOG, {}, consumer=consumer(still), token=("x", "y"), timestamp=now, nonce="a"),
    ):
        assert still.http.get(wrong).status_code == 401
    assert call(still, timestamp=now, nonce="a").status_code == 200


@pytest.mark.parametrize("path", ["/catalog/titles/autocomplete", "/oauth/clock/time"])
def test_where_the_key_is_enough_no_nonce_counts(still, path):
    """Nobody has looked at the signature there, so it must not use up a nonce either."""
    ruled(still, unique_nonces=True)
    now = str(still.sandbox.clock.now())
    wrong = (consumer(still)[0], "wrong")
    url = signed("GET", still.url + path, {"term": "love"}, consumer=wrong, timestamp=now, nonce="a")
    assert [still.http.get(url).status_code for _ in "ab"] == [200, 200]
    assert call(still, timestamp=now, nonce="a").status_code == 200


def test_feeds_are_open_as_often_as_one_likes(still):
    ruled(still, unique_nonces=True)
    now = str(still.sandbox.clock.now())
    more = {"oauth_nonce": "a", "oauth_timestamp": now, "oauth_signature": "x", "oauth_signature_method": "HMAC-SHA1"}
    assert [still.feed("at_home", f"{still.user}/at_home", **more).status_code for _ in "ab"] == [200, 200]
    assert call(still, timestamp=now, nonce="a").status_code == 200


def test_a_nonce_counts_wherever_it_stands(still):
    ruled(still, unique_nonces=True)
    pairs = oauth_parameters("GET", still.url + CATALOG, {}, consumer=consumer(still), nonce="a")
    in_header = still.http.get(still.url + CATALOG, headers={"Authorization": authorization(pairs)})
    in_query = still.http.get(f"{still.url}{CATALOG}?{encoded(pairs)}")
    assert [in_header.status_code, told(in_query)] == [200, USED]


def test_a_request_that_found_nothing_has_used_its_nonce(still):
    ruled(still, unique_nonces=True)
    assert [call(still, "/catalog/titles/movies/1", nonce="a").status_code for _ in "ab"] == [404, 401]


def test_the_reason_names_the_first_request_and_the_retry(still):
    ruled(still, unique_nonces=True)
    now = str(still.sandbox.clock.now())
    url = signed("GET", still.url + CATALOG, {}, consumer=consumer(still), timestamp=now, nonce="a")
    again = [still.http.get(url) for _ in "ab"][1]
    assert "the retry layer resends the signed request" in explained(still, again)["message"]
    assert explained(still, again)["first_request"] == 1
    other = call(still, timestamp=now, nonce="a", term="love")
    assert "Make a new nonce for every request." in explained(still, other)["message"]


def test_libraries_make_a_new_nonce_for_every_request(still, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    ruled(still, unique_nonces=True)
    for library in (OAuth1Session, AuthlibSession):
        client = library(still.application.key, client_secret=still.application.secret)
        assert [client.get(f"{still.url}{CATALOG}").status_code for _ in range(5)] == [200] * 5
        client.close()


# The version of the protocol.


@pytest.mark.parametrize("version", ["1.0", "1.0a", "1.0A", ""])
def test_the_version_may_be_said_in_several_ways(mock, version):
    pairs = {"oauth_version": version}
    assert call(mock, **pairs).status_code == 200


@pytest.mark.parametrize("version", ["2.0", "1.1", "1", "1.0.1", "1.0x", "1.0aa", "10", " 1.0", "OAuth", "1,0"])
def test_another_version_is_no_supported_parameter(mock, version):
    pairs = {"oauth_version": version}
    two_voices(mock, (400, "Unsupported Parameter"), lambda path, **more: call(mock, path, **pairs, **more))
    answer = call(mock, **pairs)
    assert headers(answer) == ("ERR_400_UNSUPPORTED_PARAMETER", "Unsupported Parameter", None)
    assert f"oauth_version is {version}." in explained(mock, answer)["message"]


# Outages.

OUTAGES = {
    "bad-gateway": (502, "Bad Gateway", "ERR_502_BAD_GATEWAY"),
    "maintenance": (503, "Scheduled Maintenance", "ERR_503_SCHEDULED_MAINTENANCE"),
    "gateway-timeout": (504, "Gateway Timeout", "ERR_504_GATEWAY_TIMEOUT"),
}
each_outage = pytest.mark.parametrize("outage", OUTAGES)


@each_outage
def test_an_outage_is_said_in_both_voices(mock, outage):
    ruled(mock, outage=outage)
    status, message, code = OUTAGES[outage]
    two_voices(mock, (status, message), lambda path, **more: call(mock, path, **more))
    assert headers(call(mock)) == (code, message, None)


@each_outage
def test_an_outage_is_of_everything_behind_the_gateway(mock, outage):
    """Whoever asks, whether they may, and whether there is such a thing."""
    ruled(mock, outage=outage)
    answers = [
        mock.get(mock.user),
        mock.feed("at_home", f"{mock.user}/at_home"),
        mock.http.get(f"{mock.url}/catalog/titles/autocomplete?term=love"),
        mock.http.get(f"{mock.url}/oauth/clock/time"),
        mock.send("DELETE", mock.user),
        mock.http.get(f"{mock.url}/no/such/path"),
        mock.http.get(f"{mock.url}/"),
    ]
    assert [told(answer) for answer in answers] == [OUTAGES[outage][:2]] * len(answers)


@each_outage
def test_an_outage_changes_nothing_and_counts_nothing(still, outage):
    ruled(still, outage=outage, queries_per_second=1, unique_nonces=True)
    before = still.state
    assert still.send("POST", f"{still.user}/queues/disc", title_ref="movies/60010002").status_code >= 500
    assert call(still, nonce="a").status_code >= 500
    assert still.state is before
    ruled(still, outage=None)
    assert call(still, nonce="a").status_code == 200


@each_outage
def test_an_outage_is_ended_at_the_mocks_own_side(mock, outage):
    ruled(mock, outage=outage)
    assert mock.http.get(f"{mock.url}/_mock/health").status_code == 200
    mock.http.patch(f"{mock.url}/_mock/settings", json={"outage": None})
    assert mock.get(mock.user).status_code == 200


def test_the_sign_in_page_had_a_host_of_its_own_and_stays(mock):
    token, _ = mock.request_token()
    ruled(mock, outage="maintenance")
    query = {"oauth_token": token, "oauth_consumer_key": mock.application.key, "application_name": "Green Eggs"}
    assert mock.http.get(f"{mock.url}/oauth/login?{urlencode(query)}").status_code == 200


# Every id of the gateway's own set (protocol 7.4), with the status and the words of the record, or where the service
# had its own, of the service.


def standing(mock: Mock, how: Standing) -> httpx.Response:
    mock.sandbox.state = mock.state.with_grants(with_standing(mock.state.grants, mock.application, how))
    return call(mock)


def over(mock: Mock, **rules: Any) -> httpx.Response:
    ruled(mock, **rules)
    return call(mock)


def replayed(mock: Mock) -> httpx.Response:
    ruled(mock, unique_nonces=True)
    return [call(mock, nonce="a", timestamp=str(mock.sandbox.clock.now())) for _ in "ab"][1]


def expired(mock: Mock) -> httpx.Response:
    mock.sandbox.state = mock.state.with_grants(expire(mock.state.grants, mock.state.access_token, 1))
    return mock.get(mock.user)


IDS = {
    "ERR_400_UNSUPPORTED_PARAMETER": (400, "Unsupported Parameter", lambda m: sending(m, oauth_version="2.0")),
    "ERR_400_UNSUPPORTED_SIGNATURE_METHOD": (
        400,
        "Unsupported Signature Method",
        lambda m: sending(m, oauth_signature_method="RSA-SHA1"),
    ),
    "ERR_400_MISSING_REQUIRED_CONSUMER_KEY": (
        400,
        "Missing Required Consumer Key",
        lambda m: sending(m, without="oauth_consumer_key"),
    ),
    "ERR_400_MISSING_REQUIRED_REQUEST_TOKEN": (
        400,
        "Missing Required Request Token",
        lambda m: call(m, ACCESS_TOKEN),
    ),
    "ERR_400_MISSING_REQUIRED_ACCESS_TOKEN": (400, "Missing Required Access Token", lambda m: call(m, m.user)),
    "ERR_400_DUPLICATED_OAUTH_PROTOCOL_PARAMETER": (
        401,
        "Duplicated OAuth Protocol Parameter",
        lambda m: call(m, oauth_nonce="again"),
    ),
    "ERR_401_TIMESTAMP_IS_INVALID": (401, "Timestamp Is Invalid", lambda m: call(m, timestamp="1000")),
    "ERR_401_INVALID_SIGNATURE": (401, "Invalid Signature", lambda m: sending(m, oauth_signature="x")),
    "ERR_401_INVALID_OR_EXPIRED_TOKEN": (401, "Invalid Or Expired Token", expired),
    "ERR_401_INVALID_CONSUMER_KEY": (403, "Invalid Consumer Key", lambda m: sending(m, oauth_consumer_key="x")),
    "ERR_401_INVALID_NONCE": (401, "Invalid NONCE", replayed),
    "ERR_403_NOT_AUTHORIZED": (403, "Not Authorized", lambda m: standing(m, Standing.UNAUTHORIZED)),
    "ERR_403_DEVELOPER_INACTIVE": (403, "Account Inactive", lambda m: standing(m, Standing.INACTIVE)),
    "ERR_403_DEVELOPER_OVER_QPS": (403, "Over queries per second limit", lambda m: over(m, queries_per_second=0)),
    "ERR_403_DEVELOPER_OVER_RATE": (403, "Over queries per day limit", lambda m: over(m, queries_per_day=0)),
    "ERR_403_SERVICE_OVER_QPS": (
        403,
        "Service is over queries per second limit",
        lambda m: over(m, service_queries_per_second=0),
    ),
    "ERR_414_REQUEST_URI_TOO_LONG": (414, "Request-URI Too Long", lambda m: call(m, term="x" * 65_100)),
    "ERR_502_BAD_GATEWAY": (502, "Bad Gateway", lambda m: over(m, outage="bad-gateway")),
    "ERR_503_SCHEDULED_MAINTENANCE": (503, "Scheduled Maintenance", lambda m: over(m, outage="maintenance")),
    "ERR_504_GATEWAY_TIMEOUT": (504, "Gateway Timeout", lambda m: over(m, outage="gateway-timeout")),
}


@pytest.mark.parametrize("code", IDS)
def test_every_id_of_the_gateway_can_be_met(still, code):
    status, message, meet = IDS[code]
    answer = meet(still)
    assert told(answer) == (status, message)
    assert headers(answer)[:2] == (code, message)
    assert answer.headers["X-Mashery-Responder"] == "mock-netflix"
    assert ("Retry-After" in answer.headers) == ("OVER" in code)

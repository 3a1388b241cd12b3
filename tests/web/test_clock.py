"""Time at /_mock/clock: advanced, set, frozen, travelled through, and what clients notice of it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

import pytest
from requests_oauthlib import OAuth1Session

from mock_netflix.calendar import DEFAULT_AS_OF, Calendar
from tests.clients import account, consent
from tests.clients.signer import signed

DAY = 86_400


@pytest.fixture
def clock(mock):
    """The running mock whose data is dated by its clock, as that of `serve` is."""
    mock.sandbox.calendar = Calendar(DEFAULT_AS_OF, mock.sandbox.clock.now())
    return mock


@pytest.fixture
def client(mock, monkeypatch):
    """A library that takes its timestamps from the machine's clock."""
    monkeypatch.setenv("NO_PROXY", "*")
    token = mock.state.access_token
    return OAuth1Session(mock.application.key, mock.application.secret, token.token, token.secret)


def times(mock, world: str = ""):
    return mock.http.get(f"{mock.url}/_mock{world}/clock").json()


def changed(mock, **change: object):
    answer = mock.http.patch(f"{mock.url}/_mock/clock", json=change)
    assert answer.status_code == 200, answer.text
    return answer.json()


def advanced(mock, world: str = "", **span: float):
    answer = mock.http.post(f"{mock.url}/_mock{world}/clock/advance", json=span)
    assert answer.status_code == 200, answer.text
    return answer.json()


def told_by_service(mock) -> int:
    query = urlencode({"oauth_consumer_key": mock.application.key})
    return int(ElementTree.fromstring(mock.http.get(f"{mock.url}/oauth/clock/time?{query}").content).text)


def rated(mock) -> int:
    """The time that a rating gets which is made now."""
    ref = f"{mock.url}/catalog/titles/movies/60010001"
    mock.send("PUT", f"{mock.user}/ratings/title/actual/60010001", rating="4")
    read = ElementTree.fromstring(mock.get(f"{mock.user}/ratings/title/actual", title_refs=ref).content)
    return int(read.findtext("ratings_item/updated"))


def sent_with(mock, timestamp: int):
    """Statuses of a call whose timestamp is by this time."""
    consumer = (mock.application.key, mock.application.secret)
    url = signed("GET", f"{mock.url}/catalog/titles", {"term": "love"}, consumer=consumer, timestamp=str(timestamp))
    return mock.http.get(url).status_code


# What is told.


def test_the_times_are_told(still):
    at = datetime.fromtimestamp(still.sandbox.clock.now(), UTC)
    assert times(still) == {
        "now": "2011-06-01T00:00:00Z",
        "wall": at.isoformat().replace("+00:00", "Z"),
        "offset": 0,
        "frozen": False,
        "as_of": "2011-06-01",
    }


def test_each_change_answers_the_times_as_they_are_then(still):
    assert advanced(still, days=3)["now"] == "2011-06-04T00:00:00Z"
    assert changed(still, now="2011-07-01T12:00:00Z") == times(still)
    assert changed(still, as_of="2012-09-16") == times(still)
    assert (times(still)["as_of"], times(still)["now"]) == ("2012-09-16", "2012-09-16T00:00:00Z")


def test_each_world_has_times_of_its_own(still):
    made = still.http.post(f"{still.url}/_mock/worlds", json={"as_of": "2010-01-01"}).json()
    world = f"/worlds/{made['world']}"
    assert advanced(still, world, days=1)["now"] == "2010-01-02T00:00:00Z"
    assert times(still)["now"] == "2011-06-01T00:00:00Z"


# An ordinary client, whose own clock is right.


def test_days_pass_and_an_ordinary_client_notices_nothing(clock, client):
    advanced(clock, days=3)
    answer = client.get(f"{clock.url}{clock.user}/queues/disc")
    assert (answer.status_code, "<queue>" in answer.text) == (200, True)
    assert told_by_service(clock) - time.time() == pytest.approx(3 * DAY, abs=5)


def test_the_whole_dance_in_a_world_of_another_time(clock):
    changed(clock, now="2012-01-15T08:00:00Z", frozen=True)
    session = OAuth1Session(clock.application.key, client_secret=clock.application.secret)
    token = session.fetch_request_token(f"{clock.url}/oauth/request_token")
    consent.allow(clock.http, consent.login_url(token, clock.application), clock.state.subscriber)
    keys = token["oauth_token"], token["oauth_token_secret"]
    session = OAuth1Session(clock.application.key, clock.application.secret, *keys)
    access = dict(parse_qsl(session.get(f"{clock.url}/oauth/access_token").text))
    keys = access["oauth_token"], access["oauth_token_secret"]
    session = OAuth1Session(clock.application.key, clock.application.secret, *keys)
    account.reads(lambda path, **more: session.get(clock.url + path, params=more), clock.state.subscriber)


@pytest.mark.parametrize("change", [{"now": "2011-07-01"}, {"now": "2009-01-01"}, {"frozen": True}])
def test_timestamps_may_be_by_either_time(still, change):
    changed(still, **change)
    still.sandbox.clock.at += 2000
    here, there = still.sandbox.clock.at, told_by_service(still)
    assert [sent_with(still, by + off) for by in (here, there) for off in (-600, 0, 600)] == [200] * 6
    assert [sent_with(still, by + off) for by in (here, there) for off in (-601, 601)] == [401] * 4


def test_what_data_is_dated_by_is_advanced_too(still):
    first = rated(still)
    advanced(still, hours=5)
    assert rated(still) - first == 5 * 3600


def test_a_client_that_is_told_the_time_may_follow_it(still):
    """One that keeps to the clock of the service, as some did, is as right as before."""
    advanced(still, days=30)
    assert sent_with(still, told_by_service(still)) == 200


# A client whose clock is wrong.


@pytest.mark.parametrize("offset", [3600, -3600, 10**8])
def test_an_offset_is_what_clients_must_find_out(still, offset):
    assert changed(still, offset=offset)["offset"] == offset
    assert sent_with(still, still.sandbox.clock.at) == 401
    assert sent_with(still, told_by_service(still)) == 200


def test_an_offset_is_for_timestamps_and_data_alike(still):
    first = rated(still)
    changed(still, offset=3600)
    still.http.patch(f"{still.url}/_mock/settings", json={"timestamp_window": 3600})
    assert (told_by_service(still) - still.sandbox.clock.at, rated(still) - first) == (3600, 3600)


def test_a_library_with_a_wrong_clock_is_told_so(clock, client):
    changed(clock, offset=-DAY)
    answer = client.get(f"{clock.url}/users/current")
    assert answer.headers["X-Mashery-Error-Code"] == "ERR_401_TIMESTAMP_IS_INVALID"
    why = clock.http.get(answer.headers["X-Mock-Netflix-Explain"]).json()["explanation"]
    assert "s ahead of the clock here" in why["message"]


def test_time_that_passes_forgives_no_offset(still):
    changed(still, offset=3600)
    advanced(still, days=3)
    assert sent_with(still, still.sandbox.clock.at) == 401
    assert [sent_with(still, by) for by in (still.sandbox.clock.at + 3600, told_by_service(still))] == [200, 200]


def test_the_refusal_tells_the_nearer_time(still):
    advanced(still, days=3)
    here = still.sandbox.clock.at
    for timestamp, says in ((here + 700, "700 s ahead"), (here + 3 * DAY - 800, "800 s behind")):
        assert sent_with(still, timestamp) == 401
        last = still.http.get(f"{still.url}/_mock/requests/last-refused").json()
        assert says in last["explanation"]["message"]


# What passes with time.


def test_tokens_come_to_their_end(still):
    still.http.patch(f"{still.url}/_mock/settings", json={"access_token_lifetime": 3 * DAY})
    made = still.http.post(f"{still.url}/_mock/tokens").json()

    def status() -> int:
        keys = {
            "consumer": (still.application.key, still.application.secret),
            "token": (made["token"], made["secret"]),
        }
        return still.http.get(signed("GET", f"{still.url}/users/current", {}, **keys)).status_code

    advanced(still, days=2, hours=23, minutes=59, seconds=59)
    assert status() == 200
    advanced(still, seconds=1)
    assert status() == 401


def test_a_request_token_comes_to_its_end(still):
    token, _ = still.request_token()
    query = {"oauth_token": token, "oauth_consumer_key": still.application.key, "application_name": "Green Eggs"}
    url = f"{still.url}/oauth/login?{urlencode(query)}"
    advanced(still, seconds=899)
    assert still.http.get(url).status_code == 200
    advanced(still, seconds=1)
    assert still.http.get(url).status_code == 401


def test_the_limit_of_a_day_begins_anew(still):
    still.http.patch(f"{still.url}/_mock/settings", json={"queries_per_day": 1})
    now = still.sandbox.clock.at
    assert [sent_with(still, now) for _ in "ab"] == [200, 403]
    advanced(still, days=1)
    assert [sent_with(still, now) for _ in "ab"] == [200, 403]


def test_frozen_a_second_ends_when_it_is_let_pass(clock):
    clock.http.patch(f"{clock.url}/_mock/settings", json={"queries_per_second": 4})
    changed(clock, frozen=True)
    assert [sent_with(clock, int(time.time())) for _ in range(5)] == [200] * 4 + [403]
    advanced(clock, seconds=1)
    assert sent_with(clock, int(time.time())) == 200


def test_frozen_two_answers_are_the_same_to_the_byte(clock):
    changed(clock, frozen=True)
    key = urlencode({"oauth_consumer_key": clock.application.key})
    feeds = [clock.feed("queues.disc", f"{clock.user}/queues/disc").content for _ in "ab"]
    clocks = [clock.http.get(f"{clock.url}/oauth/clock/time?{key}").content for _ in "ab"]
    assert (feeds[0], clocks[0]) == (feeds[1], clocks[1])
    before = times(clock)
    assert before["frozen"]
    assert before == times(clock)


def test_resumed_it_runs_from_where_it_stood(clock):
    changed(clock, now="2011-06-09T10:00:00Z", frozen=True)
    assert changed(clock, frozen=False)["now"] == "2011-06-09T10:00:00Z"
    assert not times(clock)["frozen"]


# The calendar.


def test_a_world_travels_past_the_end_of_the_history_and_back(still):
    path = f"{still.user}/rental_history"
    history = still.get(path).content
    changed(still, as_of="2012-09-16")
    assert still.get(path).status_code in (403, 404)
    changed(still, as_of="2011-06-01")
    assert still.get(path).content == history


def test_what_was_done_before_a_travel_is_there_after_it(still):
    at = rated(still)
    changed(still, as_of="2009-01-01")
    ref = f"{still.url}/catalog/titles/movies/60010001"
    read = ElementTree.fromstring(still.get(f"{still.user}/ratings/title/actual", title_refs=ref).content)
    assert (read.findtext("ratings_item/user_rating"), int(read.findtext("ratings_item/updated"))) == ("4.0", at)


def test_a_reset_brings_day_and_clock_back(still):
    changed(still, as_of="2012-09-16", offset=3600, frozen=True)
    advanced(still, days=9)
    still.sandbox.reset()
    assert (times(still)["now"], times(still)["frozen"]) == ("2011-06-01T00:00:00Z", False)
    assert told_by_service(still) == still.sandbox.clock.at


# What cannot be.

BAD_CHANGES = [
    ({"now": "soon"}, "is no moment; give"),
    ({"now": "2100-01-01"}, "is out of reach; the clock goes from 1970 to 2099"),
    ({"now": -1}, "$.now"),
    ({"now": 4_102_444_800}, "$.now"),
    ({"now": True}, "$.now"),
    ({"now": "2" * 41}, "$.now"),
    ({"as_of": "2008-09-30"}, "the service began on 2008-10-01"),
    ({"as_of": "2100-01-01"}, "is out of reach"),
    ({"as_of": "soon"}, "$.as_of"),
    ({"offset": 1.5}, "$.offset"),
    ({"offset": 10**30}, "$.offset"),
    ({"frozen": "yes"}, "$.frozen"),
    ({"frozen": True, "now": "soon"}, "is no moment"),
    ({"offset": 60, "as_of": "2012-09-16", "now": "2012-09-16"}, "not both"),
    ({"offset": 60, "frozen": True, "now": "2100-01-01"}, "is out of reach"),
    ({"offset": 60, "as_of": "1999-01-01"}, "the service began"),
    ({"speed": 2}, "speed"),
    ([], "object"),
]


@pytest.mark.parametrize(("change", "says"), BAD_CHANGES)
def test_a_change_that_cannot_be_is_refused_in_a_sentence_and_nothing_changes(still, change, says):
    before = times(still)
    answer = still.http.patch(f"{still.url}/_mock/clock", json=change)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert says in answer.json()["detail"]
    assert times(still) == before


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [
        ("PATCH", "/clock", {"offset": -4_000_000_000}),
        ("POST", "/clock/advance", {"days": 40_000}),
        ("POST", "/clock/advance", {"days": 40_000, "weeks": 6000}),
    ],
)
def test_what_is_too_far_from_where_the_clock_is_is_refused_and_nothing_changes(still, verb, path, body):
    before = times(still)
    answer = still.http.request(verb, f"{still.url}/_mock{path}", json=body)
    assert (answer.status_code, "that is too far" in answer.json()["detail"]) == (409, True)
    assert times(still) == before


@pytest.mark.parametrize(
    ("span", "says"),
    [
        ({}, "say how far the clock is to be advanced, such as days=3."),
        ({"days": 0}, "say how far"),
        ({"days": -1}, "$.days"),
        ({"days": "3"}, "$.days"),
        ({"days": 1e300}, "$.days"),
        ({"days": 40_000, "weeks": 1e6}, "$.weeks"),
        ({"months": 1}, "months"),
    ],
)
def test_a_span_that_cannot_be_is_refused_in_a_sentence_and_no_time_passes(still, span, says):
    before = times(still)
    answer = still.http.post(f"{still.url}/_mock/clock/advance", json=span)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert says in answer.json()["detail"]
    assert times(still) == before


@pytest.mark.parametrize(("verb", "path"), [("PATCH", "/clock"), ("POST", "/clock/advance")])
@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 10_000, b'"now"', b"null"])
def test_what_is_no_json_object_is_refused(still, verb, path, body):
    answer = still.http.request(verb, f"{still.url}/_mock{path}", content=body)
    assert (answer.status_code, answer.json()["detail"][-1]) == (400, ".")


def test_nothing_changes_where_nothing_is_named(still):
    before = times(still)
    assert changed(still) == before

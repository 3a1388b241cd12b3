"""Discs that travel as time is let pass, as a client sees them."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from mock_netflix.calendar import Calendar
from tests.clients.signer import signed

DAY = 86_400
WEDNESDAY = 1_306_886_400


@pytest.fixture
def mail(still):
    """A world on its first day in which discs are sent, and a subscriber with two of them at home and a queue."""
    still.sandbox.calendar = Calendar(WEDNESDAY, still.sandbox.clock.now())
    ruled(still, shipping=True)
    return still


def ruled(mock, **rules: object) -> None:
    mock.http.patch(f"{mock.url}/_mock/settings", json=rules).raise_for_status()


def advance(mock, **span: float) -> None:
    mock.http.post(f"{mock.url}/_mock/clock/advance", json=span).raise_for_status()


def read(mock, path: str) -> ElementTree.Element:
    answer = mock.get(f"{mock.user}{path}", max_results=500)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def names(mock, path: str) -> list[str]:
    return [one.get("regular") for one in read(mock, path).iterfind("*/title")]


def documents(mock) -> list[bytes]:
    """Everything that the mail changes."""
    paths = ("/at_home", "/rental_history", "/queues/disc", "/queues/disc/saved")
    return [mock.get(f"{mock.user}{path}", max_results=500).content for path in paths]


def test_nothing_travels_where_nobody_asked_for_it(still):
    before = documents(still)
    advance(still, days=60)
    assert documents(still) == before


def test_the_top_of_the_queue_goes_and_everything_tells_it(mail):
    ruled(mail, days_kept=90)
    home, queue = names(mail, "/at_home"), read(mail, "/queues/disc/available")
    first, *rest = names(mail, "/queues/disc/available")
    advance(mail, days=1)
    after = read(mail, "/queues/disc/available")
    assert names(mail, "/at_home")[0] == names(mail, "/rental_history/shipped")[0] == first
    assert (len(home), len(read(mail, "/at_home").findall("at_home_item"))) == (2, 3)
    assert [names(mail, "/queues/disc/available"), after.findtext("queue_item/position")] == [rest, "1"]
    assert queue.findtext("etag") != after.findtext("etag")


def test_a_disc_that_was_sent_is_expected_a_day_later(mail):
    advance(mail, days=1)
    item = read(mail, "/at_home").find("at_home_item")
    assert int(item.findtext("shipped_date")) == WEDNESDAY + 18 * 3600
    assert int(item.findtext("estimated_arrival_date")) == WEDNESDAY + 18 * 3600 + DAY


def test_a_title_that_was_sent_cannot_be_queued_while_it_is_at_home(mail):
    ref = read(mail, "/queues/disc/available").find("queue_item/link[@rel='http://schemas.netflix.com/catalog/title']")
    advance(mail, days=1)
    answer = mail.send("POST", f"{mail.user}/queues/disc", title_ref=ref.get("href"))
    assert (answer.status_code, "Title currently at home" in answer.text) == (400, True)
    advance(mail, days=14)
    assert mail.send("POST", f"{mail.user}/queues/disc", title_ref=ref.get("href")).status_code == 201


def test_what_was_at_home_is_returned(mail):
    home = names(mail, "/at_home")
    advance(mail, days=14)
    assert set(home) <= set(names(mail, "/rental_history/returned"))
    assert set(home) & set(names(mail, "/at_home")) == set()


def test_an_etag_that_was_read_before_the_mail_went_is_stale(mail):
    etag = read(mail, "/queues/disc").findtext("etag")
    advance(mail, days=1)
    movie = f"{mail.url}/catalog/titles/movies/60010005"
    assert mail.send("POST", f"{mail.user}/queues/disc", title_ref=movie, etag=etag).status_code == 412


def test_a_saved_title_joins_the_queue_on_its_day(mail):
    saved = names(mail, "/queues/disc/saved")
    changed = mail.http.patch(f"{mail.url}/_mock/clock", json={"now": "2011-09-06"})
    assert changed.status_code == 200
    assert len(names(mail, "/queues/disc/saved")) == len(saved) - 1


def test_ten_days_at_once_are_ten_times_a_day(mail):
    for _ in range(10):
        advance(mail, days=1)
    by_days = documents(mail)
    mail.sandbox.reset()
    ruled(mail, shipping=True)
    advance(mail, days=10)
    assert documents(mail) == by_days


def test_another_world_has_the_same_mail(mail):
    made = mail.http.post(f"{mail.url}/_mock/worlds", json={"settings": {"shipping": True}}).json()
    mail.http.post(f"{made['control']}/clock/advance", json={"days": 30}).raise_for_status()
    advance(mail, days=30)
    told = made
    keys = [(told["application"]["key"], told["application"]["secret"]), tuple(told["access_token"].values())]
    url = signed("GET", f"{mail.url}{mail.user}/rental_history", {}, consumer=keys[0], token=keys[1])
    assert mail.http.get(url).content == mail.get(f"{mail.user}/rental_history").content


def test_more_are_at_home_where_the_plan_is_larger(mail):
    ruled(mail, discs_at_home=4, days_kept=90)
    advance(mail, days=1)
    assert len(names(mail, "/at_home")) == 4

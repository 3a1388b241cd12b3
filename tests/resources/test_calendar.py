"""What existed when: the same world on several days of the service's life (reference: protocol 1.3, resources 1.1)."""

from __future__ import annotations

import re
import subprocess
import sys
from urllib.parse import parse_qsl

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, REMOVALS, Calendar, day
from mock_netflix.data.load import load
from mock_netflix.oauth.levels import Level
from mock_netflix.world.titles import Availability
from tests.resources.in_process import Api, refusal
from tests.resources.lantern import the_lantern_world
from tests.resources.samples import EACH, OF_THE_SITE, sample
from tests.worlds import a_movie, a_world

WORLD = the_lantern_world()
USER = f"/users/{WORLD.subscriber.user_id}"
PUBLIC = "http://api-public.netflix.com"

DAY_BEFORE = REMOVALS - 1
GONE = ("rental_history", "rental_history/shipped", "rental_history/returned", "rental_history/watched", "at_home")


def on(date: str, base: str = PUBLIC) -> Api:
    return Api(WORLD, base, day(date))


@pytest.mark.parametrize("path", GONE)
def test_history_and_at_home_went_in_september_2012(path):
    assert Api(WORLD, PUBLIC, DAY_BEFORE).get(f"{USER}/{path}").status_code == 200
    assert refusal(on("2012-09-15").get(f"{USER}/{path}")) == (404, "Resource not found")


def test_their_feeds_went_with_them():
    before, after = (Api(WORLD, PUBLIC, moment).get(f"{USER}/feeds").text for moment in (DAY_BEFORE, REMOVALS))
    assert before.count("<link ") == 12
    assert after.count("<link ") == 7
    assert "rental_history" not in after
    assert "at_home" not in after


def test_the_old_host_says_that_it_is_deprecated_and_does_not_repeat_the_status():
    answer = on("2012-11-01", "http://api.netflix.com").get(USER, output="json")
    words = "api.netflix.com is deprecated for public use. Please use api-public.netflix.com instead."
    assert (answer.status_code, answer.json()) == (404, {"status": {"message": words}})
    assert on("2012-11-01").get(USER).status_code == 200


@pytest.mark.parametrize("endpoint", EACH, ids=lambda endpoint: endpoint.name)
def test_everything_is_gone_after_the_end(endpoint):
    asked = sample(endpoint)
    answer = on("2014-11-14").send("GET", asked.path, asked.parameters, endpoint.level)
    assert refusal(answer) == (404, "Resource not found")


@pytest.mark.parametrize("endpoint", OF_THE_SITE, ids=lambda endpoint: endpoint.name)
def test_the_feeds_of_the_site_outlive_the_api(endpoint):
    """A client kept a Top 100 of 2015."""
    asked = sample(endpoint)
    assert on("2014-11-14").send("GET", asked.path, asked.parameters, endpoint.level).status_code == 200


def test_nobody_signs_in_after_the_end():
    assert refusal(on("2014-11-13").unsigned("GET", "/oauth/login", {})) == (400, "oauth_token is missing")
    assert refusal(on("2014-11-14").unsigned("GET", "/oauth/login", {})) == (404, "Resource not found")


def test_nicknames_came_in_november_2009():
    assert "<nickname>" not in on("2009-10-31").get(USER).text
    assert "<nickname>" in on("2009-11-01").get(USER).text


def test_callbacks_at_the_request_token_came_with_oauth_1_0a():
    """On launch day nobody was asked for a verifier (reference: walkthrough, step 5)."""
    asked = {"oauth_callback": "http://client.example/"}
    first, later = (
        dict(parse_qsl(on(date).get("/oauth/request_token", Level.SIGNED, **asked).text))
        for date in ("2008-10-01", "2011-06-01")
    )
    assert "oauth_callback_confirmed" not in first
    assert later["oauth_callback_confirmed"] == "true"


def test_json_became_typed():
    early, late = (
        on(date).get(f"{USER}/queues/disc/saved", output="json").json() for date in ("2012-12-31", "2013-01-01")
    )
    assert early["queue"]["number_of_results"] == "1"
    assert late["queue"]["number_of_results"] == 1


def test_an_empty_list_became_an_empty_array():
    bare = Api(WORLD, PUBLIC, day("2013-02-01")).get(f"{USER}/queues/instant", output="json", updated_min=4_000_000_000)
    assert bare.json()["queue"]["queue_item"] == []
    early = Api(WORLD, PUBLIC).get(f"{USER}/queues/instant", output="json", updated_min=4_000_000_000)
    assert "queue_item" not in early.json()["queue"]


def test_answers_have_the_headers_of_the_record_and_pages_may_read_them_from_2012():
    """reference: resources 1.3."""
    early, late = (on(date).get(USER).headers for date in ("2011-12-31", "2012-01-01"))
    assert early["cache-control"] == "private"
    assert early["vary"] == "Accept-Charset, Accept-Language, Accept, Accept-Encoding"
    assert re.fullmatch(r'"\d+"', early["etag"])
    assert "access-control-allow-origin" not in early
    assert late["access-control-allow-origin"] == "*"


def test_the_quotes_of_the_prolog_changed():
    assert on("2011-12-31").get(USER).text.startswith('<?xml version="1.0" standalone="yes"?>')
    assert on("2012-01-01").get(USER).text.startswith("<?xml version='1.0' standalone='yes'?>")


def test_watching_left_the_title_states():
    asked = {"title_refs": "movies/70900002"}
    early, late = (on(date).get(f"{USER}/title_states", **asked).text for date in ("2012-09-14", "2012-09-15"))
    assert re.search(r"<watched_date>\d+</watched_date>\s*<playback_bookmark>600</playback_bookmark>", early)
    assert "watched" not in late


@pytest.mark.parametrize(
    ("date", "until"),
    [
        ("2012-05-31", "1341100800"),
        ("2012-06-01", "4102444800"),
        ("2012-06-20", "1341100800"),
    ],
)
def test_the_end_of_a_title_was_told_ever_later(date, until):
    """On 1 July 2012 the lantern goes: told at first, then two weeks ahead."""
    availability = Availability("instant", 1_262_304_000, day("2012-07-01"))
    leaving = a_world(a_movie(formats=(availability, Availability("DVD", 1_254_355_200))))
    api = Api(leaving, PUBLIC, day(date))
    address = "/catalog/titles/movies/70900001"
    part = api.get(f"{address}/format_availability", Level.SIGNED).text
    expanded = api.get(address, Level.SIGNED, expand="formats").text
    for told in (part, expanded):
        assert re.findall(r'available_until="(\d+)"', told) == [until]


def test_in_the_end_it_was_never_told():
    leaving = a_world(a_movie(formats=(Availability("instant", 1_262_304_000, day("2013-07-10")),)))
    address = "/catalog/titles/movies/70900001/format_availability"
    assert 'available_until="4102444800"' in Api(leaving, PUBLIC, day("2013-07-01")).get(address, Level.SIGNED).text
    assert "availability" not in Api(leaving, PUBLIC, day("2013-07-11")).get(address, Level.SIGNED).text


def test_nothing_of_a_subscriber_is_later_than_the_day():
    early = load(as_of=day("2010-12-01")).subscriber
    assert early.rentals
    assert max(event.at for event in early.rentals) <= day("2010-12-01")
    assert all(one.entry.added <= day("2010-12-01") for one in early.disc_queue.placed())
    assert len(early.ratings) < len(load().subscriber.ratings)


def test_no_answer_links_to_what_is_gone():
    after = on("2012-09-15")
    told = after.get(USER).text + after.get("/catalog/titles", Level.SIGNED, term="lantern").text
    assert not re.search(r'href="[^"]*/(rental_history|at_home|titles/index)"', told)


def test_ids_and_tokens_became_long():
    old, between, new = (load(as_of=day(date)) for date in ("2011-07-31", "2011-08-01", "2012-01-01"))
    assert [len(world.access_token.token) for world in (old, between, new)] == [90, 96, 96]
    assert [len(world.subscriber.user_id) for world in (old, between, new)] == [46, 46, 96]
    assert new.subscriber.user_id.startswith("BQAJAAEDE")
    assert new.access_token.token.startswith("BQAJAAEDE")


def test_the_time_of_the_data_runs_with_the_clock():
    assert Calendar(100, started=1000).now(1007) == 107
    assert Calendar(100, started=1000).now(900) == 100
    assert Calendar().now(9) == DEFAULT_AS_OF


def test_a_day_before_the_service_is_one_clear_line():
    command = [sys.executable, "-m", "mock_netflix", "serve", "--port", "0", "--as-of"]
    for date, said in (("2008-09-30", "the service began on 2008-10-01"), ("yesterday", "does not match the format")):
        ended = subprocess.run([*command, date], capture_output=True, text=True, check=False)
        assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
        assert said in ended.stderr

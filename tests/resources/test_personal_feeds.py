"""The feeds that the site had for each subscriber, opened by a number in the address (reference: protocol 9.6)."""

from __future__ import annotations

import re

import feedparser
import pytest

from mock_netflix.resources.personal_feeds import PERSONAL
from mock_netflix.world.state import site_feed_id_of
from tests.resources.in_process import refusal
from tests.web.made_worlds import serving

each = pytest.mark.parametrize("path", [feed.path for feed in PERSONAL])


def number(mock, login: str | None = None) -> str:
    state = mock.state
    owner = next((one for one in state.subscribers.values() if one.login == login), state.subscriber)
    return site_feed_id_of(state, owner.user_id)


def entries(mock, path: str, login: str | None = None) -> list[feedparser.FeedParserDict]:
    feed = feedparser.parse(mock.http.get(f"{mock.url}{path}", params={"id": number(mock, login)}).content)
    assert (feed.bozo, feed.version) == (False, "rss20")
    return feed.entries


@each
def test_every_item_is_one_of_its_own_and_leads_to_a_title(mock, path):
    found = entries(mock, path)
    assert 0 < len(found) == len({entry.id for entry in found})
    assert all(re.search(r"/Movie/[^/]+/[0-9]+$", entry.link) for entry in found)


@pytest.mark.parametrize("path", ["/QueueRSS", "/QueueEDRSS"])
def test_a_title_in_the_queue_has_its_place_before_its_name(mock, path):
    """One client cuts off four letters, another five, a third all up to the first blank."""
    names = [entry.title for entry in entries(mock, path)]
    assert [name[:5] for name in names[:3]] == ["001- ", "002- ", "003- "]
    queue = mock.state.subscriber.disc_queue.available
    assert [name[5:] for name in names] == [mock.state.catalogue.titles[one.title].regular for one in queue]


def test_what_is_put_into_the_queue_is_in_its_feed(mock):
    mock.send("POST", f"{mock.user}/queues/disc", title_ref=f"{mock.url}/catalog/titles/movies/60010006", position=1)
    title = mock.get("/catalog/titles/movies/60010006").text
    first = entries(mock, "/QueueRSS")[0]
    assert first.link.endswith("/60010006")
    assert first.title.removeprefix("001- ") in title


def test_what_was_sent_and_came_back_is_told_newest_first(mock):
    found = entries(mock, "/TrackingRSS")
    assert {entry.title.partition(": ")[0] for entry in found} == {"Shipped", "Returned"}
    moments = [entry.published_parsed for entry in found]
    assert moments == sorted(moments, reverse=True)


def test_what_is_at_home_is_what_the_api_says(mock):
    told = feedparser.parse(mock.feed("at_home", f"{mock.user}/at_home").content)
    assert [entry.title for entry in entries(mock, "/AtHomeRSS")] == [entry.title for entry in told.entries]


def test_what_is_recommended_is_what_the_api_recommends(mock):
    told = feedparser.parse(mock.feed("recommendations", f"{mock.user}/recommendations", max_results=10).content)
    assert [one.title for one in entries(mock, "/RecommendationsRSS")[:10]] == [one.title for one in told.entries]


def test_each_subscriber_has_feeds_of_their_own(mock):
    others = [one.login for one in mock.state.subscribers.values() if one.disc_queue.available][:3]
    feeds = [[entry.link for entry in entries(mock, "/QueueRSS", login)] for login in others]
    assert feeds[0] != feeds[1] != feeds[2]


@each
@pytest.mark.parametrize("given", ["", "P" + "0" * 34, "P1", "0" * 34, "P" + "٣" * 34, "x" * 5000, "@me"])
def test_a_number_of_nobody_opens_nothing(mock, path, given):
    response = mock.http.get(f"{mock.url}{path}", params={"id": given})
    assert refusal(response) == (404, "Resource not found")
    assert response.headers["x-mock-netflix-cause"] == "site-feed-unknown"


def test_a_number_belongs_to_one_world_only():
    """Others on the same server have the same subscribers."""
    with serving() as server:
        world, other = server.made(), server.made()
        _, gone = world.state.subscriber.disc_queue.available[0].title
        world.send("DELETE", f"{world.user}/queues/disc/available/{gone}")
        queued = [len(entries(one, "/QueueRSS")) for one in (server.first, world, other)]
        assert queued == [7, 6, 7]
        server.deleted(world)
        assert server.first.http.get(f"{server.url}/QueueRSS", params={"id": number(world)}).status_code == 404


def test_the_number_stands_where_subscribers_are_shown(mock):
    shown = mock.http.get(f"{mock.url}/_mock/subscribers/{mock.state.subscriber.login}").json()
    assert shown["site_feed_id"] == number(mock)
    page = mock.http.get(f"{mock.url}/_mock/", headers={"accept": "text/html"}).text
    address = re.search(r'href="(/QueueRSS\?id=[^"]+)"', page)
    assert address is not None
    assert mock.http.get(mock.url + address[1]).status_code == 200

"""The public feeds of the site: RSS that a real reader takes, over a real socket (reference: protocol 9.6)."""

from __future__ import annotations

import http.client
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener
from xml.etree import ElementTree

import feedparser
import httpx
import pytest

from mock_netflix.calendar import day
from mock_netflix.resources.genre_numbers import GENRES
from mock_netflix.world.state import State
from mock_netflix.world.titles import Availability, Title
from tests.resources.in_process import SITE, Api, refusal
from tests.resources.samples import OF_THE_SITE
from tests.worlds import a_movie, a_world

DOCUMENT = Path(__file__).parents[2].joinpath("docs/feeds.md").read_text()
PUBLIC = ("/Top100RSS", "/NewReleasesRSS", "/NewWatchInstantlyRSS", "/TopWatchInstantlyRSS", "/Top25RSS?gid=296")
each = pytest.mark.parametrize("path", PUBLIC)
# A client takes descriptions apart so, and so does another (an item of 2015 that one of them keeps fits both).
DESCRIPTION = re.compile(r'<a href="([^"]+)"><img src="([^"]+)"/></a><br>(.+)')


def read(mock, path: str, **headers: str) -> feedparser.FeedParserDict:
    return feedparser.parse(mock.http.get(mock.url + path, headers=headers).content)


def first_item(response: httpx.Response) -> tuple[str, str]:
    """Link and description of the first item as they are written, for a reader writes HTML anew."""
    item = ElementTree.fromstring(response.content).find("channel/item")
    assert item is not None
    return item.findtext("link") or "", item.findtext("description") or ""


def the_site(state: State, **told: Any) -> Api:
    """A world of its own, asked under the name of the site."""
    return Api(state, SITE, **told)


def names(api: Api, path: str, **parameters: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(api.unsigned("GET", path, parameters).content).entries]


def on(moment: str, *titles: Title) -> Api:
    return the_site(a_world(*titles), as_of=day(moment))


def out(number: int, name: str, *formats: tuple[str, str], until: str | None = None, **told: object) -> Title:
    """A movie that came out in these formats, each on its day."""
    end = None if until is None else day(until)
    return a_movie(number, name, formats=tuple(Availability(one, day(since), end) for one, since in formats), **told)


@each
def test_a_reader_finds_a_whole_feed(mock, path):
    feed = read(mock, path)
    assert (feed.bozo, feed.version) == (False, "rss20")
    assert feed.feed.title
    assert feed.feed.subtitle
    assert feed.feed.link == mock.url
    assert feed.feed.links[-1].href == mock.url + path
    assert 25 <= len(feed.entries) == len({entry.id for entry in feed.entries})
    assert all(entry.title and entry.published_parsed and entry.id == entry.link for entry in feed.entries)


@each
def test_the_number_at_the_end_of_a_link_is_that_of_a_movie_or_else_of_a_series(mock, path):
    for entry in read(mock, path).entries[:30]:
        number = entry.link.rpartition("/")[2]
        found = [mock.get(f"/catalog/titles/{kind}/{number}").status_code for kind in ("movies", "series")]
        assert 200 in found


@each
def test_a_description_is_taken_apart_as_clients_do_it(mock, path):
    link, description = first_item(mock.http.get(mock.url + path))
    found = DESCRIPTION.fullmatch(description)
    assert found is not None
    assert found[1] == link
    assert mock.http.get(found[1]).status_code == 200
    assert mock.http.get(found[2]).headers["content-type"] == "image/jpeg"


def test_a_synopsis_keeps_its_quotes_and_cannot_bring_tags():
    api = the_site(a_world(a_movie(synopsis='"Fire" & <b>ice</b>')))
    _, description = first_item(api.unsigned("GET", "/Top100RSS", {}))
    assert description.endswith('<br>"Fire" &amp; &lt;b&gt;ice&lt;/b&gt;')


@pytest.mark.parametrize("host", ["rss.netflix.com", "www.netflix.com"])
def test_under_the_names_of_the_real_hosts_links_lead_to_pages_of_the_site(mock, host):
    entry = read(mock, "/Top100RSS", host=host).entries[0]
    assert re.fullmatch(r"http://www\.netflix\.com/Movie/[A-Za-z0-9._-]+/[0-9]+", entry.link)
    assert 'src="http://cdn-' in entry.summary


def test_the_site_of_the_discs_had_the_feeds_last_with_pages_of_its_own(mock):
    """Two clients have its addresses, and an item of 2015 that one of them keeps."""
    entry = read(mock, "/Top100RSS", host="dvd.netflix.com").entries[0]
    assert entry.link.startswith("http://dvd.netflix.com/Movie/")
    assert (
        mock.http.get(mock.url + entry.link.partition(".com")[2], headers={"host": "dvd.netflix.com"}).status_code
        == 200
    )


def test_a_host_of_the_api_has_no_feeds_of_the_site(mock):
    response = mock.http.get(f"{mock.url}/Top100RSS", headers={"host": "api.netflix.com"})
    assert (response.status_code, b"<rss" in response.content) == (404, False)


def test_a_reader_with_the_addresses_built_in_gets_them_through_a_proxy(mock):
    opener = build_opener(ProxyHandler({"http": mock.url}))
    for address in ("http://rss.netflix.com/Top25RSS?gid=864", "http://www.netflix.com/NewWatchInstantlyRSS"):
        with opener.open(address) as answer:
            feed = feedparser.parse(answer.read())
        assert (feed.bozo, feed.feed.links[-1].href) == (False, address)


def test_a_host_of_the_site_in_an_absolute_request_line_is_enough(mock):
    connection = http.client.HTTPConnection("127.0.0.1", int(mock.url.rpartition(":")[2]))
    connection.request("GET", "http://rss.netflix.com/NewReleasesRSS", headers={"Accept-Encoding": "identity"})
    assert b"<link>http://www.netflix.com</link>" in connection.getresponse().read()
    connection.close()


@each
def test_who_has_a_feed_already_is_not_sent_it_again(mock, path):
    first = mock.http.get(mock.url + path)
    again = mock.http.get(mock.url + path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_best_known_come_first_whatever_they_are_and_only_those_on_disc(mock):
    feed = read(mock, "/Top100RSS")
    assert (feed.feed.title, len(feed.entries)) == ("Netflix Top 100", 100)
    ratings = [
        next(
            title.average_rating
            for title in mock.state.catalogue.search(entry.title)
            if str(title.number) in entry.link
        )
        for entry in feed.entries[:40]
    ]
    assert ratings == sorted(ratings, reverse=True)


def test_what_is_new_is_newest_first_and_nothing_is_in_it_before_its_day():
    titles = (
        out(1, "Old", ("DVD", "2001-05-01"), ("Blu-ray", "2010-12-01")),
        out(2, "Fresh", ("DVD", "2011-05-01")),
        out(3, "To come", ("DVD", "2011-07-01"), ("instant", "2011-01-01")),
        out(4, "Streamed", ("instant", "2011-02-01")),
    )
    assert names(on("2011-06-01", *titles), "/NewReleasesRSS") == ["Fresh", "Old"]
    assert names(on("2011-07-01", *titles), "/NewReleasesRSS") == ["To come", "Fresh", "Old"]
    assert names(on("2011-06-01", *titles), "/NewWatchInstantlyRSS") == ["Streamed", "To come"]
    assert names(on("2009-01-01", *titles), "/Top100RSS") == ["Old"]


def test_what_can_be_had_no_longer_is_in_no_feed():
    title = out(1, "Gone", ("DVD", "2009-01-01"), ("instant", "2009-01-01"), until="2010-01-01", genres=("Comedies",))
    for path in PUBLIC:
        api = on("2010-01-01", title)
        assert names(api, path.partition("?")[0], gid="307") == []
        assert names(on("2009-12-31", title), path.partition("?")[0], gid="307") == ["Gone"]


def test_the_dates_of_a_feed_are_those_of_the_calendar():
    feed = feedparser.parse(on("2009-12-31").unsigned("GET", "/Top100RSS", {}).content)
    assert feed.feed.updated == "Thu, 31 Dec 2009 00:00:00 GMT"
    assert feed.entries[0].published == "Thu, 01 Oct 2009 00:00:00 GMT"
    assert feed.feed.ttl == "20160"


def test_a_genre_is_the_one_of_its_name_or_else_that_of_its_group():
    shelf = {1: ("Comedies",), 2: ("Screwball", "Comedies"), 3: ("TV Sitcoms",), 4: ("Kids' TV",)}
    api = the_site(a_world(*(out(one, f"No. {one}", ("DVD", "2001-01-01"), genres=shelf[one]) for one in shelf)))
    assert names(api, "/Top25RSS", gid="307") == ["No. 1", "No. 2"]
    assert names(api, "/Top25RSS", gid="699") == ["No. 2"]
    assert names(api, "/Top25RSS", gid="1338") == ["No. 1", "No. 2"]
    assert names(api, "/Top25RSS", gid="2474") == ["No. 3"]
    assert names(api, "/Top25RSS", gid="1088") == ["No. 4"]
    assert names(api, "/Top25RSS", gid="2459") == []
    assert names(api, "/Top25RSS", gid="2629") == ["No. 1", "No. 2", "No. 3", "No. 4"]


def test_blu_ray_counts_as_a_genre():
    api = the_site(a_world(out(1, "Blue", ("Blu-ray", "2009-01-01")), out(2, "Red", ("DVD", "2009-01-01"))))
    assert names(api, "/Top25RSS", gid="2444") == ["Blue"]


def test_every_number_that_a_client_has_built_in_is_a_feed():
    """One has some 500 of them."""
    api = the_site(a_world())
    for number, genre in GENRES.items():
        feed = feedparser.parse(api.unsigned("GET", "/Top25RSS", {"gid": number}).content)
        assert (feed.bozo, feed.feed.title) == (False, f"Netflix Top 25: {genre.name}")


@pytest.mark.parametrize("gid", ["1", "0", "-296", "296.0", "٢٩٦", "", "2" * 5000, "296 ", "<b>"])
def test_a_number_of_no_genre_is_a_feed_that_there_is_not(mock, gid):
    response = mock.http.get(f"{mock.url}/Top25RSS", params={"gid": gid})
    assert refusal(response) == (404, "Resource not found")
    assert response.headers["x-mock-netflix-cause"] == "site-feed-unknown"


def test_a_genre_must_be_named(mock):
    assert refusal(mock.http.get(f"{mock.url}/Top25RSS")) == (404, "Resource not found")
    told = mock.http.get(mock.http.get(f"{mock.url}/Top25RSS").headers["x-mock-netflix-explain"]).json()
    assert told["explanation"]["message"].startswith("No feed of the site goes without gid.")


def test_what_a_parameter_was_meant_to_be_is_said(mock):
    response = mock.http.get(f"{mock.url}/Top25RSS?gid=296&gids=3")
    told = mock.http.get(response.headers["x-mock-netflix-explain"]).json()
    assert told["hints"] == ["gids is no parameter of site.Top25RSS: did you mean gid?"]


def test_an_address_that_almost_is_a_feed_is_said(mock):
    response = mock.http.get(f"{mock.url}/Top100Rss")
    told = mock.http.get(response.headers["x-mock-netflix-explain"]).json()
    assert "/Top100RSS" in told["hints"][0]


def test_an_outage_of_the_gateway_is_none_of_the_site(mock):
    mock.sandbox.state = mock.state.with_rules(replace(mock.state.rules, outage="bad-gateway"))
    assert refusal(mock.get("/catalog/titles")) == (502, "Bad Gateway")
    assert mock.http.get(f"{mock.url}/Top100RSS").status_code == 200


def test_every_number_stands_in_the_document():
    groups: dict[str, list[str]] = {}
    for one in GENRES.values():
        groups.setdefault(", ".join(one.genres) or "All", []).append(f"{one.number} {one.name}")
    lines = [f"* **{genres}**: {', '.join(told)}" for genres, told in groups.items()]
    assert DOCUMENT.partition("## The numbers of genres")[2].strip().splitlines()[-len(lines) :] == lines


def test_every_feed_of_the_site_stands_in_the_document():
    told = set(re.findall(r"`(/\w+RSS)", DOCUMENT))
    assert told == {path for endpoint in OF_THE_SITE for path in endpoint.paths}

"""Feeds: twelve links, each with a token that opens it and no other; read by a real feed reader over a real socket."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree import ElementTree

import feedparser
import httpx
import pytest

from mock_netflix.world.grants import FEEDS, feed_token_of
from tests.resources.in_process import refusal
from tests.resources.samples import FEEDS as ENDPOINTS
from tests.wire.rfc4287 import complaints

RELS = "http://schemas.netflix.com/feed."
PATHS = {
    "queues.disc": "/queues/disc",
    "queues.disc.recent": "/queues/disc",
    "queues.instant": "/queues/instant",
    "queues.instant.recent": "/queues/instant",
    "rental_history": "/rental_history",
    "rental_history.shipped": "/rental_history/shipped",
    "rental_history.watched": "/rental_history/watched",
    "rental_history.returned": "/rental_history/returned",
    "at_home": "/at_home",
    "reviews": "/reviews",
    "recommendations": "/recommendations",
    "ratings": "/ratings/title/actual",
}
# The feeds that there are yet.
READY = [feed for endpoint in ENDPOINTS for feed in endpoint.feeds]
RETURNED = "rental_history.returned"

each = pytest.mark.parametrize("feed", READY)


def links(mock) -> dict[str, str]:
    """The address of each feed, as the subscriber finds it."""
    root = ElementTree.fromstring(mock.get(f"{mock.user}/feeds").content)
    assert root.tag == "resource"
    return {link.attrib["rel"].removeprefix(RELS): link.attrib["href"] for link in root}


def token(mock, feed: str, user_id: str | None = None) -> str:
    return feed_token_of(mock.state.grants, mock.application.key, user_id or mock.state.subscriber.user_id, feed)


def unsigned(mock, path: str, **query: Any) -> httpx.Response:
    return mock.http.get(f"{mock.url}{path}?{urlencode({'oauth_consumer_key': mock.application.key, **query})}")


def opened(mock, feed: str, **query: Any) -> httpx.Response:
    """A feed with its own token, and no `output` but one that is asked for."""
    return unsigned(mock, mock.user + PATHS[feed], feed_token=token(mock, feed), **sort_of(feed), **query)


def sort_of(feed: str) -> dict[str, str]:
    """What makes a queue its recent additions."""
    return {"sort": "date_added"} if feed.endswith(".recent") else {}


def read(mock, feed: str) -> feedparser.FeedParserDict:
    return feedparser.parse(mock.http.get(links(mock)[feed]).content)


def titles_in_xml(mock, feed: str) -> list[str]:
    root = ElementTree.fromstring(mock.get(mock.user + PATHS[feed], **sort_of(feed)).content)
    return [title.attrib["regular"] for title in root.iterfind("*/title")]


def test_a_subscriber_has_twelve_feeds_in_the_order_of_the_record(mock):
    """reference: protocol 9.2."""
    assert list(links(mock)) == list(PATHS) == list(FEEDS)


def test_a_feed_address_has_its_parameters_in_the_order_of_the_record(mock):
    """walkthrough 6; the two recent ones are sorted by the date of their entries (reference: protocol 9.2)."""
    for feed, href in links(mock).items():
        address = urlsplit(href)
        assert f"{address.scheme}://{address.netloc}{address.path}" == f"{mock.url}{mock.user}{PATHS[feed]}"
        sort = [("sort", "date_added")] if feed.endswith(".recent") else []
        key, output = ("oauth_consumer_key", mock.application.key), ("output", "atom")
        assert parse_qsl(address.query) == [("feed_token", token(mock, feed)), key, output, *sort]


def test_the_ampersands_of_an_address_are_escaped_in_xml(mock):
    document = mock.get(f"{mock.user}/feeds").text
    assert len(re.findall(r'href="[^"&]*(&amp;[^"&]*){2,3}"', document)) == 12


def test_every_feed_has_a_token_of_its_own(mock):
    tokens = [dict(parse_qsl(urlsplit(href).query))["feed_token"] for href in links(mock).values()]
    assert len(set(tokens)) == 12
    assert {len(one) for one in tokens} == {66}


def test_a_feed_is_named_for_people(mock):
    """walkthrough 6, and what three clients look for (reference: protocol 9.2)."""
    root = ElementTree.fromstring(mock.get(f"{mock.user}/feeds").content)
    named = {link.attrib["rel"].removeprefix(RELS): link.attrib["title"] for link in root}
    assert named["rental_history.returned"] == "Titles Returned Recently"
    assert named["rental_history.shipped"] == "Titles Shipped"
    assert named["queues.instant"] == "Instant Queue"
    assert len(set(named.values())) == 12


@each
def test_a_feed_reader_takes_a_feed_without_complaint(mock, feed):
    response = mock.http.get(links(mock)[feed])
    assert response.headers["content-type"].startswith("application/atom+xml")
    assert (feedparser.parse(response.content).bozo, complaints(response.content)) == (False, [])


@each
def test_a_feed_has_the_items_of_the_xml_in_its_order(mock, feed):
    found = [entry.title for entry in read(mock, feed).entries]
    assert found == titles_in_xml(mock, feed)[: len(found)]
    assert 0 < len(found) <= 25


@each
def test_an_entry_leads_to_a_web_page_and_shows_a_poster_and_what_it_is_about(mock, feed):
    """walkthrough 7: poster picture, synopsis, link."""
    for entry in read(mock, feed).entries:
        number = entry.link.rpartition("/")[2]
        assert entry.link.startswith(f"{mock.url}/Movie/")
        assert entry.id.endswith(f"/{number}")
        content = entry.content[0].value
        assert "<img " in content
        assert entry.link in content


def test_the_poster_and_the_web_page_of_an_entry_are_there(mock):
    entry = read(mock, RETURNED).entries[0]
    poster = re.findall(r'<img[^>]*src="([^"]+)"', entry.content[0].value)[0]
    assert mock.http.get(poster).headers["content-type"] == "image/jpeg"
    assert entry.title in mock.http.get(entry.link).text


def test_a_feed_tells_what_atom_has_no_words_for(mock):
    """The keys that a known client reads (reference: protocol 9.5, resources 3.6)."""
    parsed = read(mock, RETURNED)
    entry = parsed.entries[0]
    assert parsed.feed.nflx_start_index == "0"
    assert parsed.feed.nflx_results_per_page == "25"
    assert int(parsed.feed.nflx_number_of_results) >= len(parsed.entries)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.nflx_returned_date)
    assert entry.updated == entry.nflx_returned_date
    assert entry.nflx_release_year.isdigit()


def test_a_watched_entry_tells_its_date_in_iso_form(mock):
    assert read(mock, "rental_history.watched").entries[0].nflx_watched_date.endswith("Z")


@each
def test_a_token_opens_its_own_feed_and_no_other(mock, feed):
    """walkthrough 6: access to one feed gives no access to another, and it says why."""
    for other in FEEDS:
        given = {"feed_token": token(mock, other), "output": "atom", **sort_of(feed)}
        response = unsigned(mock, mock.user + PATHS[feed], **given)
        if other == feed:
            assert response.status_code == 200
        else:
            assert refusal(response) == (401, "Token resource mismatch")


@each
@pytest.mark.parametrize("bad", ["", "T1", "nonsense", "T1" + "x" * 63, "T1" + "x" * 65, "X1" + "x" * 64])
def test_what_has_not_the_form_of_a_token_is_a_bad_one(mock, feed, bad):
    assert refusal(unsigned(mock, mock.user + PATHS[feed], feed_token=bad)) == (401, "Bad feed token")


@each
def test_a_token_that_was_never_given_out_is_an_invalid_one(mock, feed):
    response = unsigned(mock, mock.user + PATHS[feed], feed_token="T1" + "x" * 64)
    assert refusal(response) == (403, "Invalid feed token")


def test_a_token_of_another_application_is_an_invalid_one(mock):
    other = next(key for key in mock.state.grants.applications if key != mock.application.key)
    query = {"feed_token": token(mock, RETURNED), "oauth_consumer_key": other}
    assert refusal(unsigned(mock, mock.user + PATHS[RETURNED], **query)) == (403, "Invalid feed token")


def test_a_feed_of_nobody_has_no_user(mock):
    path = f"/users/T1{'x' * 43}-{PATHS[RETURNED]}"
    assert refusal(unsigned(mock, path, feed_token=token(mock, RETURNED))) == (401, "User not found")


def test_a_feed_of_somebody_else_is_refused(mock):
    other = next(user_id for user_id in mock.state.subscribers if user_id != mock.state.subscriber.user_id)
    response = unsigned(mock, f"/users/{other}{PATHS[RETURNED]}", feed_token=token(mock, RETURNED))
    assert refusal(response) == (401, "Mismatch between user token and feed token")


def test_a_refusal_is_a_status_document_even_where_atom_was_asked_for(mock):
    response = unsigned(mock, mock.user + PATHS[RETURNED], feed_token="T1", output="atom")
    assert response.headers["content-type"] == "application/xml;charset=UTF-8"
    assert "<status_code>401</status_code>" in response.text


def test_a_feed_needs_a_consumer_key_and_without_a_token_a_signature(mock):
    keyless = mock.http.get(f"{mock.url}{mock.user}{PATHS[RETURNED]}?feed_token={token(mock, RETURNED)}")
    assert refusal(keyless) == (400, "Missing Required Consumer Key")
    assert refusal(unsigned(mock, mock.user + PATHS[RETURNED])) == (400, "Missing Required Access Token")


@pytest.mark.parametrize("path", ["", "/feeds"])
def test_a_token_opens_nothing_that_is_no_feed(mock, path):
    response = unsigned(mock, mock.user + path, feed_token=token(mock, RETURNED))
    assert refusal(response) == (401, "Token resource mismatch")


@each
def test_without_output_a_feed_is_the_resource_itself(mock, feed):
    """A client strips `output=atom` off (reference: protocol 9.4)."""
    assert opened(mock, feed).text == mock.get(mock.user + PATHS[feed], **sort_of(feed)).text


@each
def test_a_feed_gives_json_and_expands_unsigned(mock, feed):
    signed = mock.get(mock.user + PATHS[feed], output="json", expand="synopsis", **sort_of(feed))
    response = opened(mock, feed, output="json", expand="synopsis")
    assert response.json() == signed.json()
    assert '"synopsis": "' in response.text


def test_a_feed_is_paged_unsigned(mock):
    """reference: protocol 9.4: max_results=500, start_index."""
    whole = opened(mock, "rental_history", output="json", max_results=500).json()["rental_history"]
    later = opened(mock, "rental_history", output="json", max_results=500, start_index=3).json()["rental_history"]
    assert whole["results_per_page"] == "500"
    assert len(whole["rental_history_item"]) == int(whole["number_of_results"]) > 25
    assert later["rental_history_item"] == whole["rental_history_item"][3:]


@pytest.mark.parametrize("name", ["current", "@me"])
def test_an_alias_stands_for_the_subscriber_of_the_feed_token(mock, name):
    response = unsigned(mock, f"/users/{name}{PATHS[RETURNED]}", feed_token=token(mock, RETURNED), output="atom")
    assert len(feedparser.parse(response.content).entries) == 25


def test_a_signed_call_gives_atom_too(mock):
    """reference: protocol 9.5."""
    response = mock.get(mock.user + PATHS[RETURNED], output="atom")
    titles = [entry.title for entry in feedparser.parse(response.content).entries]
    assert titles == [entry.title for entry in read(mock, RETURNED).entries]


def test_a_feed_is_known_by_an_address_that_does_not_change_from_call_to_call(mock):
    ids = {feedparser.parse(mock.get(mock.user + PATHS[RETURNED], output="atom").content).feed.id for _ in range(2)}
    assert len(ids) == 1
    assert "oauth_signature" not in ids.pop()

"""The pages for people: titles, persons, posters, and the mock's own side under /_mock/."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qsl, urljoin, urlsplit

import feedparser
import httpx
import pytest
from PIL import Image

from mock_netflix.world.titles import Title, TitleType
from tests.clients.signer import base_string, signed
from tests.conftest import Mock

NO_NUMBERS = ["0", "99999999", "12345678901234567890", "7x", "-1", "%C2%B2", "%D9%A1", "1.5", "%00"]


class _Links(HTMLParser):
    """Every address in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value is not None]


def _addresses(html: str, base: str) -> set[str]:
    """The addresses of HTML, in full; those that hold their own content are none."""
    links = _Links()
    links.feed(html)
    return {urljoin(base, link) for link in links.found if not link.startswith("data:")}


def _movie(mock: Mock) -> Title:
    return next(title for title in mock.state.catalogue.titles.values() if title.cast and title.directors)


def _is_not_found(response: httpx.Response) -> bool:
    told = (
        "<status_code>404</status_code>" in response.text and "<message>Resource not found</message>" in response.text
    )
    return response.status_code == 404 and response.headers["content-type"].startswith("application/xml") and told


def test_a_title_has_a_page(mock: Mock) -> None:
    movie = _movie(mock)
    response = mock.http.get(f"{mock.url}/Movie/any-name-will-do/{movie.number}")
    shown = unescape(response.text)
    assert response.headers["content-type"].startswith("text/html")
    people = [mock.state.catalogue.people[one].name for one in (*movie.cast, *movie.directors)]
    for told in (movie.regular, str(movie.release_year), movie.synopsis, *movie.genres, *people):
        assert told in shown


def test_every_title_has_a_page_that_is_linked_well(mock: Mock) -> None:
    """Of whatever type: its picture, its people and its address in the catalogue are there."""
    first_of_type = {title.type: title for title in reversed([*mock.state.catalogue.titles.values()])}
    assert set(first_of_type) == set(TitleType)
    for title in first_of_type.values():
        page = mock.http.get(f"{mock.url}/Movie/x/{title.number}")
        assert page.status_code == 200
        for address in _addresses(page.text, mock.url):
            assert mock.http.get(address).status_code == 200, address


def test_a_series_goes_before_its_season_of_the_same_number(mock: Mock) -> None:
    titles = mock.state.catalogue.titles
    number = next(
        number for kind, number in titles if kind is TitleType.SEASON and (TitleType.SERIES, number) in titles
    )
    shown = unescape(mock.http.get(f"{mock.url}/Movie/x/{number}").text)
    assert f"<h1>{titles[TitleType.SERIES, number].regular} (" in shown


def test_a_person_has_a_page_that_leads_to_the_titles(mock: Mock) -> None:
    movie = _movie(mock)
    person = mock.state.catalogue.people[movie.directors[0]]
    response = mock.http.get(f"{mock.url}/RoleDisplay/x/{person.number}")
    shown = unescape(response.text)
    assert person.name in shown
    assert movie.regular in shown
    assert any(address.endswith(f"/{movie.number}") for address in _addresses(response.text, mock.url))


@pytest.mark.parametrize("folder", ["Movie", "RoleDisplay"])
@pytest.mark.parametrize("number", NO_NUMBERS)
def test_a_page_of_nothing_is_the_services_own_404(mock: Mock, folder: str, number: str) -> None:
    assert _is_not_found(mock.http.get(f"{mock.url}/{folder}/x/{number}"))


@pytest.mark.parametrize("folder", ["Movie", "RoleDisplay"])
def test_the_name_in_the_address_of_a_page_is_not_repeated(mock: Mock, folder: str) -> None:
    movie = _movie(mock)
    number = movie.number if folder == "Movie" else movie.cast[0]
    response = mock.http.get(f"{mock.url}/{folder}/%3Cscript%3Ealert(1)%3C%2Fscript%3E/{number}")
    assert "<script" not in response.text


@pytest.mark.parametrize("folder", ["Movie", "RoleDisplay"])
def test_a_page_asked_of_no_possible_host_is_refused(mock: Mock, folder: str) -> None:
    """As everything else of the service is: the links of the page would lead nowhere."""
    movie = _movie(mock)
    number = movie.number if folder == "Movie" else movie.cast[0]
    response = mock.http.get(f"{mock.url}/{folder}/x/{number}", headers={"Host": "no host"})
    assert response.status_code == 400
    assert "<message>Host is invalid</message>" in response.text


@pytest.mark.parametrize(
    ("size", "measures"), [("tiny", (38, 53)), ("small", (64, 90)), ("large", (110, 150)), ("284", (284, 398))]
)
def test_box_art_is_a_jpeg_of_its_size(mock: Mock, size: str, measures: tuple[int, int]) -> None:
    response = mock.http.get(f"{mock.url}/us/boxshots/{size}/{_movie(mock).number}.jpg")
    assert response.headers["content-type"] == "image/jpeg"
    with Image.open(BytesIO(response.content)) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", measures)


def test_box_art_is_the_same_every_time_and_another_for_each_title(mock: Mock) -> None:
    numbers = [title.number for title in mock.state.catalogue.titles.values()][:5]
    first, second = (
        [mock.http.get(f"{mock.url}/us/boxshots/small/{number}.jpg").content for number in numbers] for _ in range(2)
    )
    assert first == second
    assert len(set(first)) == len(numbers)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_box_art_of_nothing_is_the_services_own_404(mock: Mock, number: str) -> None:
    assert _is_not_found(mock.http.get(f"{mock.url}/us/boxshots/large/{number}.jpg"))


@pytest.mark.parametrize("size", ["huge", "LARGE", "ghd", "%2E%2E", "x" * 1000])
def test_box_art_of_no_such_size_is_the_services_own_404(mock: Mock, size: str) -> None:
    assert _is_not_found(mock.http.get(f"{mock.url}/us/boxshots/{size}/{_movie(mock).number}.jpg"))


@pytest.mark.parametrize("feed", ["rental_history", "rental_history.returned", "rental_history.watched"])
def test_every_address_in_the_html_of_a_feed_entry_resolves(mock: Mock, feed: str) -> None:
    """The reader of a feed shows posters and links (reference: walkthrough, step 7)."""
    told = mock.feed(feed, f"{mock.user}/{feed.replace('.', '/')}", max_results=100)
    entries = feedparser.parse(told.content, sanitize_html=False).entries
    addresses = set[str]().union(*(_addresses(entry.content[0].value, mock.url) for entry in entries))
    assert len(addresses) > len(entries) > 0
    for address in addresses:
        assert mock.http.get(address).status_code == 200, address


@pytest.mark.parametrize("path", ["/_mock", "/_mock/"])
def test_the_dashboard_shows_who_you_can_be(mock: Mock, path: str) -> None:
    response = mock.http.get(f"{mock.url}{path}")
    shown = unescape(response.text)
    assert response.headers["cache-control"] == "no-store"
    token, people = mock.state.access_token, mock.state.subscribers.values()
    assert {mock.url, token.token, token.secret} <= set(shown.replace("<", ">").split(">"))
    for told in (fact for one in people for fact in (one.full_name, one.login, one.password, one.user_id)):
        assert told in shown
    for told in (fact for one in mock.state.grants.applications.values() for fact in (one.name, one.key, one.secret)):
        assert told in shown


def test_every_address_on_the_dashboard_resolves(mock: Mock) -> None:
    """The things to try are an unsigned call, a signed one and a feed; requests lead to what is known of them."""
    mock.http.get(f"{mock.url}/nothing")
    addresses = _addresses(mock.http.get(f"{mock.url}/_mock/").text, mock.url)
    asked = [urlsplit(address) for address in addresses]
    assert any(dict(parse_qsl(url.query)).keys() >= {"oauth_signature"} for url in asked)
    assert any(dict(parse_qsl(url.query)).keys() >= {"feed_token"} for url in asked)
    assert any(url.path == "/_mock/requests/1" for url in asked)
    for address in addresses:
        assert mock.http.get(address).status_code == 200, address


def test_the_dashboard_lists_the_last_requests_and_why_they_were_refused(mock: Mock) -> None:
    mock.http.get(f"{mock.url}/nothing?%3Cscript%3E&<script>")
    shown = mock.http.get(f"{mock.url}/_mock/").text
    assert "GET /nothing?" in shown
    assert "Resource not found" in shown
    assert "<script" not in shown


def test_health_says_ready(mock: Mock) -> None:
    response = mock.http.get(f"{mock.url}/_mock/health")
    assert (response.status_code, response.json()["status"]) == (200, "ready")


def test_the_credentials_are_enough_to_begin(mock: Mock) -> None:
    """A client that knows nothing but this answer makes a signed call."""
    told = mock.http.get(f"{mock.url}/_mock/credentials").json()
    application, token, subscriber = told["application"], told["access_token"], told["subscriber"]
    url = signed(
        "GET",
        f"{told['base_url']}/users/{subscriber['user_id']}/feeds",
        {},
        consumer=(application["key"], application["secret"]),
        token=(token["token"], token["secret"]),
    )
    assert mock.http.get(url).status_code == 200
    assert (subscriber["login"], subscriber["password"]) == (
        mock.state.subscriber.login,
        mock.state.subscriber.password,
    )


def test_the_requests_are_listed_from_the_oldest(mock: Mock) -> None:
    """The mock's own side is not among them."""
    mock.get(f"{mock.user}/feeds")
    mock.http.get(f"{mock.url}/_mock/health")
    mock.http.get(f"{mock.url}/nothing")
    first, second = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"]
    assert (first["number"], first["status"], first["endpoint"]) == (1, 200, "users.feeds")
    assert (first["method"], first["subscriber"], first["refused"]) == ("GET", mock.state.subscriber.login, None)
    assert (second["number"], second["status"], second["target"]) == (2, 404, "/nothing")
    assert second["refused"] == "Resource not found"


def test_a_refused_signature_is_explained(mock: Mock) -> None:
    """The answer points at what the signature should have been, and of what text."""
    address, consumer = f"{mock.url}/oauth/request_token", (mock.application.key, mock.application.secret)
    good = signed("GET", address, {"a b": "c&d"}, consumer=consumer)
    sent = dict(parse_qsl(urlsplit(good).query))
    right = sent.pop("oauth_signature")
    refused = mock.http.get(address, params={**sent, "oauth_signature": "d3Jvbmc="})
    assert refused.text == "Invalid Signature"
    told = mock.http.get(refused.headers["x-mock-netflix-explain"]).json()
    why = told["explanation"]
    assert (told["status"], told["refused"], why["cause"]) == (401, "Invalid Signature", "unexplained")
    assert (why["received_signature"], why["expected_signature"]) == ("d3Jvbmc=", right)
    assert why["base_string"] == base_string("GET", address, list(sent.items()))


def test_every_kind_of_refusal_has_an_explanation_in_json(mock: Mock) -> None:
    asked = [
        "/nothing",
        "/oauth/login",
        "/oauth/login?%ff=%ff",
        "/oauth/request_token",
        f"{mock.user}/feeds",
        "/Movie/x/y",
    ]
    for path in asked:
        mock.http.get(f"{mock.url}{path}")
    mock.http.put(f"{mock.url}/oauth/login")
    for entry in mock.http.get(f"{mock.url}/_mock/requests").json()["requests"]:
        one = mock.http.get(f"{mock.url}/_mock/requests/{entry['number']}").json()
        assert {name: one[name] for name in entry} == entry
        assert {"cause", "message"} <= one["explanation"].keys()


@pytest.mark.parametrize("number", ["0", "7", "-1", "first", "1.0", "9" * 30, "9" * 5000])
def test_a_request_that_never_was_is_not_found(mock: Mock, number: str) -> None:
    mock.http.get(f"{mock.url}/nothing")
    response = mock.http.get(f"{mock.url}/_mock/requests/{number}")
    assert response.status_code == 404
    assert response.json()["status"] == 404


@pytest.mark.parametrize("path", ["/_mock/nothing", "/_mock//", "/_mock/health/more", "/_mock/%3Cscript%3E"])
def test_an_unknown_path_of_the_mocks_own_side_says_where_to_look(mock: Mock, path: str) -> None:
    response = mock.http.get(f"{mock.url}{path}")
    assert response.status_code == 404
    assert "/_mock/ shows what there is" in response.json()["detail"]


@pytest.mark.parametrize("path", ["/_mock/", "/_mock/health", "/_mock/credentials", "/_mock/openapi.json"])
def test_the_mocks_own_side_only_answers_reading(mock: Mock, path: str) -> None:
    head = mock.http.head(f"{mock.url}{path}")
    assert (head.status_code, head.content) == (200, b"")
    for verb in ("POST", "PUT", "DELETE"):
        refused = mock.http.request(verb, f"{mock.url}{path}")
        assert (refused.status_code, json.loads(refused.content)["status"]) == (405, 405)


def test_a_page_tells_of_the_feeds_of_the_site(mock):
    """Where the real one did (reference: protocol 9.6); a client looked for its addresses there."""
    page = mock.http.get(f"{mock.url}/RSSFeeds")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    feeds = {one for one in _addresses(page.text, mock.url) if "RSS" in one}
    assert len(feeds) > 500
    for address in (f"{mock.url}/Top100RSS", f"{mock.url}/Top25RSS?gid=307"):
        assert address in feeds
        assert feedparser.parse(mock.http.get(address).content).version == "rss20"


def test_under_the_name_of_the_site_the_page_has_the_addresses_that_clients_have_built_in(mock):
    page = mock.http.get(f"{mock.url}/RSSFeeds", headers={"host": "www.netflix.com"}).text
    assert 'href="http://rss.netflix.com/Top25RSS?gid=296"' in page
    assert 'href="http://www.netflix.com/NewWatchInstantlyRSS"' in page
    assert "http://rss.netflix.com/QueueRSS?id=" in page

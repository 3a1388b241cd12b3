"""Addresses: where links lead for the host that was asked, and how things are named in them."""

from __future__ import annotations

import pytest

from mock_netflix.wire.links import Links, links_for, title_path
from mock_netflix.wire.vocabulary import category, link, listing, url_template
from mock_netflix.world.titles import TitleType
from tests.worlds import a_movie

DIRECT = links_for("http", "127.0.0.1:8181")
API = links_for("http", "api.netflix.com")
PUBLIC = links_for("http", "api-public.netflix.com")
DVDS = links_for("http", "dvd.netflix.com")
LOGIN = links_for("https", "api-user.netflix.com")

MOVIE = a_movie()
SERIES = a_movie(70900010, "Harbor Lights", type=TitleType.SERIES)
SEASON = a_movie(70900011, "Harbor Lights: Season 1", type=TitleType.SEASON, series=70900010)
EPISODE = a_movie(70900012, "The Fog", type=TitleType.PROGRAM, series=70900010, season=70900011)
DISC = a_movie(70900013, "Disc 1", type=TitleType.DISC)


@pytest.mark.parametrize(
    ("links", "base"),
    [
        (DIRECT, "http://127.0.0.1:8181"),
        (API, "http://api.netflix.com"),
        (PUBLIC, "http://api-public.netflix.com"),
        (LOGIN, "http://api.netflix.com"),
        (links_for("https", "localhost"), "https://localhost"),
        (links_for("http", "[::1]:8181"), "http://[::1]:8181"),
    ],
)
def test_ids_and_links_lead_back_to_the_host_that_was_asked(links: Links, base: str):
    assert links.title(MOVIE) == f"{base}/catalog/titles/movies/70900001"
    assert links.person(30900001) == f"{base}/catalog/people/30900001"
    assert links.titles("/autocomplete") == f"{base}/catalog/titles/autocomplete"
    assert links.user("current", "/feeds") == f"{base}/users/current/feeds"


@pytest.mark.parametrize("host", ["api.netflix.com", "api-public.netflix.com"])
def test_links_of_the_real_hosts_are_http_even_when_the_call_was_https(host):
    """reference: resources 1.1."""
    assert links_for("https", host) == links_for("http", host)


def test_feeds_of_the_site_are_on_its_own_hosts():
    """reference: protocol 9.6; the site of the discs had them too, later."""
    assert [one.site_feed("/Top100RSS") for one in (DIRECT, API, DVDS)] == [
        "http://127.0.0.1:8181/Top100RSS",
        "http://rss.netflix.com/Top100RSS",
        "http://dvd.netflix.com/Top100RSS",
    ]
    assert API.site_feed("/NewWatchInstantlyRSS") == "http://www.netflix.com/NewWatchInstantlyRSS"
    assert DVDS.title_page(MOVIE) == "http://dvd.netflix.com/Movie/The_Paper_Lantern/70900001"


def test_a_port_beside_the_name_of_a_real_host_is_not_repeated():
    """The port is how the mock was reached; the client thinks that it talks to the service."""
    assert links_for("http", "api.netflix.com:8181") == API


@pytest.mark.parametrize(
    ("links", "scheme"),
    [
        (DIRECT, "http://api.netflix.com/categories/title_formats"),
        (API, "http://api.netflix.com/categories/title_formats"),
        (PUBLIC, "http://api-public.netflix.com/categories/title_formats"),
        (LOGIN, "http://api.netflix.com/categories/title_formats"),
    ],
)
def test_schemes_are_the_literals_that_clients_compare_with(links: Links, scheme: str):
    """client-demands 2: api-public where that was asked, api.netflix.com in every other case, direct mode included."""
    assert links.scheme("title_formats") == scheme


def test_a_rel_is_a_name_of_the_service_whatever_host_was_asked():
    assert link(DIRECT.user("u", "/queues"), "queues", "queues").attributes == (
        ("href", "http://127.0.0.1:8181/users/u/queues"),
        ("rel", "http://schemas.netflix.com/queues"),
        ("title", "queues"),
    )


def test_the_link_to_the_web_page_has_the_rel_of_html():
    assert ("rel", "alternate") in link("x", "alternate", "web page").attributes


@pytest.mark.parametrize(
    ("links", "address"),
    [
        (DIRECT, "http://127.0.0.1:8181/oauth/login?oauth_token=t"),
        (API, "https://api-user.netflix.com/oauth/login?oauth_token=t"),
        (PUBLIC, "https://api-user.netflix.com/oauth/login?oauth_token=t"),
        (LOGIN, "https://api-user.netflix.com/oauth/login?oauth_token=t"),
    ],
)
def test_people_sign_in_on_a_host_of_its_own(links: Links, address: str):
    assert links.login("t") == address


@pytest.mark.parametrize(
    ("title", "path"),
    [
        (MOVIE, "movies/70900001"),
        (SERIES, "series/70900010"),
        (SEASON, "series/70900010/seasons/70900011"),
        (EPISODE, "programs/70900010/70900012"),
        (DISC, "discs/70900013"),
    ],
)
def test_the_path_of_a_title_tells_its_type_and_its_series(title, path):
    """reference: resources 1.2."""
    assert title_path(title) == path


@pytest.mark.parametrize("size", ["tiny", "small", "large"])
def test_pictures_lie_on_the_host_with_the_last_digit_of_the_title(size):
    """reference: resources 2.1."""
    assert API.box_art(70900013, size) == f"http://cdn-3.nflximg.com/us/boxshots/{size}/70900013.jpg"
    assert API.box_art(70900010, size).startswith("http://cdn-0.nflximg.com/")


def test_pictures_of_the_mock_itself_lie_on_the_mock():
    assert DIRECT.box_art(70900001, "large") == "http://127.0.0.1:8181/us/boxshots/large/70900001.jpg"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("The Paper Lantern", "The_Paper_Lantern"),
        ("Terminator: The Sarah Connor Chronicles", "Terminator_The_Sarah_Connor_Chronicles"),
        ("Hoodwinked Too! Hood vs. Evil", "Hoodwinked_Too_Hood_vs._Evil"),
        ("WALL-E", "WALL-E"),
        ("Belén Rueda", "Bel_n_Rueda"),
        ("(500) Days of Summer", "500_Days_of_Summer"),
        ("東京", "_"),
    ],
)
def test_a_name_in_a_web_address_has_one_underscore_for_each_run_of_other_characters(name, written):
    """None at the ends (reference: resources 7)."""
    assert API.title_page(a_movie(name=name)) == f"http://www.netflix.com/Movie/{written}/70900001"
    assert API.person_page(name, 5) == f"http://www.netflix.com/RoleDisplay/{written}/5"


def test_web_pages_of_the_mock_itself_lie_on_the_mock():
    assert DIRECT.title_page(MOVIE) == "http://127.0.0.1:8181/Movie/The_Paper_Lantern/70900001"


def test_a_category_has_its_label_as_its_term():
    """reference: resources 6."""
    assert category("s", "DVD").attributes == (("scheme", "s"), ("label", "DVD"), ("term", "DVD"))


def test_a_list_tells_its_template_and_its_counts_before_its_items():
    """The order of the captures (reference: resources 1.5)."""
    template = url_template("http://x/catalog/people", "term", "start_index", "max_results")
    tree = listing("people", "person", [], template=template, total=0, start_index=0, results_per_page=25)
    assert template == "http://x/catalog/people?{-join|&|term|start_index|max_results}"
    names = ["url_template", "number_of_results", "start_index", "results_per_page"]
    assert [child.name for child in tree.children] == names

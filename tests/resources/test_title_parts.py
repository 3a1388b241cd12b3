"""The parts of a title at the addresses of its links: of every type, whole, empty, and paged."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.resources.facets import FACETS
from mock_netflix.resources.title_parts import ENDPOINTS
from mock_netflix.wire.links import title_path
from mock_netflix.world.titles import Title
from tests.resources.in_process import API, Api, refusal
from tests.resources.lantern import DISC, EPISODE, FISH, SEASON, SERIES, TITLES, WITH_BONUS, the_lantern_world
from tests.worlds import a_movie, a_world

WORLD = the_lantern_world()
NAMES = [endpoint.name.removeprefix("titles.") for endpoint in ENDPOINTS]
ROOTS = {
    "cast": "people",
    "directors": "people",
    "format_availability": "delivery_formats",
    "discs": "catalog_titles",
    "seasons": "catalog_titles",
    "episodes": "catalog_titles",
}

each = pytest.mark.parametrize("name", NAMES)


def ask(path: str, world=WORLD, **parameters: str):
    return Api(world).get(f"/catalog/titles/{path}", Level.SIGNED, **parameters)


def part(title: Title, name: str, world=WORLD, **parameters: str) -> Node:
    response = ask(f"{title_path(title)}/{name}", world, **parameters)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


@each
@pytest.mark.parametrize("title", TITLES, ids=lambda title: title.type)
def test_every_title_has_every_part_under_the_root_of_the_part(title, name):
    """One that it has no link to is empty; what the real service answered there is not on record."""
    assert part(title, name).tag == ROOTS.get(name, name)


@each
def test_what_a_title_lacks_is_the_empty_document(name):
    bare = a_movie(synopsis="", cast=(), directors=(), formats=(), genres=())
    envelope = {"url_template", "number_of_results", "start_index", "results_per_page"}
    root = part(bare, name, a_world(bare))
    assert name == "box_art" or {child.tag for child in root} - envelope == set()
    assert (root.text or "").strip() == ""


@pytest.mark.parametrize("name", [facet.name for facet in FACETS if facet.nested is None and facet.titles is None])
@pytest.mark.parametrize("title", [WITH_BONUS, SERIES, SEASON, EPISODE], ids=lambda title: title.type)
def test_an_expanded_link_holds_what_its_address_answers(title, name):
    """All but the lists that have pages, and people, of whom a link names three (reference: resources 2.6)."""
    at_address = part(title, name)
    expanded = ElementTree.fromstring(ask(title_path(title), expand=name).content)
    inside = [link.find(at_address.tag) for link in expanded.findall("link") if len(link)]
    empty = not len(at_address) and not at_address.text
    assert list(map(said, inside)) == ([] if empty else [said(at_address)])


def said(node: Node | None) -> str | None:
    """A document without its layout."""
    return None if node is None else "".join(ElementTree.tostring(node, encoding="unicode").split())


@each
@pytest.mark.parametrize(
    "path",
    [
        "movies/1",
        "movies/70900010",
        "films/70900001",
        "seasons/70900011",
        "movies/NOT.A.VALID.ID",
        "movies/-1",
        f"movies/{'9' * 5000}",
        "series/1/seasons/70900011",
        "series/70900010/seasons/1",
        "programs/70900010/1",
        "programs/1",
    ],
    ids=lambda path: path[:40],
)
def test_a_part_of_what_is_no_title_is_not_found(path, name):
    assert refusal(ask(f"{path}/{name}")) == (404, "Resource not found")


@pytest.mark.parametrize("path", ["movies/70900001/plot", "movies/70900001/synopsis/1", "movies/synopsis", "synopsis"])
def test_a_part_that_no_title_has_is_not_found(path):
    assert refusal(ask(path)) == (404, "Resource not found")


def test_a_part_of_an_episode_is_not_taken_for_an_episode():
    """/programs/{number}/synopsis has the form of /programs/{series}/{number}."""
    for path in ("programs/70900012", "programs/70900010/70900012"):
        assert part_at(f"{path}/synopsis").tag == "synopsis"
        assert part_at(path).tag == "catalog_title"


def part_at(path: str) -> Node:
    return ElementTree.fromstring(ask(path).content)


def names(root: Node) -> list[str]:
    """The titles of a list."""
    return [title.attrib["regular"] for title in root.iter("title")]


def test_a_series_has_seasons_episodes_and_discs():
    """In their order, with all that is said of them (reference: resources 2.5)."""
    second = replace(SEASON, number=70900021, regular="Harbor Lights: Season 2", sequence=2)
    later = replace(EPISODE, number=70900023, regular="The Storm", sequence=2)
    world = a_world(SERIES, second, later, SEASON, replace(EPISODE, sequence=1), DISC)
    assert names(part(SERIES, "seasons", world)) == ["Harbor Lights: Season 1", "Harbor Lights: Season 2"]
    assert names(part(SERIES, "episodes", world)) == [EPISODE.regular, "The Storm"]
    assert names(part(SEASON, "discs", world)) == [DISC.regular]
    assert names(part(second, "discs", world)) == names(part(SEASON, "seasons", world)) == []


@pytest.mark.parametrize("title", [WITH_BONUS, EPISODE, DISC], ids=lambda title: title.type)
@pytest.mark.parametrize("name", ["seasons", "episodes", "discs"])
def test_what_has_no_parts_has_an_empty_list_of_them(title, name):
    assert part(title, name).findtext("number_of_results") == "0"


@pytest.mark.parametrize("endpoint", [one for one in ENDPOINTS if "expand" in one.parameters], ids=lambda one: one.name)
def test_a_listed_title_is_told_as_at_its_own_address(endpoint: Endpoint):
    """With what is expanded there (reference: resources 2.5: the full field set)."""
    name = endpoint.name.removeprefix("titles.")
    listed = part(SERIES, name, expand="synopsis")
    for item in listed.findall("similars_item" if name == "similars" else "catalog_title"):
        path = (item.findtext("id") or "").removeprefix(f"{API}/catalog/titles/")
        own = ElementTree.fromstring(ask(path, expand="synopsis").content)
        assert [said(child) for child in item] == [said(child) for child in own]


def test_similar_titles_are_those_that_share_people_or_genres_the_most_alike_first():
    root = part(WITH_BONUS, "similars")
    assert names(root) == [SERIES.regular, FISH.regular]
    template = f"{API}/catalog/titles/movies/70900001/similars?{{-join|&|start_index|max_results}}"
    assert root.findtext("url_template") == template


def test_a_short_address_of_an_episode_leads_to_its_full_one():
    """The templates of lists name a title by its id, however it was asked for."""
    assert f"{API}/catalog/titles/programs/70900010/70900012/similars?" in ask("programs/70900012/similars").text


def test_the_seasons_link_comes_only_where_it_is_asked_for():
    """No captured title has one; clients read one that is expanded (reference: resources 2.1, 2.6)."""
    assert part_at("series/70900010").find("link[@title='seasons']") is None
    asked = ElementTree.fromstring(ask("series/70900010", expand="seasons").content)
    link = asked.find("link[@title='seasons']/catalog_titles/link")
    assert link is not None
    assert link.attrib["href"] == f"{API}/catalog/titles/{title_path(SEASON)}"


def test_a_disc_is_a_title_with_parts_of_its_own():
    assert part(DISC, "screen_formats").find("screen_format/category") is not None

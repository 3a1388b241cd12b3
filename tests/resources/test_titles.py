"""A title: where it is found, what its links hold when they are expanded, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

import pytest

from mock_netflix.data.load import load
from mock_netflix.oauth.levels import Level
from mock_netflix.resources.facets import FACETS
from mock_netflix.wire.links import title_path
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Title
from tests.resources.in_process import API, Api, refusal
from tests.resources.lantern import DISC, EPISODE, SEASON, SERIES, the_lantern_world
from tests.resources.samples import OF_SERIES
from tests.wire.rfc4287 import complaints
from tests.wire.trees import rewritten
from tests.worlds import a_movie, a_world

WORLD = the_lantern_world()
MOVIE = "/catalog/titles/movies/70900001"
EVERYTHING = ",".join(facet.title for facet in FACETS)


def title(path: str = MOVIE, world=WORLD, base: str = API, **parameters: str) -> Node:
    response = Api(world, base).get(path, Level.SIGNED, **parameters)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def links(node: Node) -> dict[str, Node]:
    """The links of a title by their titles."""
    return {link.attrib["title"]: link for link in node.findall("link")}


def filled(node: Node) -> set[str]:
    """The titles of the links that hold something."""
    return {name for name, link in links(node).items() if len(link)}


@pytest.mark.parametrize(
    "path",
    [
        "/catalog/titles/movies/1",
        "/catalog/titles/discs/70900001",
        "/catalog/titles/movies/NOT.A.VALID.ID",
        "/catalog/titles/movies/-70900001",
        "/catalog/titles/movies/%EF%BC%97",
        f"/catalog/titles/movies/{'9' * 5000}",
        "/catalog/titles/films/70900001",
        "/catalog/titles/seasons/70900011",
        "/catalog/titles/series/1/seasons/70900011",
        "/catalog/titles/series/70900010/seasons/70900010",
        "/catalog/titles/movies",
    ],
    ids=lambda path: path[:50],
)
def test_what_is_no_title_is_not_found(path):
    assert refusal(Api(WORLD).get(path, Level.SIGNED)) == (404, "Resource not found")


def test_a_series_and_its_season_may_share_a_number():
    """reference: resources 2.4."""
    world = a_world(SERIES, replace(SEASON, number=SERIES.number))
    for path in ("/catalog/titles/series/70900010", "/catalog/titles/series/70900010/seasons/70900010"):
        assert title(path, world).findtext("id") == API + path


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_side_of_a_title_is_expanded_under_each_of_its_names_and_no_other_is(facet):
    """The title of its link or the last part of its address, with blanks or underscores (reference: resources 2.6)."""
    path = "/catalog/titles/series/70900010" if facet.name in OF_SERIES else MOVIE
    for name in (facet.name, facet.title, facet.title.replace(" ", "_"), facet.name.upper(), f" {facet.title} "):
        assert filled(title(path, expand=name)) == {facet.title}


def test_several_sides_are_expanded_and_unknown_names_are_ignored():
    assert filled(title(expand="synopsis,colour,formats,")) == {"synopsis", "formats"}
    assert filled(title(expand="")) == filled(title()) == set()


def test_a_side_that_a_title_has_not_is_not_expanded():
    assert filled(title("/catalog/titles/movies/70900002", expand="awards,discs,episodes,directors")) == set()


@pytest.mark.parametrize("name", ["synopsis", "cast", "formats", "similars"])
def test_an_expanded_link_without_data_stays_empty(name):
    """reference: resources 2.6."""
    bare = a_movie(synopsis="", cast=(), directors=(), formats=(), genres=())
    assert filled(title(world=a_world(bare), expand=name)) == set()


def test_an_expanded_cast_names_three_people():
    """As captured (reference: resources 2.6)."""
    cast = [Person(number, f"Person {number}") for number in range(1, 6)]
    movie = a_movie(cast=tuple(person.number for person in cast), directors=())
    world = replace(WORLD, catalogue=Catalogue((movie,), cast))
    named = links(title(world=world, expand="cast"))["cast"].findall("people/link")
    assert [link.get("title") for link in named] == ["Person 1", "Person 2", "Person 3"]


@pytest.mark.parametrize("one", [SEASON, EPISODE, DISC], ids=lambda one: one.type)
def test_a_part_of_a_series_leads_up_to_it(one):
    """reference: resources 2.4."""
    found = parents(one)
    assert found["catalog/titles.series"] == ("Harbor Lights", f"{API}/catalog/titles/series/70900010")


def test_an_episode_leads_up_to_its_season_as_well_and_has_a_name_of_its_own():
    season = f"{API}/catalog/titles/series/70900010/seasons/70900011"
    assert parents(EPISODE)["catalog/titles.season"] == ("Harbor Lights: Season 1", season)
    names = title(f"/catalog/titles/{title_path(EPISODE)}").find("title")
    assert names is not None
    assert names.attrib == {"short": "The Fog", "regular": EPISODE.regular, "episode_short": "The Fog"}


def parents(one: Title) -> dict[str, tuple[str | None, str | None]]:
    """Title and address of the links of a title, by the tails of their rels."""
    found = title(f"/catalog/titles/{title_path(one)}").findall("link")
    rels = "http://schemas.netflix.com/"
    return {link.attrib["rel"].removeprefix(rels): (link.get("title"), link.get("href")) for link in found}


def test_what_is_not_known_of_a_title_is_not_told():
    node = title("/catalog/titles/movies/70900002")
    assert (node.find("release_year"), node.find("runtime")) == (None, None)
    absent = {"directors", "awards", "bonus materials", "screen formats", "languages and audio", "official webpage"}
    assert not absent & set(links(node))
    assert absent <= set(links(title()))


@pytest.mark.parametrize("base", ["http://127.0.0.1:8181", "http://localhost:9", API, "http://api-public.netflix.com"])
def test_an_answer_leads_back_to_the_host_that_was_asked(base):
    """client-demands 2; web pages and pictures of the real hosts lie elsewhere, those of the mock on it."""
    node = title(base=base)
    own = [link.attrib["href"] for name, link in links(node).items() if name not in ("web page", "official webpage")]
    assert all(href.startswith(f"{base}/catalog/") for href in own)
    schemes = {category.attrib["scheme"].partition("/categories/")[0] for category in node.iter("category")}
    assert schemes == {base if "netflix.com" in base else API}


def test_a_server_that_is_asked_under_two_names_answers_each_with_its_own():
    """What is kept of a title is kept for each host."""
    api = Api(WORLD)
    for base in ("http://127.0.0.1:8181", API, "http://127.0.0.1:8181", "http://api-public.netflix.com"):
        api.base = base
        for path in (MOVIE, "/catalog/titles"):
            told = api.get(path, Level.SIGNED).text
            assert f"<id>{base}{MOVIE}</id>" in told
            assert f'href="{base}{MOVIE}/synopsis"' in told


def test_pictures_and_web_pages_of_a_title_are_there():
    """walkthrough 7: the poster URLs resolve to real pictures."""
    api = Api(WORLD, "http://127.0.0.1:8181")
    node = ElementTree.fromstring(api.get(MOVIE, Level.SIGNED).content)
    art, page = node.find("box_art"), links(node)["web page"].attrib["href"]
    assert art is not None
    pictures = [api.unsigned("GET", urlsplit(address).path, {}) for address in art.attrib.values()]
    assert [picture.headers["content-type"] for picture in pictures] == ["image/jpeg"] * 3
    assert "The Paper Lantern" in api.unsigned("GET", urlsplit(page).path, {}).text


@pytest.mark.parametrize("start", ["0", "100"])
def test_every_title_of_the_default_world_is_told_whole_in_all_forms(start):
    api = Api(load())
    asked = {"max_results": "100", "start_index": start, "expand": EVERYTHING}
    xml, json, atom = (
        api.get("/catalog/titles", Level.SIGNED, output=form, **asked) for form in ("xml", "json", "atom")
    )
    assert json.json() == rewritten(xml.content)
    assert complaints(atom.content) == []
    assert xml.text.count("<catalog_title>") == atom.text.count("<entry>") > 10

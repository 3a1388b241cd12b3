"""The files of the whole catalogue (reference: resources 2.3)."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

import pytest

from mock_netflix.data.load import load
from mock_netflix.oauth.levels import Level
from tests.resources.in_process import API, Api
from tests.resources.lantern import (
    EPISODE,
    FISH,
    SEASON,
    SERIES,
    TITLES,
    WITH_BONUS,
    the_lantern_world,
)
from tests.wire.trees import said_by_xml
from tests.worlds import a_movie, a_world

WORLD = the_lantern_world()
FILES = ("index", "full", "streaming", "dvd")
RELS = "http://schemas.netflix.com/"

each = pytest.mark.parametrize("name", FILES)


def file(name: str, world=WORLD, **parameters: str) -> Node:
    response = Api(world).get(f"/catalog/titles/{name}", Level.SIGNED, **parameters)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def numbers(root: Node) -> list[int]:
    return [int((item.findtext("id") or "").rpartition("/")[2]) for item in root]


def item(name: str, number: int, world=WORLD) -> Node:
    root = file(name, world)
    return root[numbers(root).index(number)]


@pytest.mark.parametrize("name", ["index", "full"])
def test_a_file_has_every_title_of_every_type(name):
    assert numbers(file(name)) == [title.number for title in TITLES]


def test_the_files_of_2012_part_the_titles_by_how_they_can_be_had():
    assert numbers(file("streaming")) == [title.number for title in TITLES if title.has_format("instant")]
    assert numbers(file("dvd")) == [title.number for title in TITLES if title is not FISH]
    assert numbers(file("dvd", a_world(a_movie(formats=())))) == []


@each
def test_what_needs_an_approval_is_accepted_and_changes_nothing(name):
    plain, asked = (
        ElementTree.tostring(file(name, **given)) for given in ({}, {"include_amg": "true", "include_tms": "true"})
    )
    assert plain == asked


@each
def test_a_file_is_packed_where_that_is_asked_for(mock, name):
    answer = mock.http.get(mock.get_as_application(f"/catalog/titles/{name}").headers["location"])
    assert answer.headers["content-encoding"] == "gzip"
    assert ElementTree.fromstring(answer.content).tag in ("catalog_title_index", "catalog_titles")


def rels(node: Node) -> list[str]:
    return [link.attrib["rel"].removeprefix(RELS) for link in node.findall("link")]


def test_the_index_leads_up_and_down():
    """reference: resources 2.3."""
    assert rels(item("index", EPISODE.number))[-3:] == ["catalog/season", "catalog/series", "alternate"]
    below = ["catalog/season", "catalog/program", "catalog/disc", "alternate"]
    assert rels(item("index", SERIES.number))[-4:] == below
    assert item("index", SEASON.number).findtext("sequence_nr_in_series") == "1"


def test_the_index_has_a_number_for_the_box_of_what_comes_on_a_disc():
    """Thirteen digits, the last of which proves the others."""
    upc = item("index", WITH_BONUS.number).findtext("external_ids/id") or ""
    weighted = [int(digit) * (1, 3)[place % 2] for place, digit in enumerate(upc)]
    assert (len(upc), sum(weighted) % 10) == (13, 0)
    assert item("index", FISH.number).find("external_ids") is None


def test_what_is_not_known_of_a_title_is_not_in_the_index():
    bare = item("index", 1, a_world(a_movie(1, release_year=None, formats=(), cast=(), directors=(), genres=())))
    assert [child.tag for child in bare] == ["id", "title", "link", "delivery_formats"]


def test_the_full_file_tells_of_a_title_all_that_its_address_tells_when_it_is_asked_for_everything():
    """But for similar titles, which would be most of the file."""
    everything = "synopsis,cast,directors,formats,screen formats,languages and audio,awards,bonus materials"
    own = Api(WORLD).get("/catalog/titles/movies/70900001", Level.SIGNED, expand=everything).content
    assert said_by_xml(ElementTree.tostring(item("full", WITH_BONUS.number))) == said_by_xml(own)


def second(number: int, world=WORLD) -> Node:
    return item("streaming", number, world)


def test_the_files_of_2012_put_everything_into_links():
    """reference: resources 2.3, 5.1: box art and synopsis too; rating and runtime belong to a format.

    Similar titles stay a link, as they would be most of the file.
    """
    title = second(WITH_BONUS.number)
    assert [title.find(name) for name in ("box_art", "runtime", "synopsis")] == [None] * 3
    assert {link.attrib["title"] for link in title.findall("link") if not len(link)} == {"similars", "web page"}
    assert title.findtext("updated") == "1262304000000"
    rating = title.find("link/delivery_formats/availability/category/category")
    assert rating is not None
    assert (rating.attrib["label"], title.findtext("link/delivery_formats/availability/runtime")) == ("PG-13", "6300")
    maturity = title.find("category")
    assert maturity is not None
    assert maturity.attrib == {"scheme": f"{API}/categories/maturity_level", "label": "80", "term": "80"}


def test_the_attributes_of_the_files_of_2012_stand_in_the_order_of_the_alphabet():
    """Some of their readers are regular expressions (reference: resources 1.3)."""
    text = Api(WORLD).get("/catalog/titles/streaming", Level.SIGNED).text.partition("?>")[2]
    orders = [re.findall(r' (\w+)="', tag) for tag in re.findall(r"<\w[^>]*>", text)]
    assert all(names == sorted(names) for names in orders)


def test_an_episode_is_named_by_its_place():
    """reference: resources 2.1, 5.1."""
    world = a_world(SERIES, SEASON, replace(EPISODE, sequence=4))
    episode = second(EPISODE.number, world)
    assert episode.find("title").attrib["episode_short"] == "S1:E4 - The Fog"  # type: ignore[union-attr]
    assert (episode.findtext("sequence"), episode.findtext("season_number")) == ("4", "1")


def test_expanded_lists_are_counted():
    """reference: resources 5.1."""
    seasons = second(SERIES.number).find("link[@title='seasons']/catalog_titles")
    assert seasons is not None
    assert (seasons.findtext("number_of_results"), len(seasons.findall("link"))) == ("1", 1)


@each
def test_the_default_catalogue_is_told_whole(name):
    state = load()
    formats = {"streaming": ("instant",), "dvd": ("DVD", "Blu-ray")}.get(name)
    titles = state.catalogue.titles.values()
    told = [title.number for title in titles if formats is None or any(map(title.has_format, formats))]
    assert numbers(file(name, state)) == told

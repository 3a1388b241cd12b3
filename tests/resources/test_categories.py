"""The lists of values that categories have (reference: resources 2.8, 6)."""

from __future__ import annotations

from typing import get_args
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

import feedparser
import pytest

from mock_netflix.data.schema import DeliveryFormat, MaturityRating, QueueAvailability
from mock_netflix.oauth.levels import Level
from mock_netflix.resources.categories import ENDPOINTS
from mock_netflix.world.rentals import RentalState
from tests.resources.in_process import Api, refusal
from tests.resources.lantern import the_lantern_world
from tests.worlds import a_movie, a_world

WORLD = the_lantern_world()
PATHS = [endpoint.paths[0] for endpoint in ENDPOINTS]


def values(path: str, world=WORLD) -> list[Node]:
    """The categories of a list."""
    response = Api(world).get(path, Level.SIGNED)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall("category_item/category")


def labels(name: str, world=WORLD) -> list[str]:
    return [value.attrib["label"] for value in values(f"/categories/{name}", world)]


@pytest.mark.parametrize("path", PATHS)
def test_a_value_has_a_scheme_a_label_and_a_term(path):
    """The scheme is the address of the list, under the host that the schemes of all answers have."""
    found = values(path)
    assert {value.attrib["scheme"] for value in found} == {f"http://api.netflix.com{path}"}
    assert all(value.attrib["label"] == value.attrib["term"] for value in found)
    assert len({value.attrib["term"] for value in found}) == len(found) > 1


def test_the_genres_are_those_of_the_catalogue_by_the_alphabet():
    world = a_world(*(a_movie(n, genres=genres) for n, genres in enumerate([("b", "A"), ("Éa", "b"), ("Dz", "F")])))
    assert labels("genres", world) == ["A", "b", "Dz", "Éa", "F"]


def test_the_lists_have_all_that_a_fixture_may_say():
    assert set(labels("mpaa_ratings")) | set(labels("tv_ratings")) == set(get_args(MaturityRating))
    assert labels("title_formats") == list(get_args(DeliveryFormat))
    assert set(labels("queue_availability")) == {*get_args(QueueAvailability), "saved"}
    assert set(labels("rental_states")) == {state.value for state in RentalState}


def test_every_category_of_a_title_stands_in_its_list():
    title = ElementTree.fromstring(Api(WORLD).get("/catalog/titles/movies/70900001", Level.SIGNED).content)
    for category in title.findall("category"):
        assert category.attrib["label"] in labels(category.attrib["scheme"].rpartition("/")[2])


@pytest.mark.parametrize("path", ["/categories", "/categories/colours", "/categories/genres/1", "/categories/%00"])
def test_a_list_that_there_is_not_is_not_found(path):
    assert refusal(Api(WORLD).get(path, Level.SIGNED)) == (404, "Resource not found")


def test_a_feed_of_values_is_named_by_them_and_does_not_change():
    answers = [Api(WORLD).get("/categories/genres", Level.SIGNED, output="atom").content for _ in range(2)]
    parsed = feedparser.parse(answers[0])
    assert [entry.title for entry in parsed.entries] == labels("genres")
    assert [entry.content[0].value for entry in parsed.entries] == labels("genres")
    assert {entry.updated for entry in parsed.entries} == {"2008-10-01T00:00:00Z"}
    assert answers[0] == answers[1]

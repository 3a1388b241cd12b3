"""The JSON Schema agrees with what is read; the file to begin with works as it is."""

from __future__ import annotations

import json

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator

from mock_netflix.data import schema
from mock_netflix.data.files import default_folder
from mock_netflix.data.load import load
from mock_netflix.data.published import json_schema, starter
from tests.data.own_fixtures import a_movie, a_subscriber, faults, named, subscriber, written
from tests.data.test_formats import IN_JSON, IN_YAML

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


class WithoutDates(yaml.SafeLoader):
    """YAML as editors read it: a date is a text."""


WithoutDates.yaml_implicit_resolvers = {
    letter: [one for one in resolvers if not one[0].endswith("timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_it_is_a_schema_of_its_draft_with_an_id():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"].startswith("urn:")


@pytest.mark.parametrize("path", sorted(default_folder().glob("*.json")), ids=lambda path: path.name)
def test_every_default_fixture_is_valid(path):
    assert list(VALIDATOR.iter_errors(json.loads(path.read_text()))) == []


@pytest.mark.parametrize("text", [starter(), IN_YAML, IN_JSON], ids=["starter", "yaml", "json"])
def test_the_file_to_begin_with_and_the_examples_are_valid(text):
    assert list(VALIDATOR.iter_errors(yaml.load(text, WithoutDates))) == []


@pytest.mark.parametrize(
    ("content", "valid"),
    [
        ({"$schema": "mock-netflix.schema.json", "movies": [{"title": 300}]}, True),
        ({"movies": [a_movie(formats=["DVD"])], "subscribers": [a_subscriber(ratings={"Casablanca": 5})]}, True),
        ({"movies": [{"titel": "?"}]}, False),
        ({"movies": [{"title": "A", "year": 1}]}, False),
        ({"movies": [{"title": "A", "id": 0}]}, False),
        ({"movies": [{"title": ""}]}, False),
        ({"movies": [{"title": "A", "rating": "PG-14"}]}, False),
        ({"subscribers": [{"login": "a", "disc_queue": [{}]}]}, False),
        ({"films": []}, False),
    ],
)
def test_it_says_what_is_read_and_what_is_not(tmp_path, content, valid):
    assert VALIDATOR.is_valid(content) is valid
    assert (faults(tmp_path, content) == []) is valid


def test_every_object_is_described():
    kinds = [one for one in vars(schema).values() if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    shown = SCHEMA["$defs"]
    assert {kind.__name__ for kind in kinds if not kind.__name__.startswith("_")} == set(shown)
    assert all(one["description"] for one in shown.values())


def test_the_file_to_begin_with_adds_a_world_that_one_can_play_with(tmp_path):
    world = load([written(tmp_path, starter(), "mine.yaml")])
    ada = subscriber(world, "ada@example.com")
    assert named(world, "The Paper Lantern").release_year == 2009
    assert len(ada.disc_queue.available) == 2
    assert ada.rentals
    assert len(ada.ratings) == 2
    assert "Harbor Lights: Season 1: The Fog" in {title.regular for title in world.catalogue.titles.values()}

"""YAML, TOML and JSON: the same fixtures in each, what a person means by what they write, and what is no fixture."""

from __future__ import annotations

import pytest

from mock_netflix.data.load import load
from mock_netflix.data.moments import epoch
from tests.data.own_fixtures import faults, loaded, named, written

IN_YAML = """
movies:
  - title: The Paper Lantern
    year: 2009
    formats: {DVD: 2009-10-01, instant: {from: 2010-01-01, until: 2012-01-01T12:00:00Z}}
subscribers:
  - login: ada@example.com
    disc_queue: [The Paper Lantern, Casablanca]
    rentals:
      - {title: The Paper Lantern, shipped: 2011-05-02, returned: 2011-05-09T08:00:00Z}
    ratings: {Casablanca: 5}
"""
IN_TOML = """
[[movies]]
title = "The Paper Lantern"
year = 2009
formats = { DVD = 2009-10-01, instant = { from = 2010-01-01, until = 2012-01-01T12:00:00Z } }

[[subscribers]]
login = "ada@example.com"
disc_queue = ["The Paper Lantern", "Casablanca"]
rentals = [{ title = "The Paper Lantern", shipped = 2011-05-02, returned = 2011-05-09T08:00:00Z }]
ratings = { Casablanca = 5 }
"""
IN_JSON = """{
  "movies": [{"title": "The Paper Lantern", "year": 2009,
    "formats": {"DVD": "2009-10-01", "instant": {"from": "2010-01-01", "until": "2012-01-01T12:00:00Z"}}}],
  "subscribers": [{"login": "ada@example.com",
    "disc_queue": ["The Paper Lantern", "Casablanca"],
    "rentals": [{"title": "The Paper Lantern", "shipped": "2011-05-02", "returned": "2011-05-09T08:00:00Z"}],
    "ratings": {"Casablanca": 5}}]
}"""


@pytest.mark.parametrize(("text", "name"), [(IN_YAML, "mine.yaml"), (IN_YAML, "mine.YML"), (IN_TOML, "mine.toml")])
def test_the_same_fixtures_make_the_same_world_in_every_format(tmp_path, text, name):
    here, there = loaded(tmp_path, text, name), loaded(tmp_path, IN_JSON)
    assert here.subscribers == there.subscribers
    assert here.catalogue.titles == there.catalogue.titles


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    assert named(loaded(tmp_path, b"\xef\xbb\xbf" + IN_JSON.encode()), "The Paper Lantern")


@pytest.mark.parametrize(
    ("written_as", "name"),
    [
        ("301", "301"),
        ("1984.50", "1984.50"),
        ("007", "007"),
        ("3:10", "3:10"),
        ("No", "No"),
        ("yes", "yes"),
        ("2012-12-21", "2012-12-21"),
        ("!!str 8", "8"),
        ("=", "="),
        ("'null'", "null"),
    ],
)
def test_what_stands_where_a_text_is_wanted_is_a_text_as_it_was_written(tmp_path, written_as, name):
    world = loaded(tmp_path, f"movies: [title: {written_as}]", "mine.yaml")
    assert named(world, name)


def test_a_number_is_a_name_in_json_and_toml_too(tmp_path):
    assert named(loaded(tmp_path, {"movies": [{"title": 301}]}), "301")
    assert named(loaded(tmp_path, "[[movies]]\ntitle = 301", "mine.toml"), "301")
    assert named(loaded(tmp_path, "[[movies]]\ntitle = 2012-12-21", "mine.toml"), "2012-12-21")


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2011-05-02", "2011-05-02"),
        ("'2011-05-02'", "2011-05-02"),
        ("2011-05-02T17:20:00Z", "2011-05-02T17:20:00Z"),
        ("2011-05-02 17:20:00", "2011-05-02T17:20:00Z"),
        ("2011-05-02T17:20:00+02:00", "2011-05-02T15:20:00Z"),
        ("2011-05-02T17:20:00.75Z", "2011-05-02T17:20:00Z"),
    ],
)
def test_what_yaml_takes_for_a_date_is_one(tmp_path, date, moment):
    world = loaded(tmp_path, f"movies: [{{title: A, formats: {{DVD: {date}}}}}]", "mine.yaml")
    assert named(world, "A").formats[0].available_from == epoch(moment)


@pytest.mark.parametrize(
    ("date", "moment"),
    [("2011-05-02T17:20:00", "2011-05-02T17:20:00Z"), ("2011-05-02T17:20:00+02:00", "2011-05-02T15:20:00Z")],
)
def test_a_moment_of_toml_without_a_zone_is_utc(tmp_path, date, moment):
    world = loaded(tmp_path, f'[[movies]]\ntitle = "A"\nformats = {{ DVD = {date} }}', "mine.toml")
    assert named(world, "A").formats[0].available_from == epoch(moment)


def test_anchors_and_merges_spare_words(tmp_path):
    text = """
movies:
  - &first {title: A, year: 1999, genres: &genres [Westerns]}
  - <<: *first
    title: B
  - {title: C, genres: *genres}
"""
    world = loaded(tmp_path, text, "mine.yaml")
    assert [(named(world, one).release_year, named(world, one).genres) for one in "ABC"] == [
        (1999, ("Westerns",)),
        (1999, ("Westerns",)),
        (None, ("Westerns",)),
    ]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "movies:\nsubscribers:\n", "movies: []", "--- {}\n"])
def test_a_file_in_which_nothing_stands_yet_adds_nothing(tmp_path, text):
    assert loaded(tmp_path, text, "mine.yaml").subscribers == load().subscribers
    assert loaded(tmp_path, "# nothing yet", "mine.toml").subscribers == load().subscribers


def test_what_is_left_empty_is_left_out(tmp_path):
    world = loaded(tmp_path, "movies:\n  - title: A\n    year:\n    genres:\n    cast: ~\n", "mine.yaml")
    assert named(world, "A").genres == ("Dramas",)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n"
    for before, name in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "movies:\n\t- title: A",
            "mine.yaml:2:1: is not YAML: found character that cannot start any token; indent with",
        ),
        ("movies: [", "mine.yaml:2:1: is not YAML: did not find expected node content"),
        ("a: b: c", "mine.yaml:1:5: is not YAML: mapping values are not allowed in this context"),
        ("movies: []\n---\nmovies: []", "mine.yaml:2:1: is not YAML: expected a single document in the stream, but"),
        ("movies: *nobody", "mine.yaml:1:9: is not YAML: found undefined alias"),
        ("movies: !!python/object/apply:os.system [ls]", 'mine.yaml:1:9: movies: the tag "python/object/apply:os.sys'),
        ("movies: !mine []", 'mine.yaml:1:9: movies: the tag "!mine" has no meaning here'),
        ("movies: &all [*all]", "mine.yaml:1:9: an anchor must not hold itself"),
        ("movies: &all {<<: *all}", "mine.yaml:1:9: an anchor must not hold itself"),
        ("? [a, b]\n: c", "mine.yaml:1:1: a name must be one word or text"),
        ("movies: []\nmovies: []", "mine.yaml:2:1: movies: this name is here already"),
        (LAUGHS, "mine.yaml:6:4: its anchors, written out, make more than 500,000 values"),
        ("[" * 100_000, "mine.yaml:1:1001: is not YAML: exceeded maximum nesting depth"),
        ("[" * 900 + "]" * 900, "mine.yaml: is nested too deeply"),
        ("movies: []\n" + "#" * 5_000_000, "mine.yaml: is longer than 5,000,000 characters; write it as JSON"),
        ("a: \x01", "mine.yaml: is not YAML: unacceptable character"),
        ("movies: [{title: A, year: " + "1" * 5000 + "}]", "mine.yaml:1:27: movies[0].year: should be a whole number"),
    ],
)
def test_yaml_that_is_no_fixture_is_one_clear_sentence(tmp_path, text, said):
    (found,) = faults(tmp_path, text, "mine.yaml")
    assert found.startswith(said)
    assert "\n" not in found
    assert len(found) < 300


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[movies]\n", "mine.toml:1:9: is not TOML: Expected ']]' at the end of an array declaration"),
        ('a = "', "mine.toml:1:6: is not TOML: "),
        ("defaults = true\ndefaults = false", "mine.toml:2:17: is not TOML: Cannot overwrite a value"),
        ("a = " + "[" * 5000, "mine.toml: is nested too deeply"),
        ("a = " + "1" * 5000, "mine.toml: is not usable: "),
        ('[[movies]]\ntitle = "A"\nyear = "1999"', "mine.toml: movies[0].year: should be a whole number"),
        ("[[movies]]\ntitle = 10:00:00\nyear = 10:00:00", "mine.toml: movies[0].year: should be a whole number"),
    ],
)
def test_toml_that_is_no_fixture_is_one_clear_sentence(tmp_path, text, said):
    (found,) = faults(tmp_path, text, "mine.toml")
    assert found.startswith(said)


def test_a_name_that_stands_twice_in_json_is_a_fault_where_it_stands_again(tmp_path):
    text = '{"movies": [{"title": "A",\n "year": 1999, "year": 2000}],\n "subscribers": [], "subscribers": []}'
    assert faults(tmp_path, text) == [
        "mine.json:2:16: movies[0].year: this name is here already",
        "mine.json:3:21: subscribers: this name is here already",
    ]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("mine.txt", "is none of the formats of fixtures; its name should end in .yaml, .yml, .json or .toml"),
        ("mine", "is none of the formats of fixtures; its name should end in .yaml, .yml, .json or .toml"),
    ],
)
def test_the_name_of_a_file_tells_its_format(tmp_path, name, reason):
    assert faults(tmp_path, "", name) == [f"{name}: {reason}"]


def test_a_folder_may_hold_every_format_and_what_is_hidden_or_a_schema_is_left_out(tmp_path):
    written(tmp_path, "[[movies]]\ntitle = 'A'", "a.toml")
    written(tmp_path, "movies: [title: B]", "b.yml")
    written(tmp_path, {"movies": [{"title": "C"}]}, "c.json")
    for name in (".#c.json", "mock-netflix.schema.json", "notes.txt"):
        written(tmp_path, b"?", name)
    world = load([tmp_path])
    assert all(named(world, one) for one in "ABC")

"""All faults of a file are told at once, each where it stands; and no document at all is a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.data.checking import check_document
from mock_netflix.data.documents import Document, read_document
from mock_netflix.data.faults import Faults, FixtureError
from mock_netflix.data.files import default_folder
from mock_netflix.data.load import load
from mock_netflix.data.schema import FixtureFile
from tests.data.own_fixtures import faults, written

MANY = """\
movies:
  - titel: The Paper Lantern
    year: nineteen
  - title: B
    formats: {DVD: 2011-02-30}
  - title: B
subscribers:
  - login: sam@example.com
    disc_queue: [Casablanka, Casablanca, Casablanca]
    ready: maybe
  - login: ada@example.com
    ratings: {Casablanca: 7, Zzzzzzz: 1}
    rentals: [{title: Casablanca, shipped: 2011-05-05, returned: 2011-05-01}]
extra: 1
"""


def test_every_fault_is_told_with_line_column_path_and_reason(tmp_path):
    assert faults(tmp_path, MANY, "mine.yaml") == [
        'mine.yaml:2:5: movies[0].titel: unknown field "titel"; did you mean "title"?',
        'mine.yaml:3:11: movies[0].year: should be a whole number from 1874 to 2100, not the text "nineteen"',
        "mine.yaml:5:20: movies[1].formats.DVD: 2011-02-30 is no day that there is",
        f"mine.yaml:6:12: movies[2].title: movies[1] in {tmp_path}/mine.yaml has this name and year too; "
        "give one of them an id, or another year",
        "mine.yaml:8:12: subscribers[0].login: there is a subscriber sam@example.com already",
        'mine.yaml:9:18: subscribers[0].disc_queue[0]: no title is called "Casablanka"; did you mean "Casablanca"?',
        "mine.yaml:9:42: subscribers[0].disc_queue[2]: Casablanca is in this queue already",
        'mine.yaml:10:12: subscribers[0].ready: should be true or false, not the text "maybe"',
        "mine.yaml:12:27: subscribers[1].ratings.Casablanca: "
        "should be a whole number from 1 to 5 or not_interested, not 7",
        'mine.yaml:12:39: subscribers[1].ratings.Zzzzzzz: no title is called "Zzzzzzz"',
        "mine.yaml:13:66: subscribers[1].rentals[0].returned: was returned before it was shipped",
        'mine.yaml:14:1: extra: unknown field "extra"; there are $schema, applications, defaults, movies, people, '
        "series, subscribers",
    ]


def test_what_is_wrong_with_a_needed_field_is_told_once(tmp_path):
    """A stand-in takes its place, and nothing is said of the stand-in."""
    content = {
        "movies": [{"title": []}, {"title": []}],
        "subscribers": [{"login": []}, {"login": []}, {"login": "a", "disc_queue": [{"title": []}, []]}],
        "applications": [{}, {}],
        "people": [{"id": 1}, "Ada"],
    }
    found = faults(tmp_path, content)
    assert [one.split(": ")[1] for one in found] == [
        *(f"movies[{index}].title" for index in (0, 1)),
        *(f"subscribers[{index}].login" for index in (0, 1)),
        *(f"subscribers[2].disc_queue[{index}]{tail}" for index, tail in ((0, ".title"), (1, ""))),
        *("applications[0]", "applications[1]", "people[0]", "people[1]"),
    ]


def test_the_faults_of_several_files_are_told_together_file_by_file(tmp_path):
    paths = [
        written(tmp_path, {"movies": [{"title": "", "id": 0}]}, "a.json"),
        written(tmp_path, {"subscribers": [{"login": "a", "disc_queue": ["?"]}]}, "b.json"),
        tmp_path / "c.json",
    ]
    with pytest.raises(FixtureError) as caught:
        load(paths)
    assert [Path(fault.file).name for fault in caught.value.faults] == ["a.json", "a.json", "b.json", "c.json"]


def test_of_many_faults_a_start_names_the_first(tmp_path):
    with pytest.raises(FixtureError) as caught:
        load([written(tmp_path, {"movies": [{"titel": "?"}] * 50})])
    said = str(caught.value).splitlines()
    assert (said[0], said[-1]) == (
        "50 faults in fixtures:",
        "… and 30 more: mock-netflix fixtures check names them all",
    )
    assert len(said) == 22


def test_what_a_file_holds_neither_ends_the_line_nor_commands_the_terminal(tmp_path):
    (found,) = faults(tmp_path, {"movies": [{"title": "A", "\x1b[31m\n\ud800": 1}]})
    assert found.isprintable()
    assert found.isascii()


@pytest.mark.parametrize("path", sorted(default_folder().glob("*.json")), ids=lambda path: path.name)
def test_the_default_fixtures_are_read_as_msgspec_reads_them(path):
    found = Faults()
    document = read_document(path, found)
    assert document is not None
    assert check_document(document, found) == msgspec.json.decode(path.read_bytes(), type=FixtureFile)
    assert found.found == []


NAMES = st.sampled_from(["movies", "series", "people", "subscribers", "applications", "defaults", "id", "title"]) | (
    st.sampled_from(["year", "formats", "DVD", "from", "until", "seasons", "episodes", "discs", "number", "login"])
    | st.sampled_from(["ready", "disc_queue", "rentals", "shipped", "returned", "ratings", "stars", "reviews", "text"])
    | st.sampled_from(["name", "key", "secret", "awards", "type", "languages", "other", "$schema"])
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(["2011-05-02", "0000-00-00", "9999-12-31T23:59:59Z", "Casablanca", "DVD", "movies/1", "R"]),
)
TREES = st.recursive(
    VALUES, lambda below: st.lists(below, max_size=3) | st.dictionaries(NAMES, below, max_size=4), max_leaves=25
)
FILES = st.dictionaries(NAMES, TREES | st.lists(st.dictionaries(NAMES, TREES, max_size=5), max_size=3), max_size=4)


# The default world is loaded each time.
UNHURRIED = settings(deadline=None, max_examples=60)


def used(path: Path) -> None:
    """Loads a file; it may be refused, and in no other way than by its faults, each of which is one line."""
    try:
        load([path])
    except FixtureError as error:
        told = [str(fault) for fault in error.faults]
    else:
        told = ["nothing"]
    assert told
    assert all(one.isprintable() for one in told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn")


@UNHURRIED
@given(FILES)
def test_no_json_is_a_traceback(folder, content):
    used(written(folder, content))
    used(written(folder, content, "as-yaml.yaml"))


@UNHURRIED
@given(st.text(st.sampled_from("movies:-[]{}&*!|>'\"#,?%@\\ \n\ta1<~=\x85\ufeff"), max_size=60))
def test_no_yaml_is_a_traceback(folder, text):
    used(written(folder, text.encode(), "drawn.yaml"))


@UNHURRIED
@given(st.text(st.sampled_from("movies=[]{}'\"#,.\\ \n\ta1-:TZ+_\r"), max_size=60))
def test_no_toml_is_a_traceback(folder, text):
    used(written(folder, text.encode(), "drawn.toml"))


@UNHURRIED
@given(st.binary(max_size=60), st.sampled_from(["a.yaml", "a.json", "a.toml"]))
def test_no_bytes_are_a_traceback(folder, content, name):
    used(written(folder, content, name))


def decoded(content: Any) -> FixtureFile | None:
    try:
        return msgspec.convert(content, FixtureFile)
    except msgspec.ValidationError:
        return None


@settings(deadline=None)
@given(FILES)
def test_what_msgspec_takes_is_taken_and_means_the_same(content):
    """Only a day that there is none of passes there, and what is left empty is more than nothing there."""
    strict, found = decoded(content), Faults()
    kind = check_document(Document("", json.loads(json.dumps(content)), lambda place, of_name: None), found)
    if strict is not None and not any("no day" in fault.reason for fault in found.found):
        assert (kind, found.found) == (strict, [])

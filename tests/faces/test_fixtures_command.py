"""`mock-netflix fixtures` as a person meets it: a file to begin with, what is wrong in one, a schema."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_netflix.cli import cli
from mock_netflix.data.published import json_schema, starter
from tests.faces.commands import called, refused, run


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*words: str) -> tuple[int, str, str]:
    ended = CliRunner().invoke(cli, ["fixtures", "check", *words], catch_exceptions=False)
    return ended.exit_code, ended.stdout, ended.stderr


def test_the_file_to_begin_with_is_found_checked_and_right(folder):
    said = called("fixtures", "init").out
    assert said == (
        "Wrote mock-netflix.yaml. To see it served, and what you change in it:\n  mock-netflix serve --reload\n"
    )
    assert (folder / "mock-netflix.yaml").read_text() == starter()
    status, said, faults = check()
    assert (status, faults) == (0, "")
    counts = r"\d+ movies, \d+ series, \d+ subscribers and 3 applications"
    assert re.fullmatch(rf"Nothing is wrong. In this world there are {counts}.\n", said)


def test_a_file_of_another_name_is_named_when_it_is_served():
    assert "serve --reload --fixtures mine.yml\n" in called("fixtures", "init", "mine.yml").out


def test_a_file_that_is_there_is_left_alone(folder):
    folder.joinpath("mock-netflix.yaml").write_text("# mine")
    assert refused("fixtures", "init") == "mock-netflix.yaml is there already, and is left as it is"
    assert folder.joinpath("mock-netflix.yaml").read_text() == "# mine"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("mine.json", "what is written is YAML, for it has comments; mine.json should end in .yaml"),
        (f"no{os.sep}where.yaml", f"no{os.sep}where.yaml cannot be written: No such file or directory"),
    ],
)
def test_where_no_file_can_be_written_it_is_said_in_one_sentence(path, said):
    assert refused("fixtures", "init", path) == said


def test_every_fault_is_a_line_of_its_own_and_the_status_is_1(folder):
    folder.joinpath("mine.yaml").write_text("movies:\n  - titel: A\n    year: '1999'\nextra: 1\n")
    ended = run("fixtures", "check", "mine.yaml")
    assert ended.status == 1
    assert ended.out.splitlines() == [
        'mine.yaml:2:5: movies[0].titel: unknown field "titel"; did you mean "title"?',
        'mine.yaml:3:11: movies[0].year: should be a whole number from 1874 to 2100, not the text "1999"',
        'mine.yaml:4:1: extra: unknown field "extra"; there are $schema, applications, defaults, movies, people, '
        "series, subscribers",
    ]
    assert ended.err == "3 faults\n"


def test_files_are_checked_together(folder):
    folder.joinpath("titles.toml").write_text('[[movies]]\ntitle = "A"\n')
    folder.joinpath("people.json").write_text('{"subscribers": [{"login": "a", "disc_queue": ["A"]}]}')
    assert check("people.json")[0] == 1
    assert check("people.json", "titles.toml")[0] == 0
    assert check(".")[0] == 0


def test_without_a_file_it_is_said_what_to_do():
    assert refused("fixtures", "check") == "there is no mock-netflix.yaml in this folder; say which file to check"
    assert check("nowhere.yaml") == (1, "nowhere.yaml: cannot be read: No such file or directory\n", "1 fault\n")


def test_what_is_not_there_yet_is_no_fault_but_said(folder):
    folder.joinpath("a.yaml").write_text(
        "subscribers: [{login: a, ratings: [{title: Casablanca, stars: 4, rated: 2012-05-01}]}]"
    )
    status, said, _ = check("a.yaml")
    assert status == 0
    assert said.startswith("a.yaml:1:15: subscribers[0]: what is dated later is not there yet; --as-of chooses the day")
    assert check("a.yaml", "--as-of", "2012-06-01")[1].startswith("Nothing is wrong.")


def test_the_schema_is_printed_as_json():
    assert json.loads(called("fixtures", "schema").out) == json_schema()


def test_the_commands_are_listed():
    said = called("fixtures", "--help").out
    assert all(f"\n  {name} " in said for name in ("init", "check", "schema"))

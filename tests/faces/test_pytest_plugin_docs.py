"""What docs/pytest.md and the README say of tests is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from mock_netflix.pytest_plugin.marker import KEYWORDS
from mock_netflix.pytest_plugin.options import OPTIONS
from mock_netflix.stage.ending import CATEGORIES
from tests.faces.test_pytest_plugin_report import HEADING, TOLD

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT.joinpath("docs/pytest.md").read_text()
EXAMPLES = re.findall(r"```py\n(.*?)```", PAGE + ROOT.joinpath("README.md").read_text(), re.DOTALL)


def first_column(heading: str) -> list[str]:
    """What stands in backquotes in the first column of the table with this heading."""
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_passes(project, example):
    result = project.run(example)
    result.assert_outcomes(passed=example.count("def test_"))


def test_there_are_examples_on_both_pages():
    assert len(EXAMPLES) > PAGE.count("```py\n") > 4


def test_the_report_that_is_shown_is_one():
    shown = PAGE.partition("- mock-netflix requests -")[2].partition("```")[0]
    assert shown.partition("\n")[2] == TOLD.removeprefix("\n")
    assert HEADING.strip("*- ") in PAGE


def test_every_option_stands_in_the_table_with_its_key():
    rows = re.findall(r"^\| `(--[^`]+)` \| `(mock_\w+)` \|", PAGE, re.MULTILINE)
    assert rows == [(f"{one.flag} {one.metavar}".strip(), one.key) for one in OPTIONS]


def test_every_keyword_and_every_category_stands_in_its_table():
    assert first_column("keyword") == [one.name for one in KEYWORDS]
    rows = re.findall(
        r"^\| `([\w-]+)` \| (.*) \|$", PAGE.partition("| category |")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert rows == [(one.name, f"a {one.thing} {one.what}") for one in CATEGORIES]


def test_the_keys_that_are_shown_are_keys(project):
    text = PAGE.partition("```toml\n")[2].partition("```")[0]
    keys = tomllib.loads(text)["tool"]["pytest"]["ini_options"]
    assert set(keys) <= {one.key for one in OPTIONS}
    project.pytester.mkdir("tests").joinpath("netflix.yaml").write_text("movies: []\n")
    project.pytester.path.joinpath("pyproject.toml").write_text(text)
    project.run("def test_it(mock_netflix): assert len(mock_netflix.fail_on) == 3").assert_outcomes(passed=1)

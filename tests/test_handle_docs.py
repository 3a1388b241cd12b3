"""Every example of docs/handle.md runs, and every name of a handle stands in it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import httpx
import pytest

from mock_netflix import MockNetflix, World

PAGE = Path(__file__).parent.parent.joinpath("docs/handle.md").read_text()
EXAMPLES = re.findall(r"```py\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example: str) -> None:
    exec(compile(example, "docs/handle.md", "exec"), {"__name__": "example"})


def test_the_assertion_that_is_shown_fails_like_that(mock_netflix: World) -> None:
    for path, term in (("", "casablnca"), ("/autocomplete", "casablanca")):
        httpx.get(mock_netflix.sign("GET", f"/catalog/titles{path}", params={"term": term}).url, trust_env=False)
    with pytest.raises(AssertionError) as failed:
        mock_netflix.assert_requested("titles.search", params={"term": "casablanca"})
    assert f"```\n{failed.value}\n```" in PAGE


def test_every_name_of_a_handle_is_told() -> None:
    names = {name for name, _ in inspect.getmembers(World) if not name.startswith("_")} - {"fail_on"}
    assert {name for name in names if not re.search(rf"\b{name}\b", PAGE)} == set()


def test_every_option_of_the_mock_is_told() -> None:
    options = inspect.signature(MockNetflix.__init__).parameters.keys() - {"self"}
    assert {name for name in options if f"`{name}`" not in PAGE} == set()

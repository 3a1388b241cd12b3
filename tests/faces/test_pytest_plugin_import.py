"""A run of pytest that does not ask for the mock pays nearly nothing for it."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

LOADED = """
import sys


def pytest_unconfigure():
    ours = sorted(name for name in sys.modules if name.partition(".")[0] == "mock_netflix")
    heavy = {"starlette", "uvicorn", "oauthlib", "msgspec", "jinja2", "click", "yaml", "PIL", "asyncio"}
    print("loaded", *sorted(heavy & set(sys.modules)), *ours)
"""

# What every run of pytest imports of the mock.
OURS = [
    "mock_netflix",
    "mock_netflix.errors",
    "mock_netflix.pytest_plugin",
    "mock_netflix.pytest_plugin.options",
    "mock_netflix.pytest_plugin.watched",
]


@pytest.mark.parametrize(
    "test",
    [
        "def test_it(): pass",
        "def test_it(): assert 1 == 2",
        "@pytest.mark.mock_netflix(as_of='2012-01-02')\ndef test_it(): pass",
    ],
)
def test_a_run_without_the_fixture_imports_nothing_of_the_server(project, test):
    project.pytester.makeconftest(LOADED)
    project.pytester.makepyfile(test_it=f"import pytest\n\n\n{test}")
    result = project.again("-s", process=True)
    result.stdout.fnmatch_lines([f"loaded {' '.join(OURS)}"])


def test_with_everything_set_it_imports_no_server_either(project):
    project.pytester.makeconftest(LOADED)
    project.ini("mock_netflix_as_of = 2012-01-02", "mock_netflix_titles = 9", "mock_netflix_set = plaintext=true")
    project.pytester.makepyfile(test_it="def test_it(): pass")
    result = project.again("-s", "--mock-netflix-fail-on=auth-error", process=True)
    result.stdout.fnmatch_lines(["loaded mock_netflix *"])

"""What is read before the first answer, and what only when somebody asks for it: a server that starts for a test is
waited for."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Pages, pictures, the mock's own side, the mistakes there are, and the formats of other fixtures.
LATE = ("jinja2", "PIL", "yaml", "tomllib", "mock_netflix.web.control", "mock_netflix.oauth.mistakes")

BEGUN = """
import sys
import httpx
import mock_netflix
with mock_netflix.MockNetflix() as netflix:
    def status(address, **headers):
        return httpx.get(address, headers=headers, trust_env=False).status_code
    signed = netflix.sign("GET", "/catalog/titles", params={"term": "the"}).url
    said = status(signed)
"""


def loaded(program: str) -> list[str]:
    """Which of the late ones a program has imported at its end, after the status that it was answered with."""
    tell = f"print(said, *(name for name in {LATE} if name in sys.modules))"
    command = [sys.executable, "-c", f"{program}\n{tell}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_search_is_answered_without_what_few_ask_for():
    assert loaded(BEGUN) == ["200"]


def test_serve_reads_nothing_of_it_either():
    assert loaded("import sys, mock_netflix.cli.serve\nsaid = None") == ["None"]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("status(netflix.url + '/_mock/health')", ["200", "mock_netflix.web.control"]),
        ("status(signed.replace('the', 'a'))", ["401", "mock_netflix.oauth.mistakes"]),
    ],
)
def test_it_is_read_when_somebody_asks(ask, said):
    assert loaded(f"{BEGUN}    said = {ask}") == said

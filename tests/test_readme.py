"""What the README shows is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_netflix.cli import cli
from mock_netflix.cli.endpoints import as_markdown, every_row
from mock_netflix.data.load import load
from mock_netflix.resources import ENDPOINTS

ROOT = Path(__file__).parent.parent
README = ROOT.joinpath("README.md").read_text()
FIDELITY = ROOT.joinpath("docs/fidelity.md").read_text()


def test_the_credentials_shown_are_those_of_every_start(mock):
    shown = dict(re.findall(r"^  (Application|Consumer key|Shared secret) +(.+)$", README, re.MULTILINE))
    application = mock.application
    assert shown == {
        "Application": application.name,
        "Consumer key": application.key,
        "Shared secret": application.secret,
    }


def test_every_endpoint_stands_in_the_table_of_fidelity():
    """The file is made by: mock-netflix endpoints --markdown."""
    told = FIDELITY.partition("| Methods |")
    assert "".join(told[1:]).strip() == as_markdown(every_row()).strip()


def test_every_path_of_the_readme_is_an_endpoint_or_a_page():
    table = README.partition("## What there is so far")[2].partition("## Commands")[0]
    shown = {path for path in re.findall(r"`(/[^`? ]*)`", table) if path.startswith(("/catalog", "/users", "/oauth"))}
    pattern = {re.sub(r"\{\w+\}", "*", path) for endpoint in ENDPOINTS for path in endpoint.paths} | {"/oauth/login"}
    assert shown
    assert {re.sub(r"\{\w+\}", "*", path) for path in shown} <= pattern


def test_every_command_stands_in_the_table_and_every_option_shown_exists():
    shown = re.findall(r"^\| `mock-netflix ([a-z]+(?: [a-z]+)?)[^`]*` \| (.*) \|$", README, re.MULTILINE)
    assert [*dict.fromkeys(name.split()[0] for name, _ in shown)] == cli.list_commands(None)
    for name, text in shown:
        told = CliRunner().invoke(cli, [*name.split(), "--help"]).output
        for option in re.findall(r"--[a-z-]+", text):
            assert option in told, (name, option)


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_every_example_in_python_runs(mock, code, capsys):
    token = mock.state.access_token
    known = {"ACCESS_TOKEN": token.token, "TOKEN_SECRET": token.secret}
    exec(compile(code.replace("http://127.0.0.1:2008", mock.url), "README.md", "exec"), known)
    assert "rental_history_item" in capsys.readouterr().out


def test_the_example_of_fixtures_loads(tmp_path):
    example = re.search(r"```json\n(.*?)```", ROOT.joinpath("docs/fixtures.md").read_text(), re.DOTALL)
    assert example is not None
    mine = tmp_path / "mine.json"
    mine.write_text(example[1])
    state = load([mine])
    assert any(one.login == "ada@example.com" and one.rentals for one in state.subscribers.values())


def test_the_curl_line_for_scripts_signs_in(mock):
    token, _ = mock.request_token()
    line = re.search(r"curl -X POST '([^']+)'", README)
    assert line is not None
    url = line[1].replace("http://127.0.0.1:2008", mock.url)
    url = url.replace("REQUEST_TOKEN", token).replace("=KEY", f"={mock.application.key}")
    answer = mock.http.post(url)
    assert (answer.status_code, "success" in answer.text) == (200, True)

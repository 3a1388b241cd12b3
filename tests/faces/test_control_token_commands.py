"""The control token on the command line: printed by `serve`, shown by the commands that ask a running server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import click
import httpx
import pytest

from mock_netflix.cli.serve import serve
from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from tests.faces.commands import called, refused
from tests.faces.test_serve import greeting_of, serving, told_to_programs

TOKEN = "open-sesame"
# What asks the own side of a server, and what is to be seen when it was answered.
COMMANDS = {
    ("register", "Ham"): "Shared secret",
    ("sign", "GET", "/users/@me"): "oauth_signature",
    ("curl", "--show", "/users/@me"): "oauth_signature",
    ("walkthrough",): "All 8 steps hold",
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server that wants the token."""
    with running(build_app(Sandbox(load()), control_token=TOKEN)) as address:
        yield address


def status(url: str, token: str | None = None) -> int:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{url}/_mock/credentials", headers=headers, trust_env=False).status_code


def test_beyond_this_machine_a_token_is_made_and_told_to_programs():
    with serving("--json", "--host", "0.0.0.0") as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert re.fullmatch("[0-9a-f]{32}", told["control_token"])
        assert [status(told["base_url"]), status(told["base_url"], told["control_token"])] == [401, 200]
        assert httpx.get(f"{told['base_url']}/_mock/health", trust_env=False).status_code == 200


def test_on_this_machine_there_is_none():
    assert "control_token" not in told_to_programs()


def test_one_that_is_given_is_wanted_here_too():
    with serving("--json", "--control-token", TOKEN) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        assert told["control_token"] == TOKEN
        assert [status(told["base_url"]), status(told["base_url"], TOKEN)] == [401, 200]


def test_the_lines_of_the_greeting_have_it():
    with serving("--host", "0.0.0.0") as process:
        greeting = greeting_of(process)
        token = re.search(r"^  Control token  (\w+)$", greeting, re.MULTILINE)
        assert token is not None
        page = next(line.strip() for line in greeting.splitlines() if "/_mock/" in line)
        with httpx.Client(trust_env=False, follow_redirects=True) as browser:
            assert "Credentials" in browser.get(page, headers={"Accept": "text/html"}).text
        assert f"--control-token {token[1]}\n" in greeting


@pytest.mark.parametrize(("value", "understood"), [("", None), (TOKEN, TOKEN), ("a.b_c~d-e+f/g==", "a.b_c~d-e+f/g==")])
def test_the_variable_gives_it(monkeypatch, value, understood):
    monkeypatch.setenv("MOCK_NETFLIX_CONTROL_TOKEN", value)
    assert serve.make_context("serve", []).params["control_token"] == understood


@pytest.mark.parametrize("value", ["a b", "=", "é", "a\nb", '"a"', "x" * 201])
def test_one_that_no_header_can_carry_is_refused(value):
    with pytest.raises(click.BadParameter, match="a token has 1 to 200 letters, digits and"):
        serve.make_context("serve", ["--control-token", value])


# The commands.


@pytest.mark.parametrize(("words", "seen"), COMMANDS.items(), ids=lambda one: one[0] if isinstance(one, tuple) else "")
def test_a_command_shows_it(url, words, seen):
    name, *rest = words
    assert seen in called(name, "--control-token", TOKEN, "--base-url", url, *rest).out
    assert seen in called(name, "--base-url", url, *rest, MOCK_NETFLIX_CONTROL_TOKEN=TOKEN).out


@pytest.mark.parametrize("words", [*COMMANDS, ("explain",), ("explain", "7")], ids=" ".join)
def test_a_command_without_it_says_so(url, words):
    name, *rest = words
    said = refused(name, "--base-url", url, *rest)
    assert said == (
        f"{url} wants its control token, which it printed at start; give it with --control-token,"
        " or as MOCK_NETFLIX_CONTROL_TOKEN"
    )
    assert "wants another control token" in refused(name, "--control-token", "wrong", "--base-url", url, *rest)


def test_the_last_refused_request_is_explained_to_who_has_it(url):
    httpx.get(f"{url}/catalog/titles", trust_env=False)
    assert "consumer-key-missing" in called("explain", "--base-url", url, "--control-token", TOKEN).out


def test_secrets_of_a_pasted_request_are_asked_for_with_it(url):
    pasted = f"{url}/users/@me?oauth_consumer_key=nobody&oauth_token=x&oauth_signature=x&oauth_nonce=x"
    assert "wants its control token" in refused("explain", pasted, "--base-url", url)
    assert "unknown" in called("explain", pasted, "--base-url", url, "--control-token", TOKEN).out

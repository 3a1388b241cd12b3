"""`mock-netflix env`: what a person evaluates in a shell, and takes back again."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_netflix.embedded.mock import MockNetflix
from mock_netflix.environment.variables import BEFORE
from tests.faces.commands import called, refused, run, stranger
from tests.faces.test_serve import serving

pytestmark = pytest.mark.usefixtures("authority")

COMMAND = shlex.join((sys.executable, "-m", "mock_netflix", "env"))
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    with MockNetflix() as netflix:
        yield netflix.url


def in_sh(script: str, **given: str) -> dict[str, str]:
    """The variables of a shell at the end of a script; those of the shell itself are left out."""
    environment = {**os.environ, "SHELL": "/bin/sh", "PYTHONWARNINGS": "default", **given}
    command = ["sh", "-euc", f"{script}\nexec env -0"]
    shown = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60).stdout
    pairs = dict(os.fsdecode(pair).split("=", 1) for pair in shown.split(b"\0") if pair)
    return {name: value for name, value in pairs.items() if name not in ("_", "PWD", "OLDPWD", "SHLVL")}


ASK = """
curl -sS "http://api.netflix.com/oauth/clock/time?oauth_consumer_key=$MOCK_NETFLIX_CONSUMER_KEY" >"$OUT"
curl -sS -o /dev/null -w '%{http_code} %{ssl_verify_result}' https://api-user.netflix.com/oauth/login >>"$OUT"
"""


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_a_shell_that_has_evaluated_it_leads_curl_to_the_mock(tmp_path):
    """A mock that `serve` runs, whose authority is that of this user."""
    with serving("--json") as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["base_url"]
        in_sh(f'eval "$({COMMAND} --base-url {url})"\n{ASK}', OUT=str(tmp_path / "out"))
    said = (tmp_path / "out").read_text()
    assert "<time>" in said
    assert said.endswith("400 0")


def test_what_is_undone_is_as_it_was(served):
    given = {
        "http_proxy": "http://it's.corporate:3128/ $x",
        "NODE_OPTIONS": "--no-warnings",
        "no_proxy": "",
        "NO_PROXY": "*",
        "ODD": "\udcff",
        "SSL_CERT_FILE": "/etc/\udcff/it's.pem",
    }
    before = in_sh("", **given)
    evaluated = f'eval "$({COMMAND} --base-url {served})"'
    there = in_sh(f"{evaluated}", **given)
    assert there["http_proxy"] == served
    assert there["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert in_sh(f'{evaluated}\neval "$({COMMAND} --unset)"', **given) == before


def test_evaluated_twice_it_is_as_once(served):
    evaluated = f'eval "$({COMMAND} --base-url {served})"'
    given = {"NODE_OPTIONS": "--no-warnings", "NO_PROXY": "db.example"}
    assert in_sh(f"{evaluated}\n{evaluated}", **given) == in_sh(evaluated, **given)


def test_what_an_earlier_version_has_set_is_taken_back(served):
    """Variables that there are no more, and those that the shell had before."""
    told = json.dumps({"MOCK_NETFLIX_OLD": None, "OLD_PROXY": "mine"})
    given = {BEFORE: told, "MOCK_NETFLIX_OLD": "x", "OLD_PROXY": "x"}
    found = in_sh(f'eval "$({COMMAND} --base-url {served})"', **given)
    assert (found.get("MOCK_NETFLIX_OLD"), found["OLD_PROXY"]) == (None, "mine")
    assert "OLD_PROXY" not in json.loads(found[BEFORE])


def test_the_bundle_of_a_shell_that_has_evaluated_it_does_not_grow(served, authority):
    evaluated = f'eval "$({COMMAND} --base-url {served})"'
    first = in_sh(evaluated)
    size = Path(first["SSL_CERT_FILE"]).stat().st_size
    in_sh(f"{evaluated}\n{evaluated}")
    assert Path(first["SSL_CERT_FILE"]).stat().st_size == size
    assert Path(first["SSL_CERT_FILE"]).parent == authority


def test_in_a_shell_that_has_nothing_of_it_there_is_nothing_to_undo():
    said = called("env", "--unset").out
    assert said == "# Nothing to undo: this shell has no variables of mock-netflix env.\n"


def test_the_lines_are_for_the_shell_that_is_named_or_guessed(served):
    words = ("env", "--base-url", served)
    for shell, line in (
        ("sh", f"export http_proxy='{served}';"),
        ("fish", f"set -gx http_proxy '{served}';"),
        ("powershell", f"$env:http_proxy = '{served}'"),
    ):
        assert line in called(*words, "--shell", shell).out.splitlines()
    assert called(*words, SHELL="/usr/bin/fish").out == called(*words, "--shell", "fish").out
    assert called(*words, SHELL="/bin/zsh").out == called(*words, "--shell", "sh").out


@pytest.mark.parametrize("shell", ["sh", "fish", "powershell"])
def test_the_last_lines_say_how_to_set_and_how_to_undo(served, shell):
    lines = called("env", "--base-url", served, "--shell", shell).out.splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert lines[-3:] == comments
    assert "mock-netflix env" in comments[1]
    assert "mock-netflix env --unset" in comments[2]


def test_the_path_of_the_certificate_is_told_without_a_server(authority):
    path = Path(called("env", "--ca", "--base-url", NOWHERE).out.removesuffix("\n"))
    assert path == authority / "authority.pem"
    assert path.read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_a_server_that_wants_its_control_token_is_asked_with_it_and_it_is_told():
    with MockNetflix(control_token="letmein") as netflix:
        said = called("env", "--base-url", netflix.url, "--control-token", "letmein").out
        assert "export MOCK_NETFLIX_CONTROL_TOKEN='letmein';" in said.splitlines()
        assert "wants its control token" in refused("env", "--base-url", netflix.url)


def test_without_the_libraries_for_https_it_is_left_out_and_said_so(served):
    program = "import sys; sys.modules['trustme'] = None; from mock_netflix.cli import main; main()"
    command = [sys.executable, "-c", program, "env", "--base-url", served, "--shell", "sh"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "SSL_CERT_FILE" not in said.replace(BEFORE, "")
    assert f"export https_proxy='{served}';" in said
    assert "# https is left out; it wants the extra tls: pip install 'mock-netflix[tls]'" in said


REFUSED = {
    "no server": (("--base-url", NOWHERE), "127.0.0.1:9 does not answer: "),
    "https": (("--base-url", "https://127.0.0.1:2443"), "is no address of a proxy"),
    "no address": (("--base-url", "nonsense"), "nonsense is no address"),
    "two wishes": (("--ca", "--unset"), "--ca and --unset exclude each other"),
    "another shell": (("--shell", "csh"), "'csh' is not one of 'sh', 'fish', 'powershell'"),
}


@pytest.mark.parametrize(("words", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_one_sentence_and_nothing_to_evaluate(words, said):
    assert said in refused("env", *words)
    assert run("env", *words).out == ""


def test_another_server_is_no_mock():
    with stranger() as url:
        assert refused("env", "--base-url", url) == f"{url} is not a mock-netflix; start one with: mock-netflix serve"


def test_a_folder_that_cannot_be_used_is_one_sentence(served, tmp_path):
    (tmp_path / "file").touch()
    said = refused("env", "--base-url", served, MOCK_NETFLIX_AUTHORITY=str(tmp_path / "file"))
    assert said.startswith(f"the authority for https cannot be kept in {tmp_path / 'file'}: ")

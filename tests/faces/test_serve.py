"""`mock-netflix serve` as a person and as a program meet it: a process of its own."""

from __future__ import annotations

import json
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

COMMAND = [sys.executable, "-m", "mock_netflix", "serve"]


@contextmanager
def serving(*options: str) -> Iterator[subprocess.Popen[str]]:
    """A server on a free port for as long as the block lasts."""
    command = [*COMMAND, "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def greeting_of(process: subprocess.Popen[str]) -> str:
    """Everything up to the line that says it is ready."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Ready:"):
            break
    return "".join(lines)


def told_to_programs(*options: str) -> dict[str, object]:
    with serving("--json", *options) as process:
        assert process.stdout is not None
        told: dict[str, object] = json.loads(process.stdout.readline())
        return told


def test_the_last_line_of_the_greeting_says_where_to_point_the_client():
    with serving() as process:
        last = greeting_of(process).splitlines()[-1]
    assert re.fullmatch(r"Ready: it is safe to point your client at http://127\.0\.0\.1:\d+", last)


def test_every_curl_line_of_the_greeting_works_when_pasted():
    with serving() as process:
        lines = [line.strip() for line in greeting_of(process).splitlines() if line.startswith("  curl ")]
        answers = [httpx.get(shlex.split(line)[1], trust_env=False) for line in lines]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert "<autocomplete>" in answers[0].text
    assert "<rental_history>" in answers[1].text


def test_the_feed_of_the_greeting_opens_without_signing():
    with serving() as process:
        greeting = greeting_of(process)
        feed = next(line.strip() for line in greeting.splitlines() if "feed_token=" in line)
        assert httpx.get(feed, trust_env=False).headers["content-type"].startswith("application/atom+xml")


def test_the_greeting_holds_all_credentials():
    with serving() as process:
        greeting = greeting_of(process)
    told = told_to_programs()
    for part in (told["application"], told["access_token"], told["subscriber"]):
        assert isinstance(part, dict)
        assert all(str(value) in greeting for value in part.values())


def test_with_json_standard_output_is_one_line_and_the_credentials_are_those_of_the_control_address():
    with serving("--json") as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        answer = httpx.get(f"{told['base_url']}/_mock/credentials", trust_env=False)
        assert answer.json() == told
        assert httpx.get(f"{told['base_url']}/_mock/health", trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == ""


def test_the_credentials_have_the_members_of_the_record_and_are_the_same_at_every_start():
    first, second = told_to_programs(), told_to_programs()
    del first["base_url"], second["base_url"]
    assert first == second
    shape = {name: list(part) for name, part in first.items() if isinstance(part, dict)}
    assert shape == {
        "application": ["name", "key", "secret"],
        "subscriber": ["login", "password", "user_id"],
        "access_token": ["token", "secret"],
    }


def test_a_request_is_one_line_in_the_terminal():
    with serving() as process:
        address = greeting_of(process).rpartition(" ")[2].strip()
        httpx.get(f"{address}/catalog/titles?term=casablanca", trust_env=False)
        assert process.stderr is not None
        line = process.stderr.readline()
    said = (
        "Missing Required Consumer Key  consumer-key-missing: No oauth_consumer_key was sent. "
        "The keys are at /_mock/.  (/_mock/requests/1)"
    )
    assert re.fullmatch(r"400 +\d+\.\d ms  GET /catalog/titles\?term=casablanca  " + re.escape(said) + "\n", line)


def test_what_a_client_sends_neither_ends_the_line_nor_commands_the_terminal():
    with serving() as process:
        address = greeting_of(process).rpartition(" ")[2].strip()
        for value in ("%FF", "1"):
            httpx.get(f"{address}/catalog/titles?%0Aevil%1B%5B31m={value}", trust_env=False)
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in "ab"]
    assert [line[:3] for line in lines] == ["400", "400"]
    assert "\ufffdevil\ufffd[31m is invalid" in lines[0]
    assert not any("\x1b" in line for line in lines)


def test_control_c_stops_cleanly_while_a_client_is_still_connected():
    with serving() as process, httpx.Client(trust_env=False) as client:
        address = greeting_of(process).rpartition(" ")[2].strip()
        client.get(f"{address}/_mock/health")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "Stopped.\n", "")


def refused(*options: str) -> str:
    """What is said when the server does not start: one line on standard error and exit status 2."""
    ended = subprocess.run([*COMMAND, *options], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    return ended.stderr


def test_a_taken_port_is_one_clear_line():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        said = refused("--port", port)
    assert said.startswith(f"mock-netflix: cannot listen at 127.0.0.1:{port}: Address already in use")
    assert "--port" in said


def test_a_host_that_is_not_ours_is_one_clear_line():
    assert "cannot listen at 192.0.2.1:0" in refused("--host", "192.0.2.1", "--port", "0")


def test_bad_options_are_one_clear_line():
    assert "No such option" in refused("--prot", "1")
    assert "--port" in refused("--port", "many")
    assert "65535" in refused("--port", "99999")


def test_fixtures_that_cannot_be_read_are_one_clear_line(tmp_path: Path):
    broken = tmp_path / "mine.json"
    broken.write_text('{"movies": [{"id": 1, "titel": "?"}]}')
    said = refused("--fixtures", str(broken))
    assert f'{broken}:1:23: movies[0].titel: unknown field "titel"; did you mean "title"?' in said
    assert "cannot be read" in refused("--fixtures", str(tmp_path / "nowhere.json"))


def test_own_fixtures_join_the_default_ones(tmp_path: Path):
    mine = tmp_path / "mine.json"
    mine.write_text('{"movies": [{"id": 79990001, "title": "Zzyzx Holiday"}]}')
    with serving("--json", "--fixtures", str(mine)) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        key = told["application"]["key"]
        url = f"{told['base_url']}/catalog/titles/autocomplete?oauth_consumer_key={key}&term=zzy"
        assert "Zzyzx Holiday" in httpx.get(url, trust_env=False).text

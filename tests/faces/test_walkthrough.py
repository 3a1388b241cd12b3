"""`mock-netflix walkthrough` and `health`, as commands."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mock_netflix", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_starts_a_server_of_its_own_and_all_eight_steps_hold():
    ended = run("walkthrough")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("Step ") == 8
    assert "FAIL" not in ended.stdout
    assert ended.stdout.endswith("All 8 steps hold.\n")


def test_it_shows_base_strings_and_signatures(mock):
    ended = run("walkthrough", "--base-url", mock.url)
    assert ended.returncode == 0
    assert "base string  GET&http%3A%2F%2F127.0.0.1" in ended.stdout
    assert "signature    " in ended.stdout
    assert "<message>application_name is missing</message>" in ended.stdout


def test_a_server_where_a_step_does_not_hold_fails_it(mock):
    """The mock is made to forget the history of its subscriber, so the feed is empty."""
    state = mock.state
    bare = {user_id: replace(one, rentals=()) for user_id, one in state.subscribers.items()}
    mock.sandbox.state = replace(state, subscribers=bare)
    ended = run("walkthrough", "--base-url", mock.url)
    assert ended.returncode == 1
    assert "step 8: it is an Atom feed with 0 entries" in ended.stdout


def test_no_server_is_one_clear_line():
    ended = run("walkthrough", "--base-url", "http://127.0.0.1:9")
    assert ended.returncode == 2
    assert ended.stderr.startswith("mock-netflix: 127.0.0.1:9 does not answer")
    assert ended.stderr.count("\n") == 1


class _Stranger(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *words: object) -> None:
        pass


def test_a_stranger_at_the_address_is_one_clear_line():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Stranger) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        ended = run("walkthrough", "--base-url", f"http://127.0.0.1:{server.server_port}")
        unhealthy = run("health", "--base-url", f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert "is not a mock-netflix" in ended.stderr
    assert unhealthy.returncode == 1


def test_health_is_0_with_a_server_and_1_without(mock):
    assert run("health", "--base-url", mock.url).returncode == 0
    without = run("health", "--base-url", "http://127.0.0.1:9")
    assert (without.returncode, without.stdout) == (1, "")


def test_help_and_version_are_answered():
    assert "serve" in run("--help").stdout
    assert "--fixtures" in run("serve", "--help").stdout
    assert run("--version").returncode == 0
    assert run("dance").returncode == 2

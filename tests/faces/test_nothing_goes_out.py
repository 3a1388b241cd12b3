"""A server is asked for all there is, and reaches for nothing; the authority's key is in nothing that it tells."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from mock_netflix import MockNetflix
from mock_netflix.authority import Authority, kept
from mock_netflix.web.server import Server
from mock_netflix.web.tls import Tls
from tests.faces.commands import stranger
from tests.faces.everything import Asked, callbacks, endpoints, meant_for_others, own_side, pages

WATCHED = str(Path(__file__).with_name("watched.py"))
SERVE = ("serve", "--port", "0", "--tls", "--tls-port", "0", "--json")
# Calls of the kernel with which something goes to an address.
CALLS = "trace=connect,sendto,sendmsg,sendmmsg"
TO_AN_ADDRESS = re.compile(r"sa_family=(AF_INET6?)|sin6?_addr")
# It asks for its own address, to listen there.
OWN = re.compile(r"socket\.getaddrinfo \['127\.0\.0\.1', \d+,")


@dataclass(frozen=True)
class Watch:
    """A way to see what a process reaches for: how a command is run, and which of the notes tell of reaching out."""

    command: Callable[[Path, tuple[str, ...]], list[str]]
    tells: Callable[[str], bool]

    def told(self, notes: Path) -> list[str]:
        return [line for line in notes.read_text().splitlines() if self.tells(line)]


def by_python(notes: Path, words: tuple[str, ...]) -> list[str]:
    return [sys.executable, WATCHED, str(notes), *words]


def by_the_kernel(notes: Path, words: tuple[str, ...]) -> list[str]:
    traced = ["strace", "-f", "-qq", "-e", "signal=none", "-e", CALLS, "-o", str(notes)]
    return [*traced, sys.executable, "-m", "mock_netflix", *words]


WATCHES = {
    "python": Watch(by_python, lambda line: not OWN.match(line)),
    "kernel": Watch(by_the_kernel, lambda line: TO_AN_ADDRESS.search(line) is not None),
}


def can_trace() -> bool:
    """Whether this machine has strace, and lets it look."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module", params=WATCHES)
def watch(request) -> Watch:
    if request.param == "kernel" and not can_trace():
        pytest.skip("strace is not there, or not allowed")
    return WATCHES[request.param]


@dataclass(frozen=True)
class Run:
    """A server that was asked for everything and has ended: what it reached for, printed and answered."""

    reached: list[str]
    printed: str
    answered: dict[str, int]
    refused: list[int]
    own_side: dict[str, httpx.Response]
    key: list[str]


@contextmanager
def serving(command: list[str], folder: Path) -> Iterator[Asked]:
    """A server process, its standard error in a file of the folder; it ends as by Ctrl-C."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "MOCK_NETFLIX_AUTHORITY": str(folder / "authority")}
    apart = {"env": environment, "start_new_session": True}
    with (folder / "err").open("w") as err:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True, **apart)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        yield Asked(json.loads(line))
    finally:
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=30)[0]
        (folder / "out").write_text(line + rest)


@pytest.fixture(scope="module")
def run(watch, tmp_path_factory) -> Run:
    folder = tmp_path_factory.mktemp("watched")
    with serving(watch.command(folder / "notes", SERVE), folder) as asked:
        answered = {path: answer.status for _, path, answer in endpoints(asked)}
        answered |= {path: answer.status for path, answer in (*callbacks(asked), *pages(asked))}
        refused = [answer.status for answer in meant_for_others(asked)]
        told = dict(own_side(asked))
        with httpx.Client(verify=kept(folder / "authority").authority.client_context(), trust_env=False) as http:
            answered["by TLS"] = http.get(f"{asked.told['secure_base_url']}/RSSFeeds").status_code
    printed = (folder / "out").read_text() + (folder / "err").read_text()
    return Run(watch.told(folder / "notes"), printed, answered, refused, told, secret_lines(kept(folder / "authority")))


def secret_lines(told) -> list[str]:
    """The lines of the authority's key, without those that every key has."""
    return [line for line in told.authority.key.decode().splitlines() if "-----" not in line]


def test_a_server_that_is_asked_for_everything_reaches_for_nothing(run):
    assert run.reached == []


def test_it_was_asked_for_everything_and_answered(run):
    """So that the test before means something: two endpoints alone have nothing to tell to this subscriber."""
    assert len(run.answered) > 100
    others = {path: status for path, status in run.answered.items() if status not in (200, 302)}
    saved = next((path for path in others if "/queues/instant/saved/" in path), "")
    assert others == {"/oauth/access_token": 401, saved: 404}


def test_what_is_meant_for_others_is_refused(run):
    assert set(run.refused) == {403, 421}


def test_the_key_of_the_authority_is_in_nothing_that_a_server_tells(run):
    """Neither in what it prints, nor on its own side: journal, settings, pages and all."""
    assert len(run.key) > 1
    assert [line for line in run.key if line in run.printed] == []
    assert len(run.own_side) > 30
    assert {answer.status_code for answer in run.own_side.values()} <= {200, 404}
    found = [path for path, answer in run.own_side.items() for line in (*run.key, "PRIVATE KEY") if line in answer.text]
    assert found == []


def test_a_watch_sees_a_connection(watch, tmp_path):
    """A test of the tests above: a command that does ask somebody is caught."""
    with stranger() as url:
        command = watch.command(tmp_path / "notes", ("health", "--base-url", url))
        subprocess.run(command, capture_output=True, check=False, timeout=60)
    port = url.rpartition(":")[2]
    assert [line for line in watch.told(tmp_path / "notes") if port in line] != []


def test_no_handle_shows_the_key(tmp_path):
    """Nor do those who hold it for the server, in any text of them."""
    told = kept(tmp_path)
    tls = Tls(lambda: told.authority)
    with MockNetflix(tls=True) as netflix:
        things = (netflix, netflix.state, netflix.settings, netflix.certificate, told, tls, tls.context(), Authority())
        shown = "".join(f"{thing!r}{thing}" for thing in (*things, Server(netflix, tls=tls)))
        assert httpx.get(netflix.url + "/_mock/health", trust_env=False).status_code == 200
    assert "PRIVATE" not in shown
    assert [line for line in secret_lines(told) if line in shown] == []

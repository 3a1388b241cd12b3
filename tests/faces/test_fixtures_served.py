"""`mock-netflix serve` with fixtures of one's own: found in the working folder, named, and read again on change."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import httpx
import pytest

from mock_netflix.calendar import DEFAULT_AS_OF
from mock_netflix.cli.own_fixtures import OwnFixtures
from mock_netflix.data.faults import FixtureError
from mock_netflix.sandbox import Sandbox
from mock_netflix.world.grants import issue_access_token
from mock_netflix.world.queues import Queue
from tests.clients.signer import signed

ADA = "subscribers: [{login: ada@example.com, ready: true, disc_queue: [Casablanca]}]\n"
# Seconds; a change is seen at once, or where the disk tells of none, within a second.
PATIENCE = 30


def saved(path: Path, text: str) -> None:
    """Puts a file there whole, as editors do."""
    path.with_suffix(".new").write_text(text)
    path.with_suffix(".new").replace(path)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A server that was started in this folder, for as long as the block lasts."""
    command = [sys.executable, "-m", "mock_netflix", "serve", "--port", "0", *options]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def greeting_of(process: subprocess.Popen[str]) -> dict[str, str]:
    """The rows of the table at start."""
    rows: dict[str, str] = {}
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("  ") and line[17:]:
            rows.setdefault(line[2:17].strip(), line[17:].strip())
        if line.startswith("Ready:"):
            break
    return rows


def said_by(process: subprocess.Popen[str], begins: str) -> str:
    """The next line on standard error that begins so; fails when none comes in time."""
    found: list[str] = []

    def first() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(begins):
                found.append(line)
                return

    waiting = Thread(target=first, daemon=True)
    waiting.start()
    waiting.join(PATIENCE)
    assert found, f"nothing was said that begins with {begins!r}"
    return found[0]


def test_a_file_in_the_working_folder_is_found_and_said(tmp_path):
    tmp_path.joinpath("mock-netflix.yaml").write_text(ADA)
    with serving(tmp_path) as process:
        rows = greeting_of(process)
    assert rows["Fixtures"] == "mock-netflix.yaml (found in this folder)"
    assert rows["Subscriber"] == "ada@example.com, password popcorn"


def test_programs_are_told_of_it_beside_their_line(tmp_path):
    tmp_path.joinpath("mock-netflix.yaml").write_text(ADA)
    with serving(tmp_path, "--json") as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["subscriber"]["login"] == "ada@example.com"
        assert said_by(process, "Fixtures") == "Fixtures: mock-netflix.yaml (found in this folder)\n"


def test_who_names_fixtures_means_no_others(tmp_path):
    tmp_path.joinpath("mock-netflix.yaml").write_text("this is not right")
    tmp_path.joinpath("mine.toml").write_text('defaults = false\nsubscribers = [{ login = "ada@example.com" }]\n')
    with serving(tmp_path, "--fixtures", "mine.toml") as process:
        rows = greeting_of(process)
    assert (rows["Fixtures"], rows["Subscriber"]) == ("mine.toml", "ada@example.com, password popcorn")


def test_the_default_world_says_nothing_of_fixtures(tmp_path):
    with serving(tmp_path) as process:
        assert "Fixtures" not in greeting_of(process)


def test_a_start_without_own_fixtures_does_not_read_yaml(tmp_path):
    """A server starts sooner without it."""
    code = (
        "import sys; import mock_netflix.cli.serve; from mock_netflix.data.load import load; load();"
        "print([name for name in ('yaml', 'tomllib', 'mock_netflix.data.checking') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_a_change_is_served_a_fault_is_not_and_tokens_stay(tmp_path):
    mine = tmp_path / "mock-netflix.yaml"
    with serving(tmp_path, "--reload") as process, httpx.Client(trust_env=False) as http:
        rows = greeting_of(process)
        assert rows["Fixtures"] == "mock-netflix.yaml, when there is one"
        url, key = rows["Base URL"], rows["Consumer key"]
        saved(mine, ADA)
        assert said_by(process, "mock-netflix.yaml") == "mock-netflix.yaml changed: the world follows it\n"
        token = http.post(f"{url}/_mock/tokens", json={"subscriber": "ada@example.com"}).json()

        def queue() -> str:
            who = {"consumer": (key, rows["Shared secret"]), "token": (token["token"], token["secret"])}
            return http.get(signed("GET", f"{url}/users/@me/queues/disc", {}, **who)).text

        assert 'short="Casablanca"' in queue()
        saved(mine, "movies: [titel: Zzyzx Holiday]\n")
        assert said_by(process, "mock-netflix.yaml changed").endswith("and the world stays as it was:\n")
        assert said_by(process, "mock-netflix.yaml:1:10: movies[0].titel: unknown field")
        assert 'short="Casablanca"' in queue()
        saved(mine, "movies: [title: Zzyzx Holiday]\n" + ADA.replace("Casablanca", "Zzyzx Holiday"))
        assert said_by(process, "mock-netflix.yaml changed: the world follows it")
        assert 'short="Zzyzx Holiday"' in queue()
        assert "Casablanca" not in queue()
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


class Heard(list[str]):
    """What was said."""

    def __call__(self, text: str) -> None:
        self.append(text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("mine.yaml").write_text(ADA)
    return tmp_path


def caught_up(own: OwnFixtures, sandbox: Sandbox) -> bool:
    return asyncio.run(own.catch_up(sandbox))


def test_where_nothing_changed_the_world_is_the_very_same(folder):
    own = OwnFixtures([folder], DEFAULT_AS_OF, say=(heard := Heard()))
    sandbox = Sandbox(own.read())
    before = sandbox.state
    assert not caught_up(own, sandbox)
    assert sandbox.state is before
    assert heard == []


def test_what_happened_stays_where_the_file_tells_the_same(folder):
    own = OwnFixtures([folder / "mine.yaml"], DEFAULT_AS_OF, say=Heard())
    sandbox = Sandbox(own.read())
    grants, token = issue_access_token(sandbox.state.grants, sandbox.state.application.key, "nobody")
    sandbox.state = sandbox.state.with_grants(grants)
    folder.joinpath("mine.yaml").write_text(f"{ADA}movies: [title: A]")
    assert caught_up(own, sandbox)
    assert token.token in sandbox.state.grants.access_tokens
    assert "A" in {title.regular for title in sandbox.state.catalogue.titles.values()}


def test_a_faulty_file_keeps_the_world_and_a_right_one_after_it_is_compared_with_the_last_right_one(folder):
    own = OwnFixtures([folder], DEFAULT_AS_OF, say=(heard := Heard()))
    sandbox = Sandbox(own.read())
    user_id = sandbox.state.subscriber.user_id
    emptied = sandbox.state.subscribers[user_id]
    sandbox.state = sandbox.state.with_subscriber(emptied.about(()))
    before = sandbox.state
    folder.joinpath("mine.yaml").write_text(f"{ADA}films: []")
    assert caught_up(own, sandbox)
    assert sandbox.state is before
    assert heard[0].startswith("mine.yaml changed, and the world stays as it was:\n")
    folder.joinpath("mine.yaml").write_text(f"{ADA}# again")
    assert caught_up(own, sandbox)
    assert sandbox.state.subscribers[user_id].disc_queue.available == Queue().available


def test_a_file_that_comes_into_a_folder_or_leaves_it_is_a_change(folder):
    own = OwnFixtures([folder], DEFAULT_AS_OF, say=(heard := Heard()))
    sandbox = Sandbox(own.read())
    folder.joinpath("more.json").write_text('{"movies": [{"title": "A"}]}')
    assert caught_up(own, sandbox)
    folder.joinpath("more.json").unlink()
    assert caught_up(own, sandbox)
    assert heard == ["more.json changed: the world follows it"] * 2


def test_a_file_that_is_gone_keeps_the_world(folder):
    own = OwnFixtures([folder / "mine.yaml"], DEFAULT_AS_OF, say=(heard := Heard()))
    sandbox = Sandbox(own.read())
    folder.joinpath("mine.yaml").unlink()
    assert caught_up(own, sandbox)
    assert heard[0].endswith("mine.yaml: cannot be read: No such file or directory")
    assert sandbox.state.subscriber.login == "ada@example.com"


def test_fixtures_that_are_wrong_at_start_are_refused(folder):
    folder.joinpath("mine.yaml").write_text("films: []")
    with pytest.raises(FixtureError):
        OwnFixtures([folder], DEFAULT_AS_OF).read()


def test_a_token_of_one_who_is_gone_is_refused_until_they_are_back(mock):
    """Their fixture was taken away while the mock ran."""
    state = mock.state
    others = {key: one for key, one in state.subscribers.items() if key != state.subscriber.user_id}
    feed = f"{mock.user}/queues/disc"
    mock.sandbox.state = replace(state, subscribers=others)
    assert mock.get("/users/@me/queues/disc").status_code == 401
    assert mock.feed("queues.disc", feed).status_code == 401
    mock.sandbox.state = state
    assert mock.get("/users/@me/queues/disc").status_code == 200

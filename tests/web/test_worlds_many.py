"""Many worlds on one server: eight clients at once never meet, and a thousand worlds cost little more than one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import ExitStack

import httpx
import pytest

from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from tests.faces.test_serve import serving
from tests.web.one_of_eight import ROUNDS

CLIENTS = 8
WORLDS = 1000
# Bytes. A world has a key, a token with those of its feeds, and places for what it will remember.
LITTLE = 25_000


def a_client(url: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.web.one_of_eight", url, str(number)]
    plain = {"NO_PROXY": "127.0.0.1", **os.environ}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=plain)


@pytest.mark.slow
def test_eight_clients_in_eight_worlds_of_one_server_never_see_each_others_writes() -> None:
    """Programs of their own, each one the same subscriber; they begin together once all are ready."""
    with serving("--json") as process, ExitStack() as stack:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["base_url"]
        clients = [stack.enter_context(a_client(url, number)) for number in range(CLIENTS)]
        assert [client.stdout and client.stdout.readline() for client in clients] == ["ready\n"] * CLIENTS
        for client in clients:
            assert client.stdin is not None
            client.stdin.write("go\n")
            client.stdin.flush()
        ended = [client.communicate(timeout=120) for client in clients]
        assert "".join(said for _, said in ended) == ""
        told = [json.loads(out) for out, _ in ended]
        worlds = httpx.get(f"{url}/_mock/worlds", trust_env=False).json()["worlds"]
        assert httpx.get(f"{url}/_mock/requests", trust_env=False).json()["requests"] == []
    assert sorted(one["world"] for one in worlds) == sorted(one["world"] for one in told)
    assert len({json.dumps([one["queue"], one["ratings"]]) for one in told}) == CLIENTS
    assert all(one["requests"] > 2 * ROUNDS for one in worlds)


def taken(make: Callable[[], object]) -> int:
    """How many bytes are in use once something is made, beside those before."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        made = make()
        after = tracemalloc.get_traced_memory()[0]
        assert made is not None
        return after - before
    finally:
        tracemalloc.stop()


def test_a_thousand_worlds_cost_little_more_than_one() -> None:
    """They share the catalogue and the subscribers: a copy of either alone would be far more."""
    sandboxes = Sandboxes(Sandbox(load()))
    sandboxes.create()
    assert taken(lambda: [sandboxes.create() for _ in range(WORLDS)]) < WORLDS * LITTLE
    state = sandboxes.first.state
    assert taken(lambda: load(catalogue=state.catalogue)) > 5 * LITTLE
    assert {world.state.catalogue for world in sandboxes.made.values()} == {state.catalogue}


def test_worlds_of_other_days_share_the_catalogue_too() -> None:
    state = load()
    sandboxes = Sandboxes(Sandbox(state), lambda day: load(as_of=day, catalogue=state.catalogue))
    assert sandboxes.create(1_230_768_000).state.catalogue is state.catalogue

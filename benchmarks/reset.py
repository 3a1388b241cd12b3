"""How long it takes to bring a large generated world back: as it began, and as it was in a snapshot.

    python benchmarks/reset.py [--titles N] [--subscribers N] [--rounds N]

In this process, as a test with a handle does it; and over HTTP on one connection that is kept alive, from the request
to the end of its answer, against `mock-netflix serve` in a process of its own. Before each, the world is changed.
Beside the times stands the ratio to a bare one-route Starlette app, asked in the same way in turn.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.search_page import BARE, keep_apart, running  # the path above makes it importable
from mock_netflix.data.generate.world import Generated
from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.tokens import issue


def took(action: Callable[[], object]) -> float:
    """Microseconds."""
    begun = time.perf_counter()
    action()
    return (time.perf_counter() - begun) * 1e6


def told(times: list[float]) -> str:
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):>8.1f} us   p99 {ordered[int(len(ordered) * 0.99)]:>8.1f} us"


def in_process(titles: int, subscribers: int, rounds: int) -> None:
    sandbox = Sandbox(load(generated=Generated(1, titles, subscribers)))
    snapshot = sandbox.snapshot()
    actions = {"reset": sandbox.reset, "snapshot": sandbox.snapshot, "restore": lambda: sandbox.restore(snapshot)}
    for name, action in actions.items():
        times = []
        for _ in range(rounds):
            issue(sandbox)
            times.append(took(action))
        sandbox.reset()
        print(f"in process   {name:<9} {told(times)}")


class Asking:
    """A client of one server, on one connection."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(url.removeprefix("http://"))

    def __call__(self, verb: str, path: str) -> None:
        self._connection.request(verb, path)
        answer = self._connection.getresponse()
        answer.read()
        assert answer.status < 300, answer.status


def over_http(titles: int, subscribers: int, rounds: int) -> None:
    size = ("--titles", str(titles), "--subscribers", str(subscribers))
    with ExitStack() as stack:
        plain = stack.enter_context(running(sys.executable, "-c", BARE))
        mock = stack.enter_context(
            running(sys.executable, "-m", "mock_netflix", "serve", "--port", "0", "--json", *size)
        )
        keep_apart(plain, mock)
        bare, asking = Asking(f"http://127.0.0.1:{plain.said.strip()}"), Asking(json.loads(mock.said)["base_url"])
        asking("POST", "/_mock/snapshots")
        for name, path in (("reset", "/_mock/reset"), ("restore", "/_mock/snapshots/1/restore")):
            times, beside = [], []
            for _ in range(rounds):
                beside.append(took(lambda: bare("GET", "/")))
                asking("POST", "/_mock/tokens")
                times.append(took(lambda path=path: asking("POST", path)))
            ratio = statistics.median(ours / others for ours, others in zip(times, beside, strict=True))
            print(f"over HTTP    {name:<9} {told(times)}   {ratio:.2f} of the bare app: {told(beside)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=100_000)
    parser.add_argument("--subscribers", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=2_000)
    options = parser.parse_args()
    print(f"{options.titles:,} titles, {options.subscribers:,} subscribers; {options.rounds} rounds")
    in_process(options.titles, options.subscribers, options.rounds)
    over_http(options.titles, options.subscribers, options.rounds)


if __name__ == "__main__":
    main()

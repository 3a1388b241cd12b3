"""A server in a thread of this process: how long its start, its first answer and its stop take, beside a bare one.

    python benchmarks/embedded.py [--rounds N]

The mock serves the default world, loaded beforehand, through `web/server.py: running`; the bare one is a one-route
Starlette app under uvicorn's own `Server`, waited for by looking every millisecond. Each takes its turn in every round,
with an idle connection left open when it is stopped. Milliseconds; medians, after one round that does not count.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).parent.parent))

from mock_netflix.data.load import load
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from tests.clients.signer import signed

Serving = Callable[[], AbstractContextManager[str]]


@dataclass(frozen=True)
class Round:
    """Seconds."""

    start: float
    first: float
    second: float
    stop: float


async def hello(request: Request) -> Response:
    return Response("hello", media_type="text/plain")


@contextmanager
def bare() -> Iterator[str]:
    """uvicorn in a thread, as one writes it down."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(Starlette(routes=[Route("/", hello)]), log_level="error", access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.001)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def measured(serving: Serving, address: Callable[[str], str]) -> Round:
    """From nothing to nothing, with two requests on one connection."""
    moments = [time.perf_counter()]
    with serving() as url:
        moments.append(time.perf_counter())
        parts = urlsplit(address(url))
        client = http.client.HTTPConnection(parts.netloc)
        for _ in range(2):
            client.request("GET", f"{parts.path}?{parts.query}")
            answer = client.getresponse()
            assert answer.status == 200, answer.read()
            answer.read()
            moments.append(time.perf_counter())
    moments.append(time.perf_counter())
    client.close()
    return Round(*(after - before for before, after in pairwise(moments)))


def medians(rounds: list[Round]) -> list[float]:
    """Milliseconds."""
    return [statistics.median(column) * 1000 for column in zip(*map(astuple, rounds), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args()
    state = load()
    consumer = (state.application.key, state.application.secret)

    def search(url: str) -> str:
        parameters = {"term": "the", "max_results": "25"}
        return signed("GET", f"{url}/catalog/titles", parameters, consumer=consumer)

    both: tuple[list[Round], list[Round]] = [], []
    for number in range(options.rounds + 1):
        turns = (bare, lambda url: f"{url}/"), (lambda: running(build_app(Sandbox(state))), search)
        for found, (serving, address) in zip(both, turns, strict=True):
            one = measured(serving, address)
            if number:
                found.append(one)
    plain, ours = map(medians, both)
    print(f"medians of {options.rounds} rounds\n{'':26}{'bare ms':>9}{'mock ms':>9}{'ratio':>7}")
    for name, one, other in zip(("start to ready", "first answer", "second answer", "stop"), plain, ours, strict=True):
        print(f"{name:<26}{one:>9.2f}{other:>9.2f}{other / one:>7.2f}")


if __name__ == "__main__":
    main()

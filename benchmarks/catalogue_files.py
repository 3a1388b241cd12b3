"""The full catalogue file of a large world: how fast it comes, what it costs in memory, and how long others wait.

    python benchmarks/catalogue_files.py [--titles N]

The server is a process of its own, and so is curl, which fetches the file. Meanwhile another client asks for one title
after another, each signed. A bare Starlette app that sends pieces of the same size is measured in the same run.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.clients.signer import signed
from tests.worlds import a_movie, a_world

_FIRST = 70_000_000

BARE = """
import sys, socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route

piece = b"x" * 262144
async def pieces():
    for _ in range(int(sys.argv[1]) // len(piece)):
        yield piece

async def file(request):
    return StreamingResponse(pieces())

listening = socket.create_server(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)
app = Starlette(routes=[Route("/", file)])
uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", lifespan="off")).run([listening])
"""


def serve(count: int) -> None:
    """A world of so many movies; prints the address."""
    from mock_netflix.sandbox import Sandbox
    from mock_netflix.web.app import build_app
    from mock_netflix.web.server import base_url, bind
    from mock_netflix.web.server import serve as serve_app

    genres = [f"Genre {number}" for number in range(40)]
    movies = (
        replace(
            a_movie(_FIRST + n, f"The Paper Lantern {n}"),
            genres=(genres[n % 40], genres[n % 7]),
            release_year=1920 + n % 90,
        )
        for n in range(count)
    )
    listening = bind("127.0.0.1", 0)
    sandbox = Sandbox(a_world(*movies))
    serve_app(build_app(sandbox), listening, lambda: print(base_url(listening), flush=True))


@contextmanager
def process(*command: str) -> Iterator[tuple[str, int]]:
    """A server in a process of its own; gives the line it prints when ready, and its id."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip(), server.pid
        finally:
            server.terminate()


@dataclass
class Fetched:
    """Seconds until the first byte, seconds in all, bytes that came over the wire."""

    first: float
    total: float
    size: float


def fetch(url: str, *options: str) -> Fetched:
    told = "%{time_starttransfer} %{time_total} %{size_download}"
    command = ["curl", "-sS", "--location", "-o", "/dev/null", "-w", told, *options, url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return Fetched(*map(float, out.split()))


class Meanwhile:
    """Another client, who asks as fast as it is answered; its times in milliseconds."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        self.connection = http.client.HTTPConnection(address.hostname or "", address.port)
        self.target = f"{address.path}?{address.query}"
        self.times: list[float] = []
        self.over = threading.Event()

    def ask(self) -> None:
        begun = time.perf_counter()
        self.connection.request("GET", self.target)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 200
        self.times.append((time.perf_counter() - begun) * 1000)

    def _run(self) -> None:
        while not self.over.is_set():
            self.ask()

    def during(self, work: Callable[[], Fetched]) -> tuple[Fetched, float]:
        """What the work gives, and the 99th percentile of the times meanwhile."""
        self.times = []
        self.over.clear()
        thread = threading.Thread(target=self._run)
        thread.start()
        try:
            done = work()
        finally:
            self.over.set()
            thread.join()
        return done, sorted(self.times)[int(len(self.times) * 0.99)]


def fetched_from(url: str) -> str:
    """Where the redirect leads."""
    command = ["curl", "-sS", "-o", "/dev/null", "-w", "%{redirect_url}", url]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def asked(url: str) -> socket.socket:
    """A connection that has asked for an address, and reads nothing."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port))
    connection.sendall(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    return connection


def memory(pid: int) -> str:
    """Resident memory now and at most, in MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return "{:.0f} MB, at most {:.0f}".format(*(int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=100_000)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.titles)
        return
    application = a_world().application
    consumer = (application.key, application.secret)
    with process(sys.executable, __file__, "--serve", "--titles", str(options.titles)) as (base, pid):

        def ask(path: str, **parameters: str) -> str:
            return signed("GET", base + path, parameters, consumer=consumer)

        def file() -> str:
            return ask("/catalog/titles/full", v="1.5")

        other = Meanwhile(ask(f"/catalog/titles/movies/{_FIRST}"))
        for _ in range(500):
            other.ask()
        alone = sorted(other.times)[int(len(other.times) * 0.99)]
        print(f"{options.titles} titles; another client alone: p99 {alone:.2f} ms; memory {memory(pid)}")
        print(f"{'':34}{'first byte':>12}{'seconds':>9}{'MB/s':>8}{'others p99':>12}  memory")
        size = 0.0
        for name, extra, meter in (
            ("written while it goes out", (), True),
            ("read from disk", (), False),
            ("read from disk, others asking", (), True),
            ("packed by gzip", ("--compressed",), False),
            ("packed by gzip, others asking", ("--compressed",), True),
            ("the second half of it", ("-r", str(int(size / 2)) + "-"), False),
        ):
            if meter:
                got, p99 = other.during(lambda extra=extra: fetch(file(), *extra))
            else:
                got, p99 = fetch(file(), *extra), float("nan")
            size = size or got.size
            sent = size if extra[:1] == ("--compressed",) else got.size
            row = f"{got.first * 1000:>9.1f} ms{got.total:>9.2f}{sent / 1e6 / got.total:>8.0f}{p99:>9.2f} ms"
            print(f"{name:<34}{row}  {memory(pid)}")
        with ExitStack() as idle:
            for _ in range(20):
                idle.enter_context(asked(fetched_from(file())))
            other.times = []
            for _ in range(500):
                other.ask()
            p99 = sorted(other.times)[int(len(other.times) * 0.99)]
            print(f"{'twenty who read nothing':<34}{p99:>39.2f} ms  {memory(pid)}")
        with process(sys.executable, "-c", BARE, str(int(size))) as (bare, _):
            plain = fetch(bare)
            fetched = fetch(file())
            bare_rate, rate = (one.size / 1e6 / one.total for one in (plain, fetched))
            print(
                f"{size / 1e6:.0f} MB; a bare app sends as much at {bare_rate:.0f} MB/s; ratio {rate / bare_rate:.2f}"
            )


if __name__ == "__main__":
    main()

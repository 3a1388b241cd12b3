"""A signed search page of 25 titles, as a ratio to a bare one-route Starlette app measured in the same run.

    python benchmarks/search_page.py [--rounds N] [--seconds S]

Both servers run in processes of their own under uvicorn; the load comes from wrk where it is installed, otherwise from
the small generator below, which is slower than the bare app and so makes the ratio look better than it is. The two take
turns. Servers and load have a processor each where there are two: left to itself, a machine of two processors lets the
bare app be twice as fast in one round as in the next.

Beside the rates stand the microseconds of CPU time that a request takes, and the ratio of these, which moves least
when the machine has other work.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.clients.signer import signed  # the path above makes it importable

CONNECTIONS = (1, 32)

BARE = """
import socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

async def hello(request):
    return Response("hello", media_type="text/plain")

listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
app = Starlette(routes=[Route("/", hello)])
uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="error", lifespan="off")).run([listening])
"""


@dataclass(frozen=True)
class Server:
    """A server in a process of its own; `said` is the first line it printed."""

    pid: int
    said: str

    def cpu(self) -> float:
        """The CPU time it has taken so far, in seconds; nothing where the system does not tell (it is Linux's)."""
        told = Path(f"/proc/{self.pid}/stat")
        if not told.exists():
            return float("nan")
        user, system = told.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Round:
    """One turn of a server under load."""

    a_second: float
    cpu: float


@contextmanager
def running(*command: str) -> Iterator[Server]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield Server(process.pid, process.stdout.readline())
        finally:
            process.terminate()


def keep_apart(*servers: Server) -> None:
    """The servers on one processor, this process and what it starts on the others."""
    if not hasattr(os, "sched_setaffinity") or len(processors := sorted(os.sched_getaffinity(0))) < 2:
        return
    for server in servers:
        os.sched_setaffinity(server.pid, processors[:1])
    os.sched_setaffinity(0, processors[1:])


def measured(server: Server, url: str, connections: int, seconds: int) -> Round:
    """Requests a second, and seconds of CPU time a request."""
    before = server.cpu()
    requests, took = answered(url, connections, seconds)
    return Round(requests / took, (server.cpu() - before) / requests)


def answered(url: str, connections: int, seconds: int) -> tuple[int, float]:
    """How many requests, and in how many seconds."""
    if wrk := shutil.which("wrk"):
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", url]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in out, out
        requests = next(int(line.split()[0]) for line in out.splitlines() if "requests in" in line)
        a_second = next(float(line.split()[1]) for line in out.splitlines() if line.startswith("Requests/sec"))
        return requests, requests / a_second
    begun = time.perf_counter()
    return asyncio.run(_load(url, connections, seconds)), time.perf_counter() - begun


async def _load(url: str, connections: int, seconds: int) -> int:
    parts = urlsplit(url)
    request = f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode()
    end = time.perf_counter() + seconds

    async def client() -> int:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        done = 0
        while time.perf_counter() < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
            await reader.readexactly(length)
            done += 1
        writer.close()
        return done

    return sum(await asyncio.gather(*(client() for _ in range(connections))))


def search_page(told: dict[str, dict[str, str]], base_url: str, output: str) -> str:
    """The address of a page of 25 titles, signed for the ready application."""
    consumer = (told["application"]["key"], told["application"]["secret"])
    parameters = {"term": "the", "max_results": "25", "output": output}
    return signed("GET", f"{base_url}/catalog/titles", parameters, consumer=consumer)


def compare(bare: list[Round], ours: list[Round]) -> str:
    """The medians of both, and how they compare round by round."""
    pairs = list(zip(bare, ours, strict=True))
    rates = [statistics.median(one.a_second for one in rounds) for rounds in (bare, ours)]
    cpu = [statistics.median(one.cpu for one in rounds) * 1e6 for rounds in (bare, ours)]
    ratio = statistics.median(our.a_second / plain.a_second for plain, our in pairs)
    of_cpu = statistics.median(plain.cpu / our.cpu for plain, our in pairs)
    return f"{rates[0]:>8.0f}{rates[1]:>8.0f}{ratio:>7.2f}{cpu[0]:>10.0f}{cpu[1]:>9.0f}{of_cpu:>7.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    with ExitStack() as stack:
        bare = stack.enter_context(running(sys.executable, "-c", BARE))
        mock = stack.enter_context(running(sys.executable, "-m", "mock_netflix", "serve", "--port", "0", "--json"))
        keep_apart(bare, mock)
        told = json.loads(mock.said)
        print(f"load: {'wrk' if shutil.which('wrk') else 'Python'}; medians of {options.rounds} rounds")
        print(f"{'':28}{'bare/s':>8}{'mock/s':>8}{'ratio':>7}{'bare us':>10}{'mock us':>9}{'ratio':>7}")
        for connections in CONNECTIONS:
            for output in ("pox", "json"):
                rounds: tuple[list[Round], list[Round]] = [], []
                for _ in range(options.rounds):
                    urls = f"http://127.0.0.1:{bare.said.strip()}/?", search_page(told, told["base_url"], output)
                    for server, url, found in zip((bare, mock), urls, rounds, strict=True):
                        found.append(measured(server, url, connections, options.seconds))
                name = f"search, 25 titles, {output}, c={connections}"
                print(f"{name:<28}{compare(*rounds)}")


if __name__ == "__main__":
    main()

"""A signed search page of 25 titles, as a ratio to a bare one-route Starlette app measured in the same run.

    python benchmarks/search_page.py [--rounds N] [--seconds S]

Both servers run in processes of their own under uvicorn; the load comes from wrk where it is installed, otherwise from
the small generator below, which is slower than the bare app and so makes the ratio look better than it is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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


@contextmanager
def process(*command: str) -> Iterator[str]:
    """A server in a process of its own; gives the first line it prints."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline()
        finally:
            server.terminate()


def rate(url: str, connections: int, seconds: float) -> float:
    """Requests a second."""
    if wrk := shutil.which("wrk"):
        command = [wrk, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", url]
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in out, out
        return float(next(line.split()[1] for line in out.splitlines() if line.startswith("Requests/sec")))
    return asyncio.run(_load(url, connections, seconds))


async def _load(url: str, connections: int, seconds: float) -> float:
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

    return sum(await asyncio.gather(*(client() for _ in range(connections)))) / seconds


def search_page(told: dict[str, dict[str, str]], base_url: str, output: str) -> str:
    """The address of a page of 25 titles, signed for the ready application."""
    consumer = (told["application"]["key"], told["application"]["secret"])
    parameters = {"term": "the", "max_results": "25", "output": output}
    return signed("GET", f"{base_url}/catalog/titles", parameters, consumer=consumer)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    with ExitStack() as stack:
        port = stack.enter_context(process(sys.executable, "-c", BARE)).strip()
        mock = stack.enter_context(process(sys.executable, "-m", "mock_netflix", "serve", "--port", "0", "--json"))
        told = json.loads(mock)
        print(f"load: {'wrk' if shutil.which('wrk') else 'Python'}; medians of {options.rounds} rounds")
        print(f"{'':26}{'bare/s':>10}{'mock/s':>10}{'ratio':>8}")
        for connections in CONNECTIONS:
            for output in ("pox", "json"):
                bare, ours = [], []
                for _ in range(options.rounds):
                    bare.append(rate(f"http://127.0.0.1:{port}/?", connections, options.seconds))
                    url = search_page(told, told["base_url"], output)
                    ours.append(rate(url, connections, options.seconds))
                ratio = statistics.median(our / plain for our, plain in zip(ours, bare, strict=True))
                name = f"search, 25 titles, {output}, c={connections}"
                print(f"{name:<26}{statistics.median(bare):>10.0f}{statistics.median(ours):>10.0f}{ratio:>8.2f}")


if __name__ == "__main__":
    main()

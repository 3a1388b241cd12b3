"""From the start of a program to its first answer: `mock-netflix serve`, and the mock inside a test, beside a bare app.

    python benchmarks/start_up.py [--rounds N]

Each is a process of its own, and they take turns; the bare one is a one-route Starlette app under uvicorn. Milliseconds
by the clock, and as time of the processor, which moves least when the machine has other work; medians, after one round
that does not count, for it writes the byte code, into a folder that is gone afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.search_page import BARE, search_page

EMBEDDED = """
import json
import mock_netflix
with mock_netflix.MockNetflix() as netflix:
    application = {"key": netflix.application.key, "secret": netflix.application.secret}
    print(json.dumps({"base_url": netflix.url, "application": application}), flush=True)
    input()
"""


@dataclass(frozen=True)
class Start:
    """Seconds."""

    clock: float
    processor: float


def search(said: str) -> str:
    """A signed page of 25 titles, at the server that said who it is."""
    told = json.loads(said)
    return search_page(told, told["base_url"], "pox")


Address = Callable[[str], str]

# What is started, and the address to ask for, by the first line that it prints; what has none ends by itself.
PROGRAMS: dict[str, tuple[tuple[str, ...], Address | None]] = {
    "bare app": (("-c", BARE), lambda said: f"http://127.0.0.1:{said}/"),
    "serve": (("-m", "mock_netflix", "serve", "--port", "0", "--json"), search),
    "MockNetflix in a program": (("-c", EMBEDDED), search),
    "import mock_netflix": (("-c", "import mock_netflix"), None),
    "python alone": (("-c", "pass"), None),
}


def started(arguments: tuple[str, ...], address: Address | None, environment: dict[str, str]) -> Start:
    """A program, up to its first answer or its end."""
    begun, pipe = time.perf_counter(), subprocess.PIPE
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment) as process:
        assert process.stdout is not None
        said = process.stdout.readline().decode().strip()
        if address is not None:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address(said)).read()
        clock = time.perf_counter() - begun
        if address is not None:
            os.kill(process.pid, signal.SIGKILL)
        _, process.returncode, used = os.wait4(process.pid, 0)
    return Start(clock, used.ru_utime + used.ru_stime)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=11)
    options = parser.parse_args()
    found: dict[str, list[Start]] = {name: [] for name in PROGRAMS}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.rounds + 1):
            for name, program in PROGRAMS.items():
                one = started(*program, {**environment, "PYTHONPYCACHEPREFIX": folder})
                if number:
                    found[name].append(one)
    print(f"medians of {options.rounds} rounds\n{'':26}{'ms':>8}{'ratio':>7}{'cpu ms':>9}{'ratio':>7}")
    bare = found["bare app"]
    for name, ours in found.items():
        clock = statistics.median(one.clock for one in ours) * 1000
        cpu = statistics.median(one.processor for one in ours) * 1000
        ratio = statistics.median(our.clock / plain.clock for our, plain in zip(ours, bare, strict=True))
        of_cpu = statistics.median(our.processor / plain.processor for our, plain in zip(ours, bare, strict=True))
        print(f"{name:<26}{clock:>8.0f}{ratio:>7.2f}{cpu:>9.0f}{of_cpu:>7.2f}")


if __name__ == "__main__":
    main()

"""A large generated world: how long it takes to be ready, how much room it takes, and how fast it is searched.

    python benchmarks/large_world.py [--titles N] [--rounds N]

Ready is measured from outside, from the start of `mock-netflix serve` to its line; search inside this process, as the
server does it before it encodes: the count and a page of 25 titles. Terms are words and beginnings of words of titles
and people as they come, and those that match most. Nothing is remembered from one search to the next.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from mock_netflix.data.generate.world import Generated
from mock_netflix.data.load import load
from mock_netflix.world.catalogue import Catalogue

NASTY = ("", "the", "a", "t", "e", "s", "th", "the of and a in to", "a b c d e", "zebra", "John Smith", "the man from")


def ready(titles: int) -> tuple[float, float]:
    """Seconds until a server is ready, and then its resident memory in MB."""
    command = [sys.executable, "-m", "mock_netflix", "serve", "--port", "0", "--json", "--titles", str(titles)]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        server.stdout.readline()
        took = time.perf_counter() - begun
        told = Path(f"/proc/{server.pid}/status")
        lines = told.read_text().splitlines() if told.exists() else []
        server.terminate()
    peak = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return took, (peak[0] if peak else 0) / 1024


def terms(catalogue: Catalogue) -> list[str]:
    """What people type: whole names, words, and beginnings of words, of titles and people all over the catalogue."""
    found = list(NASTY)
    titles, people = catalogue.search(""), catalogue.search_people("")
    for place in range(200):
        title, person = titles[place * len(titles) // 200], people[place * len(people) // 200]
        word = title.regular.split()[place % len(title.regular.split())]
        found += [title.regular, word, word[: 1 + place % 4], person.name, person.name.split()[-1], person.name[:3]]
    return found


def show(name: str, ask: Callable[[str], object], asked: Iterable[str]) -> None:
    """By the clock, and as time of the processor, which the neighbours on a shared machine disturb less."""
    for clock, read in (("clock", time.perf_counter), ("processor", time.thread_time)):
        took = []
        for term in asked:
            begun = read()
            ask(term)
            took.append((read() - begun) * 1e6)
        took.sort()
        p50, p99 = statistics.median(took), took[int(len(took) * 0.99)]
        print(f"{name:<18} {clock:<10} p50 {p50:>7.1f} us   p99 {p99:>7.1f} us   max {took[-1]:>8.1f} us")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--titles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    took, peak = ready(options.titles)
    print(f"{options.titles:,} titles: ready in {took:.2f} s, {peak:.0f} MB at most")
    catalogue = load(generated=Generated(1, options.titles)).catalogue
    gc.collect()
    gc.freeze()
    asked = terms(catalogue) * options.rounds

    def titles(term: str) -> object:
        catalogue.forget()
        found = catalogue.search(term)
        return len(found), found[:25]

    def people(term: str) -> object:
        catalogue.forget()
        found = catalogue.search_people(term)
        return len(found), found[:25]

    show("search of titles", titles, asked)
    show("search of people", people, asked)
    show("autocomplete", catalogue.complete, asked)
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()

"""What the pytest plugin costs: a run that does not ask for the mock, the first fixture of a session, each further one.

    python benchmarks/pytest_plugin.py [--rounds N] [--tests N]

Every figure is from runs of pytest in processes of their own, with bytecode that an earlier run has written; those that
are compared take turns. A test is timed from the beginning of its setup to the end of its teardown, so that what pytest
itself takes for a fixture counts too. Beside the time by the clock stands the CPU time, which moves least when the
machine has other work.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

# Plugins that happen to be installed would only add to both sides.
ALONE = (
    "-p",
    "no:cacheprovider",
    *(
        word
        for name in ("schemathesis", "hypothesispytest", "asyncio", "anyio", "xdist")
        for word in ("-p", f"no:{name}")
    ),
)

TIMED = """
import json, time
import pytest

TAKEN = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item, nextitem):
    begun = time.perf_counter(), time.process_time()
    try:
        return (yield)
    finally:
        TAKEN.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))


def pytest_unconfigure():
    print("\\nTAKEN", json.dumps(TAKEN))
"""

IMPORT = """
import time, pytest
begun = time.perf_counter(), time.process_time()
import mock_netflix.pytest_plugin
print(time.perf_counter() - begun[0], time.process_time() - begun[1])
"""

# The same number of tests without and with the fixture.
EMPTY, WITH_FIXTURE = "empty", "with_fixture"
TESTS = {
    EMPTY: "import pytest\n\n@pytest.mark.parametrize('n', range({}))\ndef test_it(n): pass\n",
    WITH_FIXTURE: "import pytest\n\n@pytest.mark.parametrize('n', range({}))\ndef test_it(n, mock_netflix): pass\n",
}


class Taken(NamedTuple):
    """Seconds by the clock and of CPU."""

    wall: float
    cpu: float


def median(taken: Sequence[Taken]) -> Taken:
    return Taken(statistics.median(one.wall for one in taken), statistics.median(one.cpu for one in taken))


def ended(*command: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder, env=environment)
    return run.stdout


def of_import(folder: Path) -> Taken:
    wall, cpu = ended(sys.executable, "-c", IMPORT, folder=folder).split()
    return Taken(float(wall), float(cpu))


def of_run(folder: Path, *words: str) -> Taken:
    """A whole run of one empty test."""
    begun, spent = time.perf_counter(), sum(os.times()[2:4])
    ended(sys.executable, "-m", "pytest", "-q", *ALONE, *words, "plain", folder=folder)
    return Taken(time.perf_counter() - begun, sum(os.times()[2:4]) - spent)


def of_tests(folder: Path, name: str) -> list[Taken]:
    """What each test of a run takes."""
    out = ended(sys.executable, "-m", "pytest", "-q", *ALONE, name, folder=folder)
    line = next(line for line in out.splitlines() if line.startswith("TAKEN"))
    return [Taken(*one) for one in json.loads(line.removeprefix("TAKEN"))]


def prepared(folder: Path, tests: int) -> None:
    for name, text in TESTS.items():
        below = folder / name
        below.mkdir()
        (below / "test_it.py").write_text(text.format(tests))
        (below / "conftest.py").write_text(TIMED)
    (folder / "plain").mkdir()
    (folder / "plain" / "test_it.py").write_text("def test_it(): pass\n")
    (folder / "pytest.ini").write_text("[pytest]\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--tests", type=int, default=300)
    options = parser.parse_args()
    found: dict[str, list[Taken]] = {name: [] for name in ("import", "without", "with", "first", *TESTS)}
    with TemporaryDirectory() as place:
        folder = Path(place)
        prepared(folder, options.tests)
        for number in range(options.rounds + 1):
            if number == 1:
                # What was before has written the bytecode.
                found = {name: [] for name in found}
            found["import"].append(of_import(folder))
            found["without"].append(of_run(folder, "-p", "no:mock_netflix"))
            found["with"].append(of_run(folder))
            for name in TESTS:
                first, *further, _ = of_tests(folder, name)
                found[name].append(median(further))
            found["first"].append(first)
    show(options.rounds, {name: median(taken) for name, taken in found.items()})


def show(rounds: int, found: dict[str, Taken]) -> None:
    print(f"milliseconds, medians of {rounds} rounds; a ratio is to the line above")
    print(f"{'':46}{'clock':>8}{'CPU':>8}{'ratio':>7}")
    rows = (
        ("import of the plugin", "import", ""),
        ("a run of one empty test, without the plugin", "without", ""),
        ("the same with it", "with", "without"),
        ("first test with the fixture in a session", "first", ""),
        ("each further test, empty", EMPTY, ""),
        ("each further test, with the fixture", WITH_FIXTURE, EMPTY),
    )
    for words, name, beside in rows:
        ratio = f"{found[name].cpu / found[beside].cpu:>7.2f}" if beside else ""
        print(f"  {words:<44}{found[name].wall * 1000:>8.2f}{found[name].cpu * 1000:>8.2f}{ratio}")


if __name__ == "__main__":
    main()

"""Programs in the manner of old clients, with the addresses of the service built in; nothing of them is changed.

They have their keys from the environment, as they would have had them, and print one line of JSON: what they saw. A
machine without the language of one skips its tests, or fails them where MOCK_NETFLIX_REQUIRE_STRANGERS=1 is set.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from mock_netflix import MockNetflix

FOLDER = Path(__file__).parent / "programs"
# Seconds; a program that needs them has failed.
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Program:
    """A program: what runs it, its file, and how to see that its libraries are here.

    `required`: it must be here where all are wanted.
    """

    runner: str
    file: str
    probe: tuple[str, ...]
    required: bool = True

    def __str__(self) -> str:
        return self.file

    @property
    def command(self) -> tuple[str, ...]:
        return self.runner, str(FOLDER / self.file)

    def is_here(self) -> bool:
        """Whether this machine has the language and the libraries."""
        if shutil.which(self.runner) is None:
            return False
        return subprocess.run([self.runner, *self.probe], capture_output=True, check=False).returncode == 0


OLD_CURL = Program("bash", "old_curl.sh", ("-c", "command -v curl openssl sed"))
PROGRAMS = (
    Program(sys.executable, "old_urllib.py", ("-c", "")),
    Program(sys.executable, "old_requests.py", ("-c", "import requests")),
    Program(sys.executable, "old_httpx.py", ("-c", "import httpx")),
    OLD_CURL,
    Program("node", "old_http_module.js", ("-e", "")),
    Program("node", "old_fetch.mjs", ("-e", "fetch")),
    Program("ruby", "old_net_http.rb", ("-rnet/http", "-ropenssl", "-rrexml/document", "-e", "1")),
    Program("perl", "old_lwp.pl", ("-MLWP::UserAgent", "-MLWP::Protocol::https", "-e", "1")),
    # Without its compiler, Java runs no source.
    Program("java", "OldUrlConnection.java", ("--describe-module", "jdk.compiler"), required=False),
)
# It heeds no variables.
OLD_SOCKET = Program(sys.executable, "old_socket.py", ("-c", ""))


def wanted(program: Program) -> Program:
    """The program, if it can run here; else the test ends."""
    if not program.is_here():
        required = program.required and os.environ.get("MOCK_NETFLIX_REQUIRE_STRANGERS") == "1"
        (pytest.fail if required else pytest.skip)(f"what runs {program} is not on this machine")
    return program


def bare(environment: Mapping[str, str]) -> dict[str, str]:
    """These variables and no others of this machine but where programs are."""
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}


def saw(command: Iterable[str], environment: Mapping[str, str]) -> dict[str, Any]:
    """What a program saw that ended well."""
    ended = subprocess.run(
        [*command], env=bare(environment), capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def expected(world: MockNetflix) -> dict[str, Any]:
    """What a program sees in this world, but for the clock: a film comes into the queue, moves to its top, and goes."""
    queue = world.subscriber.disc_queue
    titles = world.state.catalogue.titles
    there = [titles[entry.title].regular for entry in (*queue.available, *queue.saved)]
    return {
        "user_id": world.subscriber.user_id,
        "before": there,
        "added": len(queue.available) + 1,
        "moved": [world.find_title("Dr. Strangelove").regular, *there],
        "after": there,
        "feeds": 12,
        "poster": "ffd8ff",
        "page": True,
        "releases": 100,
    }


# What is asked where, by the beginning of the path.
_PLACES = (
    ("/oauth/login", "https://api-user.netflix.com"),
    ("/Movie/", "http://www.netflix.com"),
    ("/us/boxshots/", "http://cdn-4.nflximg.com"),
    ("/NewReleasesRSS", "http://rss.netflix.com"),
    ("/Top100RSS", "http://rss.netflix.com"),
    ("/", "http://api.netflix.com"),
)


def assert_asked_by_their_names(urls: Iterable[str]) -> None:
    """Each request came for the host that the program has built in or was led to, and by its scheme."""
    asked = {(url.path, f"{url.scheme}://{url.netloc}") for url in map(urlsplit, urls)}
    assert asked == {(path, next(place for begin, place in _PLACES if path.startswith(begin))) for path, _ in asked}
    assert {place for _, place in asked} == {place for _, place in _PLACES}

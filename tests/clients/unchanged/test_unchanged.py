"""Old programs run against the mock as they are, each way in: the dance, the queue, feeds, a poster, a page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from mock_netflix import MockNetflix
from tests.clients.unchanged.old_programs import (
    FOLDER,
    OLD_CURL,
    OLD_SOCKET,
    PROGRAMS,
    Program,
    assert_asked_by_their_names,
    expected,
    saw,
    wanted,
)

HOSTS_FILE = Path(__file__).with_name("behind_a_hosts_file.py")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an authority that is not this user's own."""
    return tmp_path_factory.mktemp("authority")


@pytest.fixture(params=PROGRAMS, ids=str)
def program(request: pytest.FixtureRequest) -> Program:
    return wanted(request.param)


@pytest.fixture(scope="module")
def _served() -> Iterator[MockNetflix]:
    with MockNetflix(tls=True) as mock:
        yield mock


@pytest.fixture
def netflix(_served: MockNetflix) -> MockNetflix:
    _served.reset()
    return _served


@pytest.fixture(scope="module")
def namespace() -> tuple[str, ...]:
    """What runs a command with mounts and a network of its own, where this machine lets anybody have them."""
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare")
    command = ("unshare", "--map-root-user", "--mount", "--net", "--pid", "--fork", "--kill-child")
    tried = "mount --bind /etc/hosts /etc/hosts && ip link set lo up"
    if subprocess.run([*command, "sh", "-c", tried], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine gives nobody namespaces of their own")
    return command


def assert_all_was_well(netflix: MockNetflix, told: dict[str, Any], begun: int) -> None:
    """The program saw this world, the world is as it was but for three writes, and the journal has the real names."""
    assert begun <= told.pop("clock") <= int(time.time())
    assert told == expected(MockNetflix())
    queue = netflix.subscriber.disc_queue
    assert (queue.available, queue.changes) == (MockNetflix().subscriber.disc_queue.available, 4)
    assert [entry.line for entry in netflix.requests if entry.status >= 400] == []
    assert_asked_by_their_names(entry.url for entry in netflix.requests)


def test_no_program_knows_of_a_mock():
    """They have the names of the service built in, and nothing by which they could be told of other ones."""
    known = re.compile(r"(?i)proxy|BASE_URL|127\.0\.0\.1|_mock|verify|insecure|certificate|ca_file|cacert")
    texts = {path.name: path.read_text() for path in FOLDER.iterdir()}
    assert sorted(texts) == sorted(one.file for one in (*PROGRAMS, OLD_SOCKET))
    assert {name: found for name, text in texts.items() if (found := known.findall(text))} == {}
    assert [name for name, text in texts.items() if "api.netflix.com" not in text] == []


def test_by_variables(netflix, program):
    """The proxy and whom to trust, as `mock-netflix env` prints them."""
    begun = int(time.time())
    assert_all_was_well(netflix, saw(program.command, netflix.environment()), begun)


def test_by_exec(authority, program):
    """`mock-netflix exec -- PROGRAM`: a mock of its own, which finds nothing amiss."""
    command = (sys.executable, "-m", "mock_netflix", "exec", "--quiet", "--fail-on", "client-error,foreign-host", "--")
    told = saw([*command, *program.command], {"MOCK_NETFLIX_AUTHORITY": str(authority)})
    assert told.pop("clock") > 0
    assert told == expected(MockNetflix())


@pytest.mark.parametrize("program", [*PROGRAMS, OLD_SOCKET], ids=str, indirect=True)
def test_by_a_hosts_file(namespace, authority, program):
    """The names of the service stand for 127.0.0.1 there, and the mock listens at ports 80 and 443."""
    command = [*namespace, sys.executable, str(HOSTS_FILE), *program.command]
    told = saw(command, {"MOCK_NETFLIX_AUTHORITY": str(authority)})
    assert told["saw"].pop("clock") > 0
    assert told["saw"] == expected(MockNetflix())
    assert [(one["status"], one["url"]) for one in told["requests"] if one["status"] >= 400] == []
    assert_asked_by_their_names(one["url"] for one in told["requests"])


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_by_where_curl_connects_to(netflix, tmp_path):
    """`connect-to` in the settings of curl: no proxy, and the mock's own https."""
    ports = {80: urlsplit(netflix.url).port, 443: urlsplit(netflix.secure_url).port}
    lines = [f'connect-to = ":{port}:127.0.0.1:{own}"' for port, own in ports.items()]
    (tmp_path / ".curlrc").write_text("\n".join(lines))
    proxies = {name: "" for name in netflix.environment() if name.lower().endswith("_proxy")}
    begun = int(time.time())
    told = saw(wanted(OLD_CURL).command, {**netflix.environment(), **proxies, "CURL_HOME": str(tmp_path)})
    assert_all_was_well(netflix, told, begun)

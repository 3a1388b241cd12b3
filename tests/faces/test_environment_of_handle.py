"""`environment()` of a handle: a child process of a test takes the mock for the real service."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mock_netflix import MockNetflix, MockNetflixError, World, create_app

ASK = """
import os, urllib.request
key = os.environ["MOCK_NETFLIX_CONSUMER_KEY"]
for scheme in ("http", "https"):
    url = f"{scheme}://api.netflix.com/oauth/clock/time?oauth_consumer_key={key}"
    print(urllib.request.urlopen(url).status)
"""


def asked(world: World) -> list[str]:
    """What a client prints that runs in a process of its own."""
    environment = {**os.environ, **world.environment()}
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()


def test_a_child_process_finds_the_world_of_its_test(mock_netflix: World) -> None:
    assert asked(mock_netflix) == ["200", "200"]
    mock_netflix.assert_requested("oauth.clock", times=2)
    assert [one.url.partition("?")[0] for one in mock_netflix.requests] == [
        f"{scheme}://api.netflix.com/oauth/clock/time" for scheme in ("http", "https")
    ]


def test_another_world_of_the_server_has_a_key_of_its_own(mock_netflix: World) -> None:
    other = mock_netflix.world()
    assert asked(other) == ["200", "200"]
    assert len(other.requests) == 2
    assert not mock_netflix.requests


def test_the_variables_are_of_the_subscriber_as_they_are_now(mock_netflix: World) -> None:
    mock_netflix.change_subscriber(mock_netflix.subscriber.login, password="another")
    told = mock_netflix.environment()
    assert told["MOCK_NETFLIX_PASSWORD"] == "another"
    assert told["MOCK_NETFLIX_TOKEN"] == mock_netflix.access_token.token
    assert told["MOCK_NETFLIX_BASE_URL"] == told["http_proxy"] == mock_netflix.url


def test_what_is_set_already_is_kept_and_the_variables_of_this_process_stay(monkeypatch) -> None:
    monkeypatch.setenv("NODE_OPTIONS", "--no-warnings")
    before = dict(os.environ)
    with MockNetflix() as netflix:
        assert netflix.environment()["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert dict(os.environ) == before


def test_the_files_have_no_key_are_written_once_and_are_gone_when_it_stops() -> None:
    with MockNetflix() as netflix:
        folder = Path(netflix.environment()["SSL_CERT_FILE"]).parent
        assert {path.name for path in folder.iterdir()} == {"authority.pem", "bundle.pem", "truststore.p12"}
        assert not [path for path in folder.iterdir() if b"PRIVATE" in path.read_bytes()]
        assert folder.joinpath("authority.pem").read_text() == netflix.certificate
        assert Path(netflix.world().environment()["NODE_EXTRA_CA_CERTS"]).parent == folder
        netflix.stop()
        assert not folder.exists()
        assert Path(netflix.start().environment()["SSL_CERT_FILE"]).exists()


def test_a_child_that_is_forked_leaves_the_files_alone() -> None:
    program = """
import os, sys
from mock_netflix import MockNetflix
with MockNetflix() as netflix:
    path = netflix.environment()["SSL_CERT_FILE"]
    child = os.fork()
    if child == 0:
        sys.exit(0)
    os.waitpid(child, 0)
    print(os.path.exists(path))
"""
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown == "True\n"


def test_beyond_this_machine_the_child_has_the_control_token() -> None:
    with MockNetflix(host="0.0.0.0") as netflix:
        assert netflix.environment()["MOCK_NETFLIX_CONTROL_TOKEN"] == netflix.control_token
        assert netflix.world().environment()["MOCK_NETFLIX_CONTROL_TOKEN"] == netflix.control_token


@pytest.mark.parametrize("mock", [create_app, MockNetflix])
def test_where_nothing_serves_it_is_said_in_a_sentence(mock) -> None:
    with pytest.raises(MockNetflixError, match="nothing serves that a child process could reach"):
        mock().environment()

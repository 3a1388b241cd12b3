"""Clients in other languages: each is a script around one library, which is told a job and tells the answer.

They share no code with the mock. A machine without one of them skips its tests, or fails them where
MOCK_NETFLIX_REQUIRE_STRANGERS=1 is set.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Mock

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Library:
    """A library, the script around it, how to see that it is installed, and where it can put a signature."""

    name: str
    script: str
    program: str
    probe: tuple[str, ...]
    places: tuple[str, ...] = ("header", "query", "body")

    @property
    def folder(self) -> Path:
        return (HERE / self.script).parent

    def is_here(self) -> bool:
        """Whether this machine has the language and the library."""
        program = shutil.which(self.program)
        if program is None:
            return False
        return subprocess.run([program, *self.probe], cwd=self.folder, capture_output=True, check=False).returncode == 0


NODE_OAUTH = Library("node-oauth", "node/node_oauth.js", "node", ("-e", "require('oauth')"), ("header",))
OAUTH_1_0A = Library("oauth-1.0a", "node/oauth_1_0a.js", "node", ("-e", "require('oauth-1.0a')"))
NET_OAUTH = Library("Net::OAuth", "perl/net_oauth.pl", "perl", ("-MNet::OAuth", "-e", "1"))
RUBY_OAUTH = Library("ruby-oauth", "ruby/oauth_gem.rb", "ruby", ("-roauth", "-e", "1"))
LIBRARIES = (NODE_OAUTH, OAUTH_1_0A, NET_OAUTH, RUBY_OAUTH)


@contextmanager
def at_work(library: Library) -> Iterator[subprocess.Popen[str]]:
    """The script of a library, waiting for jobs; nothing of this environment leads it past the mock."""
    if not library.is_here():
        give_up = pytest.fail if os.environ.get("MOCK_NETFLIX_REQUIRE_STRANGERS") == "1" else pytest.skip
        give_up(f"{library.name} is not installed on this machine")
    with subprocess.Popen(
        [library.program, HERE / library.script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    ) as process:
        yield process


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `told` is what the library made of the answer to a token call."""

    status_code: int
    text: str
    told: Mapping[str, str]

    @property
    def content(self) -> bytes:
        return self.text.encode()


@dataclass(frozen=True)
class Stranger:
    """A client with its settings, as the person who wrote it would have set them."""

    process: subprocess.Popen[str]
    base: str
    consumer: tuple[str, str]
    token: tuple[str, str] | None = None
    place: str = "header"
    more: Mapping[str, Any] = field(default_factory=dict)

    def having(self, **settings: Any) -> Stranger:
        return replace(self, **settings)

    def holding(self, told: Mapping[str, str]) -> Stranger:
        """The same client with the token of an answer."""
        return replace(self, token=(told["oauth_token"], told["oauth_token_secret"]))

    def request_token(self, callback: str | None = None) -> Answer:
        protocol = {} if callback is None else {"oauth_callback": callback}
        return self._token_call("request_token", callback=callback, protocol=protocol)

    def access_token(self, verifier: str | None = None) -> Answer:
        protocol = {} if verifier is None else {"oauth_verifier": verifier}
        return self._token_call("access_token", verifier=verifier, protocol=protocol)

    def get(self, path: str, **parameters: Any) -> Answer:
        return self.send("GET", path, **parameters)

    def send(self, verb: str, path: str, **parameters: Any) -> Answer:
        """The parameters stand where clients put them: in a form where there is one, or all in the query.

        With the signature in a form, verbs that have no body are tunnelled through POST.
        """
        if self.place == "body" and verb in ("GET", "DELETE"):
            return self.send("POST", path, method=verb, **parameters)
        in_form = self.place == "body" or (self.place == "header" and verb in ("POST", "PUT"))
        query, form = ({}, parameters) if in_form else (parameters, None)
        return self.ask(call="send", verb=verb, path=path, query=query, form=form)

    def ask(self, **job: Any) -> Answer:
        """The answer to any job."""
        settings = {"base": self.base, "consumer": self.consumer, "token": self.token, "place": self.place}
        whole = {"version": "1.0", "callback": None, "verifier": None, "protocol": {}, **settings, **self.more, **job}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(whole) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline() or '{"error": "the script has ended"}')
        assert "error" not in said, said["error"]
        return Answer(said["status"], said.get("text", ""), said.get("told", {}))

    def _token_call(self, call: str, **more: Any) -> Answer:
        verb = "GET" if self.place == "query" else "POST"
        return self.ask(call=call, verb=verb, path=f"/oauth/{call}", query={}, form=None, **more)


def ready(process: subprocess.Popen[str], mock: Mock, place: str = "header", **more: Any) -> Stranger:
    """A client with everything that the mock prints at its start: the application and the ready subscriber's token."""
    token = mock.state.access_token
    consumer = (mock.application.key, mock.application.secret)
    return Stranger(process, mock.url, consumer, (token.token, token.secret), place, more)

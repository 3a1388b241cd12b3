"""How the tests of the faces run a command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from click import ClickException
from click.testing import CliRunner

from mock_netflix.cli import cli


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


def run(*words: str, stdin: bytes | None = None, **environment: str) -> Ended:
    """A command as a process of its own."""
    command = [sys.executable, "-m", "mock_netflix", *words]
    ended = subprocess.run(
        command, capture_output=True, input=stdin, env={**os.environ, **environment}, check=False, timeout=60
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def called(*words: str, **environment: str) -> Ended:
    """A command in this process; it must end well."""
    ended = CliRunner().invoke(cli, words, env=environment, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return Ended(0, ended.stdout, ended.stderr)


def refused(*words: str, **environment: str) -> str:
    """What a command says that does not do what it is asked to: one sentence and nothing else."""
    ended = CliRunner().invoke(cli, words, env=environment, standalone_mode=False)
    assert isinstance(ended.exception, ClickException), ended.output
    assert ended.output == ""
    said = ended.exception.format_message()
    assert "\n" not in said
    return said


class _Stranger(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *words: object) -> None:
        pass


@contextmanager
def stranger() -> Iterator[str]:
    """A server that is no mock, for as long as the block lasts; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Stranger) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()

"""`mock-netflix curl`: one signed request to the running server, with the machine's curl."""

from __future__ import annotations

import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from mock_netflix.cli.control import Control
from mock_netflix.cli.curl_request import CurlRequest, Manual, foresee, manual, options_of
from mock_netflix.cli.identity import identity
from mock_netflix.cli.options import Given, at_server, credentials
from mock_netflix.cli.sign import absolute
from mock_netflix.oauth.parameters import Place
from mock_netflix.oauth.signing import SigningError, signed_request, tidy

# curl's exit status where nobody listens.
_NOBODY_LISTENS = 7


class _StandardInput:
    """What was read from standard input, which curl then gets as well."""

    def __init__(self) -> None:
        self.content: bytes | None = None

    def read(self, name: str) -> bytes:
        """The content of a file; `-` is standard input, which can be read once. Raises OSError."""
        if name != "-":
            return Path(name).read_bytes()
        if self.content is not None:
            return b""
        self.content = sys.stdin.buffer.read()
        return self.content


@click.command(
    short_help="Send a signed request to the running server with curl.",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@credentials
@click.option("--show", is_flag=True, envvar="MOCK_NETFLIX_SHOW", help="Print the curl line instead of running it.")
@at_server
@click.argument("path")
@click.argument("curl_options", nargs=-1, type=click.UNPROCESSED)
def curl(given: Given, show: bool, server: Control, path: str, curl_options: tuple[str, ...]) -> None:
    """Send a signed request for PATH to the running server, with the curl of this machine.

    The options below come before PATH; everything after it is curl's: -i, -X PUT, -d rating=5, --data-urlencode …
    The signature goes into the Authorization header, so address and body stay as they are written. Without keys, the
    ready subscriber signs. PATH may be an address too, for a request through a proxy (-x).

    The exit status is curl's.
    """
    program = shutil.which("curl")
    if program is None:
        raise click.ClickException("curl is not installed; mock-netflix sign prints a signed URL for any other client")
    if path.startswith("-"):
        raise click.UsageError(f"curl's options come after PATH, as in: mock-netflix curl /users/@me {path}")
    standard_input = _StandardInput()
    try:
        url = tidy(absolute(path, server.base_url))
        request = foresee(url, options_of(curl_options, _manual(program)), standard_input.read)
        header = _authorization(request, given, server)
    except SigningError as error:
        raise click.UsageError(str(error)) from None
    except UnicodeEncodeError:
        raise click.UsageError("what curl is to send is not UTF-8; write it in UTF-8") from None
    except OSError as error:
        raise click.UsageError(f"{error.filename} cannot be read: {error.strerror}") from None
    words = _words(request, header, curl_options, url)
    if show:
        click.echo(shlex.join(["curl", *words]))
        return
    status = subprocess.run([program, *words], input=standard_input.content, check=False).returncode  # noqa: S603
    if status == _NOBODY_LISTENS and not request.by_proxy:
        click.echo(
            f"mock-netflix: {server.base_url} does not answer; start a server with: mock-netflix serve", err=True
        )
    sys.exit(status)


def _manual(program: str) -> Manual:
    told = subprocess.run([program, "--help", "all"], capture_output=True, check=False)  # noqa: S603
    return manual(told.stdout.decode(errors="replace"))


def _authorization(request: CurlRequest, given: Given, server: Control) -> str:
    """The header. Raises SigningError."""
    who = identity(given, server, request.url, served=True)
    signed = signed_request(
        request.verb,
        request.url,
        consumer=who.consumer,
        token=who.token,
        nonce=secrets.token_hex(8),
        timestamp=int(time.time()),
        place=Place.HEADER,
        form=request.form,
    )
    return signed.headers["Authorization"]


def _words(request: CurlRequest, header: str, options: Sequence[str], url: str) -> list[str]:
    """What curl is started with. Its path is asked as it was signed, and the mock without the network's proxies."""
    # Only as the very first word it keeps curl from reading its own settings.
    first = list(options[:1]) if options[:1] in (("-q",), ("--disable",)) else []
    direct = [] if request.by_proxy else ["--noproxy", "*"]
    return [*first, *direct, "--path-as-is", "-H", f"Authorization: {header}", *options[len(first) :], url]

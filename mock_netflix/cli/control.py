"""The mock's own side of a running server, as the commands ask it."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import click

from mock_netflix.cli.client import Sent, send

# Seconds.
_PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Control:
    """A running server, and the token that its own side may want."""

    base_url: str
    token: str | None = None

    def ask(self, path: str, json: object = None, timeout: float = _PATIENCE) -> Sent:
        """GETs what is at a path below /_mock, or POSTs JSON there; `timeout` in seconds.

        Raises Unreachable, and ClickException where another token is wanted.
        """
        answer = send(f"{self.base_url}/_mock{path}", json=json, timeout=timeout, bearer=self.token)
        asked_for = any(name.lower() == "www-authenticate" for name in answer.headers)
        if answer.status == HTTPStatus.UNAUTHORIZED and asked_for:
            wanted = "wants its control token" if self.token is None else "wants another control token"
            raise click.ClickException(
                f"{self.base_url} {wanted}, which it printed at start; give it with --control-token,"
                " or as MOCK_NETFLIX_CONTROL_TOKEN"
            )
        return answer

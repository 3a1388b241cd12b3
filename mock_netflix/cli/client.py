"""A small client of the service, as the person of the walkthrough would use: it signs, sends, and shows what it did."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from json import dumps
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from mock_netflix.oauth.signing import signed_request

# Seconds.
_TIMEOUT = 10


class Unreachable(Exception):
    """No server answers there; says where."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request and its answer; base string and signature where it was signed."""

    verb: str
    url: str
    body: str
    base_string: str | None
    signature: str | None
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


_opener = build_opener(ProxyHandler({}), _NoRedirect())


def send(
    url: str,
    form: Mapping[str, str] | None = None,
    json: object = None,
    timeout: float = _TIMEOUT,
    bearer: str | None = None,
) -> Sent:
    """A plain request: GET, or POST with a form or with JSON; redirects are not followed. Raises Unreachable.

    `timeout`: seconds. `bearer`: a token to show.
    """
    headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
    if json is not None:
        request = Request(url, dumps(json).encode(), {**headers, "Content-Type": "application/json"})  # noqa: S310
    else:
        request = Request(url, urlencode(form).encode() if form is not None else None, headers)  # noqa: S310
    return _send(request, timeout=timeout)


def send_signed(
    url: str,
    consumer: tuple[str, str],
    token: tuple[str, str] = ("", ""),
    extra: Mapping[str, str] | None = None,
) -> Sent:
    """A GET with all OAuth parameters in its query. Raises Unreachable."""
    signed = signed_request(
        "GET",
        url,
        consumer=consumer,
        token=token,
        nonce=secrets.token_hex(8),
        timestamp=int(time.time()),
        extra=extra,
    )
    return _send(Request(signed.url), signed.base_string, signed.signature)  # noqa: S310


def _send(request: Request, text: str | None = None, signature: str | None = None, timeout: float = _TIMEOUT) -> Sent:
    url = request.full_url
    body = request.data.decode() if isinstance(request.data, bytes) else ""
    try:
        try:
            with _opener.open(request, timeout=timeout) as answer:
                status, headers, content = answer.status, dict(answer.headers), answer.read()
        except HTTPError as error:
            with error:
                status, headers, content = error.code, dict(error.headers), error.read()
    except (URLError, HTTPException, OSError) as error:
        raise Unreachable(f"{urlsplit(url).netloc or url} does not answer: {getattr(error, 'reason', error)}") from None
    return Sent(request.get_method(), url, body, text, signature, status, headers, content)

"""The outermost ring: from what came over the wire to an Exchange.

The address is rebuilt from the raw request target and the Host that the client asked, for the signature covers these
and nothing that was decoded (RFC 5849 section 3.4.1.2; reference: client-demands 1, 4).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_netflix.oauth.parameters import Parameters, collect
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.exchange import Exchange, with_exchange
from mock_netflix.web.origin import is_foreign
from mock_netflix.world.refusals import AddressTooLong, BodyTooLarge, ParameterInvalid, Refusal

# The whole request target in bytes: room for 500 title references, far beyond what clients send.
MAX_TARGET = 65_536
MAX_BODY = 1_048_576

# Under this name the server passes the request target as it came, absolute form included.
TARGET = "mock_netflix.target"

_AUTHORITY = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


class Intake:
    """Gives every HTTP request its Exchange and its Sandbox."""

    def __init__(self, app: ASGIApp, sandbox_for: Callable[[Parameters], Sandbox]) -> None:
        self.app = app
        self.sandbox_for = sandbox_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        scheme, authority, path, query = split_target(scope)
        refusal: Refusal | None = None
        parameters = Parameters()
        try:
            if len(path) + len(query) > MAX_TARGET:
                raise AddressTooLong
            body = await _body(receive)
            authority = _checked(authority or headers.get("host") or _server(scope), scheme)
            parameters = collect(
                query.encode("latin-1"), headers.get("authorization"), headers.get("content-type"), body
            )
        except Refusal as found:
            refusal = found
        sandbox = self.sandbox_for(parameters)
        exchange = Exchange(
            sandbox=sandbox,
            number=sandbox.journal.next_number(),
            verb=scope["method"],
            target=f"{path}?{query}" if query else path,
            scheme=scheme,
            authority=authority or "",
            path=unquote(path, errors="replace").rstrip("/") or "/",
            raw_path=path,
            now=sandbox.clock.now(),
            parameters=parameters,
            foreign=is_foreign(headers.get("origin"), headers.get("sec-fetch-site"), authority or ""),
            refusal=refusal,
        )
        await self.app(with_exchange(scope, exchange), receive, send)


def split_target(scope: Scope) -> tuple[str, str | None, str, str]:
    """Scheme, authority (only of an absolute request line), path and query of a request, undecoded."""
    target: str | None = scope.get(TARGET)
    if target is None:
        return scope["scheme"], None, scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
    if not target.startswith("/"):
        try:
            absolute = urlsplit(target)
        except ValueError:
            return scope["scheme"], None, "/", ""
        if absolute.scheme in _DEFAULT_PORTS:
            return absolute.scheme, absolute.netloc.rpartition("@")[2], absolute.path or "/", absolute.query
    path, _, query = target.partition("#")[0].partition("?")
    return scope["scheme"], None, path, query


def _checked(authority: str, scheme: str) -> str:
    """The authority in lower case without a default port (RFC 5849 section 3.4.1.2). Refuses ParameterInvalid."""
    if not _AUTHORITY.fullmatch(authority):
        raise ParameterInvalid("Host")
    return authority.lower().removesuffix(_DEFAULT_PORTS[scheme])


def _server(scope: Scope) -> str:
    """Where the request arrived, for a client of HTTP/1.0 that names no host."""
    host, port = scope.get("server") or ("localhost", None)
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


async def _body(receive: Receive) -> bytes:
    """The whole body. Refuses BodyTooLarge, after having read it, so that the client hears of it."""
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        size += len(message.get("body", b""))
        if size <= MAX_BODY:
            parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    if size > MAX_BODY:
        raise BodyTooLarge
    return b"".join(parts)

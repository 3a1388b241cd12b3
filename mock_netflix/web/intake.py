"""The outermost ring: from what came over the wire to an Exchange."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from mock_netflix.oauth.parameters import Parameters, collect, is_form
from mock_netflix.oauth.refusals import AddressTooLong, BodyTooLarge
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.exchange import Exchange, with_exchange
from mock_netflix.web.hosts import host_of, is_foreign_host
from mock_netflix.web.origin import is_foreign
from mock_netflix.web.target import Target, authority_asked, forwarded_scheme, server_of, target_of
from mock_netflix.web.tunnel import IN_TUNNEL, REFUSED_TUNNEL
from mock_netflix.world.refusals import ForeignHost, ParameterInvalid, Refusal, TunnelRefused

# The whole request target in bytes: room for 500 title references, far beyond what clients send.
MAX_TARGET = 65_000
MAX_BODY = 1_048_576


class Intake:
    """Gives every HTTP request its Exchange and its Sandbox."""

    def __init__(self, app: ASGIApp, sandbox_for: Callable[[Parameters], Sandbox]) -> None:
        self.app = app
        self.sandbox_for = sandbox_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await _body(receive)
        except ClientDisconnect:
            # A request that broke off was never made.
            return
        exchange = self._exchange(scope, target_of(scope), body)
        await self.app(with_exchange(scope, exchange), receive, send)

    def _exchange(self, scope: Scope, target: Target, body: bytes | None) -> Exchange:
        # The first of each name, as Starlette's Headers has it, but looked up at once.
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])}
        too_long = len(target.path) + len(target.query) > MAX_TARGET
        query = b"" if too_long else target.query.encode("latin-1")
        parameters = collect(query, headers.get("authorization"), headers.get("content-type"), body or b"")
        sandbox = self.sandbox_for(parameters)
        secure = scope["scheme"] == "https"
        server, in_tunnel = server_of(scope), IN_TUNNEL in scope.get("state", ())
        if sandbox.state.rules.trust_forwarded_proto and (told := forwarded_scheme(scope)) is not None:
            target, secure = replace(target, scheme=told), told == "https"
        authority = authority_asked(scope, target)
        refusal: Refusal | None = None
        if too_long:
            refusal = AddressTooLong()
        elif body is None:
            refusal = BodyTooLarge()
        elif authority is None:
            refusal = ParameterInvalid("Host")
        elif parameters.undecodable is not None:
            refusal = ParameterInvalid(parameters.undecodable)
        elif REFUSED_TUNNEL in scope:
            refusal = TunnelRefused(scope[REFUSED_TUNNEL])
        elif is_foreign_host(authority, target.authority is not None, server) and not sandbox.state.rules.any_host:
            refusal = ForeignHost(host_of(authority))
        authority, (wall, running) = authority or server, sandbox.clock.read()
        return Exchange(
            sandbox=sandbox,
            number=sandbox.journal.next_number(),
            verb=scope["method"],
            target=f"{target.path}?{target.query}" if target.query else target.path or authority,
            scheme=target.scheme,
            authority=authority,
            path=unquote(target.path, errors="replace").rstrip("/") or "/",
            raw_path=target.path,
            wall=wall,
            running=running,
            now=sandbox.calendar.now(wall),
            parameters=parameters,
            sent=body or b"",
            body=b"" if body is None or is_form(headers.get("content-type")) else body,
            secure=secure,
            server=server,
            own_base=f"http://{server}" if in_tunnel or target.authority is not None else None,
            foreign=is_foreign(headers.get("origin"), headers.get("sec-fetch-site"), authority),
            if_match=headers.get("if-match"),
            if_none_match=headers.get("if-none-match"),
            refusal=refusal,
        )


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None where it is too large, but read all the same, so that the client hears of it.

    Raises ClientDisconnect where the client left before its end.
    """
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        size += len(part)
        if size <= MAX_BODY:
            parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts) if size <= MAX_BODY else None

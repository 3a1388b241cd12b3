"""How a page of the mock's own side becomes an ASGI endpoint, and how it says no (RFC 9457)."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.intake import MAX_BODY
from mock_netflix.web.origin import is_foreign, is_own_name
from mock_netflix.web.target import authority_asked, forwarded_scheme, server_of, target_of

PREFIX = "/_mock"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the mock itself."""

    request: Request
    sandbox: Sandbox
    body: bytes

    @property
    def authority(self) -> str:
        """The host and port under which the client reached the mock, or would have."""
        scope = self.request.scope
        return authority_asked(scope, replace(target_of(scope), scheme=self._scheme)) or server_of(scope)

    @property
    def base_url(self) -> str:
        """The address under which the client reached the mock."""
        return f"{self._scheme}://{self.authority}"

    @property
    def _scheme(self) -> str:
        scope = self.request.scope
        told = forwarded_scheme(scope) if self.sandbox.state.rules.trust_forwarded_proto else None
        return told or str(scope["scheme"])


Page = Callable[[Asked], Response]


@dataclass(eq=False)
class Problem(Exception):
    """What is wrong with a request to the mock itself, in one sentence that says what to do."""

    status: int
    title: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Answering:
    """Answers each verb with its page."""

    def __init__(self, pages: Mapping[str, Page], sandbox_of: Callable[[], Sandbox]) -> None:
        self.pages = pages
        self.sandbox_of = sandbox_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Problem as problem:
            response = _problem(problem)
        except ClientDisconnect:
            # A request that broke off was never made.
            return
        except Exception:
            traceback.print_exc(file=sys.stderr)
            response = _problem(Problem(500, "The mock failed; its terminal tells how."))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        page = self.pages.get("GET" if request.method == "HEAD" else request.method)
        if page is None:
            raise Problem(405, f"This takes {' and '.join(self.pages)}.", {"Allow": ", ".join(self.pages)})
        asked = Asked(request, self.sandbox_of(), b"")
        if not is_own_name(asked.authority):
            raise Problem(403, f"{asked.authority} is no name of this machine; ask 127.0.0.1 or localhost.")
        if page is self.pages.get("GET"):
            return page(asked)
        headers = request.headers
        if is_foreign(headers.get("origin"), headers.get("sec-fetch-site"), asked.authority):
            raise Problem(403, "A web page of another site may not change anything here.")
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                raise Problem(413, f"The body is larger than {MAX_BODY} bytes.")
        return page(Asked(request, asked.sandbox, body))


async def nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to an address that there is not."""
    problem = Problem(404, f"There is nothing here. {PREFIX}/ shows what there is.")
    await _problem(problem)(scope, receive, send)


def _problem(problem: Problem) -> Response:
    content = {"type": "about:blank", "status": problem.status, "title": problem.title}
    return JSONResponse(content, problem.status, problem.headers, media_type="application/problem+json")

"""How an operation of the mock's own side becomes an ASGI endpoint, and how it says no (RFC 9457)."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from inspect import isawaitable

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from mock_netflix.authority import Authority
from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.addresses import PREFIX, WORLDS, own_path
from mock_netflix.web.control.guard import Guard, Proof
from mock_netflix.web.intake import MAX_BODY, MAX_TARGET
from mock_netflix.web.origin import is_from_other_page, is_own_name
from mock_netflix.web.target import TARGET, authority_asked, forwarded_scheme, server_of, target_of

_WORLD = "world"
PROBLEM = "application/problem+json"
_STATUSES: Mapping[type[MockNetflixError], int] = {UnknownError: 404, ConflictError: 409}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the mock itself, about one world. `instance` tells this start of the server from every other.

    `certificates`: who signs those of this server; None where it speaks no https.
    """

    request: Request
    sandboxes: Sandboxes
    sandbox: Sandbox
    body: bytes = b""
    instance: str = ""
    certificates: Callable[[], Authority] | None = None

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
    def own(self) -> str:
        """The path under which everything about this world is found."""
        return own_path(self.sandbox.name)

    @property
    def _scheme(self) -> str:
        scope = self.request.scope
        told = forwarded_scheme(scope) if self.sandbox.state.rules.trust_forwarded_proto else None
        return told or str(scope["scheme"])


# Where no token is wanted.
_OPEN = Guard(None)

# What is answered: a message, which becomes JSON, or a response as it stands.
Answered = msgspec.Struct | Mapping[str, object] | Response
Page = Callable[[Asked], Answered | Awaitable[Answered]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One verb of one path below /_mock: who answers it, and for its description, what goes in and comes out.

    `takes`: the type of its body; `asks`: of its query, all strings; `gives`: of its answer, None where it is no JSON.
    `shows`: it answers with a page for people, instead of JSON, or beside it for those who ask for HTML. `writes`: the
    type of what it answers with that is neither.
    `problems`: the statuses that it refuses with, beside those of every operation. `everywhere`: it is there for each
    world, not only for the server as a whole. `guarded`: it wants the control token where the server has one.
    """

    verb: str
    path: str
    page: Page
    summary: str
    takes: object = None
    asks: type[msgspec.Struct] | None = None
    gives: object = None
    shows: bool = False
    writes: str = ""
    status: int = 200
    problems: tuple[int, ...] = ()
    everywhere: bool = True
    guarded: bool = True


@dataclass(eq=False)
class Problem(Exception):
    """What is wrong with a request to the mock itself, in one sentence that says what to do."""

    status: int
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)


class ProblemDocument(msgspec.Struct):
    """What is wrong with a request (RFC 9457): `detail` is a sentence that says what to do."""

    type: str
    status: int
    title: str
    detail: str


class Answering:
    """Answers each verb of one path."""

    def __init__(
        self,
        operations: Iterable[Operation],
        sandboxes: Sandboxes,
        guard: Guard = _OPEN,
        instance: str = "",
        certificates: Callable[[], Authority] | None = None,
    ) -> None:
        self.operations = {one.verb: one for one in operations}
        self.sandboxes = sandboxes
        self.guard = guard
        self.instance = instance
        self.certificates = certificates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Problem as problem:
            response = problem_response(problem)
        except MockNetflixError as error:
            status = next((number for kind, number in _STATUSES.items() if isinstance(error, kind)), 400)
            told = str(error)
            response = problem_response(Problem(status, told if told.endswith("?") else f"{told}."))
        except ClientDisconnect:
            # A request that broke off was never made.
            return
        except Exception:
            traceback.print_exc(file=sys.stderr)
            response = problem_response(Problem(500, "The mock failed; its terminal tells how."))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        verbs = self.operations
        operation = verbs.get("GET" if request.method == "HEAD" else request.method)
        if operation is None:
            raise Problem(405, f"This takes {' and '.join(verbs)}.", {"Allow": ", ".join(verbs)})
        if (entered := self.guard.entrance(request)) is not None:
            return entered
        proof = self.guard.proof(request) if operation.guarded else Proof.UNWANTED
        if not proof.holds:
            return self._refused(request, proof)
        sandbox = self._sandbox(request)
        asked = Asked(request, self.sandboxes, sandbox, instance=self.instance, certificates=self.certificates)
        self._check(asked, operation, proof)
        if operation.verb != "GET":
            asked = replace(asked, body=await _body(request))
        # A page that waits for something holds nothing meanwhile.
        with asked.sandbox.lock:
            answered = operation.page(asked)
        if isawaitable(answered):
            answered = await answered
        return answered if isinstance(answered, Response) else as_response(answered, operation.status)

    def _check(self, asked: Asked, operation: Operation, proof: Proof) -> None:
        """Whether this may be asked at all, of this world and by this client. Raises Problem."""
        request = asked.request
        if len(request.scope.get(TARGET, "")) > MAX_TARGET:
            raise Problem(414, f"The address is longer than {MAX_TARGET} bytes.")
        arranges = operation.everywhere and operation.verb != "GET" and not operation.path.startswith("/requests")
        if arranges and asked.sandbox is self.sandboxes.deleted:
            raise Problem(409, "This is where the requests of deleted worlds are refused; make a world of your own.")
        # No page of a name that was pointed at this machine knows the token.
        if operation.guarded and proof is not Proof.GIVEN and not is_own_name(asked.authority):
            raise Problem(403, f"{asked.authority} is no name of this machine; ask 127.0.0.1 or localhost.")
        if is_from_other_page(request.headers, asked.authority):
            raise Problem(403, "A web page of another site may neither read nor change anything here.")

    def _refused(self, request: Request, proof: Proof) -> Response:
        if request.method in ("GET", "HEAD") and "text/html" in request.headers.get("accept", ""):
            return self.guard.asking(proof, request.scope["path"])
        said, headers = self.guard.refused(proof)
        raise Problem(401, said, headers)

    def _sandbox(self, request: Request) -> Sandbox:
        name = request.path_params.get(_WORLD, "")
        sandbox = self.sandboxes.find(name)
        if sandbox is None:
            raise Problem(404, f"There is no world with the key {name!r}; {WORLDS} lists them.")
        return sandbox


async def _body(request: Request) -> bytes:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise Problem(413, f"The body is larger than {MAX_BODY} bytes.")
    return body


async def nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer to an address that there is not."""
    problem = Problem(404, f"There is nothing here. {PREFIX}/ shows what there is.")
    await problem_response(problem)(scope, receive, send)


def as_response(answered: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A message as JSON."""
    body = b"" if status == HTTPStatus.NO_CONTENT else msgspec.json.encode(answered)
    return Response(body, status, headers, media_type="application/json")


def problem_response(problem: Problem) -> Response:
    """A problem document."""
    content = ProblemDocument("about:blank", problem.status, HTTPStatus(problem.status).phrase, problem.detail)
    return Response(msgspec.json.encode(content), problem.status, problem.headers, media_type=PROBLEM)

"""Who may use the mock's own side: everybody on its own machine; beyond it, who shows the control token.

A program shows it in a header, a person's browser in a cookie, which the address that is printed at start sets.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mock_netflix.web.addresses import PREFIX
from mock_netflix.web.pages import page

_SCHEME = "bearer "
# In the address of the page for people: the token, and where to go on.
_TOKEN, _NEXT = "token", "next"
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
_ASKING = {"WWW-Authenticate": 'Bearer realm="mock-netflix"'}


class Proof(Enum):
    """What a request shows of the control token."""

    UNWANTED = ""
    GIVEN = "The control token is right."
    MISSING = "The control token is missing"
    WRONG = "The control token is wrong"

    @property
    def holds(self) -> bool:
        return self in (Proof.UNWANTED, Proof.GIVEN)


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks for the control token; None where none is wanted."""

    token: str | None

    def proof(self, request: Request) -> Proof:
        """What a request shows, in constant time. A header goes before the cookie."""
        if self.token is None:
            return Proof.UNWANTED
        authorization = request.headers.get("authorization", "")
        if authorization.lower().startswith(_SCHEME):
            return self._judged(authorization[len(_SCHEME) :].strip())
        cookie = request.cookies.get(self._cookie)
        return Proof.MISSING if cookie is None else self._judged(cookie)

    def entrance(self, request: Request) -> Response | None:
        """Where a person comes in, with the token in the address of the page: the cookie is set, the address tidied.

        None where there is none in it.
        """
        given = request.query_params.get(_TOKEN)
        is_page = request.scope["path"].rstrip("/") == PREFIX and request.method in ("GET", "HEAD")
        if self.token is None or given is None or not is_page:
            return None
        proof, target = self._judged(given), request.query_params.get(_NEXT, "")
        target = target if target.startswith(f"{PREFIX}/") else f"{PREFIX}/"
        if not proof.holds:
            return self.asking(proof, target)
        response = RedirectResponse(target, 303, _HEADERS)
        secure = request.scope["scheme"] == "https"
        response.set_cookie(self._cookie, given, path=PREFIX, secure=secure, httponly=True, samesite="strict")
        return response

    def asking(self, proof: Proof, target: str) -> Response:
        """The page that asks a person for the token; `target`: the path that they wanted."""
        said = proof.value if proof is Proof.WRONG else ""
        shown = page("token.html", headers={**_HEADERS, **_ASKING}, said=said, prefix=PREFIX, target=target)
        shown.status_code = 401
        return shown

    def refused(self, proof: Proof) -> tuple[str, dict[str, str]]:
        """What a program is told, in a sentence and in headers."""
        said = f"{proof.value}; send it as Authorization: Bearer TOKEN. It is printed where the server was started."
        return said, _ASKING

    @property
    def _cookie(self) -> str:
        """A cookie is for all ports of a host, so two mocks on one host must not share its name."""
        return f"mock_netflix_{sha256((self.token or '').encode()).hexdigest()[:8]}"

    def _judged(self, given: str) -> Proof:
        return Proof.GIVEN if compare_digest(given.encode(), (self.token or "").encode()) else Proof.WRONG

"""One request on its way through the rings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from starlette.types import Scope

from mock_netflix.calendar import Edition, edition_at
from mock_netflix.faults.rules import Fate
from mock_netflix.oauth.levels import Caller
from mock_netflix.oauth.parameters import Parameters
from mock_netflix.oauth.signature import SignedRequest
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.sandbox import Sandbox
from mock_netflix.wire.links import Links, links_for
from mock_netflix.wire.text import Text
from mock_netflix.world.refusals import Refusal

_KEY = "mock_netflix.exchange"


@dataclass(slots=True)
class Exchange:
    """What was asked, as the inner rings need it, and what they found out about it.

    `verb` is the one that was sent. `target` is the request target as it came, `uri` the address as it was signed,
    without its query, and `path` is decoded and has no slash at its end. `wall` is the time by the clock, read once,
    `running` what it would be, had nobody moved or frozen it, `now` that of the service's life; all in epoch seconds.
    `edition` is the service of that day, and `output` the form of the answer that was asked for: "pox", "json", …
    `foreign` tells that a page of another site sent it, and `hints` what may have been meant. `sent` is the body as it
    came, and `body` one that is no form; `secure` tells that it came over TLS, and `server` where it arrived. `warning`
    is what was forgiven. `fate` is what a test lets go wrong with it, and `text` the document that answers it.
    `own_base` is where the mock's own side is for who reached it as a proxy.
    """

    sandbox: Sandbox
    number: int
    verb: str
    target: str
    scheme: str
    authority: str
    path: str
    raw_path: str
    wall: int
    running: int
    now: int
    links: Links = field(init=False)
    edition: Edition = field(init=False)
    output: str = field(init=False)
    parameters: Parameters = field(default_factory=Parameters)
    sent: bytes = b""
    body: bytes = b""
    secure: bool = False
    server: str = ""
    own_base: str | None = None
    foreign: bool = False
    if_match: str | None = None
    if_none_match: str | None = None
    endpoint: Endpoint | None = None
    caller: Caller | None = None
    refusal: Refusal | None = None
    message: str | None = None
    hints: tuple[str, ...] = ()
    warning: str | None = None
    fate: Fate | None = None
    text: Text | None = None

    def __post_init__(self) -> None:
        self.links = links_for(self.scheme, self.authority)
        self.edition = edition_at(self.now)
        self.output = (self.parameters.get("output") or "pox").lower()

    @property
    def uri(self) -> str:
        return f"{self.scheme}://{self.authority}{self.raw_path}"

    @property
    def meant(self) -> str:
        """The verb that is meant: a `method` parameter of any case goes before the one sent."""
        tunnelled = self.parameters.get("method")
        if not tunnelled:
            return self.verb
        return tunnelled.upper() if tunnelled.isascii() else tunnelled

    @property
    def fault(self) -> str | None:
        """What a test let go wrong with it, in words for the journal."""
        return None if self.fate is None else self.fate.told

    @property
    def signed(self) -> SignedRequest:
        query = self.target.partition("?")[2]
        return SignedRequest(self.verb, self.uri, self.parameters, query, self.body, self.secure, self.server)


def exchange_of(scope: Scope) -> Exchange:
    """The exchange that a scope belongs to."""
    return cast(Exchange, scope[_KEY])


def with_exchange(scope: Scope, exchange: Exchange) -> Scope:
    """The scope as the inner rings see it: routed by the tidied path."""
    return {**scope, _KEY: exchange, "path": exchange.path, "root_path": ""}

"""What is known of a refused signature: the request as it came, and every secret that it may have been made with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from mock_netflix.oauth.signature import Secrets, SignedRequest
from mock_netflix.world.grants import AccessToken, Application, Grants, RequestToken

# A request with more characters in its parameters and body is refused without evidence, so that none is kept.
LARGEST = 32_768
# Of each kind of secret so many are tried, the newest first.
_MANY = 8


@dataclass(frozen=True, slots=True)
class Evidence:
    """A signed request, and whose secrets it should have been made with."""

    request: SignedRequest
    application: Application
    token: RequestToken | AccessToken | None
    grants: Grants

    @property
    def secrets(self) -> Secrets:
        """The secrets that are right."""
        return Secrets(self.application.secret, self.token.secret if self.token is not None else "")

    @property
    def received(self) -> str:
        """The signature that was sent."""
        return self.request.parameters.get("oauth_signature") or ""

    def other_applications(self) -> Iterator[Application]:
        """Applications that have another secret."""
        every = reversed(list(self.grants.applications.values()))
        return islice((one for one in every if one.secret != self.application.secret), _MANY)

    def request_tokens(self) -> Iterator[RequestToken]:
        """Request tokens of this application, without the one that was sent."""
        every = reversed(list(self.grants.request_tokens.values()))
        return islice(filter(self._is_other, every), _MANY)

    def access_tokens(self) -> Iterator[AccessToken]:
        """Access tokens of this application, without the one that was sent."""
        every = reversed(list(self.grants.access_tokens.values()))
        return islice(filter(self._is_other, every), _MANY)

    def _is_other(self, token: RequestToken | AccessToken) -> bool:
        sent = self.token.token if self.token is not None else None
        return token.consumer_key == self.application.key and token.token != sent


def is_small(request: SignedRequest) -> bool:
    """Whether a request is small enough to be kept as evidence."""
    size = len(request.uri) + len(request.query) + len(request.body)
    return size + sum(len(name) + len(value) for name, _, value in request.parameters.written()) <= LARGEST

"""The handle of a test: in one line what the service shall do, in one line what the client must have done."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from mock_netflix.errors import MockNetflixError
from mock_netflix.oauth.parameters import Place
from mock_netflix.oauth.signing import Signed, form_encoded, signed_request
from mock_netflix.sandbox import Sandbox
from mock_netflix.world.grants import AccessToken, Application
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber

_PLACES = {"query": Place.QUERY, "header": Place.HEADER, "body": Place.BODY}
# In place of a token: the one of the world.
_READY = "ready"


class World:
    """One world of a running mock. It may be used on any thread; each call is done when it returns.

    `fail_on`: the categories of requests that a test may not leave behind, as the pytest plugin knows them.
    """

    fail_on: tuple[str, ...] = ()

    def __init__(self, sandbox: Sandbox, url: str) -> None:
        self._sandbox = sandbox
        self._url = url

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at {self._url}, {len(self._sandbox.journal.entries())} requests>"

    @property
    def url(self) -> str:
        """The address to point a client at, without a slash at its end."""
        return self._url

    @property
    def state(self) -> State:
        """Everything that is true in the world now, frozen."""
        return self._sandbox.state

    @property
    def application(self) -> Application:
        """The ready application: `name`, `key` and `secret`."""
        return self.state.application

    @property
    def subscriber(self) -> Subscriber:
        """The ready subscriber as they are now: `login`, `password`, `user_id`, queues, ratings."""
        return self.state.subscribers.get(self.state.subscriber.user_id, self.state.subscriber)

    @property
    def access_token(self) -> AccessToken:
        """The ready subscriber's token for the ready application: `token` and `secret`."""
        return self.state.grants.access_tokens[self.state.access_token.token]

    def sign(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        token: AccessToken | tuple[str, str] | str | None = _READY,
        application: Application | None = None,
        place: str = "query",
        extra: Mapping[str, str] | None = None,
    ) -> Signed:
        """A signed request: `url`, `headers` and `body` to send as they are.

        `url` may be a path. `params` join its query, `data` is a form body. `token` is that of the ready subscriber,
        another one, a token with its secret, or None for a request of the application alone. `place` says where the
        `oauth_…` parameters go: "query", "header" or "body"; `extra` are more of them, such as `oauth_callback`.
        Raises MockNetflixError and SigningError.
        """
        if place not in _PLACES:
            raise MockNetflixError(f"place cannot be {place!r}; it is one of {', '.join(_PLACES)}")
        address = url if "://" in url else f"{self._url}/{url.lstrip('/')}"
        query = _form(params)
        joint = "&" if "?" in address else "?"
        signer = application or self.application
        return signed_request(
            method.upper(),
            f"{address}{joint}{query}" if query else address,
            consumer=(signer.key, signer.secret),
            token=self._pair(token),
            nonce=secrets.token_hex(8),
            timestamp=self._sandbox.clock.now(),
            place=_PLACES[place],
            form=_form(data),
            extra=extra,
        )

    def reset(self) -> None:
        """Brings the world back as it began: nothing was ever asked, written, set or broken."""
        self._sandbox.reset()

    def _pair(self, token: AccessToken | tuple[str, str] | str | None) -> tuple[str, str]:
        if token is None:
            return "", ""
        if isinstance(token, tuple):
            return token
        if isinstance(token, AccessToken):
            return token.token, token.secret
        given = self.state.access_token.token if token == _READY else token
        found = self.state.grants.access_tokens.get(given)
        if found is None:
            raise MockNetflixError(f"there is no access token {given!r} in this world; give it with its secret")
        return found.token, found.secret


def _form(pairs: Mapping[str, object] | None) -> str:
    return form_encoded((name, str(value)) for name, value in (pairs or {}).items())

"""Deciding on request tokens in place of a person: allowed or denied without the sign-in page.

The page, when a browser opens it afterwards, leads back at once with what was decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from mock_netflix.errors import ConflictError, UnknownError, shown
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.arguments import flag_of, subscriber_of, text_of
from mock_netflix.world.grants import OUT_OF_BAND, Decision, RequestToken, allow, find_request_token
from mock_netflix.world.grants import deny as denied
from mock_netflix.world.refusals import BadRequestToken
from mock_netflix.world.state import subscriber_named
from mock_netflix.world.subscribers import Subscriber

# What a callback may hold unquoted; anything else (line ends, letters beyond ASCII) is quoted.
_URL_SAFE = ":/%#?=@[]!$&'()*+,;~"


@dataclass(frozen=True, slots=True)
class Consent:
    """What was decided, and what a browser and its person would have brought back.

    `verifier` and `user_id` are None where it was denied. `callback` is the address that the browser would be led to;
    None where the client has none, or tells it only to the page (OAuth 1.0).
    """

    request_token: str
    verifier: str | None
    callback: str | None
    user_id: str | None


def authorize(
    sandbox: Sandbox, request_token: str, subscriber: Subscriber | str | None = None, deny: bool = False
) -> Consent:
    """Decides on a request token as `subscriber`, by login or user id; by default as the rule `login_subscriber` says.

    Who denies it is nobody's concern. Raises UnknownError for a token or a subscriber that is not there, ConflictError
    for a token that nobody can decide on any more.
    """
    named, deny = subscriber_of(subscriber), flag_of("deny", deny)
    with sandbox.lock:
        state, token = sandbox.state, request_token_named(sandbox, request_token)
        try:
            find_request_token(state.grants, token.token, sandbox.clock.now(), state.rules)
        except BadRequestToken as refusal:
            said = f"the request token {shown(request_token)} cannot be decided on: {refusal.reason}"
            raise ConflictError(f"{said}; let the client ask for another") from None
        if deny:
            grants = denied(state.grants, token, beforehand=True)
        else:
            who = subscriber_named(state, state.rules.login_subscriber if named is None else named)
            grants = allow(state.grants, token, who.user_id, beforehand=True)
        sandbox.state = state.with_grants(grants)
    return _consent(grants.request_tokens[token.token])


def verifier_of(sandbox: Sandbox, request_token: str) -> str:
    """The verification code that a person would read on the page. Raises UnknownError."""
    return request_token_named(sandbox, request_token).verifier


def request_token_named(sandbox: Sandbox, request_token: str) -> RequestToken:
    """A request token as it is now, whatever became of it. Raises UnknownError."""
    found = sandbox.state.grants.request_tokens.get(text_of("request_token", request_token))
    if found is None:
        raise UnknownError(f"there is no request token {shown(request_token)}; /_mock/request_tokens lists them")
    return found


def address_after(token: RequestToken, callback: str) -> str:
    """Where the browser is led once somebody has decided: the callback with what the client is told.

    It keeps the query and the fragment that it has (RFC 5849 section 2.2).
    """
    told = {"oauth_token": token.token}
    if token.decision is Decision.DENIED:
        told["oauth_problem"] = "user_refused"
    elif token.callback is not None:
        told["oauth_verifier"] = token.verifier
    address, mark, fragment = callback.partition("#")
    joint = "&" if "?" in address else "?"
    return quote(f"{address}{joint}{urlencode(told)}{mark}{fragment}", safe=_URL_SAFE)


def _consent(token: RequestToken) -> Consent:
    callback = None if token.callback in (None, OUT_OF_BAND) else token.callback
    return Consent(
        request_token=token.token,
        verifier=None if token.decision is Decision.DENIED else token.verifier,
        callback=None if callback is None else address_after(token, callback),
        user_id=token.user_id,
    )

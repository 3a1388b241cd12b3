"""The page on which a person signs in and lets an application in, or not (reference: protocol 4, walkthrough 4).

A browser sees the page and posts its form; a script may post, or ask with everything in the query, and gets status
documents with `output=pox`. The rule `login` decides without a page; what is wrong with the address is refused before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from mock_netflix.errors import UnknownError
from mock_netflix.resources.tokens import is_callback
from mock_netflix.stage.consent import address_after
from mock_netflix.web.errors import encoded, remember
from mock_netflix.web.exchange import Exchange
from mock_netflix.web.pages import page
from mock_netflix.wire.vocabulary import leaf
from mock_netflix.world import refusals as r
from mock_netflix.world.grants import (
    OUT_OF_BAND,
    Application,
    Decision,
    Grants,
    RequestToken,
    allow,
    deny,
    find_decided,
    find_request_token,
)
from mock_netflix.world.state import sign_in, subscriber_named
from mock_netflix.world.subscribers import Subscriber

# Where a script finds the code that a person would read on the page.
VERIFIER = "X-Mock-Netflix-Verifier"
# What the page's own form says of its terms box, so that one that was cleared differs from a script that has none.
TERMS_SHOWN = "terms_shown"
# A person sees the form again, and one of these above it.
_TOLD_TO_PEOPLE: dict[type[r.Refusal], str] = {
    r.AuthorizationFailed: "Sign-in failed: this login and this password do not belong together.",
    r.TermsNotAccepted: "Sign-in failed: User must accept terms of use.",
}
_CLEARED = ("false", "0", "no", "off")
# What says who signs in.
_CREDENTIALS = ("login", "name", "subscriber")

# A page of another site must neither frame this one nor send its form.
_HEADERS = {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class _Login:
    """A login address that holds: whose request token it is, and where the browser is led afterwards."""

    exchange: Exchange
    application: Application
    token: RequestToken
    callback: str | None

    def get(self, name: str) -> str:
        return self.exchange.parameters.get(name) or ""

    @property
    def denies(self) -> bool:
        """Whether somebody tells that they do not let the application in."""
        return self.get("deny").lower() not in ("", *_CLEARED)

    @property
    def credentials(self) -> bool:
        """Whether somebody tells who they are."""
        return any(map(self.get, _CREDENTIALS))

    @property
    def as_document(self) -> bool:
        """Whether the outcome was asked for as a document instead of a page."""
        return self.get("output").lower() == "pox"


def login(exchange: Exchange, path: Mapping[str, str]) -> Response:
    """GET shows the page, POST signs in; either does both where credentials come along or no page is wanted."""
    if exchange.edition.closed:
        raise r.ResourceNotFound
    if exchange.verb not in ("GET", "HEAD", "POST"):
        raise r.MethodNotAllowed(("GET", "POST"))
    asked = _read(exchange)
    if asked.token.decision is not Decision.PENDING:
        return _outcome(asked)
    # Who only looks decides nothing.
    mode = "page" if exchange.verb == "HEAD" else exchange.sandbox.state.rules.login
    if mode == "page":
        return _by_hand(asked)
    if mode == "deny" or asked.denies:
        return _denied(asked)
    return _allowed(asked, _subscriber(asked) if asked.credentials else _ready(asked))


def _by_hand(asked: _Login) -> Response:
    """The page, or what a person decided on it."""
    exchange = asked.exchange
    if not (exchange.verb == "POST" or asked.credentials or asked.denies):
        return _form(asked)
    if exchange.foreign:
        raise r.ForeignOrigin
    if asked.denies:
        return _denied(asked)
    try:
        subscriber = _subscriber(asked)
    except (r.AuthorizationFailed, r.TermsNotAccepted) as refusal:
        if asked.get("name") or asked.as_document:
            raise
        remember(exchange, refusal)
        return _form(asked, _TOLD_TO_PEOPLE[type(refusal)])
    return _allowed(asked, subscriber)


def _read(exchange: Exchange) -> _Login:
    """The parameters of the address, each checked in the order of the record.

    An application name is asked for only in the flow of OAuth 1.0 (reference: protocol 13.3).
    """
    given = exchange.parameters.get
    grants, rules = exchange.sandbox.state.grants, exchange.sandbox.state.rules
    for required in ("oauth_token", "oauth_consumer_key"):
        if given(required) is None:
            raise r.ParameterMissing(required)
    asked_for = grants.request_tokens.get(given("oauth_token") or "")
    name = given("application_name")
    if name is None and (asked_for is None or asked_for.callback is None):
        raise r.ParameterMissing("application_name")
    application = grants.applications.get(given("oauth_consumer_key") or "")
    if application is None:
        raise r.ConsumerKeyUnknown
    token_given, wall = given("oauth_token") or "", exchange.wall
    token = find_decided(grants, token_given, wall, rules) or find_request_token(grants, token_given, wall, rules)
    if token.consumer_key != application.key:
        raise r.ConsumerKeyMismatch
    if name == "":
        raise r.ApplicationNameUndefined
    if name not in (None, application.name):
        raise r.ApplicationNameMismatch
    callback = token.callback or given("oauth_callback") or OUT_OF_BAND
    if callback == OUT_OF_BAND:
        return _Login(exchange, application, token, None)
    if not is_callback(callback):
        raise r.ParameterInvalid("oauth_callback")
    return _Login(exchange, application, token, callback)


def _subscriber(asked: _Login) -> Subscriber:
    """The subscriber who signs in. Refuses AuthorizationFailed, TermsNotAccepted."""
    state = asked.exchange.sandbox.state
    if one_click := asked.get("subscriber"):
        found = _named(asked, one_click)
    else:
        found = sign_in(state, asked.get("login") or asked.get("name"), asked.get("password"))
    terms = asked.exchange.parameters.get("accept_tos")
    cleared = bool(asked.get(TERMS_SHOWN)) if terms is None else terms.lower() in _CLEARED
    if cleared:
        raise r.TermsNotAccepted
    return found


def _ready(asked: _Login) -> Subscriber:
    """Who lets applications in where nobody signs in. Refuses AuthorizationFailed."""
    return _named(asked, asked.exchange.sandbox.state.rules.login_subscriber)


def _named(asked: _Login, name: str | None) -> Subscriber:
    try:
        return subscriber_named(asked.exchange.sandbox.state, name)
    except UnknownError as error:
        asked.exchange.hints += (f"No sign-in: {error}.",)
        raise r.AuthorizationFailed from None


def _allowed(asked: _Login, subscriber: Subscriber) -> Response:
    return _decided(asked, allow(asked.exchange.sandbox.state.grants, asked.token, subscriber.user_id))


def _denied(asked: _Login) -> Response:
    return _decided(asked, deny(asked.exchange.sandbox.state.grants, asked.token))


def _decided(asked: _Login, grants: Grants) -> Response:
    sandbox = asked.exchange.sandbox
    sandbox.state = sandbox.state.with_grants(grants)
    return _outcome(replace(asked, token=grants.request_tokens[asked.token.token]))


def _outcome(asked: _Login) -> Response:
    """What the decision on the token leads to: a document, the client's callback, or a page."""
    token, allowed = asked.token, asked.token.decision is Decision.ALLOWED
    if asked.as_document and not allowed:
        raise r.AuthorizationFailed
    verifier = {VERIFIER: token.verifier} if allowed else {}
    if asked.as_document:
        text, media_type = encoded(leaf("status", "success"), asked.exchange)
        return Response(text.body, headers=verifier, media_type=media_type)
    if asked.callback is not None:
        headers = {"Location": address_after(token, asked.callback), "Cache-Control": "no-store"}
        return Response(status_code=302, headers=headers)
    if not allowed:
        return page("denied.html", headers=_HEADERS, application=asked.application.name)
    return page(
        "success.html",
        headers={**_HEADERS, **verifier},
        application=asked.application.name,
        subscriber=_named(asked, token.user_id),
        verifier=token.verifier,
        needed=token.callback is not None,
    )


def _form(asked: _Login, error: str | None = None) -> Response:
    hidden = ("oauth_token", "oauth_consumer_key", "application_name", "oauth_callback")
    return page(
        "login.html",
        headers=_HEADERS,
        application=asked.application.name,
        hidden=[(name, asked.get(name)) for name in hidden if asked.exchange.parameters.get(name) is not None],
        terms_shown=TERMS_SHOWN,
        subscribers=asked.exchange.sandbox.state.subscribers.values(),
        login=asked.get("login"),
        error=error,
    )

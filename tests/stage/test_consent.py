"""Deciding on a request token in a person's place, as a test does it by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mock_netflix.errors import ConflictError, UnknownError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.consent import authorize, verifier_of
from mock_netflix.world.grants import Decision, RequestToken, issue_request_token, redeem
from tests.worlds import a_subscriber, a_world

CALLBACK = "http://client.example/back?lang=en#done"
EVE = a_subscriber("eve@example.com")


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(a_world().with_subscriber(EVE))


def asked(sandbox: Sandbox, callback: str | None = "oob") -> RequestToken:
    state = sandbox.state
    grants, token = issue_request_token(state.grants, state.application, callback, sandbox.clock.now())
    sandbox.state = state.with_grants(grants)
    return token


def redeemed(sandbox: Sandbox, token: RequestToken) -> Any:
    state = sandbox.state
    return redeem(state.grants, state.grants.request_tokens[token.token], token.verifier, sandbox.clock.now())[1]


def test_the_ready_subscriber_lets_it_in(sandbox):
    token = asked(sandbox)
    consent = authorize(sandbox, token.token)
    assert (consent.request_token, consent.verifier, consent.callback) == (token.token, token.verifier, None)
    assert consent.user_id == redeemed(sandbox, token).user_id == sandbox.state.subscriber.user_id


@pytest.mark.parametrize("name", [EVE.login, EVE.user_id, " EVE@example.com "])
def test_another_is_named_by_login_or_id(sandbox, name):
    assert authorize(sandbox, asked(sandbox).token, name).user_id == EVE.user_id


def test_the_rule_says_who_it_is_where_nobody_is_named(sandbox):
    sandbox.state = sandbox.state.with_rules(replace(sandbox.state.rules, login_subscriber=EVE.login))
    assert authorize(sandbox, asked(sandbox).token).user_id == EVE.user_id
    assert authorize(sandbox, asked(sandbox).token, "sam@example.com").user_id != EVE.user_id


def test_the_callback_is_where_the_browser_would_be_led(sandbox):
    token, denied = asked(sandbox, CALLBACK), asked(sandbox, CALLBACK)
    query = f"http://client.example/back?lang=en&oauth_token={token.token}&oauth_verifier={token.verifier}#done"
    assert authorize(sandbox, token.token).callback == query
    refused = f"http://client.example/back?lang=en&oauth_token={denied.token}&oauth_problem=user_refused#done"
    assert authorize(sandbox, denied.token, deny=True).callback == refused


def test_in_oauth_1_0_only_the_page_hears_of_a_callback(sandbox):
    consent = authorize(sandbox, asked(sandbox, None).token)
    assert (consent.callback, consent.user_id) == (None, sandbox.state.subscriber.user_id)


def test_who_is_denied_gets_no_code(sandbox):
    token = asked(sandbox)
    consent = authorize(sandbox, token.token, deny=True)
    assert (consent.verifier, consent.user_id) == (None, None)
    assert sandbox.state.grants.request_tokens[token.token].decision is Decision.DENIED


def test_the_code_is_read_before_and_after_somebody_decides(sandbox):
    token = asked(sandbox)
    assert verifier_of(sandbox, token.token) == token.verifier
    authorize(sandbox, token.token)
    assert verifier_of(sandbox, token.token) == token.verifier


@pytest.mark.parametrize(
    ("token", "subscriber", "says"),
    [
        ("nobody", None, "there is no request token 'nobody'; /_mock/request_tokens lists them"),
        ("x" * 5000, None, f"there is no request token '{'x' * 60}…'"),
        (None, "nobody", "there is no subscriber 'nobody'; name one by login or user id"),
        (None, "", "there is no subscriber ''"),
    ],
)
def test_what_is_not_there_is_named(sandbox, token, subscriber, says):
    token = asked(sandbox).token if token is None else token
    before = sandbox.state
    with pytest.raises(UnknownError) as told:
        authorize(sandbox, token, subscriber)
    assert str(told.value).startswith(says)
    assert sandbox.state is before


def test_the_code_of_no_token_is_not_there(sandbox):
    with pytest.raises(UnknownError):
        verifier_of(sandbox, sandbox.state.access_token.token)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (lambda sandbox, token: authorize(sandbox, token.token), "somebody has signed in and allowed it already"),
        (lambda sandbox, token: authorize(sandbox, token.token, deny=True), "it was denied"),
        (lambda sandbox, token: setattr(sandbox.clock, "offset", 900), "it was good for 900 seconds only"),
    ],
)
def test_a_token_that_is_over_is_a_conflict(sandbox, before, says):
    token = asked(sandbox)
    before(sandbox, token)
    state = sandbox.state
    with pytest.raises(ConflictError) as told:
        authorize(sandbox, token.token)
    assert f"cannot be decided on: {says}; let the client ask for another" in str(told.value)
    assert sandbox.state is state

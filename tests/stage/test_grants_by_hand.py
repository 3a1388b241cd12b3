"""Tokens and applications as a test gives them out and takes them back by hand."""

from __future__ import annotations

import pytest

from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.applications import change_standing, register
from mock_netflix.stage.tokens import expire, issue, revoke
from mock_netflix.world.grants import Standing
from tests.worlds import a_subscriber, a_world

EVE = a_subscriber("eve@example.com")


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(a_world().with_subscriber(EVE))


def now_of(sandbox, token):
    return sandbox.state.grants.access_tokens[token.token]


def test_a_token_is_for_the_ready_ones_and_lasts(sandbox):
    token = issue(sandbox)
    state = sandbox.state
    assert (token.user_id, token.consumer_key) == (state.subscriber.user_id, state.application.key)
    assert (now_of(sandbox, token), token.expires, token.revoked) == (token, None, False)


def test_a_token_for_somebody_else_ends_in_time(sandbox):
    ham = register(sandbox, "Ham")
    token = issue(sandbox, EVE.login, ham.key, expires_in=0)
    assert (token.user_id, token.consumer_key) == (EVE.user_id, ham.key)
    assert abs(token.expires - sandbox.clock.now()) <= 1


def test_the_ready_token_is_revoked_or_ended_where_none_is_named(sandbox):
    ready, other = sandbox.state.access_token, issue(sandbox)
    assert revoke(sandbox) == now_of(sandbox, ready)
    assert expire(sandbox).expires is not None
    assert now_of(sandbox, ready).revoked
    assert now_of(sandbox, other) == other
    assert revoke(sandbox, other.token).revoked


@pytest.mark.parametrize("change", [revoke, expire])
def test_no_token_is_changed_that_is_not_there(sandbox, change):
    before = sandbox.state
    with pytest.raises(UnknownError, match="there is no access token 'nobody'; /_mock/tokens lists them"):
        change(sandbox, "nobody")
    assert sandbox.state is before


@pytest.mark.parametrize("seconds", [-1, 10**9 + 1])
def test_a_token_for_a_time_that_cannot_be_is_not_given(sandbox, seconds):
    before = sandbox.state
    with pytest.raises(MockNetflixError, match="expires_in is in seconds, from 0 to 1000000000"):
        issue(sandbox, expires_in=seconds)
    assert sandbox.state is before


@pytest.mark.parametrize("who", [{"subscriber": "nobody"}, {"application": "nobody"}])
def test_no_token_is_given_to_whom_nobody_knows(sandbox, who):
    with pytest.raises(UnknownError, match="'nobody'; "):
        issue(sandbox, **who)


def test_an_application_has_the_key_and_secret_that_it_is_given(sandbox):
    ham = register(sandbox, " Ham & Eggs ", "ham", "s&cr%t")
    assert (ham.name, ham.key, ham.secret) == ("Ham & Eggs", "ham", "s&cr%t")
    assert sandbox.state.grants.applications["ham"] == ham
    made = register(sandbox, "Made", secret="known")
    assert (len(made.key), made.secret) == (24, "known")


def test_a_key_that_is_taken_stays_whose_it_is(sandbox):
    elsewhere = Sandbox(a_world())
    register(elsewhere, "Elsewhere", "taken")
    for key, others in ((sandbox.state.application.key, ()), ("taken", (elsewhere,))):
        with pytest.raises(ConflictError, match=f"the consumer key '{key}' is taken .*; choose another"):
            register(sandbox, "Ham", key, others=others)
    assert len(sandbox.state.grants.applications) == 1


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"name": ""}, "the name must be 1 to 200 printable characters"),
        ({"name": " "}, "the name must be"),
        ({"name": "a\nb"}, "the name must be"),
        ({"name": "x" * 201}, "the name must be"),
        ({"name": "Ham", "secret": ""}, "the secret must be"),
        ({"name": "Ham", "key": ""}, "the key must be 1 to 200 letters"),
        ({"name": "Ham", "key": ".."}, "the key must be"),
        ({"name": "Ham", "key": "a/b"}, "the key must be"),
        ({"name": "Ham", "key": "a\n"}, "the key must be"),
    ],
)
def test_an_application_that_cannot_be_is_not_registered(sandbox, told, says):
    before = sandbox.state
    with pytest.raises(MockNetflixError, match=says):
        register(sandbox, **told)
    assert sandbox.state is before


def test_the_ready_application_is_switched_off_where_none_is_named(sandbox):
    ham = register(sandbox, "Ham")
    assert change_standing(sandbox, None, Standing.INACTIVE).key == sandbox.state.application.key
    standings = {one.name: one.standing for one in sandbox.state.grants.applications.values()}
    assert standings == {sandbox.state.application.name: Standing.INACTIVE, ham.name: Standing.ACTIVE}
    with pytest.raises(UnknownError, match="no application has the consumer key 'nobody'"):
        change_standing(sandbox, "nobody", Standing.ACTIVE)

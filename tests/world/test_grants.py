"""Tokens from birth to death: who may redeem what, when, and how often."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mock_netflix.world.grants import (
    FEEDS,
    OUT_OF_BAND,
    AccessToken,
    Application,
    Grants,
    RequestToken,
    allow,
    deny,
    feed_token_of,
    find_request_token,
    issue_access_token,
    issue_request_token,
    redeem,
    register,
)
from mock_netflix.world.refusals import BadRequestToken
from mock_netflix.world.rules import Rules
from tests.worlds import NOW

SAM, KIM = "T1sam-", "T1kim-"
CALLBACK = "http://client.example/back"


@dataclass
class Ledger:
    """Grants that are changed step by step, and one request token in them."""

    grants: Grants
    application: Application
    token: RequestToken

    @property
    def current(self) -> RequestToken:
        return self.grants.request_tokens[self.token.token]

    def allowed(self) -> Ledger:
        self.grants = allow(self.grants, find_request_token(self.grants, self.token.token, NOW), SAM)
        return self

    def denied(self) -> Ledger:
        self.grants = deny(self.grants, find_request_token(self.grants, self.token.token, NOW))
        return self

    def redeem(self, verifier: str | None = None, now: int = NOW) -> AccessToken:
        self.grants, token = redeem(self.grants, self.current, verifier, now)
        return token


def a_request_token(callback: str | None = None) -> Ledger:
    grants, application = register(Grants("tests"), "Green Eggs")
    grants, token = issue_request_token(grants, application, callback, NOW)
    return Ledger(grants, application, token)


def test_an_application_gets_a_key_and_a_secret_or_keeps_its_own():
    grants, made = register(Grants("tests"), "Green Eggs")
    grants, given = register(grants, "Ham", "k" * 24, "s" * 10)
    assert (given.key, given.secret) == ("k" * 24, "s" * 10)
    assert grants.applications == {made.key: made, given.key: given}


def test_an_application_of_a_name_that_is_taken_gets_a_key_and_a_secret_of_its_own():
    grants, first = register(Grants("tests"), "Green Eggs")
    grants, second = register(grants, "Green Eggs")
    assert (first.key == second.key, first.secret == second.secret) == (False, False)
    assert list(grants.applications) == [first.key, second.key]


def test_an_allowed_token_is_redeemed_for_an_access_token_of_who_allowed_it():
    ledger = a_request_token().allowed()
    access = ledger.redeem()
    assert (access.user_id, access.consumer_key, access.revoked) == (SAM, ledger.application.key, False)
    assert ledger.grants.access_tokens[access.token] == access


def test_a_request_token_is_redeemed_once():
    ledger = a_request_token().allowed()
    ledger.redeem()
    with pytest.raises(BadRequestToken):
        ledger.redeem()


def test_a_token_that_nobody_decided_on_is_not_redeemed():
    with pytest.raises(BadRequestToken):
        a_request_token().redeem()


def test_a_denied_token_is_not_redeemed():
    with pytest.raises(BadRequestToken):
        a_request_token().denied().redeem()


@pytest.mark.parametrize("decide", [Ledger.allowed, Ledger.denied])
def test_a_decision_is_final(decide):
    ledger = decide(a_request_token())
    with pytest.raises(BadRequestToken):
        find_request_token(ledger.grants, ledger.token.token, NOW)


def test_a_token_that_was_never_given_out_is_refused():
    with pytest.raises(BadRequestToken):
        find_request_token(a_request_token().grants, "nobody", NOW)


def test_a_request_token_lives_for_a_quarter_of_an_hour():
    """A guess of the record (reference: protocol 3.2)."""
    assert Rules().request_token_lifetime == 900
    ledger = a_request_token()
    assert find_request_token(ledger.grants, ledger.token.token, NOW + 899) == ledger.token
    with pytest.raises(BadRequestToken):
        find_request_token(ledger.grants, ledger.token.token, NOW + 900)


def test_an_allowed_token_expires_as_well():
    with pytest.raises(BadRequestToken):
        a_request_token().allowed().redeem(now=NOW + 900)
    assert a_request_token().allowed().redeem(now=NOW + 899)


@pytest.mark.parametrize("verifier", [None, "", "wrong"])
def test_without_a_callback_no_verifier_is_asked_for(verifier):
    """OAuth 1.0, the flow of launch day (reference: protocol 3.2)."""
    assert a_request_token().allowed().redeem(verifier)


@pytest.mark.parametrize("callback", [OUT_OF_BAND, CALLBACK])
@pytest.mark.parametrize("verifier", [None, "", "wrong"])
def test_with_a_callback_only_its_own_verifier_will_do(callback, verifier):
    """OAuth 1.0a; a wrong one does not use the token up."""
    ledger = a_request_token(callback).allowed()
    with pytest.raises(BadRequestToken):
        ledger.redeem(verifier)
    assert ledger.redeem(ledger.token.verifier).user_id == SAM


def test_no_two_tokens_are_the_same():
    ledger = a_request_token()
    grants, other = issue_request_token(ledger.grants, ledger.application, None, NOW)
    for name in ("token", "secret", "verifier"):
        assert getattr(other, name) != getattr(ledger.token, name)
    assert set(grants.request_tokens) == {ledger.token.token, other.token}


def test_the_same_steps_give_the_same_tokens():
    assert a_request_token().allowed().redeem() == a_request_token().allowed().redeem()


def test_every_token_of_the_same_person_is_another_one():
    """What the record does not tell; two sign-ins can then be told apart."""
    grants, first = issue_access_token(Grants("tests"), "key", SAM)
    grants, second = issue_access_token(grants, "key", SAM)
    assert (first.token == second.token, first.secret == second.secret) == (False, False)
    assert set(grants.access_tokens) == {first.token, second.token}


def test_an_access_token_brings_a_token_for_each_of_the_twelve_feeds():
    grants, _ = issue_access_token(Grants("tests"), "key", SAM)
    assert [token.feed for token in grants.feed_tokens.values()] == list(FEEDS)
    assert len(grants.feed_tokens) == len(FEEDS) == 12
    assert all((token.consumer_key, token.user_id) == ("key", SAM) for token in grants.feed_tokens.values())


def test_the_tokens_of_feeds_outlive_a_second_sign_in():
    """A feed address in somebody's reader keeps working."""
    grants, _ = issue_access_token(Grants("tests"), "key", SAM)
    later, _ = issue_access_token(grants, "key", SAM)
    assert later.feed_tokens == grants.feed_tokens


def test_the_tokens_of_feeds_differ_by_feed_person_application_and_seed():
    grants = Grants("tests")
    others = [
        (grants, "key", SAM, "at_home"),
        (grants, "key", SAM, "ratings"),
        (grants, "key", KIM, "at_home"),
        (grants, "yek", SAM, "at_home"),
        (Grants("other"), "key", SAM, "at_home"),
    ]
    assert len({feed_token_of(*one) for one in others}) == 5

"""What is refused before any signature is looked at, told by the same codes: keys, tokens, timestamps, nonces."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from mock_netflix.world.grants import issue_access_token
from tests.clients import scenes
from tests.clients.mistaken import PLACES, QUERY, Keys, Request, Signer, sent, sent_with
from tests.conftest import Mock
from tests.web.diagnosed import explained, furnished, is_a_sentence, ruled

Spoil = Callable[[Mock, Keys, str], Request]

anywhere = pytest.mark.parametrize("place", PLACES)


def at(seconds: float) -> str:
    """A timestamp so far from now."""
    return str(int(time.time() + seconds))


def timed(timestamp: Callable[[], str]) -> Spoil:
    return lambda mock, keys, place: replace(scenes.account(keys, place), timestamp=timestamp())


def unknown_key(mock: Mock, keys: Keys, place: str) -> Request:
    return scenes.account(replace(keys, consumer=("nobodyskey", keys.consumer[1])), place)


def unknown_token(mock: Mock, keys: Keys, place: str) -> Request:
    return scenes.account(replace(keys, token=("T1nobodys", keys.token[1])), place)


def unknown_request_token(mock: Mock, keys: Keys, place: str) -> Request:
    return scenes.access_token(replace(keys, request_token=("nobodys", keys.request_token[1])), place)


def expired_token(mock: Mock, keys: Keys, place: str) -> Request:
    """The token came to its end in 1970."""
    grants = mock.state.grants
    expired = replace(grants.access_tokens[keys.token[0]], expires=1)
    tokens = {**grants.access_tokens, expired.token: expired}
    mock.sandbox.state = mock.state.with_grants(replace(grants, access_tokens=tokens))
    return scenes.account(keys, place)


def others_token(mock: Mock, keys: Keys, place: str) -> Request:
    grants, token = issue_access_token(mock.state.grants, keys.other[0], keys.user)
    mock.sandbox.state = mock.state.with_grants(grants)
    return scenes.account(replace(keys, token=(token.token, token.secret)), place)


def others_key(mock: Mock, keys: Keys, place: str) -> Request:
    """The token is one's own, and the key is not."""
    return scenes.account(replace(keys, consumer=keys.other), place)


# Code, status, words of the service, what is wrong.
FACTS: tuple[tuple[str, int, str, str, Spoil], ...] = (
    ("timestamp-skew", 401, "Timestamp Is Invalid", "an hour ago", timed(lambda: at(-3600))),
    ("timestamp-skew", 401, "Timestamp Is Invalid", "in an hour", timed(lambda: at(3600))),
    ("timestamp-skew", 401, "Timestamp Is Invalid", "in 1970", timed(lambda: "1")),
    ("unknown-consumer-key", 403, "Invalid Consumer Key", "nobody's key", unknown_key),
    ("unknown-token", 401, "Invalid Or Expired Token", "nobody's token", unknown_token),
    ("unknown-token", 401, "Invalid Or Expired Token", "nobody's request token", unknown_request_token),
    ("expired-token", 401, "Invalid Or Expired Token", "a token at its end", expired_token),
    ("token-of-other-application", 401, "Invalid Or Expired Token", "another application's token", others_token),
    ("token-of-other-application", 401, "Invalid Or Expired Token", "another application's key", others_key),
)

each = pytest.mark.parametrize(
    ("code", "status", "words", "what", "spoil"), FACTS, ids=[f"{code}: {what}" for code, _, _, what, _ in FACTS]
)


@each
@anywhere
def test_the_fact_is_told(mock, code, status, words, what, spoil, place):
    """The service says what it always said; the explanation says more."""
    request = spoil(mock, furnished(mock), place)
    before = mock.state
    answer = sent(Signer(request))
    told = explained(mock, answer)
    assert (answer.status, words in answer.text) == (status, True)
    assert (told["cause"], list(told["causes"])) == (code, [code])
    assert is_a_sentence(told["message"])
    assert mock.state is before


@pytest.mark.parametrize("seconds", [-300, 300])
def test_a_clock_that_is_a_little_off_is_accepted(mock, seconds):
    assert sent(Signer(replace(scenes.account(furnished(mock), QUERY), timestamp=at(seconds)))).status == 200


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1e9", "9" * 40, "٣"])
def test_a_timestamp_that_is_none_is_refused_as_one(mock, timestamp):
    answer = sent(Signer(replace(scenes.account(furnished(mock), QUERY), timestamp=timestamp)))
    assert (answer.status, "Timestamp Is Invalid" in answer.text) == (401, True)
    assert explained(mock, answer)["cause"] != "unexplained"


# Nonces: RFC 5849 section 3.3, where they are watched at all.


def watched(mock: Mock, place: str) -> Request:
    """A request in a world where no nonce may come twice."""
    keys = furnished(mock)
    ruled(mock, unique_nonces=True)
    return scenes.account(keys, place)


@anywhere
def test_a_nonce_may_come_again_by_default(mock, place):
    request = scenes.account(furnished(mock), place)
    assert [sent(Signer(request)).status for _ in range(3)] == [200, 200, 200]


@anywhere
def test_a_nonce_that_comes_again_is_told_with_the_request_that_had_it_first(mock, place):
    request = watched(mock, place)
    assert sent(Signer(request)).status == 200
    first = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"][-1]["number"]
    answer = sent(Signer(request))
    again = int(answer.headers["X-Mock-Netflix-Explain"].rpartition("/")[2])
    told = explained(mock, answer)
    assert (answer.status, "Invalid NONCE" in answer.text) == (401, True)
    assert (told["cause"], list(told["causes"])) == ("nonce-used", ["nonce-used"])
    assert told["first_request"] == first
    assert numbers(told["requests"]) == {first, again}
    assert is_a_sentence(told["message"])


def numbers(requests) -> set[int]:
    """Requests are told whole, or by their numbers."""
    return {one["number"] if isinstance(one, dict) else one for one in requests}


@anywhere
def test_a_third_request_with_the_nonce_leads_to_the_first_too(mock, place):
    request = watched(mock, place)
    answers = [sent(Signer(request)) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 401, 401]
    told = [explained(mock, answer)["first_request"] for answer in answers[1:]]
    assert told[0] == told[1]


@anywhere
def test_a_nonce_is_used_with_its_timestamp(mock, place):
    """With another timestamp it is a new one."""
    request = watched(mock, place)
    assert sent(Signer(request)).status == 200
    assert sent(Signer(replace(request, timestamp=at(-60)))).status == 200


def test_a_nonce_is_used_by_one_application(mock):
    request = replace(watched(mock, QUERY), path="/catalog/titles", token=None)
    others = replace(request, keys=replace(request.keys, consumer=request.keys.other))
    assert [sent(Signer(one)).status for one in (request, others)] == [200, 200]


def test_a_nonce_that_was_sent_with_a_wrong_signature_is_not_used(mock):
    request = watched(mock, QUERY)
    assert sent_with(request, "wrong").status == 401
    assert sent(Signer(request)).status == 200

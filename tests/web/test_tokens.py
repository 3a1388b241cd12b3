"""Access tokens and applications in the hands of a tester: made, brought to their end, taken back, switched off."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from mock_netflix.world import identifiers
from mock_netflix.world.grants import FEEDS, Application, allow, feed_token_of, find_request_token, register
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.diagnosed import explained, ruled
from tests.web.voices import headers, told

OVER = (401, "Invalid Or Expired Token")
REVOKED = (401, "Access Token Validation Failed")
MEMBERS = ["token", "secret", "consumer_key", "user_id", "revoked", "expires"]

Token = dict[str, Any]


def made(mock: Mock, **wanted: Any) -> Token:
    """A token that was asked for at the mock's own side."""
    answer = mock.http.post(f"{mock.url}/_mock/tokens", json=wanted)
    assert answer.status_code == 201, answer.text
    return answer.json()


def read(mock: Mock, token: Token, path: str = "/users/current", **more: Any) -> httpx.Response:
    """A read with this token, by the application it was given to."""
    application = mock.state.grants.applications[token["consumer_key"]]
    consumer = (application.key, application.secret)
    return mock.http.get(
        signed("GET", mock.url + path, more, consumer=consumer, token=(token["token"], token["secret"]))
    )


def ready(mock: Mock) -> Token:
    return mock.http.get(f"{mock.url}/_mock/tokens").json()["tokens"][0]


def revoke(mock: Mock, token: Token) -> httpx.Response:
    return mock.http.delete(f"{mock.url}/_mock/tokens/{token['token']}")


def let_expire(mock: Mock, token: Token) -> httpx.Response:
    return mock.http.post(f"{mock.url}/_mock/tokens/{token['token']}/expire")


def danced(mock: Mock) -> Token:
    """A token of the dance, in the shape of the others."""
    token, _ = mock.request_token()
    asked = find_request_token(mock.state.grants, token, mock.sandbox.clock.now())
    mock.sandbox.state = mock.state.with_grants(allow(mock.state.grants, asked, mock.state.subscriber.user_id))
    consumer, pair = (mock.application.key, mock.application.secret), (asked.token, asked.secret)
    url = signed("GET", f"{mock.url}/oauth/access_token", {"output": "json"}, consumer=consumer, token=pair)
    given = mock.http.get(url).json()["oauth_token"]
    return next(one for one in mock.http.get(f"{mock.url}/_mock/tokens").json()["tokens"] if one["token"] == given)


# Making them.


def test_the_ready_token_is_listed(mock):
    token = ready(mock)
    assert list(token) == MEMBERS
    assert (token["token"], token["secret"]) == (mock.state.access_token.token, mock.state.access_token.secret)
    assert (token["revoked"], token["expires"]) == (False, None)


@pytest.mark.parametrize("body", [b"", b"{}", b'{"subscriber": null, "consumer_key": null, "expires_in": null}'])
def test_a_token_is_for_the_ready_subscriber_and_application_and_lasts(mock, body):
    token = mock.http.post(f"{mock.url}/_mock/tokens", content=body).json()
    assert list(token) == MEMBERS
    assert token["user_id"] == mock.state.subscriber.user_id
    assert (token["consumer_key"], token["expires"]) == (mock.application.key, None)
    assert read(mock, token).status_code == 200
    assert token in mock.http.get(f"{mock.url}/_mock/tokens").json()["tokens"]


def test_every_token_is_another(mock):
    tokens = [made(mock) for _ in "abc"] + [ready(mock)]
    assert len({token["token"] for token in tokens}) == len({token["secret"] for token in tokens}) == 4
    assert [read(mock, token).status_code for token in tokens] == [200] * 4


def test_a_subscriber_is_named_by_login_or_by_id(mock):
    other = list(mock.state.subscribers.values())[1]
    for name in (other.login, other.user_id):
        token = made(mock, subscriber=name)
        assert token["user_id"] == other.user_id
        assert other.user_id in read(mock, token).text


def test_another_application_gets_tokens_of_its_own(mock):
    key = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Ham"}).json()["key"]
    token = made(mock, consumer_key=key)
    assert (token["consumer_key"], read(mock, token).status_code) == (key, 200)
    assert told(read(mock, {**token, "consumer_key": mock.application.key})) == OVER


def test_a_new_token_opens_the_feeds_too(mock):
    """Of a subscriber who had none before."""
    other = list(mock.state.subscribers.values())[1]
    made(mock, subscriber=other.login)
    token = feed_token_of(mock.state.grants, mock.application.key, other.user_id, "at_home")
    query = urlencode({"feed_token": token, "oauth_consumer_key": mock.application.key, "output": "atom"})
    assert mock.http.get(f"{mock.url}/users/{other.user_id}/at_home?{query}").status_code == 200


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (400, b"{", "truncated"),
        (400, b"\xff", "JSON is malformed"),
        (400, b'{"subscriber": "\xff"}', "not JSON"),
        (400, b"[]", "Expected `object`, got `array`"),
        (400, b"null", "Expected `object`, got `null`"),
        (400, b"[" * 100_000, "nested too deeply"),
        (400, b'{"user": "sam"}', "unknown field `user`"),
        (400, b'{"expires_in": "60"}', "$.expires_in"),
        (400, b'{"expires_in": true}', "$.expires_in"),
        (400, b'{"expires_in": 1.5}', "$.expires_in"),
        (400, b'{"expires_in": -1}', "Expected `int` >= 0 - at `$.expires_in`"),
        (400, b'{"expires_in": 1000000001}', "Expected `int` <= 1000000000"),
        (400, b'{"expires_in": 1' + b"0" * 400 + b"}", ""),
        (400, b'{"subscriber": 7}', "$.subscriber"),
        (404, b'{"subscriber": "nobody@example.com"}', "no subscriber 'nobody@example.com'"),
        (404, b'{"subscriber": ""}', "no subscriber ''"),
        (404, b'{"consumer_key": "nobody"}', "/_mock/applications"),
        (404, b'{"consumer_key": ""}', "/_mock/applications"),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_a_token_that_cannot_be_is_refused_in_a_sentence_and_none_is_made(mock, status, body, says):
    before = mock.state
    answer = mock.http.post(f"{mock.url}/_mock/tokens", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says in answer.json()["detail"]
    assert answer.json()["detail"].endswith(".")
    assert mock.state is before


# The end of their time.


def test_a_token_is_good_until_the_second_in_which_it_ends(still):
    token = made(still, expires_in=60)
    assert token["expires"] == still.sandbox.clock.now() + 60
    seen = []
    for seconds in (0, 59, 60, 61):
        still.sandbox.clock.offset = seconds
        seen.append(read(still, token).status_code)
    assert seen == [200, 200, 401, 401]


@pytest.mark.parametrize("path", ["/users/current", "/users/@me/rental_history", "/catalog/titles"])
@pytest.mark.parametrize("output", ["pox", "json"])
def test_an_expired_token_is_refused_by_the_gateway_wherever_it_comes_along(still, path, output):
    token = made(still, expires_in=0)
    answer = read(still, token, path, output=output)
    assert told(answer) == OVER
    assert headers(answer) == ("ERR_401_INVALID_OR_EXPIRED_TOKEN", OVER[1], None)


def test_the_reason_tells_since_when_it_is_over(still):
    token = made(still, expires_in=10)
    still.sandbox.clock.offset = 25
    explanation = explained(still, read(still, token))
    assert explanation["cause"] == "expired-token"
    assert explanation["message"].startswith("The access token expired 15 s ago.")


def test_an_expired_token_is_named_in_bare_text_at_the_token_calls(still):
    token = made(still, expires_in=0)
    answer = read(still, token, "/oauth/request_token")
    assert (answer.headers["content-type"].partition(";")[0], answer.text) == ("text/plain", OVER[1])


def test_the_real_tokens_did_not_expire(still):
    token = danced(still)
    still.sandbox.clock.offset = 10**9
    ruled(still, timestamp_window=10**9)
    assert (token["expires"], read(still, token).status_code) == (None, 200)


def test_the_rule_gives_tokens_an_end_from_then_on(still):
    before = made(still)
    assert still.http.patch(f"{still.url}/_mock/settings", json={"access_token_lifetime": 60}).status_code == 200
    now = still.sandbox.clock.now()
    assert [danced(still)["expires"], made(still)["expires"]] == [now + 60, now + 60]
    assert [made(still, expires_in=None)["expires"], made(still, expires_in=5)["expires"]] == [None, now + 5]
    still.sandbox.clock.offset = 60
    assert [read(still, one).status_code for one in (before, ready(still))] == [200, 200]


def test_a_token_can_be_brought_to_its_end_at_once(still):
    token = made(still)
    answer = let_expire(still, token)
    assert (answer.status_code, answer.json()) == (200, {**token, "expires": still.sandbox.clock.now()})
    assert told(read(still, token)) == OVER
    assert read(still, ready(still)).status_code == 200


def test_the_ready_token_can_end_as_any_other(still):
    let_expire(still, ready(still))
    assert told(still.get(still.user)) == OVER
    assert read(still, made(still)).status_code == 200


# Request tokens.


@pytest.mark.parametrize("lifetime", [0, 60, 900])
def test_a_request_token_is_good_until_the_second_in_which_it_ends(still, lifetime):
    ruled(still, request_token_lifetime=lifetime)
    for seconds, status in ((lifetime - 1, 200), (lifetime, 401)):
        token, _ = still.request_token()
        still.sandbox.clock.offset += seconds
        query = {"oauth_token": token, "oauth_consumer_key": still.application.key, "application_name": "Green Eggs"}
        assert still.http.get(f"{still.url}/oauth/login?{urlencode(query)}").status_code == status
        still.sandbox.clock.offset -= seconds


def test_an_allowed_request_token_must_be_changed_in_its_time(still):
    ruled(still, request_token_lifetime=60)
    token, secret = still.request_token()
    found = find_request_token(still.state.grants, token, still.sandbox.clock.now())
    still.sandbox.state = still.state.with_grants(allow(still.state.grants, found, still.state.subscriber.user_id))
    still.sandbox.clock.offset = 60
    consumer = (still.application.key, still.application.secret)
    url = signed("GET", f"{still.url}/oauth/access_token", {}, consumer=consumer, token=(token, secret))
    answer = still.http.get(url)
    assert told(answer) == (401, "Expired or bad request token")
    assert "60 seconds" in explained(still, answer)["reason"]
    still.sandbox.clock.offset = 59
    assert still.http.get(url).status_code == 200


# Taken back by the subscriber (protocol 5).


def test_a_revoked_token_fails_at_the_address_that_clients_probe(mock):
    token = made(mock)
    assert revoke(mock, token).json() == {**token, "revoked": True}
    for output in ("pox", "json"):
        answer = read(mock, token, mock.user, output=output)
        assert told(answer) == REVOKED
        assert headers(answer) == (None, None, None)


def test_a_token_is_revoked_for_good_and_no_other_with_it(mock):
    first, second = made(mock), made(mock)
    assert [revoke(mock, first).status_code for _ in "ab"] == [200, 200]
    assert [told(read(mock, first)), read(mock, second).status_code] == [REVOKED, 200]


def test_a_wrong_signature_goes_before_a_revoked_token(mock):
    token = made(mock)
    revoke(mock, token)
    assert told(read(mock, {**token, "secret": "wrong"})) == (401, "Invalid Signature")


def test_a_revoked_token_gives_access_to_nothing(mock):
    token = made(mock)
    revoke(mock, token)
    for path in ("/users", "/users/current", f"{mock.user}/queues/disc", f"{mock.user}/feeds", "/catalog/titles"):
        assert told(read(mock, token, path)) == REVOKED


def test_feeds_stay_open_when_a_token_is_revoked(mock):
    """The record tells of no end of a feed's token: each has one of its own, which is sent without the access token."""
    token = ready(mock)
    revoke(mock, token)
    assert told(mock.get(mock.user)) == REVOKED
    assert mock.feed("at_home", f"{mock.user}/at_home").status_code == 200
    assert mock.feed("reviews", f"{mock.user}/reviews").status_code == 200


def test_a_token_after_revocation_has_the_same_feeds(mock):
    revoke(mock, ready(mock))
    before = set(mock.state.grants.feed_tokens)
    feeds = read(mock, made(mock), f"{mock.user}/feeds")
    assert feeds.status_code == 200
    assert set(mock.state.grants.feed_tokens) == before
    assert sum(one in feeds.text for one in before) == len(FEEDS)


@pytest.mark.parametrize("token", ["nobody", "a%2Fb", "%FF", "a" * 5000], ids=lambda one: one[:10])
@pytest.mark.parametrize(("verb", "tail"), [("DELETE", ""), ("POST", "/expire")])
def test_a_token_that_there_is_not_is_told_so(mock, verb, tail, token):
    before = mock.state
    answer = mock.http.request(verb, f"{mock.url}/_mock/tokens/{token}{tail}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert mock.state is before


# The applications.


@pytest.mark.parametrize(
    ("standing", "said", "code"),
    [
        ("inactive", "Account Inactive", "ERR_403_DEVELOPER_INACTIVE"),
        ("unauthorized", "Not Authorized", "ERR_403_NOT_AUTHORIZED"),
    ],
)
def test_an_application_that_was_switched_off_may_call_nothing_until_it_is_switched_on(mock, standing, said, code):
    address = f"{mock.url}/_mock/applications/{mock.application.key}"
    answer = mock.http.patch(address, json={"standing": standing})
    assert (answer.status_code, answer.json()["standing"]) == (200, standing)
    refused = every_kind_of_call(mock)
    assert [told(one) for one in refused] == [(403, said)] * len(refused)
    assert {headers(one) for one in refused} == {(code, said, None)}
    assert refused[-1].headers["content-type"].startswith("text/plain")
    assert mock.http.patch(address, json={"standing": "active"}).json()["standing"] == "active"
    assert [one.status_code for one in every_kind_of_call(mock)] == [200] * len(refused)


def every_kind_of_call(mock: Mock) -> list[httpx.Response]:
    """With the key alone, signed, with a token, with a feed's token; at a token call last."""
    key = urlencode({"oauth_consumer_key": mock.application.key, "term": "love"})
    return [
        mock.http.get(f"{mock.url}/catalog/titles/autocomplete?{key}"),
        mock.http.get(f"{mock.url}/oauth/clock/time?{key}"),
        mock.get_as_application("/catalog/titles", output="json"),
        mock.get(mock.user),
        mock.feed("at_home", f"{mock.user}/at_home"),
        mock.get_as_application("/oauth/request_token"),
    ]


def test_only_the_application_that_is_named_is_switched_off(mock):
    other = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Ham"}).json()
    mock.http.patch(f"{mock.url}/_mock/applications/{other['key']}", json={"standing": "inactive"})
    assert mock.get(mock.user).status_code == 200
    listed = mock.http.get(f"{mock.url}/_mock/applications").json()["applications"]
    assert [one["name"] for one in listed if one["standing"] != "active"] == ["Ham"]


@pytest.mark.parametrize(
    ("status", "body"),
    [(400, {"standing": "off"}), (400, {}), (400, {"standing": None}), (400, {"name": "Ham"}), (400, ["active"])],
)
def test_another_standing_is_refused_and_changes_nothing(mock, status, body):
    before = mock.state
    answer = mock.http.patch(f"{mock.url}/_mock/applications/{mock.application.key}", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert mock.http.patch(f"{mock.url}/_mock/applications/nobody", json={"standing": "active"}).status_code == 404
    assert mock.state is before


# What was taken for a key or a token, and is something else.


def with_ham(mock: Mock) -> Application:
    grants, ham = register(mock.state.grants, "Ham")
    mock.sandbox.state = mock.state.with_grants(grants)
    return ham


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (lambda ham: ham.secret, 'it is the shared secret of "Ham"; its key is {key}'),
        (lambda ham: ham.name, "it is the name of an application; its key is {key}"),
        (lambda ham: ham.key.upper(), "differs from a key that there is only in blanks or capitals"),
        (lambda ham: f" {ham.key}\n", "differs from a key that there is only in blanks or capitals"),
        (lambda ham: "nobody", "No application has the consumer key nobody."),
    ],
)
def test_a_key_that_is_something_else_is_told_what_it_is(mock, key, says):
    ham = with_ham(mock)
    answer = mock.http.get(f"{mock.url}/catalog/titles?{urlencode({'oauth_consumer_key': key(ham)})}")
    assert told(answer) == (403, "Invalid Consumer Key")
    assert says.format(key=ham.key) in explained(mock, answer)["message"]


@pytest.mark.parametrize(
    ("token", "says"),
    [
        (lambda m: m.request_token()[0], "it is a request token"),
        (lambda m: m.state.subscriber.user_id, "it is a user id"),
        (lambda m: identifiers.user_id("nobody"), "it looks like a user id"),
        (lambda m: m.state.access_token.secret, "it is the secret of a token"),
        (lambda m: next(iter(m.state.grants.feed_tokens)), "it is a feed token, which is sent as feed_token, unsigned"),
        (lambda m: m.application.key, "it is a consumer key"),
        (lambda m: f"{m.state.access_token.token} ", "differs from a token that there is only in blanks"),
        (lambda m: "nobody", "or not since the mock was started"),
    ],
)
def test_a_token_that_is_something_else_is_told_what_it_is(mock, token, says):
    consumer = (mock.application.key, mock.application.secret)
    answer = mock.http.get(signed("GET", mock.url + mock.user, {}, consumer=consumer, token=(token(mock), "x")))
    assert told(answer) == OVER
    assert explained(mock, answer)["cause"] == "unknown-token"
    assert says in explained(mock, answer)["message"]


def test_an_access_token_is_not_changed_for_another(mock):
    token = (mock.state.access_token.token, mock.state.access_token.secret)
    consumer = (mock.application.key, mock.application.secret)
    answer = mock.http.get(signed("GET", f"{mock.url}/oauth/access_token", {}, consumer=consumer, token=token))
    assert (answer.status_code, answer.text) == OVER
    assert "it is an access token already" in explained(mock, answer)["message"]

"""Request tokens at the mock's own side: listed with their codes, and decided on without the page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from requests_oauthlib import OAuth1Session

from tests.conftest import Mock

CALLBACK = "http://client.example/back"
MEMBERS = [
    "token",
    "secret",
    "consumer_key",
    "application",
    "callback",
    "verifier",
    "decision",
    "user_id",
    "issued",
    "expires",
]


def authorize(mock: Mock, **wanted: object):
    return mock.http.post(f"{mock.url}/_mock/authorize", json=wanted)


def shown(mock: Mock, token: str) -> dict[str, object]:
    return mock.http.get(f"{mock.url}/_mock/request_tokens/{token}").json()


def client(mock: Mock) -> tuple[OAuth1Session, str]:
    """A client in the middle of the dance, and its request token."""
    session = OAuth1Session(mock.application.key, client_secret=mock.application.secret, callback_uri=CALLBACK)
    return session, session.fetch_request_token(f"{mock.url}/oauth/request_token")["oauth_token"]


def test_a_client_goes_on_with_what_it_is_told(mock):
    session, token = client(mock)
    told = authorize(mock, request_token=token).json()
    assert list(told) == ["oauth_verifier", "callback", "subscriber", "user_id"]
    assert (told["subscriber"], told["user_id"]) == (mock.state.subscriber.login, mock.state.subscriber.user_id)
    assert dict(parse_qsl(urlsplit(told["callback"]).query))["oauth_verifier"] == told["oauth_verifier"]
    session.parse_authorization_response(told["callback"])
    access = session.fetch_access_token(f"{mock.url}/oauth/access_token")
    assert access["user_id"] == told["user_id"]


def test_somebody_else_may_let_it_in(mock):
    other = list(mock.state.subscribers.values())[1]
    token, _ = mock.request_token("oob")
    told = authorize(mock, request_token=token, subscriber=other.user_id).json()
    assert (told["subscriber"], told["callback"]) == (other.login, None)
    assert shown(mock, token)["user_id"] == other.user_id


def test_who_denies_gives_nothing(mock):
    token, _ = mock.request_token("oob")
    told = authorize(mock, request_token=token, deny=True).json()
    assert told == {"oauth_verifier": None, "callback": None, "subscriber": None, "user_id": None}
    assert shown(mock, token)["decision"] == "denied"


def test_a_token_is_listed_with_what_became_of_it(still):
    token, secret = still.request_token(CALLBACK)
    listed = still.http.get(f"{still.url}/_mock/request_tokens").json()["request_tokens"]
    assert listed == [shown(still, token)]
    told, now = listed[0], still.sandbox.clock.now()
    assert list(told) == MEMBERS
    assert (told["token"], told["secret"], told["callback"]) == (token, secret, CALLBACK)
    assert (told["consumer_key"], told["application"]) == (still.application.key, still.application.name)
    assert (told["decision"], told["user_id"], told["issued"], told["expires"]) == ("pending", None, now, now + 900)


def test_the_code_that_a_person_would_read_is_there_for_a_test(mock):
    session, token = client(mock)
    authorize(mock, request_token=token)
    session._client.client.verifier = shown(mock, token)["verifier"]
    session.fetch_access_token(f"{mock.url}/oauth/access_token")
    assert shown(mock, token)["decision"] == "redeemed"


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (400, {}, "missing required field `request_token`"),
        (400, {"request_token": 7}, "$.request_token"),
        (400, {"request_token": "x", "deny": "yes"}, "$.deny"),
        (400, {"request_token": "x", "approve": True}, "unknown field `approve`"),
        (400, [], "Expected `object`"),
        (404, {"request_token": "nobody"}, "There is no request token 'nobody'; /_mock/request_tokens lists them."),
        (404, {"request_token": "", "deny": True}, "There is no request token ''"),
    ],
)
def test_what_cannot_be_decided_is_said_in_a_sentence(mock, status, body, says):
    before = mock.state
    answer = mock.http.post(f"{mock.url}/_mock/authorize", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert says.lower() in answer.json()["detail"].lower()
    assert mock.state is before


def test_a_token_is_decided_on_once(mock):
    token, _ = mock.request_token()
    assert authorize(mock, request_token=token, deny=True).status_code == 200
    again = authorize(mock, request_token=token)
    assert (again.status_code, "it was denied" in again.json()["detail"]) == (409, True)
    assert mock.http.get(f"{mock.url}/_mock/request_tokens/nobody").status_code == 404


def test_a_token_of_another_world_is_decided_on_there(mock):
    world = mock.http.post(f"{mock.url}/_mock/worlds").json()
    token, _ = mock.request_token()
    own = f"{mock.url}/_mock/worlds/{world['world']}"
    assert mock.http.post(f"{own}/authorize", json={"request_token": token}).status_code == 404
    assert mock.http.get(f"{own}/request_tokens").json() == {"request_tokens": []}
    mock.http.delete(own)

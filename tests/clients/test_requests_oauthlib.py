"""The whole dance with requests-oauthlib, wherever it puts the signature."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pytest
from requests import Response
from requests_oauthlib import OAuth1Session
from requests_oauthlib.oauth1_session import TokenRequestDenied

from tests.clients import account, consent

CALLBACK = "http://localhost:9/back?lang=en#done"


@pytest.fixture(params=["auth_header", "query", "body"])
def place(request):
    return request.param


def session(mock, place, token: Mapping[str, str] | None = None, **more: str) -> OAuth1Session:
    """A session of the ready application, with a token or without."""
    token = token or {}
    return OAuth1Session(
        mock.application.key,
        client_secret=mock.application.secret,
        resource_owner_key=token.get("oauth_token"),
        resource_owner_secret=token.get("oauth_token_secret"),
        signature_type=place,
        **more,
    )


def reading(mock, client: OAuth1Session, place: str) -> account.Get:
    """Reads as this client can: the library signs no GET that has a body, so that one tunnels through POST."""

    def get(path: str, **parameters: str) -> Response:
        if place == "body":
            return client.post(mock.url + path, data={**parameters, "method": "GET"})
        return client.get(mock.url + path, params=parameters)

    return get


def test_oauth_1_0_asks_for_no_verifier(mock, place):
    """The callback stands in the login URL; it is called back with the token alone."""
    token = session(mock, place).fetch_request_token(f"{mock.url}/oauth/request_token")
    assert list(token) == ["oauth_token", "oauth_token_secret", "application_name", "login_url"]
    address = consent.login_url(token, mock.application, oauth_callback=CALLBACK)
    led_back = consent.allow(mock.http, address, mock.state.subscriber)
    assert consent.query_of(led_back) == {"lang": "en", "oauth_token": token["oauth_token"]}
    answer = session(mock, place, token).post(f"{mock.url}/oauth/access_token")
    access = dict(parse_qsl(answer.text))
    assert list(access) == ["oauth_token", "user_id", "oauth_token_secret"]
    account.reads(reading(mock, session(mock, place, access), place), mock.state.subscribers[access["user_id"]])


def test_oauth_1_0a_calls_back_with_a_verifier(mock, place):
    """The callback came with the request token; it keeps its own query and fragment."""
    client = session(mock, place, callback_uri=CALLBACK)
    token = client.fetch_request_token(f"{mock.url}/oauth/request_token")
    assert token["oauth_callback_confirmed"] == "true"
    other = list(mock.state.subscribers.values())[1]
    led_back = consent.allow(mock.http, consent.login_url(token, mock.application), other)
    assert led_back.headers["location"].endswith("#done")
    client.parse_authorization_response(led_back.headers["location"])
    access = client.fetch_access_token(f"{mock.url}/oauth/access_token")
    assert access["user_id"] == other.user_id
    account.reads(reading(mock, client, place), other)


def test_oauth_1_0a_out_of_band_shows_a_code(mock, place):
    """Without an address to be led back to, the person carries the verifier over."""
    client = session(mock, place, callback_uri="oob")
    token = client.fetch_request_token(f"{mock.url}/oauth/request_token")
    page = consent.allow(mock.http, consent.login_url(token, mock.application), mock.state.subscriber)
    access = client.fetch_access_token(f"{mock.url}/oauth/access_token", verifier=consent.code_shown(page))
    assert access["user_id"] == mock.state.subscriber.user_id
    account.reads(reading(mock, client, place), mock.state.subscriber)


def test_token_calls_answer_in_json(mock, place):
    """`output=json` gives the members of the form as an object, in the same order."""
    asked = session(mock, place).post(f"{mock.url}/oauth/request_token", params={"output": "json"}).json()
    assert list(asked) == ["oauth_token", "oauth_token_secret", "application_name", "login_url"]
    consent.allow(mock.http, consent.login_url(asked, mock.application), mock.state.subscriber)
    answer = session(mock, place, asked).post(f"{mock.url}/oauth/access_token", params={"output": "json"})
    assert list(answer.json()) == ["oauth_token", "user_id", "oauth_token_secret"]
    assert answer.json()["user_id"] == mock.state.subscriber.user_id


def test_form_fields_are_covered_by_the_signature(mock, place):
    """A search sent as a POST with a form body: `method` says what is meant."""
    ready = mock.state.access_token
    client = session(mock, place, {"oauth_token": ready.token, "oauth_token_secret": ready.secret})
    fields = {"term": "naïve + 100% *~ & = ☃", "method": "GET", "start_index": "0"}
    assert account.document(client.post(f"{mock.url}/catalog/titles", data=fields)).tag == "catalog_titles"


def test_a_wrong_secret_is_told_in_bare_text(mock, place):
    """The library shows the whole body of the refusal."""
    client = OAuth1Session(mock.application.key, client_secret="wrong", signature_type=place)
    with pytest.raises(TokenRequestDenied, match="response was 'Invalid Signature'"):
        client.fetch_request_token(f"{mock.url}/oauth/request_token")


def test_a_wrong_verifier_gives_no_token(mock, place):
    client = session(mock, place, callback_uri="oob")
    token = client.fetch_request_token(f"{mock.url}/oauth/request_token")
    consent.allow(mock.http, consent.login_url(token, mock.application), mock.state.subscriber)
    with pytest.raises(TokenRequestDenied, match="Expired or bad request token"):
        client.fetch_access_token(f"{mock.url}/oauth/access_token", verifier="guessed")

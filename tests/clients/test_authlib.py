"""The whole dance with authlib, over requests and over httpx, wherever it puts the signature."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import pytest
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth1Session

from tests.clients import account, consent

with warnings.catch_warnings():
    # authlib would rather have httpx2.
    warnings.simplefilter("ignore")
    from authlib.integrations.httpx_client import OAuth1Client

CALLBACK = "http://localhost:9/back?lang=en"

# A client of the ready application: `client(token=…, redirect_uri=…)`.
Make = Callable[..., Any]


@pytest.fixture(params=["HEADER", "QUERY", "BODY"])
def place(request):
    return request.param


@pytest.fixture(params=[OAuth1Session, OAuth1Client], ids=["requests", "httpx"])
def client(mock, place, request):
    made = []

    def make(**more: Any) -> Any:
        given = {"client_secret": mock.application.secret, "signature_type": place, **more}
        one = request.param(mock.application.key, **given)
        made.append(one)
        return one

    yield make
    for one in made:
        one.close()


def holding(client: Make, token: dict[str, str]) -> Any:
    return client(token=token["oauth_token"], token_secret=token["oauth_token_secret"])


def reading(mock, client: Any) -> account.Get:
    """authlib signs a GET with a body as well, and so they are sent."""

    def get(path: str, **parameters: str) -> Any:
        return client.get(mock.url + path, params=parameters)

    return get


def test_oauth_1_0_asks_for_no_verifier(mock, client):
    """The callback stands in the login URL; it is called back with the token alone."""
    token = client().fetch_request_token(f"{mock.url}/oauth/request_token")
    assert list(token) == ["oauth_token", "oauth_token_secret", "application_name", "login_url"]
    address = consent.login_url(token, mock.application, oauth_callback=CALLBACK)
    led_back = consent.allow(mock.http, address, mock.state.subscriber)
    assert consent.query_of(led_back) == {"lang": "en", "oauth_token": token["oauth_token"]}
    answer = holding(client, token).get(f"{mock.url}/oauth/access_token")
    access = dict(parse_qsl(answer.text))
    assert access["user_id"] == mock.state.subscriber.user_id
    account.reads(reading(mock, holding(client, access)), mock.state.subscriber)


def test_oauth_1_0a_calls_back_with_a_verifier(mock, client):
    """authlib repeats the callback at the access token, which does no harm."""
    session = client(redirect_uri=CALLBACK)
    token = session.fetch_request_token(f"{mock.url}/oauth/request_token")
    assert token["oauth_callback_confirmed"] == "true"
    other = list(mock.state.subscribers.values())[1]
    led_back = consent.allow(mock.http, consent.login_url(token, mock.application), other)
    session.parse_authorization_response(led_back.headers["location"])
    session.auth.token_secret = token["oauth_token_secret"]
    access = session.fetch_access_token(f"{mock.url}/oauth/access_token", session.auth.verifier)
    assert access["user_id"] == other.user_id
    account.reads(reading(mock, session), other)


def test_oauth_1_0a_out_of_band_shows_a_code(mock, client):
    """The login URL is made by the library, which adds the callback to it once more."""
    session = client(redirect_uri="oob")
    token = session.fetch_request_token(f"{mock.url}/oauth/request_token")
    address = session.create_authorization_url(f"{mock.url}/oauth/login", oauth_consumer_key=mock.application.key)
    page = consent.allow(mock.http, address, mock.state.subscriber)
    access = session.fetch_access_token(f"{mock.url}/oauth/access_token", consent.code_shown(page))
    assert access["user_id"] == mock.state.subscriber.user_id
    assert access["oauth_token"] != token["oauth_token"]
    account.reads(reading(mock, session), mock.state.subscriber)


def test_token_calls_answer_in_json(mock, client):
    """authlib reads a token's answer as JSON where it looks like JSON."""
    session = client(redirect_uri="oob")
    token = session.fetch_request_token(f"{mock.url}/oauth/request_token?output=json")
    page = consent.allow(mock.http, consent.login_url(token, mock.application), mock.state.subscriber)
    code = consent.code_shown(page)
    access = session.fetch_access_token(f"{mock.url}/oauth/access_token?output=json", code)
    assert list(access) == ["oauth_token", "user_id", "oauth_token_secret"]
    account.reads(reading(mock, session), mock.state.subscriber)


def test_a_wrong_secret_is_told_in_bare_text(mock, client):
    """The library shows the whole body of the refusal."""
    session = client(client_secret="wrong")
    with pytest.raises(OAuthError, match="code 401, response was 'Invalid Signature'"):
        session.fetch_request_token(f"{mock.url}/oauth/request_token")

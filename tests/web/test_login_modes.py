"""Signing in without a person: the rule `login`, a subscriber who is named in the address, and what it all leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Page
from requests_oauthlib import OAuth1Session

from mock_netflix.stage.consent import authorize
from mock_netflix.world.grants import Decision
from tests.clients.consent import code_shown, login_url, query_of
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.diagnosed import ruled
from tests.web.voices import told

CALLBACK = "http://client.example/back?lang=en#done"


def address(mock: Mock, callback: str | None = None, **more: str) -> tuple[str, str]:
    """A fresh request token, and the address that its client leads a browser to."""
    token, _ = mock.request_token(callback)
    asked = {"oauth_consumer_key": mock.application.key, "application_name": mock.application.name, **more}
    return token, f"{mock.url}/oauth/login?{urlencode({'oauth_token': token, **asked})}"


def others(mock: Mock) -> Any:
    """A subscriber who is not the ready one."""
    return list(mock.state.subscribers.values())[1]


def of(mock: Mock, token: str) -> Any:
    return mock.state.grants.request_tokens[token]


def redeemed(mock: Mock, token: str, **more: str) -> httpx.Response:
    pair = (token, of(mock, token).secret)
    consumer = (mock.application.key, mock.application.secret)
    return mock.http.get(signed("GET", f"{mock.url}/oauth/access_token", more, consumer=consumer, token=pair))


def test_approved_at_once_the_browser_is_led_back_with_a_verifier(mock):
    ruled(mock, login="approve")
    token, url = address(mock, CALLBACK)
    answer = mock.http.get(url)
    assert (answer.status_code, answer.headers["location"].partition("#")[2]) == (302, "done")
    led_back = query_of(answer)
    assert led_back == {"lang": "en", "oauth_token": token, "oauth_verifier": of(mock, token).verifier}
    access = dict(parse_qsl(redeemed(mock, token, oauth_verifier=led_back["oauth_verifier"]).text))
    assert access["user_id"] == mock.state.subscriber.user_id


def test_in_oauth_1_0_it_is_led_back_with_the_token_alone(mock):
    ruled(mock, login="approve")
    token, url = address(mock, oauth_callback=CALLBACK)
    assert query_of(mock.http.get(url)) == {"lang": "en", "oauth_token": token}
    assert redeemed(mock, token).status_code == 200


@pytest.mark.parametrize("callback", ["oob", None])
def test_out_of_band_the_code_is_on_the_page_and_in_its_header(mock, callback):
    ruled(mock, login="approve")
    token, url = address(mock, callback)
    answer = mock.http.get(url)
    code = of(mock, token).verifier
    assert (answer.status_code, code_shown(answer), answer.headers["x-mock-netflix-verifier"]) == (200, code, code)
    assert redeemed(mock, token, oauth_verifier=code).status_code == 200


def test_a_script_gets_its_document(mock):
    ruled(mock, login="approve")
    token, url = address(mock, "oob", output="pox")
    answer = mock.http.get(url)
    assert "success" in answer.text
    assert answer.headers["x-mock-netflix-verifier"] == of(mock, token).verifier


def test_requests_oauthlib_dances_without_a_browser(mock):
    """It follows the redirect of the login address itself; nobody listens at the callback."""
    ruled(mock, login="approve")
    session = OAuth1Session(mock.application.key, client_secret=mock.application.secret, callback_uri=CALLBACK)
    token = session.fetch_request_token(f"{mock.url}/oauth/request_token")
    led_back = mock.http.get(login_url(token, mock.application)).headers["location"]
    session.parse_authorization_response(led_back)
    access = session.fetch_access_token(f"{mock.url}/oauth/access_token")
    assert access["user_id"] == mock.state.subscriber.user_id
    assert session.get(f"{mock.url}/users/@me").status_code == 200


def test_a_browser_that_a_client_sends_comes_back_to_it(mock: Mock, page: Page) -> None:
    """From a page of another site, as with every client on the web."""
    ruled(mock, login="approve")
    token, url = address(mock, "http://client.example/back")
    page.route("http://client.example/", lambda route: route.fulfill(content_type="text/html", body=link(url)))
    page.route("http://client.example/back?*", lambda route: route.fulfill(content_type="text/html", body="Welcome"))
    page.goto("http://client.example/")
    page.get_by_role("link").click()
    page.wait_for_url("http://client.example/back?*")
    assert dict(parse_qsl(urlsplit(page.url).query)) == {
        "oauth_token": token,
        "oauth_verifier": of(mock, token).verifier,
    }


def link(url: str) -> str:
    return f'<a href="{url.replace("&", "&amp;")}">Link my account</a>'


# Who it is.


@pytest.mark.parametrize("by", ["login", "user_id"])
def test_the_rule_names_who_lets_applications_in(mock, by):
    ruled(mock, login="approve", login_subscriber=getattr(others(mock), by))
    token, url = address(mock, "oob")
    mock.http.get(url)
    assert of(mock, token).user_id == others(mock).user_id


@pytest.mark.parametrize("mode", ["page", "approve"])
@pytest.mark.parametrize("by", ["login", "user_id"])
def test_the_address_names_who_it_is_this_time(mock, mode, by):
    ruled(mock, login=mode)
    token, url = address(mock, "oob", subscriber=getattr(others(mock), by))
    assert mock.http.get(url).status_code == 200
    assert of(mock, token).user_id == others(mock).user_id


@pytest.mark.parametrize("mode", ["page", "approve"])
def test_who_denies_in_the_address_is_denied(mock, mode):
    ruled(mock, login=mode)
    token, url = address(mock, CALLBACK, deny="true")
    assert query_of(mock.http.get(url))["oauth_problem"] == "user_refused"
    assert of(mock, token).decision is Decision.DENIED


def test_who_signs_in_even_so_is_not_somebody_else(mock):
    ruled(mock, login="approve")
    token, url = address(mock, "oob")
    form = {"login": others(mock).login, "password": "wrong"}
    assert told(mock.http.post(url, data=form)) == (401, "Authorization failed")
    assert of(mock, token).decision is Decision.PENDING
    mock.http.post(url, data={**form, "password": others(mock).password})
    assert of(mock, token).user_id == others(mock).user_id


@pytest.mark.parametrize("where", ["rule", "address"])
def test_nobody_is_signed_in_who_is_not_there(mock, where):
    ruled(mock, login="approve", login_subscriber="nobody" if where == "rule" else None)
    token, url = address(mock, "oob", **({"subscriber": "nobody"} if where == "address" else {}))
    answer = mock.http.get(url)
    assert told(answer) == (401, "Authorization failed")
    hints = mock.http.get(answer.headers["x-mock-netflix-explain"]).json()["hints"]
    assert hints == ["No sign-in: there is no subscriber 'nobody'; name one by login or user id."]
    assert of(mock, token).decision is Decision.PENDING


# Denied at once.


@pytest.mark.parametrize("more", [{}, {"subscriber": "sam@example.com"}, {"login": "sam@example.com", "password": "x"}])
def test_denied_at_once_whoever_it_is(mock, more):
    ruled(mock, login="deny")
    token, url = address(mock, CALLBACK, **more)
    assert query_of(mock.http.get(url)) == {"lang": "en", "oauth_token": token, "oauth_problem": "user_refused"}
    assert redeemed(mock, token).status_code == 401


def test_denied_out_of_band_a_page_says_so(mock):
    ruled(mock, login="deny")
    token, url = address(mock, "oob")
    assert "was not linked" in mock.http.get(url).text
    again, url = address(mock, "oob", output="pox")
    assert told(mock.http.get(url)) == (401, "Authorization failed")
    assert [of(mock, one).decision for one in (token, again)] == [Decision.DENIED] * 2


# What stays before it.


@pytest.mark.parametrize("mode", ["approve", "deny"])
@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"application_name": None}, (400, "application_name is missing")),
        ({"application_name": "Red Ham"}, (401, "Application name mismatch")),
        ({"oauth_consumer_key": "nobody"}, (401, "Missing Required Consumer Key")),
        ({"oauth_token": "nobody"}, (401, "Expired or bad request token")),
        ({"oauth_callback": "javascript:alert(1)"}, (400, "oauth_callback is invalid")),
    ],
)
def test_what_is_wrong_with_the_address_is_refused_in_every_mode(mock, mode, changed, refusal):
    ruled(mock, login=mode)
    token, url = address(mock)
    asked = {**dict(parse_qsl(urlsplit(url).query)), **changed}
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    assert told(mock.http.get(f"{mock.url}/oauth/login?{query}")) == refusal
    assert of(mock, token).decision is Decision.PENDING


@pytest.mark.parametrize("mode", ["approve", "deny"])
def test_who_only_looks_decides_nothing(mock, mode):
    ruled(mock, login=mode)
    token, url = address(mock)
    assert mock.http.head(url).status_code == 200
    assert of(mock, token).decision is Decision.PENDING


def test_a_token_is_decided_on_once_in_every_mode(mock):
    ruled(mock, login="approve")
    _, url = address(mock)
    assert [mock.http.get(url).status_code for _ in "ab"] == [200, 401]


# Decided beforehand.


def test_what_was_decided_beforehand_the_page_only_tells(mock):
    token, url = address(mock, CALLBACK)
    authorize(mock.sandbox, token, others(mock).login)
    for _ in "ab":
        assert query_of(mock.http.get(url))["oauth_verifier"] == of(mock, token).verifier
    assert of(mock, token).user_id == others(mock).user_id
    assert redeemed(mock, token, oauth_verifier=of(mock, token).verifier).status_code == 200
    assert told(mock.http.get(url)) == (401, "Expired or bad request token")


@pytest.mark.parametrize("mode", ["page", "approve"])
def test_a_denial_beforehand_stays_one(mock, mode):
    ruled(mock, login=mode)
    token, url = address(mock, CALLBACK)
    authorize(mock.sandbox, token, deny=True)
    assert query_of(mock.http.get(url))["oauth_problem"] == "user_refused"
    mock.sandbox.clock.offset += 900
    assert told(mock.http.get(url)) == (401, "Expired or bad request token")


def test_a_subscriber_who_is_gone_meanwhile_is_told_as_that(mock):
    token, url = address(mock, "oob")
    authorize(mock.sandbox, token, others(mock).login)
    subscribers = dict(mock.state.subscribers)
    del subscribers[others(mock).user_id]
    mock.sandbox.state = replace(mock.state, subscribers=subscribers)
    assert told(mock.http.get(url)) == (401, "Authorization failed")


@pytest.mark.parametrize("word", ["false", "0", "No"])
def test_who_says_no_to_denying_does_not_deny(mock, word):
    ruled(mock, login="approve")
    _, url = address(mock, CALLBACK, deny=word)
    assert "oauth_verifier=" in mock.http.get(url).headers["location"]

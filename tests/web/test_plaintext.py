"""The signature method PLAINTEXT (RFC 5849 section 3.4.4): taken over TLS, or where the rule says so."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from authlib.integrations.requests_client import OAuth1Session as AuthlibSession
from requests_oauthlib import OAuth1Session

from mock_netflix.oauth.levels import Level
from tests.clients import account, consent
from tests.clients.signer import authorization, encode
from tests.conftest import Mock
from tests.resources.in_process import Api
from tests.web.diagnosed import explained, ruled
from tests.web.voices import headers, told

NOT_HERE = (400, "Unsupported Signature Method")
WRONG = (401, "Invalid Signature")
CATALOG = "/catalog/titles"
places = pytest.mark.parametrize("place", ["query", "header", "body"])


@pytest.fixture
def plain(mock: Mock) -> Mock:
    ruled(mock, plaintext=True)
    return mock


def key_of(consumer_secret: str, token_secret: str = "") -> str:
    """The signature, which is the key."""
    return f"{encode(consumer_secret)}&{encode(token_secret)}"


def pairs_for(mock: Mock, *, user: bool = True, **changed: str | None) -> dict[str, str]:
    """The least that PLAINTEXT needs; None leaves a parameter out."""
    token = mock.state.access_token
    given = {
        "oauth_consumer_key": mock.application.key,
        "oauth_signature_method": "PLAINTEXT",
        "oauth_signature": key_of(mock.application.secret, token.secret if user else ""),
        **({"oauth_token": token.token} if user else {}),
        **changed,
    }
    return {name: value for name, value in given.items() if value is not None}


def sent(mock: Mock, path: str, pairs: dict[str, str], place: str = "query", **more: Any) -> httpx.Response:
    """A call with the protocol parameters in one place and all others in the query; a form is tunnelled."""
    if place == "header":
        header = {"Authorization": authorization(pairs.items(), realm="")}
        return mock.http.get(f"{mock.url}{path}?{urlencode(more)}", headers=header)
    if place == "body":
        return mock.http.post(f"{mock.url}{path}?{urlencode(more)}", data={**pairs, "method": "GET"})
    return mock.http.get(f"{mock.url}{path}?{urlencode({**more, **pairs})}")


@places
def test_by_default_it_is_refused_without_tls(mock, place):
    for path, output in ((mock.user, "pox"), (mock.user, "json"), ("/oauth/access_token", "pox")):
        answer = sent(mock, path, pairs_for(mock), place, output=output)
        assert told(answer) == NOT_HERE
        assert headers(answer) == ("ERR_400_UNSUPPORTED_SIGNATURE_METHOD", NOT_HERE[1], None)


def test_the_refusal_tells_of_the_rule(mock):
    explanation = explained(mock, sent(mock, mock.user, pairs_for(mock)))
    assert explanation["message"].startswith("PLAINTEXT is taken over TLS only.")
    assert "serve --set plaintext=true" in explanation["fix"]


@places
@pytest.mark.parametrize("output", ["pox", "json"])
def test_with_the_rule_it_is_taken_wherever_it_stands(plain, place, output):
    answer = sent(plain, plain.user, pairs_for(plain), place, output=output)
    assert (answer.status_code, plain.state.subscriber.user_id in answer.text) == (200, True)
    assert sent(plain, CATALOG, pairs_for(plain, user=False), place, term="love").status_code == 200


def test_it_needs_neither_nonce_nor_timestamp_but_may_have_them(plain):
    """RFC 5849 section 3.1."""
    now = str(plain.sandbox.clock.now())
    for more in ({}, {"oauth_nonce": ""}, {"oauth_timestamp": ""}, {"oauth_nonce": "a", "oauth_timestamp": now}):
        assert sent(plain, plain.user, pairs_for(plain, **more)).status_code == 200


def test_a_timestamp_that_comes_along_must_be_right(plain):
    for timestamp in ("1000", "now"):
        answer = sent(plain, plain.user, pairs_for(plain, oauth_timestamp=timestamp))
        assert told(answer) == (401, "Timestamp Is Invalid")


def test_a_nonce_that_comes_along_may_come_again(plain):
    """Only signatures of a base string cover one (RFC 5849 section 3.2)."""
    ruled(plain, plaintext=True, unique_nonces=True)
    pairs = pairs_for(plain, oauth_nonce="a", oauth_timestamp=str(plain.sandbox.clock.now()))
    assert [sent(plain, plain.user, pairs).status_code for _ in "abc"] == [200] * 3


def test_hmac_needs_its_nonce_all_the_same(plain):
    answer = sent(plain, CATALOG, pairs_for(plain, user=False, oauth_signature_method="HMAC-SHA1"))
    assert told(answer) == (401, "Invalid NONCE")


def test_the_key_of_the_request_token_opens_the_access_token(plain):
    """The whole dance, with nothing but secrets."""
    asked = sent(plain, "/oauth/request_token", pairs_for(plain, user=False), output="json").json()
    consent.allow(plain.http, consent.login_url(asked, plain.application), plain.state.subscriber)
    signature = key_of(plain.application.secret, asked["oauth_token_secret"])
    pairs = pairs_for(plain, oauth_token=asked["oauth_token"], oauth_signature=signature)
    access = sent(plain, "/oauth/access_token", pairs, output="json").json()
    signature = key_of(plain.application.secret, access["oauth_token_secret"])
    pairs = pairs_for(plain, oauth_token=access["oauth_token"], oauth_signature=signature)
    assert plain.state.subscriber.user_id in sent(plain, plain.user, pairs).text


# Of the consumer's secret and the token's.
WRONG_KEYS = {
    "without the token's": lambda secret, token: key_of(secret),
    "without ampersand": lambda secret, token: secret + token,
    "swapped": lambda secret, token: key_of(token, secret),
    "another secret": lambda secret, token: key_of("wrong", token),
    "in capitals": lambda secret, token: key_of(secret, token).upper(),
    "with a blank": lambda secret, token: f"{key_of(secret, token)} ",
    "encoded once more": lambda secret, token: encode(key_of(secret, token)),
    "no letters of ASCII": lambda secret, token: "é&☃",
    "long": lambda secret, token: "x" * 20_000,
}


@pytest.mark.parametrize("wrong", WRONG_KEYS)
def test_another_key_is_refused_in_both_voices(plain, wrong):
    """What is explained of it has the key that it should be."""
    signature = WRONG_KEYS[wrong](plain.application.secret, plain.state.access_token.secret)
    for output in ("pox", "json"):
        answer = sent(plain, plain.user, pairs_for(plain, oauth_signature=signature), output=output)
        assert told(answer) == WRONG
        assert headers(answer)[0] == "ERR_401_INVALID_SIGNATURE"
    explanation = explained(plain, answer)
    right = key_of(plain.application.secret, plain.state.access_token.secret)
    assert (explanation["expected_signature"], explanation["received_signature"]) == (right, signature)
    bare = sent(plain, "/oauth/request_token", pairs_for(plain, oauth_signature=signature))
    assert (bare.status_code, bare.text) == WRONG


def test_a_token_secret_that_was_left_out_is_named(plain):
    pairs = pairs_for(plain, oauth_signature=key_of(plain.application.secret))
    assert explained(plain, sent(plain, plain.user, pairs))["causes"] == ["token-secret-omitted"]


def test_a_key_that_was_encoded_twice_is_named(plain):
    right = key_of(plain.application.secret, plain.state.access_token.secret).replace("&", "%26")
    answer = sent(plain, plain.user, pairs_for(plain, oauth_signature=right))
    assert explained(plain, answer)["causes"] == ["signature-encoded-twice"]


def test_a_wrong_secret_is_explained_in_words_of_plaintext(plain):
    """Nothing is said of base strings or of base64, for there are none."""
    explanation = explained(plain, sent(plain, plain.user, pairs_for(plain, oauth_signature="wrong&wrong")))
    assert (explanation["cause"], "PLAINTEXT" in explanation["message"]) == ("unexplained", True)
    assert "base" not in explanation["message"]
    assert "base_string" not in explanation


def test_it_has_no_port_to_leave_out(plain):
    """With a wrong key nothing is forgiven, and with the right one there is nothing to forgive."""
    answer = sent(plain, plain.user, pairs_for(plain))
    assert "X-Mock-Netflix-Warning" not in answer.headers
    ruled(plain, plaintext=True, port_may_be_left_out=False)
    assert sent(plain, plain.user, pairs_for(plain)).status_code == 200


@pytest.mark.parametrize("method", ["plaintext", "PLAINTEXT ", "PLAIN", "RSA-SHA1", "hmac-sha1", "HMAC-SHA256", ""])
def test_other_methods_stay_refused(plain, method):
    assert told(sent(plain, plain.user, pairs_for(plain, oauth_signature_method=method))) == NOT_HERE


def test_an_empty_signature_is_none(plain):
    assert told(sent(plain, plain.user, pairs_for(plain, oauth_signature=""))) == WRONG
    assert told(sent(plain, plain.user, pairs_for(plain, oauth_signature=None))) == WRONG


@pytest.mark.parametrize("place", ["auth_header", "query", "body"])
def test_requests_oauthlib_signs_so(plain, monkeypatch, place):
    monkeypatch.setenv("NO_PROXY", "*")
    client = OAuth1Session(
        plain.application.key,
        client_secret=plain.application.secret,
        resource_owner_key=plain.state.access_token.token,
        resource_owner_secret=plain.state.access_token.secret,
        signature_method="PLAINTEXT",
        signature_type=place,
    )

    def get(path: str, **parameters: str) -> Any:
        if place == "body":
            return client.post(plain.url + path, data={**parameters, "method": "GET"})
        return client.get(plain.url + path, params=parameters)

    account.reads(get, plain.state.subscriber)


@pytest.mark.parametrize("place", ["HEADER", "QUERY"])
def test_authlib_signs_so(plain, monkeypatch, place):
    monkeypatch.setenv("NO_PROXY", "*")
    client = AuthlibSession(
        plain.application.key,
        client_secret=plain.application.secret,
        token=plain.state.access_token.token,
        token_secret=plain.state.access_token.secret,
        signature_method="PLAINTEXT",
        signature_type=place,
    )
    account.reads(lambda path, **more: client.get(plain.url + path, params=more), plain.state.subscriber)
    client.close()


# Over TLS, which something in front of the mock ends.


def over_tls(scheme: str, **changed: str) -> httpx.Response:
    """A read in process, under an address of this scheme."""
    api = Api(base=f"{scheme}://mock.example")
    token, secret = api.token_for(Level.PROTECTED)
    pairs = {
        "oauth_consumer_key": api.consumer[0],
        "oauth_token": token,
        "oauth_signature_method": "PLAINTEXT",
        "oauth_signature": key_of(api.consumer[1], secret),
        **changed,
    }
    return api.unsigned("GET", api.user, pairs)


def test_over_tls_it_is_taken_by_default():
    answer = over_tls("https")
    assert answer.status_code == 200
    assert "https://mock.example/users/" in answer.text
    assert told(over_tls("https", oauth_signature="wrong&")) == WRONG
    assert told(over_tls("http")) == NOT_HERE

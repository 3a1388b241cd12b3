"""What `mock-netflix env` has set in a shell is what the commands there sign with, unless they are told otherwise."""

from __future__ import annotations

import json

import pytest

from mock_netflix.data.load import load
from tests.clients import signer
from tests.faces.commands import called

STATE = load()
NOWHERE = ("--base-url", "http://127.0.0.1:9")
AMBIENT = {
    "MOCK_NETFLIX_CONSUMER_KEY": "ambient-key",
    "MOCK_NETFLIX_CONSUMER_SECRET": "ambient-secret",
    "MOCK_NETFLIX_TOKEN": "ambient-token",
    "MOCK_NETFLIX_TOKEN_SECRET": "ambient-token-secret",
}
Pair = tuple[str, str]
Who = tuple[Pair, Pair]
READY = STATE.application.key, STATE.application.secret
READY_TOKEN = STATE.access_token.token, STATE.access_token.secret
KEY, TOKEN = ("ambient-key", "ambient-secret"), ("ambient-token", "ambient-token-secret")
MINE, NONE = ("mine", "s"), ("", "")


def signed_by(expected: Who, *words: str, address: str = "/users/@me", **environment: str) -> bool:
    """Whether a request is signed by this consumer and token, each a key and its secret."""
    told = json.loads(called("sign", *NOWHERE, *words, "GET", address, "--json", **{**AMBIENT, **environment}).out)
    said = told["oauth_parameters"]
    (key, secret), (token, token_secret) = expected
    signature = signer.hmac_sha1(told["base_string"], secret, token_secret)
    return (said["oauth_consumer_key"], said.get("oauth_token", "")) == (key, token) and told["signature"] == signature


def test_a_request_is_signed_with_them():
    assert signed_by((KEY, TOKEN))


@pytest.mark.parametrize("path", ["/oauth/request_token", "/oauth/request_token/"])
def test_where_a_client_has_no_token_yet_it_is_left_out(path):
    assert signed_by((KEY, NONE), address=path)


SAID = {
    "no token": (("--no-token",), (KEY, NONE)),
    "another token": (("--token", READY_TOKEN[0]), (KEY, READY_TOKEN)),
    "another token and its secret": (("--token", "mine", "--token-secret", "s"), (KEY, MINE)),
    "another key": (("--consumer-key", READY[0]), (READY, READY_TOKEN)),
    "another key and its secret": (("--consumer-key", "mine", "--consumer-secret", "s"), (MINE, NONE)),
    "another secret alone": (("--consumer-secret", "s"), ((KEY[0], "s"), TOKEN)),
}


@pytest.mark.parametrize(("words", "expected"), SAID.values(), ids=SAID)
def test_what_is_said_on_the_command_line_is_not_mixed_with_them(words, expected):
    assert signed_by(expected, *words)


def test_a_token_said_counts_where_the_environment_says_to_sign_without_one():
    assert signed_by((KEY, MINE), "--token", "mine", "--token-secret", "s", MOCK_NETFLIX_NO_TOKEN="1")


def test_a_pasted_request_of_another_key_is_not_judged_with_their_secrets():
    url = json.loads(called("sign", *NOWHERE, "GET", "/users/@me", "--json").out)["url"]
    explained = json.loads(called("explain", *NOWHERE, url, "--json", **AMBIENT).out)
    assert explained == json.loads(called("explain", *NOWHERE, url, "--json").out)


def test_a_pasted_request_of_theirs_is():
    url = json.loads(called("sign", *NOWHERE, "GET", "/users/@me", "--json", **AMBIENT).out)["url"]
    assert json.loads(called("explain", *NOWHERE, url, "--json", **AMBIENT).out)["holds"] is True

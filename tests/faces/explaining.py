"""What the tests of `mock-netflix explain` ask, and of what."""

from __future__ import annotations

import json

from mock_netflix.data.load import load
from tests.clients import signer
from tests.faces.commands import called, refused

NOWHERE = "http://127.0.0.1:9"
ADDRESS = "http://127.0.0.1:2008/catalog/titles"
STATE = load()
CONSUMER = (STATE.application.key, STATE.application.secret)
TOKEN = (STATE.access_token.token, STATE.access_token.secret)
NARROW = {"COLUMNS": "80", "MOCK_NETFLIX_BASE_URL": NOWHERE}


def signed(plain=(), address=ADDRESS, verb="GET", token=TOKEN, **more) -> str:
    return signer.signed(verb, address, plain, consumer=CONSUMER, token=token, **more)


def said(*words: str) -> str:
    """What is printed, on a terminal of 80 columns and without a server."""
    return called("explain", *words, **NARROW).out


def told(*words: str) -> dict:
    """The members of --json."""
    return json.loads(called("explain", "--json", *words, **NARROW).out)


def no(*words: str) -> str:
    return refused("explain", *words, **NARROW)


def base_of(url: str) -> str:
    return told(url)["base_string"]


def cause(*words: str) -> str:
    return told(*words)["explanation"]["cause"]


def with_secret(text: str, secret: str = TOKEN[1]) -> str:
    """The signature of a base string."""
    return signer.hmac_sha1(text, CONSUMER[1], secret)


def without_token_secret(url: str) -> str:
    """The same address, signed without the secret of the token."""
    right, wrong = with_secret(base_of(url)), with_secret(base_of(url), "")
    return url.replace(signer.encode(right), signer.encode(wrong))

"""Every mistake that people make when they sign is made, and is found (RFC 5849 section 3.4)."""

from __future__ import annotations

import base64
import random
from dataclasses import replace

import pytest

from tests.clients import scenes
from tests.clients.mistake_table import MISTAKES, NEAR, Mistake
from tests.clients.mistaken import PLACES, QUERY, Keys, Request, Signer, sent, sent_with, signing
from tests.conftest import Mock
from tests.web.diagnosed import explained, furnished, is_a_sentence, ruled

UNEXPLAINED = "unexplained"
MADE = [(row, place) for row in MISTAKES for place in row.places]

each = pytest.mark.parametrize("row", MISTAKES, ids=lambda row: f"{row.code}: {row.what}")
each_in_its_places = pytest.mark.parametrize(
    ("row", "place"), MADE, ids=[f"{row.code}: {row.what}, {place}" for row, place in MADE]
)
anywhere = pytest.mark.parametrize("place", PLACES)


def made(mock: Mock, row: Mistake, place: str) -> Signer:
    """The client that makes this mistake, in a world where it is one."""
    keys = furnished(mock)
    if row.strict:
        ruled(mock, port_may_be_left_out=False)
    return signing(row.scene(keys, place), row.mixin)


# The client itself: what is refused is refused for its mistake alone.


@each_in_its_places
def test_without_the_mistake_the_request_is_accepted(mock, row, place):
    assert sent(Signer(row.scene(furnished(mock), place))).status == 200


@each_in_its_places
def test_with_the_mistake_the_request_is_refused(mock, row, place):
    """And the world is as it was: the very same."""
    signer = made(mock, row, place)
    before = mock.state
    answer = sent(signer)
    assert answer.status == 401
    assert "Invalid Signature" in answer.text
    assert mock.state is before


# What is told.


@each_in_its_places
def test_the_mistake_is_found(mock, row, place):
    told = explained(mock, sent(made(mock, row, place)))
    assert (told["cause"], list(told["causes"])) == (row.code, [row.code])


@each_in_its_places
def test_the_evidence_is_that_of_the_request_signed_right(mock, row, place):
    """The base string, the signature expected and the one received; and the one expected is accepted."""
    signer = made(mock, row, place)
    told, right = explained(mock, sent(signer)), Signer(signer.request)
    assert told["base_string"] == right.base_string()
    assert told["expected_signature"] == right.signature()
    assert told["received_signature"] == signer.received()
    assert sent_with(signer.request, told["expected_signature"]).status == 200


@each
def test_the_message_says_what_to_do(mock, row):
    assert is_a_sentence(explained(mock, sent(made(mock, row, row.places[0])))["message"])


@pytest.mark.parametrize(
    "left_out", [row for row in MISTAKES if row.code == "parameter-not-signed"], ids=lambda r: r.what
)
def test_the_message_names_the_parameter_that_is_not_signed(mock, left_out):
    assert left_out.what in explained(mock, sent(made(mock, left_out, QUERY)))["message"]


def test_no_two_mistakes_have_one_message(mock):
    """A sentence for all would help nobody."""
    one_of_each = {row.code: row for row in MISTAKES}.values()
    messages = {row.code: explained(mock, sent(made(mock, row, row.places[0])))["message"] for row in one_of_each}
    assert len(set(messages.values())) == len(messages)


@anywhere
def test_a_port_that_is_left_out_is_let_pass_with_a_warning(mock, place):
    """By default; the real clients had no port to think of."""
    no_port = next(row for row in MISTAKES if row.strict)
    answer = sent(signing(no_port.scene(furnished(mock), place), no_port.mixin))
    assert answer.status == 200
    assert answer.headers["X-Mock-Netflix-Warning"].startswith("wrong-port")


@anywhere
def test_a_request_signed_right_is_not_warned_of(mock, place):
    answer = sent(Signer(scenes.account(furnished(mock), place)))
    assert answer.headers["X-Mock-Netflix-Warning"] is None


# What is not told: a guess.


@pytest.mark.parametrize("row", NEAR, ids=lambda row: row.what)
@anywhere
def test_what_has_no_row_is_found_by_its_own_code_or_by_none(mock, row, place):
    told = explained(mock, sent(made(mock, row, place)))
    assert told["cause"] in (row.code, UNEXPLAINED)


def claims_nothing(told) -> bool:
    """No code but the one that says so, and in words too."""
    said = set(told["message"].lower().replace(",", " ").replace(".", " ").replace(":", " ").split())
    admits = said & {"no", "none", "not", "nothing", "neither", "unexplained", "cannot"}
    return told["cause"] == UNEXPLAINED and set(told["causes"]) <= {UNEXPLAINED} and bool(admits)


def at_random(chance: random.Random) -> str:
    """A signature like any other."""
    return base64.b64encode(chance.randbytes(20)).decode()


ODD_SIGNATURES = ("x", "A" * 28, "=" * 28, "0" * 40, "0" * 64, "&", "a&b", "x" * 5000, "☃", "%2B", "a b", "null")


@pytest.mark.parametrize("scene", [scenes.account, scenes.search, scenes.split, scenes.request_token])
@anywhere
def test_a_signature_at_random_is_not_explained(mock, scene, place):
    request, chance = scene(furnished(mock), place), random.Random(1849)
    for signature in [*ODD_SIGNATURES, *(at_random(chance) for _ in range(5))]:
        told = explained(mock, sent_with(request, signature))
        assert claims_nothing(told), (signature, told)
        assert told["received_signature"] == signature


def wrong_secrets(right: str) -> list[str]:
    """Secrets that nobody has: at random, and the right one as it is mistyped."""
    chance = random.Random(right)
    invented = ["".join(chance.choices("abcdefghijkmnpqrstuvwxyz23456789", k=10)) for _ in range(10)]
    return [*invented, right.swapcase(), right[:-1], right[1:], right * 2, right[::-1]]


@pytest.mark.parametrize("scene", [scenes.account, scenes.search, scenes.access_token])
@pytest.mark.parametrize("half", ["consumer", "token", "both"])
def test_a_secret_that_nobody_has_is_not_explained(mock, scene, half):
    keys = furnished(mock)
    for consumer, token in zip(wrong_secrets(keys.consumer[1]), wrong_secrets(keys.token[1]), strict=True):
        request = scene(keys, QUERY)
        wrong_keys = replace(keys, consumer=(keys.consumer[0], consumer)) if half != "token" else keys
        wrong_token = (request.token[0], token) if request.token and half != "consumer" else request.token
        wrong = Signer(replace(request, keys=wrong_keys, token=wrong_token))
        if wrong.key() == Signer(request).key():
            continue
        told = explained(mock, sent(wrong))
        assert claims_nothing(told), (wrong.key(), told)


# Unique nonces: a request that was refused has used up nothing.


def test_a_refused_request_leaves_its_nonce_to_the_corrected_one(mock):
    keys = furnished(mock)
    ruled(mock, unique_nonces=True)
    unsorted = next(row for row in MISTAKES if row.code == "unsorted")
    signer = signing(unsorted.scene(keys, QUERY), unsorted.mixin)
    told = explained(mock, sent(signer))
    assert told["cause"] == "unsorted"
    assert sent_with(signer.request, told["expected_signature"]).status == 200


# A write that is refused.


@anywhere
def test_a_write_with_a_mistake_writes_nothing(mock, place):
    """And is done when it is signed as the explanation says."""
    keys = furnished(mock)
    before, request = mock.state, rating(keys, place)
    answer = sent(signing(request, MISTAKES[-1].mixin))
    assert answer.status == 401
    assert mock.state is before
    assert sent_with(request, explained(mock, answer)["expected_signature"]).status in (200, 201)
    assert mock.state is not before


def rating(keys: Keys, place: str) -> Request:
    """A title is rated."""
    form = (("title_ref", "movies/60010002"), ("rating", "3"))
    path = f"/users/{keys.user}/ratings/title/actual"
    return Request(keys, keys.address, path, place, verb="POST", form=form, token=keys.token)

"""Signatures that nobody makes by mistake, and requests that are made to be dear: refused, and explained."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from tests.clients import scenes, wire
from tests.clients.mistaken import BODY, HEADER, PLACES, QUERY, Signer, message, sent_with
from tests.web.diagnosed import explained, furnished, is_a_sentence

WRONG = "d3JvbmcgYW5kIGFzIGxvbmcgYXM="

anywhere = pytest.mark.parametrize("place", PLACES)


def sent_raw(request, carried: str) -> wire.Answer:
    """The answer to a signature that stands on the wire as it stands here."""
    return wire.sent(request.keys.address, message(request, Signer(request).protocol(), carried), request.verb)


# A megabyte of form, in many parts or in few.

_NOISE = hashlib.shake_256(b"noise").hexdigest(250_000)

FORMS = {
    "thousands of parameters": tuple((f"name{n}", f"value {n} ~*é") for n in range(25_000)),
    "one name, thousands of times": tuple(("title_ref", f"movies/{n}") for n in range(40_000)),
    "names alone": tuple((f"{n}", "") for n in range(90_000)),
    "one long value": (("note", _NOISE),),
    "all of it to be encoded": (("note", "é ~*&=+%'" * 25_000),),
    "a long name": ((_NOISE, "x"),),
    "nothing": tuple(("", "") for _ in range(300_000)),
}


@pytest.mark.parametrize("what", FORMS)
@anywhere
def test_a_huge_form_with_a_wrong_signature_is_refused(mock, what, place):
    request = replace(scenes.split(furnished(mock), place), form=FORMS[what])
    before = mock.state
    answer = sent_with(request, WRONG)
    assert (answer.status, "Invalid Signature" in answer.text) == (401, True)
    told = explained(mock, answer)
    assert is_a_sentence(told["message"])
    assert mock.state is before


@pytest.mark.parametrize("place", [QUERY, HEADER])
def test_a_huge_body_that_is_no_form_is_refused(mock, place):
    """Neither as JSON that is cut off, nor as JSON that is deep, nor as bytes that are no text."""
    for media_type, body in (
        ("application/json", '{"a": "' + "x" * 900_000),
        ("application/json", "[" * 900_000),
        ("application/json", "{" + ",".join(f'"a{n}": {n}' for n in range(60_000)) + "}"),
        ("text/plain", "a=b&" * 200_000),
        ("multipart/form-data; boundary=x", "--x\r\n" * 150_000),
    ):
        request = replace(scenes.with_json(furnished(mock), place), other_body=(media_type, body))
        answer = sent_with(request, WRONG)
        assert answer.status == 401
        assert explained(mock, answer)["cause"] == "undiagnosed"


@pytest.mark.parametrize("place", [QUERY, HEADER])
def test_a_long_query_with_a_wrong_signature_is_refused(mock, place):
    request = replace(scenes.account(furnished(mock), place), query=tuple((f"n{n}", "~ é") for n in range(3_000)))
    answer = sent_with(request, WRONG)
    assert answer.status == 401
    assert explained(mock, answer)["cause"] == "undiagnosed"


# What stands in the place of a signature.

ODD = (
    "\x00\x01\x02",
    "\x7f\x80",
    "\ufffd\uffff",
    "☃" * 9,
    "\r\nX: y",
    "é",
    "<script>",
    '"',
    "\\",
    "a" * 20_000,
    "\u202e",
)


@pytest.mark.parametrize("signature", ODD, ids=lambda one: ascii(one)[:24])
@anywhere
def test_an_odd_signature_is_refused_and_explains_nothing(mock, signature, place):
    request = scenes.account(furnished(mock), place)
    answer = sent_with(request, signature)
    told = explained(mock, answer)
    # A request that is too long is not even looked into.
    assert (answer.status, told["cause"]) in ((401, "unexplained"), (401, "undiagnosed"))
    assert told["cause"] == "unexplained" or len(signature) > 10_000
    assert told["received_signature"] == signature
    assert told["expected_signature"] == Signer(request).signature()


@pytest.mark.parametrize("carried", ["%20", "%09", "%00", "%0A", "%", "%zz", "%25", "+", "%2B", "=", "%3D"])
@anywhere
def test_a_signature_of_blanks_or_broken_escapes_is_refused(mock, carried, place):
    answer = sent_raw(scenes.account(furnished(mock), place), carried)
    assert answer.status == 401
    assert is_a_sentence(explained(mock, answer)["message"])


@anywhere
def test_an_empty_signature_is_refused(mock, place):
    answer = sent_raw(scenes.account(furnished(mock), place), "")
    assert (answer.status, "Invalid Signature" in answer.text) == (401, True)
    assert explained(mock, answer)["message"]


@pytest.mark.parametrize("carried", ["%FF%FE%00", "%C3", "%ED%A0%80"])
@anywhere
def test_escapes_of_what_is_no_text_are_refused(mock, carried, place):
    """Whether as a parameter or as a signature, no parameter can be read; it is no fault of the mock."""
    answer = sent_raw(scenes.account(furnished(mock), place), carried)
    assert answer.status in (400, 401)
    assert explained(mock, answer)["message"]


@pytest.mark.parametrize("carried", ["\xff\xfe", "caf\xe9"])
@anywhere
def test_bytes_that_are_not_escaped_are_refused(mock, carried, place):
    """In the request line they are no HTTP, and are refused as that."""
    assert sent_raw(scenes.account(furnished(mock), place), carried).status in (400, 401)


@pytest.mark.parametrize("place", [QUERY, BODY])
def test_two_signatures_are_refused(mock, place):
    """Even where one of them is right."""
    request = scenes.account(furnished(mock), place)
    right = Signer(request).carried(Signer(request).signature())
    for carried in (f"{right}&oauth_signature={right}", f"{right}&oauth_signature=wrong"):
        answer = sent_raw(request, carried)
        assert answer.status == 401
        assert explained(mock, answer)["message"]

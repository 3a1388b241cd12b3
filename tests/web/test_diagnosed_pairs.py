"""Two mistakes in one request are both found, and three are not guessed at."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.clients.mistake_pairs import CODES, KNOWN, LEFT_OUT, ROWS, SAMPLE, Pair, drawn, reason, shown
from tests.clients.mistake_table import MISTAKES
from tests.clients.mistaken import Signer, sent, sent_with, signing
from tests.conftest import Mock
from tests.web.diagnosed import explained, furnished, is_a_sentence, ruled

PAIRS = list(drawn())


def named(pair: Pair) -> str:
    first, second = pair.mistakes
    return f"{first.code} ({first.what}) and {second.code} ({second.what}), {pair.place}"


each_pair = pytest.mark.parametrize("pair", PAIRS, ids=named)


def made(mock: Mock, pair: Pair) -> Signer:
    """The client that makes both mistakes."""
    keys = furnished(mock)
    if any(row.strict for row in pair.mistakes):
        ruled(mock, port_may_be_left_out=False)
    return signing(pair.scene(keys, pair.place), *(row.mixin for row in pair.mistakes))


@each_pair
def test_without_the_two_mistakes_the_request_is_accepted(mock, pair):
    assert sent(Signer(pair.scene(furnished(mock), pair.place))).status == 200


@each_pair
def test_with_both_the_request_is_refused(mock, pair):
    signer = made(mock, pair)
    before = mock.state
    assert sent(signer).status == 401
    assert mock.state is before


@each_pair
def test_both_mistakes_are_found(mock, pair):
    """These two and no others, in whichever order."""
    told = explained(mock, sent(made(mock, pair)))
    expected = {row.code for row in pair.mistakes}
    assert (set(told["causes"]), len(told["causes"])) == (expected, 2)
    assert sorted(told["cause"].split("+")) == sorted(expected)


@each_pair
def test_the_evidence_is_that_of_the_request_with_neither(mock, pair):
    signer = made(mock, pair)
    told, right = explained(mock, sent(signer)), Signer(signer.request)
    assert told["base_string"] == right.base_string()
    assert (told["expected_signature"], told["received_signature"]) == (right.signature(), signer.received())
    assert is_a_sentence(told["message"])
    assert sent_with(signer.request, told["expected_signature"]).status == 200


# Three at once are more than is looked for; two of them would not do.

THREE = (
    ("the digest in hex", "as sent", "https"),
    ("the consumer secret alone", "HMAC-SHA256", "the query in both"),
    ("a plus for a blank", "no secret of the access token", "the realm signed"),
    ("a slash that is not sent", "a verb in lower case", "base64 without padding"),
    ("another application's secret", "the path in lower case", "values encoded twice"),
    ("the last of each name", "the real host", "the token's secret first"),
)


@pytest.mark.parametrize("three", THREE, ids=", ".join)
def test_three_mistakes_are_not_explained_by_fewer(mock, three):
    rows = [ROWS[what] for what in three]
    signer = signing(rows[0].scene(furnished(mock), "header"), *(row.mixin for row in rows))
    told = explained(mock, sent(signer))
    assert told["cause"] == "unexplained"
    assert told["expected_signature"] == Signer(signer.request).signature()


# The sample itself.


def test_every_code_is_among_the_pairs():
    assert {row.code for pair in PAIRS for row in pair.mistakes} == CODES
    assert len(PAIRS) == SAMPLE + len(KNOWN)


def test_every_two_codes_show_together_or_are_left_out_for_a_reason():
    possible = {
        frozenset((one.code, other.code)) for one, other in combinations(MISTAKES, 2) if reason(one, other) is None
    }
    assert set(shown()) == possible


def test_what_is_left_out_names_codes_that_there_are():
    assert {one for some, others, _ in LEFT_OUT for one in some | others} <= CODES

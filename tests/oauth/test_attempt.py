"""The search for a mistake writes every letter as a signer does."""

from __future__ import annotations

import pytest

from mock_netflix.oauth.attempt import SignedParameters, written
from mock_netflix.oauth.parameters import Parameter, Place
from tests.clients.signer import encode


@pytest.mark.parametrize("letter", [chr(number) for number in range(32, 127)])
def test_a_letter_of_ascii_is_encoded_like_that_of_a_signer(letter):
    """Found by a comma, as in expand=synopsis,formats: no mistake was found where one was there."""
    signed = SignedParameters((Parameter("expand", f"synopsis{letter}formats", Place.QUERY),))
    assert written(signed) == encode(f"expand={encode(f'synopsis{letter}formats')}")

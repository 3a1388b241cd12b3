"""The mistakes that people make when they sign, as tables: one module for each thing that can be got wrong."""

from __future__ import annotations

from mock_netflix.oauth.mistakes.addresses import METHODS, URIS
from mock_netflix.oauth.mistakes.encodings import ENCODINGS
from mock_netflix.oauth.mistakes.keys import KEYS
from mock_netflix.oauth.mistakes.mistake import Mistake
from mock_netflix.oauth.mistakes.parameters import PARAMETERS
from mock_netflix.oauth.mistakes.transmissions import (
    ENCODED_TWICE,
    KEY_SENT,
    TRANSMISSIONS,
    Reading,
    Transmission,
    readings,
)

# In the order in which they are tried: where two of them come to the same, the first is named.
MISTAKES: tuple[Mistake, ...] = (*KEYS, *METHODS, *URIS, *PARAMETERS, *ENCODINGS)

__all__ = ["ENCODED_TWICE", "KEY_SENT", "MISTAKES", "TRANSMISSIONS", "Mistake", "Reading", "Transmission", "readings"]

"""Which nonces were used (RFC 5849 section 3.3).

No two requests may have the same one with the same timestamp, consumer key and token.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

# Of a busy client so many are remembered, the newest.
LIMIT = 100_000

# Timestamp, consumer key, token, nonce.
Used = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """The request that used a nonce first: its number in the journal, when it came, and its signature.

    `at` in seconds since some fixed moment.
    """

    number: int
    at: float
    signature: str


class Nonces:
    """The nonces of one world, oldest forgotten first."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        # By digest, for a nonce may be as long as a body.
        self._uses: dict[bytes, Use] = {}

    def first_use(self, used: Used, use: Use) -> Use | None:
        """The earlier use of this nonce; None where this is the first, which is remembered."""
        name = sha256(repr(used).encode()).digest()
        earlier = self._uses.get(name)
        if earlier is None:
            if len(self._uses) >= self._limit:
                del self._uses[next(iter(self._uses))]
            self._uses[name] = use
        return earlier

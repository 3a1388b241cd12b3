"""The numbers that decide what a thing is like: drawn from a digest, so they are the same on every machine.

Python's own generators may change what they make of a seed; SHAKE does not, and a digest needs no memory of what was
drawn before.
"""

from __future__ import annotations

from hashlib import shake_256
from struct import Struct

_NUMBERS = Struct("<64H")

# Each is from 0 to 65,535; `draw % n` picks one of n, n being small.
Draws = tuple[int, ...]


def draws(seed: int, purpose: str, number: int) -> Draws:
    """64 numbers that depend on nothing but these three."""
    key = f"{seed}\x1f{purpose}\x1f{number}".encode()
    return _NUMBERS.unpack(shake_256(key).digest(_NUMBERS.size))

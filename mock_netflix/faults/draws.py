"""Chance that is the same in every run: each draw depends on nothing but its parts."""

from __future__ import annotations

from math import exp

from mock_netflix.faults.effects import LONGEST, Fault, Latency, LognormalLatency, UniformLatency
from mock_netflix.world.identifiers import derive

_DIGITS = 13


def drawn(*parts: object) -> float:
    """A number between 0 and 1, both left out."""
    return (int(derive("0123456789abcdef", _DIGITS, *parts), 16) + 0.5) / float(16**_DIGITS)


def seconds_of(fault: Fault, *parts: object) -> float:
    """How long a delay is, drawn from its distribution by the parts; 0 for what is no delay."""
    if isinstance(fault, Latency):
        return fault.seconds
    if isinstance(fault, UniformLatency):
        return fault.low + (fault.high - fault.low) * drawn("latency", fault.seed, *parts)
    if isinstance(fault, LognormalLatency):
        # Imported late, for it takes some milliseconds of every start.
        from statistics import NormalDist

        deviation = NormalDist().inv_cdf(drawn("latency", fault.seed, *parts))
        return min(fault.median * exp(fault.sigma * deviation), LONGEST)
    return 0.0

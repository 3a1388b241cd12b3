"""What a test lets go wrong in a world, by rule: which requests, in which way, how often. No ASGI."""

from __future__ import annotations

from mock_netflix.faults.rules import Faults, Kept

__all__ = ["Faults", "Kept"]

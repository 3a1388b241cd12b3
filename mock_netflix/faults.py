"""What a test lets go wrong, by rule: which requests, in which way, how often."""

from __future__ import annotations


class Faults:
    """The rules of one world."""

    def clear(self) -> None:
        """Forgets all rules."""

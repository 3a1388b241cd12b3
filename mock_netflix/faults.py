"""What a test lets go wrong, by rule: which requests, in which way, how often."""

from __future__ import annotations


class Faults:
    """The rules of one world."""

    def clear(self) -> None:
        """Forgets all rules."""

    def kept(self) -> tuple[object, ...]:
        """The rules as they are now, to be put back later."""
        return ()

    def restore(self, kept: tuple[object, ...]) -> None:
        """Puts rules back as they were."""

"""Which bytes of a file a client wants (RFC 9110 section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

# One range: from a byte on, from one byte to another, or so many at the end.
_RANGE = re.compile(r"bytes\s*=\s*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """From the first byte to the last, or to the end; without a first one, so many bytes at the end."""

    first: int | None
    last: int | None

    def of(self, size: int) -> tuple[int, int] | None:
        """Where it begins and where it has ended in a file of this size; None where it has no byte of it."""
        if self.first is None:
            start, end = max(0, size - (self.last or 0)), size
        else:
            start, end = self.first, size if self.last is None else min(size, self.last + 1)
        return (start, end) if start < end else None


def range_in(header: str | None) -> Range | None:
    """The range of a `Range`; None for what is none, and for several at once, which need not be answered as such."""
    match = _RANGE.fullmatch(header or "")
    if match is None:
        return None
    first, last, at_end = (int(digits) if digits else None for digits in match.groups())
    if first is not None and last is not None and last < first:
        return None
    return Range(first, last if at_end is None else at_end)

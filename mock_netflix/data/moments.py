"""Dates of fixtures as epoch seconds."""

from __future__ import annotations

from datetime import UTC, datetime


def epoch(moment: str) -> int:
    """Epoch seconds of "2011-05-02" (midnight UTC) or "2011-05-02T17:20:00Z". Raises ValueError where it is no date."""
    try:
        return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise ValueError(f"{moment}: {error}") from None

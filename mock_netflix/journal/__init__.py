"""What was asked and answered: the last requests of a world, which of them fit what a test wants, and which nearly do.

entry.py is one request and its answer, ring.py keeps the last ones, matching.py says what is wanted of a request,
nearest.py what fell short of it, and waiting.py waits for what is to come.
"""

from __future__ import annotations

from mock_netflix.journal.entry import Entry
from mock_netflix.journal.ring import LIMIT, Journal

__all__ = ["LIMIT", "Entry", "Journal"]

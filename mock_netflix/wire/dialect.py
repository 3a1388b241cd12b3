"""What changed over the years in how documents are written (reference: resources 1.3, 1.4)."""

from __future__ import annotations

from dataclasses import dataclass


# Compared by identity, for it is part of the name of encodings that are kept.
@dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """How the service of one date writes.

    `typed`: JSON numbers and booleans instead of strings (from about 2012). `empty_lists`: an empty list is `[]` in
    JSON instead of an absent member (2013). `prolog`: the first line of XML.
    """

    typed: bool = False
    empty_lists: bool = False
    prolog: str = '<?xml version="1.0" standalone="yes"?>'

"""How mature one must be for a title: the steps that a client of the service used (reference: resources 5.2).

TV-PG is not among those on record; it stands where its neighbours leave room.
"""

from __future__ import annotations

UNRATED = 130

LEVELS = {
    "TV-Y": 10,
    "TV-Y7": 20,
    "G": 40,
    "TV-G": 50,
    "PG": 60,
    "TV-PG": 70,
    "PG-13": 80,
    "TV-14": 90,
    "R": 100,
    "TV-MA": 110,
    "NR": UNRATED,
    "NC-17": 1000,
    "UR": 1000,
}


def level_of(rating: str) -> int:
    """The level of a rating; an unknown one is taken as no rating."""
    return LEVELS.get(rating, UNRATED)

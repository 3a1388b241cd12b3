"""People of generated titles: their names, and who is in which.

Every movie and series is the first of two people and gives the rest of its parts to others who were there before:
mostly to contemporaries, often to one of a few stars. So most people have few titles, and some have hundreds, as in
life; and the people of a world are those of its titles, two for each movie and series.
"""

from __future__ import annotations

from math import gcd

from mock_netflix.data.generate.draws import Draws, draws
from mock_netflix.data.generate.layout import layout
from mock_netflix.data.generate.material import Language, material, with_article
from mock_netflix.world.people import Person

FIRST_PERSON = 90_000_000

# Two people for each movie and series; a block of titles has so many numbers for them.
NEW_PEOPLE = 2
PEOPLE_OF_BLOCK = 1024
# The stars are in the first block, the greatest first; one of a group has twice the parts of one of the next.
_STARS = (48, 96, 192, 384, 768)
# Of sixteen parts that are given away, the stars have so many; the rest is for people of as many blocks before.
_FOR_STARS, _SIXTEEN = 5, 16
# A title gives at least two parts away, and fewer than this more; of eight directors so many are no newcomers.
_MOST_GIVEN = 6
_KNOWN_DIRECTORS = 5
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Knuth's multiplier: takes numbers that follow each other apart.
_MIXED = 2_654_435_761
# Where in its language a name is that follows another: far from it.
_FAR = 0.618


class _Speakers:
    """The names of those who speak one language: first names and last names in all their pairs, shuffled."""

    def __init__(self, language: Language, seed: int, first_slot: int) -> None:
        self.share, self.first_slot = language.share, first_slot
        self._first, self._last = language.first, language.last
        self._pairs = len(self._first) * len(self._last)
        low, high, *_ = draws(seed, "names", first_slot)
        self._start = high << 16 | low
        self._step = int(self._pairs * _FAR) + low % 1000
        while gcd(self._step, self._pairs) > 1:
            self._step += 1

    def name(self, number: int) -> str:
        """The name of the speaker with this number. When all pairs are given out, there are middle initials."""
        round_, place = divmod(number, self._pairs)
        last, first = divmod((place * self._step + self._start) % self._pairs, len(self._first))
        initials = ""
        while round_:
            round_, letter = divmod(round_ - 1, len(_LETTERS))
            initials = f" {_LETTERS[letter]}.{initials}"
        return f"{self._first[first]}{initials} {self._last[last]}"


class People:
    """Makes people, and the casts of titles, from a seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        # How many people each block has, as far as it was asked.
        self._in_block: dict[int, int] = {}
        self._speakers: list[_Speakers] = []
        for language in material().languages:
            speakers = _Speakers(language, seed, len(self._speakers))
            self._speakers += [speakers] * language.share

    def in_block(self, block: int) -> int:
        """How many people have their first title in a block."""
        if block not in self._in_block:
            self._in_block[block] = NEW_PEOPLE * layout(self._seed, block).wholes
        return self._in_block[block]

    def name(self, number: int) -> str:
        """The name of a person; nobody else has it."""
        group, slot = divmod(number - FIRST_PERSON, _SIXTEEN)
        speakers = self._speakers[slot]
        return speakers.name(group * speakers.share + slot - speakers.first_slot)

    def person(self, number: int) -> Person:
        """A person, and now and then a word about them."""
        draw = (number * _MIXED + self._seed) >> 7 & 0xFFFF_FFFF
        if draw % 4:
            return Person(number, self.name(number))
        city = material().cities[draw // 4 % len(material().cities)]
        job = material().jobs[draw // 999 % len(material().jobs)]
        return Person(
            number, self.name(number), f"Born in {city}. Trained as {with_article('a', job)} before the first film."
        )

    def of_title(self, block: int, ordinal: int, told: Draws) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The cast and the directors of the movie or series with this ordinal in a block.

        `told`: a draw for how many there are, then two for each part, the last two for the director.
        """
        before = NEW_PEOPLE * ordinal
        lead = FIRST_PERSON + block * PEOPLE_OF_BLOCK + before
        second = lead + 1
        count, *parts = told
        given = [
            self._given(block, before, parts[place], parts[place + 1])
            for place in range(0, 2 * (2 + count % _MOST_GIVEN), 2)
        ]
        director = self._given(block, before, parts[-2], parts[-1]) if count % 8 < _KNOWN_DIRECTORS else None
        # The part of a newcomer is seldom the first. The second one directs where nobody who is known does.
        cast = (given[0], lead, *given[1:], *(() if director is None else (second,)))
        found = tuple(dict.fromkeys([one for one in cast if one is not None and one != director]))
        return found, (second if director is None else director,)

    def _given(self, block: int, before: int, who: int, which: int) -> int | None:
        """Somebody who was there before; nobody at the very beginning. `before`: how many the block had by then."""
        if who % _SIXTEEN < _FOR_STARS:
            chosen, most = 0, _STARS[which % len(_STARS)]
            which //= len(_STARS)
        else:
            chosen, most = max(block - which % _SIXTEEN, 0), PEOPLE_OF_BLOCK
            which = who // _SIXTEEN
        there = min(most, before if chosen == block else self.in_block(chosen))
        return FIRST_PERSON + chosen * PEOPLE_OF_BLOCK + which % there if there else None

"""The raw material of generated worlds: names drawn from Faker, and words, patterns and plots written for this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from mock_netflix.data.files import default_folder
from mock_netflix.data.generate.draws import Draws

_SLOT = re.compile(r"\{([^}]+)\}")
_SOUNDS_LIKE_A_VOWEL = re.compile(r"(?i)[aeio]|hour|honest|u[nm][^i]|heir")


class Language(msgspec.Struct, frozen=True):
    """The names of one language; of sixteen people `share` have one of these."""

    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]


class Genre(msgspec.Struct, frozen=True):
    """A main genre: of 64 movies or 16 series how many have it, which ratings they get, and how long they are."""

    name: str
    share: int
    also: tuple[str, ...]
    ratings: tuple[str, ...]
    minutes: int


class _Names(msgspec.Struct, frozen=True):
    languages: tuple[Language, ...]
    cities: tuple[str, ...]
    jobs: tuple[str, ...]


class _Words(msgspec.Struct, frozen=True):
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    plurals: tuple[str, ...]
    relatives: tuple[str, ...]
    doing: tuple[str, ...]
    names: tuple[str, ...]
    series: tuple[str, ...]
    episodes: tuple[str, ...]
    sequels: tuple[str, ...]
    plots: tuple[str, ...]
    things: tuple[str, ...]
    turns: tuple[str, ...]
    traits: tuple[str, ...]
    goals: tuple[str, ...]
    genres: tuple[Genre, ...]
    television: tuple[Genre, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text with slots; in each stands a word of a list, and a draw decides which."""

    text: str
    slots: tuple[tuple[tuple[str, ...], int], ...]

    def filled(self, draws: Draws) -> str:
        return self.text % tuple([words[draws[place] % len(words)] for words, place in self.slots])


@dataclass(frozen=True, slots=True)
class Material:
    """All of it; genres as often as they come."""

    languages: tuple[Language, ...]
    cities: tuple[str, ...]
    jobs: tuple[str, ...]
    names: tuple[Pattern, ...]
    series: tuple[Pattern, ...]
    episodes: tuple[Pattern, ...]
    sequels: tuple[Pattern, ...]
    plots: tuple[Pattern, ...]
    genres: tuple[Genre, ...]
    television: tuple[Genre, ...]


# How many draws decide on the words in slots.
SLOTS = 20


@lru_cache(maxsize=1)
def material() -> Material:
    """Read when a world is generated, and not before."""
    folder = default_folder() / "generator"
    names = msgspec.json.decode(folder.joinpath("names.json").read_bytes(), type=_Names)
    words = msgspec.json.decode(folder.joinpath("words.json").read_bytes(), type=_Words)
    lists = _lists(names, words)

    def patterns(texts: tuple[str, ...]) -> tuple[Pattern, ...]:
        return tuple(_pattern(text, lists) for text in texts)

    def shared(genres: tuple[Genre, ...]) -> tuple[Genre, ...]:
        return tuple(genre for genre in genres for _ in range(genre.share))

    return Material(
        languages=names.languages,
        cities=names.cities,
        jobs=names.jobs,
        names=patterns(words.names),
        series=patterns(words.series),
        episodes=patterns(words.episodes),
        sequels=patterns(words.sequels),
        plots=patterns(words.plots),
        genres=shared(words.genres),
        television=shared(words.television),
    )


def _lists(names: _Names, words: _Words) -> dict[str, tuple[tuple[str, ...], int]]:
    """What may stand in each slot, and the place of the draw that decides."""
    english, *others = names.languages
    first = (*english.first, *others[0].first)
    lists = (
        ("adjective", words.adjectives),
        ("another", words.adjectives),
        ("noun", words.nouns),
        ("other", words.nouns),
        ("plural", words.plurals),
        ("relative", words.relatives),
        ("doing", words.doing),
        ("city", names.cities),
        ("first", first),
        ("friend", first),
        ("last", english.last),
        ("family", english.last),
        ("job", names.jobs),
        ("job2", names.jobs),
        ("thing", words.things),
        ("turn", words.turns),
        ("trait", words.traits),
        ("goal", words.goals),
    )
    return {name: (found, place) for place, (name, found) in enumerate(lists)}


def _pattern(text: str, lists: dict[str, tuple[tuple[str, ...], int]]) -> Pattern:
    """From "The {adjective} {noun}"; "{A noun}" stands for a noun with its article, <name> for another name."""
    slots = []
    for name in _SLOT.findall(text):
        article, _, plain = name.rpartition(" ")
        words, place = lists[plain]
        slots.append((tuple(with_article(article, word) for word in words) if article else words, place))
    return Pattern(_SLOT.sub("%s", text.replace("%", "%%")), tuple(slots))


def with_article(article: str, word: str) -> str:
    """A word with "a" or "A" before it, or "an" and "An"."""
    return f"{article}n {word}" if _SOUNDS_LIKE_A_VOWEL.match(word) else f"{article} {word}"

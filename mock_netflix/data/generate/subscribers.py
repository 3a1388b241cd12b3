"""Generated subscribers, as a fixture file would describe them: what they like, had, want, rated and wrote.

A subscriber comes upon titles of the whole endless catalogue, the first ones more often; those that a world does not
have are left out. So somebody has more of a past in a larger world, but never another one. Who likes a genre rates its
titles higher, so that predictions and recommendations have something to go by.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import cast

from mock_netflix.data import schema
from mock_netflix.data.generate.draws import Draws, draws
from mock_netflix.data.generate.material import material
from mock_netflix.data.generate.shelves import GeneratedTitles
from mock_netflix.data.generate.titles import FIRST_TITLE
from mock_netflix.data.moments import epoch
from mock_netflix.world.titles import Availability, Title, TitleType

_DAY = 86_400
# The day before the present of a new world, going backwards from there.
_YESTERDAY = epoch("2011-05-31")
# A subscriber comes upon so many titles, one about every five days; the last ones are still in the queues.
_TITLES, _QUEUED, _EVERY = 96, 30, 5
_AT_HOME = 2
# Titles up to twice this place are met; each doubling of the catalogue is met as often as the one before.
_NEAREST, _DOUBLINGS = 3, 18

_ON_DISC = ("DVD", "Blu-ray")
_STARS_LIKED, _STARS_DISLIKED = 8, -12  # tenths of a star
_SAID = {
    1: "I wanted my evening back.",
    2: "Not for me, though the music is good.",
    3: "Worth a rainy evening.",
    4: "Very good; stay for the last scene.",
    5: "I could watch this every year.",
}


def generated_subscriber(seed: int, number: int, titles: GeneratedTitles) -> schema.Subscriber:
    """The subscriber with this number, counted from 1, in a world of these titles."""
    told = draws(seed, "subscriber", number)
    languages = material().languages
    language = languages[0] if told[0] % 2 else languages[told[0] // 2 % len(languages)]
    first, last = language.first[told[1] % len(language.first)], language.last[told[2] % len(language.last)]
    given = schema.Subscriber(
        login=f"subscriber{number}@example.com",
        password=f"popcorn{number}",
        first_name=first,
        last_name=last,
        can_instant_watch=told[3] % 8 > 0,
        preferred_formats=["Blu-ray", "DVD"] if told[4] % 5 == 0 else ["DVD"],
    )
    for turn, one, title in _met(seed, number, titles):
        moment = _YESTERDAY - turn * _EVERY * _DAY - one[0] % (_EVERY * _DAY)
        if turn < _QUEUED:
            _want(given, title, moment)
        elif _had(given, title, moment, one, home=turn < _QUEUED + _AT_HOME):
            _rate(given, title, moment, one, told)
    return given


def _met(seed: int, number: int, titles: GeneratedTitles) -> Iterator[tuple[int, Draws, Title]]:
    """The titles that a subscriber comes upon, the last one first, each once, with draws for what they do with it."""
    seen = set()
    for part in range(_TITLES // 16):
        told = draws(seed, "met", number * (_TITLES // 16) + part)
        for place in range(16):
            one = told[4 * place : 4 * place + 4]
            size = 1 << (_NEAREST + one[1] % _DOUBLINGS)
            met = FIRST_TITLE + size - (1 << _NEAREST) + (one[2] << 16 | one[3]) % size
            title = titles.numbered(met)
            if title is not None and met not in seen:
                seen.add(met)
                yield part * 16 + place, one, title


def _want(given: schema.Subscriber, title: Title, moment: int) -> None:
    """A title is added to a queue, of discs if it is one, else to be watched."""
    disc = _available(title, *_ON_DISC)
    instant = _available(title, "instant")
    if disc is not None and title.type in (TitleType.MOVIE, TitleType.DISC):
        waits = disc.available_from > moment
        given.disc_queue.append(
            schema.QueueEntry(
                title=_ref(title),
                added=_told(moment),
                availability="awaiting release" if waits else "available now",
                available_from=_told(disc.available_from) if waits else None,
            )
        )
    elif instant is not None and given.can_instant_watch and instant.available_from <= moment:
        given.instant_queue.append(schema.QueueEntry(title=_ref(title), added=_told(moment)))


def _had(given: schema.Subscriber, title: Title, moment: int, one: Draws, *, home: bool) -> bool:
    """Whether a title was watched, or sent and, unless it is still at home, returned."""
    instant = _available(title, "instant")
    if instant is not None and given.can_instant_watch and _can_be_had(instant, moment):
        if title.type not in (TitleType.MOVIE, TitleType.PROGRAM):
            return False
        viewed = max(1, (title.runtime or 0) // 60 - one[0] % 7)
        given.rentals.append(schema.Rental(title=_ref(title), watched=_told(moment), minutes_viewed=viewed))
        return True
    disc = _available(title, *_ON_DISC)
    if disc is None or disc.available_from > moment or title.type not in (TitleType.MOVIE, TitleType.DISC):
        return False
    returned = None if home else _told(moment + (3 + one[0] % 12) * _DAY)
    given.rentals.append(schema.Rental(title=_ref(title), format="DVD", shipped=_told(moment), returned=returned))
    return True


def _rate(given: schema.Subscriber, title: Title, moment: int, one: Draws, told: Draws) -> None:
    """Most movies are rated that were had, by what is thought of them in general and by what the subscriber likes."""
    if title.type is not TitleType.MOVIE or one[0] % 4 == 0:
        return
    rated = _told(min(moment + 16 * _DAY, _YESTERDAY))
    if one[1] % 50 == 0:
        _ratings_of(given).append(schema.Rating(title=_ref(title), stars="not_interested", rated=rated))
        return
    genres = [genre.name for genre in material().genres]
    liked, disliked = ({genres[draw % len(genres)] for draw in draws_} for draws_ in (told[8:11], told[11:13]))
    leaning = _STARS_LIKED * bool(liked & {*title.genres}) + _STARS_DISLIKED * bool(disliked & {*title.genres})
    tenths = round(title.average_rating * 10) + leaning + one[2] % 13 - 6
    stars = min(max((tenths + 5) // 10, 1), 5)
    _ratings_of(given).append(schema.Rating(title=_ref(title), stars=stars, rated=rated))
    if one[3] % 12 == 0:
        given.reviews.append(schema.Review(title=_ref(title), text=_SAID[stars], written=rated))


def _ratings_of(given: schema.Subscriber) -> list[schema.Rating]:
    return cast(list[schema.Rating], given.ratings)


def _available(title: Title, *formats: str) -> Availability | None:
    return next((one for one in title.formats if one.format in formats), None)


def _can_be_had(one: Availability, moment: int) -> bool:
    return one.available_from <= moment < (one.available_until or moment + 1)


def _ref(title: Title) -> str:
    return f"{title.type}/{title.number}"


def _told(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

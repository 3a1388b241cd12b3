"""The shape of fixture files: what a person may write about titles, people, subscribers and applications.

A file holds one object with any of the lists below. This is the file format, not the domain: `checking.py` reads a
document by it, `load.py` turns it into a `world.state.State` and fills in what was left out. Docstrings and
descriptions are shown to people: in editors (`mock-netflix fixtures schema`), and descriptions in faults as well.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec

# The days that there are, from the year 1000 on, so that an editor knows them as well.
MOMENT = (
    r"^([12]\d{3}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))"
    r"|([12]\d(0[48]|[2468][048]|[13579][26])|1[26]00|2[048]00)-02-29)"
    r"(T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$"
)
Moment = Annotated[
    str, msgspec.Meta(pattern=MOMENT, description="a date such as 2011-05-02, or a moment such as 2011-05-02T17:20:00Z")
]
# The largest number of a title or a person.
LARGEST = 4_294_967_295
Number = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
Maturity = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
# As many titles as a queue can hold.
Places = Annotated[int, msgspec.Meta(ge=1, le=500)]
# Which title is meant is found out in `references.py`: by name, by number, or by type and number.
TitleRef = Number | Text
Stars = Annotated[int, msgspec.Meta(ge=1, le=5)] | Literal["not_interested"]

# The id of a title, or the number of a season, that was left out: see `numbering.py`.
UNNUMBERED = 0

DeliveryFormat = Literal["instant", "DVD", "Blu-ray"]
DiscFormat = Literal["DVD", "Blu-ray"]
AwardType = Literal[
    "academy_awards",
    "golden_globe_awards",
    "baftas",
    "independent_spirit_awards",
    "sundance_film_festival",
    "afi",
    "razzie",
    "time",
]
MaturityRating = Literal[
    "G", "PG", "PG-13", "R", "NC-17", "NR", "UR", "TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA"
]
QueueAvailability = Literal[
    "available now",
    "awaiting release",
    "possible short wait",
    "short wait",
    "long wait",
    "very long wait",
    "available soon",
    "not rentable",
    "release date is unknown; availability is not guaranteed.",
    "release date is unknown.",
    "availability date is unknown.",
]


class _Strict(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object in which a misspelt field is a fault."""


class Window(_Strict, kw_only=True, rename={"from_": "from"}):
    """From when to when a delivery format can be had."""

    from_: Moment
    until: Moment | None = None


class Award(_Strict, kw_only=True):
    """An award won, or a nomination when `won` is false."""

    type: AwardType
    name: Text
    year: int
    won: bool = True
    person: Text | None = None


# JSON Schema must be told what the names in an object may be.
_BY_FORMAT = msgspec.Meta(extra_json_schema={"propertyNames": {"enum": [*get_args(DeliveryFormat)]}})
# A list of formats that can be had from the beginning on, or each with its window or its first day.
Formats = Annotated[dict[DeliveryFormat, Window | Moment], _BY_FORMAT] | list[DeliveryFormat]


class _Described(_Strict, kw_only=True):
    """What a movie, a series, a season, an episode and a disc have in common."""

    id: Number = UNNUMBERED
    title: Text | None = None
    short: Text | None = None
    year: Annotated[int, msgspec.Meta(ge=1874, le=2100)] | None = None
    rating: MaturityRating | None = None
    genres: list[Text] | None = None
    minutes: Minutes | None = None
    average_rating: Annotated[float, msgspec.Meta(ge=1, le=5)] | None = None
    synopsis: Text | None = None
    cast: list[Text] | None = None
    directors: list[Text] | None = None
    formats: Formats | None = None
    screen_formats: Annotated[dict[DeliveryFormat, list[Text]], _BY_FORMAT] | None = None
    languages: Annotated[dict[DeliveryFormat, dict[str, list[Text]]], _BY_FORMAT] | None = None
    awards: list[Award] = []
    official_url: Text | None = None


class Disc(_Described, kw_only=True):
    """One disc of a set, or a bonus disc."""


class Episode(_Described, kw_only=True):
    """One episode; `title` is the episode's own name."""


class Season(_Described, kw_only=True):
    """One season; `number` follows from its place, and `title` is "<Series>: Season N", where they are left out."""

    number: Annotated[int, msgspec.Meta(ge=1)] = UNNUMBERED
    episodes: list[Episode] = []
    discs: list[Disc] = []


class Movie(_Described, kw_only=True):
    """A film; `title` is required, `bonus_discs` come as titles of their own."""

    title: Text
    bonus_discs: list[Disc] = []


class Series(_Described, kw_only=True):
    """A television series; what its seasons leave out they take from it."""

    title: Text
    seasons: list[Season] = []


class Person(_Strict, kw_only=True):
    """A person of film; names in casts that are not listed get a stable id of their own."""

    id: Number | None = None
    name: Text
    bio: Text | None = None


class Rental(_Strict, kw_only=True):
    """One loan of a disc (`shipped`, perhaps `returned`) or one viewing online (`watched`).

    Without any date it is over: returned, or watched where the format is instant.
    """

    title: TitleRef
    format: DeliveryFormat | None = None
    shipped: Moment | None = None
    returned: Moment | None = None
    watched: Moment | None = None
    minutes_viewed: Minutes | None = None


class QueueEntry(_Strict, kw_only=True):
    """One place in a queue; positions follow from the order in the file, and so does `added` where it is left out."""

    title: TitleRef
    format: DiscFormat | None = None
    added: Moment | None = None
    saved: bool = False
    availability: QueueAvailability = "available now"
    available_from: Moment | None = None


class Rating(_Strict, kw_only=True):
    """Stars from 1 to 5, or the word that hides a title."""

    title: TitleRef
    stars: Stars
    rated: Moment | None = None


class Review(_Strict, kw_only=True):
    """What a subscriber wrote about a title; their stars for it stand among the ratings."""

    title: TitleRef
    text: Text
    written: Moment | None = None


class Subscriber(_Strict, kw_only=True):
    """An invented person with an account. Only `login` is needed; the password is then popcorn.

    `ready`: the one whose credentials are shown at start, instead of the first. A queue that is "filled to" a number
    has, after the entries told, other titles up to that number in all: those that can be had and do not leave, in the
    order in which they came.
    """

    login: Text
    password: Text = "popcorn"  # noqa: S105
    ready: bool = False
    first_name: Text | None = None
    last_name: Text | None = None
    nickname: Text | None = None
    can_instant_watch: bool = True
    max_maturity_level: Maturity = 1_000_000
    preferred_formats: list[DiscFormat] = []
    rentals: list[Rental | TitleRef] = []
    disc_queue: list[QueueEntry | TitleRef] = []
    instant_queue: list[QueueEntry | TitleRef] = []
    disc_queue_filled_to: Places | None = None
    instant_queue_filled_to: Places | None = None
    ratings: list[Rating] | dict[str, Stars] = []
    reviews: list[Review] = []


class Application(_Strict, kw_only=True):
    """A registered consumer; key and secret are made when left out.

    `ready`: the one whose credentials are shown at start, instead of the first.
    """

    name: Text
    ready: bool = False
    key: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]{24}$", description="24 small letters and digits")] | None = (
        None
    )
    secret: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9]{10}$", description="10 letters and digits")] | None = (
        None
    )


class FixtureFile(_Strict, kw_only=True, rename={"schema": "$schema"}):
    """One fixture file. With `defaults: false` its world is not added to the default one, but stands instead of it."""

    schema: str | None = None
    defaults: bool = True
    movies: list[Movie] = []
    series: list[Series] = []
    people: list[Person] = []
    subscribers: list[Subscriber] = []
    applications: list[Application] = []

"""The world of the example documents: a movie of everything, a series with its parts, and two subscribers."""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.rentals import RentalEvent, RentalState, newest_first
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Rating, Review, Subscriber
from mock_netflix.world.titles import Availability, Award, Title, TitleType
from tests.worlds import ADA, NOOR, a_movie, a_subscriber, a_world

# As the examples have it; the real ids are 46 letters long.
EXAMPLE_USER = "T1exampleUserAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA-"

# 1 November 2010.
RETURNED_AT = 1_288_583_594

LANTERN = a_movie(
    screen_formats=(("DVD", "Widescreen Anamorphic 2.35:1"),),
    languages=(("DVD", (("English", ("Dolby Digital 5.1", "DTS 5.1")), ("Spanish (Neutral)", ()))),),
    awards=(
        Award("academy_awards", "Best Actress", 2010, won=True, person=ADA.number),
        Award("baftas", "Best Film", 2010, won=False),
    ),
)
MAKING_OF = a_movie(70900003, "Lights On: The Making Of", type=TitleType.DISC, synopsis="", cast=(), directors=())
WITH_BONUS = replace(LANTERN, bonus_discs=(MAKING_OF.number,), official_url="http://lantern.example/?a=1&b=2")
FISH = a_movie(
    70900002,
    "Lanternfish",
    average_rating=3.1,
    synopsis="What lives below — & glows.",
    cast=(NOOR.number,),
    directors=(),
    runtime=None,
    release_year=None,
    formats=(Availability("instant", 1262304000),),
)

SERIES = a_movie(
    70900010,
    "Harbor Lights",
    type=TitleType.SERIES,
    release_year=2006,
    rating_scheme="tv_ratings",
    rating="TV-14",
    genres=("Television", "TV Dramas"),
    average_rating=4.1,
    synopsis="",
    runtime=None,
)
SEASON = replace(
    SERIES,
    type=TitleType.SEASON,
    number=70900011,
    regular="Harbor Lights: Season 1",
    short="Harbor Lights: Season 1",
    synopsis="Every evening somebody must light the lantern.",
    runtime=30600,
    series=SERIES.number,
    sequence=1,
    screen_formats=LANTERN.screen_formats,
    languages=LANTERN.languages,
)
EPISODE = replace(
    SEASON,
    type=TitleType.PROGRAM,
    number=70900012,
    regular="Harbor Lights: Season 1: The Fog",
    short="The Fog",
    episode_name="The Fog",
    season=SEASON.number,
    runtime=2700,
)
DISC = replace(
    SEASON,
    type=TitleType.DISC,
    number=70900013,
    regular="Harbor Lights: Season 1: Disc 1",
    short="Disc 1",
    season=SEASON.number,
    runtime=None,
)

# Nothing that another title has, so that it is like none.
SALT_ROAD = a_movie(
    70900004,
    "Salt Road",
    average_rating=3.4,
    synopsis="A driver takes one last load across the flats.",
    genres=("Westerns",),
    cast=(),
    directors=(),
    rating="R",
    release_year=2004,
    runtime=7020,
)

TITLES = (WITH_BONUS, MAKING_OF, FISH, SERIES, SEASON, EPISODE, DISC, SALT_ROAD)

RATINGS = {FISH.key: Rating(None, RETURNED_AT - 86_400), WITH_BONUS.key: Rating(4, RETURNED_AT + 3_600)}
REVIEWS = (
    Review(WITH_BONUS.key, "Warm, slow & bright: I kept the light on.", RETURNED_AT + 7_200),
    Review(DISC.key, "The fog is the best actor of them all.", RETURNED_AT - 172_800),
)


DISC_QUEUE = Queue(
    available=(
        QueueEntry(DISC.key, "DVD", RETURNED_AT - 86_400),
        QueueEntry(WITH_BONUS.key, "DVD", RETURNED_AT, "very long wait"),
    ),
    saved=(QueueEntry(SEASON.key, "DVD", RETURNED_AT, "awaiting release", 1_293_840_000),),
)
INSTANT_QUEUE = Queue(
    available=(QueueEntry(FISH.key, "Instant", RETURNED_AT),),
    saved=(QueueEntry(WITH_BONUS.key, "Instant", RETURNED_AT, "available soon"),),
)


def loan(title: Title, state: RentalState, at: int, *, arrival: int | None = None) -> RentalEvent:
    viewed = 600 if state is RentalState.WATCHED else None
    delivery = "instant" if viewed else "DVD"
    return RentalEvent(title.key, state, at, delivery, estimated_arrival=arrival, viewed_time=viewed)


def sam(*events: RentalEvent) -> Subscriber:
    """The subscriber of the examples."""
    return a_subscriber(user_id=EXAMPLE_USER, rentals=newest_first(events))


def the_lantern_world() -> State:
    """Titles of every type, and a history with every state in it."""
    sent = RETURNED_AT - 432_000
    history = (
        loan(WITH_BONUS, RentalState.SHIPPED, sent, arrival=sent + 86_400),
        loan(WITH_BONUS, RentalState.RETURNED, RETURNED_AT),
        loan(FISH, RentalState.WATCHED, RETURNED_AT - 86_400),
        loan(DISC, RentalState.RETURNED, RETURNED_AT - 172_800),
        loan(MAKING_OF, RentalState.SHIPPED, sent - 86_400, arrival=sent),
    )
    whole = replace(sam(*history), disc_queue=DISC_QUEUE, instant_queue=INSTANT_QUEUE, ratings=RATINGS, reviews=REVIEWS)
    return a_world(*TITLES, subscribers=(whole, a_subscriber("kim@example.com")))

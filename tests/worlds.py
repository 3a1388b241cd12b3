"""Small worlds for tests, said in one line: builders of titles, subscribers and states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mock_netflix.world import identifiers
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.grants import Grants, issue_access_token, register
from mock_netflix.world.people import Person
from mock_netflix.world.rentals import RentalEvent, RentalState, newest_first
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Availability, Title, TitleType

SEED = "tests"

# The time of every small world.
NOW = 1_306_886_400

ADA = Person(30900001, "Ada Marsh", "Stage actor who came to film late.")
NOOR = Person(30900002, "Noor Vale")


def a_movie(number: int = 70900001, name: str = "The Paper Lantern", **told: Any) -> Title:
    """A movie of which everything is known."""
    movie = Title(
        type=TitleType.MOVIE,
        number=number,
        regular=name,
        short=name,
        release_year=2009,
        rating_scheme="mpaa_ratings",
        rating="PG-13",
        genres=("Dramas", "Coming-of-age Dramas"),
        runtime=6300,
        average_rating=3.7,
        synopsis="Two sisters keep a lantern shop open through one hard winter.",
        cast=(ADA.number, NOOR.number),
        directors=(NOOR.number,),
        formats=(Availability("instant", 1262304000, 4102444800), Availability("DVD", 1254355200)),
    )
    return replace(movie, **told)


def a_subscriber(login: str = "sam@example.com", **told: Any) -> Subscriber:
    """A subscriber without any past."""
    subscriber = Subscriber(
        user_id=identifiers.user_id(SEED, login),
        login=login,
        password="popcorn",
        first_name="Sam",
        last_name="Rivers",
        nickname="sam",
        preferred_formats=("Blu-ray", "DVD"),
    )
    return replace(subscriber, **told)


def returned(*titles: Title, first: int = 1_300_000_000) -> tuple[RentalEvent, ...]:
    """The history of one who returned these titles, a day apart."""
    return newest_first(
        RentalEvent(title.key, RentalState.RETURNED, first + 86_400 * day, "DVD") for day, title in enumerate(titles)
    )


def a_world(*titles: Title, subscribers: tuple[Subscriber, ...] = ()) -> State:
    """A world of these titles and subscribers; by default one movie and one subscriber who returned it."""
    films = titles or (a_movie(),)
    people = subscribers or (a_subscriber(rentals=returned(*films)),)
    grants, application = register(Grants(SEED), "Green Eggs")
    grants, token = issue_access_token(grants, application.key, people[0].user_id)
    return State(
        Catalogue(films, (ADA, NOOR)),
        {one.user_id: one for one in people},
        grants,
        application,
        people[0],
        token,
    )

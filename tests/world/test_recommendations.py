"""What is recommended: only what is new to a subscriber and fit for them, the best first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mock_netflix.world.queues import Queue, QueueEntry
from mock_netflix.world.recommendations import recommend
from mock_netflix.world.rentals import RentalEvent, RentalState
from mock_netflix.world.subscribers import Rating, Subscriber
from mock_netflix.world.titles import Availability, Title, TitleType
from tests.resources.lantern import DISC, EPISODE, FISH, LANTERN, MAKING_OF, SALT_ROAD, SEASON, SERIES
from tests.worlds import NOW, a_movie, a_subscriber, a_world

TITLES = (LANTERN, FISH, SALT_ROAD, MAKING_OF, SERIES, SEASON, EPISODE, DISC)
OTHER_SEASON = replace(SEASON, number=70900021, regular="Harbor Lights: Season 2", sequence=2)


def recommended(subscriber: Subscriber, *titles: Title) -> list[str]:
    """The names of what is recommended, in the order of the list."""
    found = recommend(subscriber, a_world(*(titles or TITLES)).catalogue, NOW)
    return [one.title.regular for one in found]


def rated(title: Title, stars: int | None = 5) -> Subscriber:
    return a_subscriber(ratings={title.key: Rating(stars, NOW)})


def had(title: Title) -> Subscriber:
    return a_subscriber(rentals=(RentalEvent(title.key, RentalState.WATCHED, NOW, "instant"),))


def wanting(title: Title) -> Subscriber:
    return a_subscriber(disc_queue=Queue(saved=(QueueEntry(title.key, "DVD", NOW),)))


def test_movies_and_seasons_are_recommended_and_no_parts_of_them():
    """As in the captured list of 2010 (reference: resources 3.9)."""
    names = ["Harbor Lights: Season 1", "The Paper Lantern", "Salt Road", "Lanternfish"]
    assert recommended(a_subscriber()) == names


@pytest.mark.parametrize(
    "subscriber", [rated(SALT_ROAD), rated(SALT_ROAD, None), had(SALT_ROAD), wanting(SALT_ROAD)], ids=range(4)
)
def test_what_was_rated_had_or_is_wanted_is_not_recommended(subscriber):
    assert "Salt Road" not in recommended(subscriber)
    assert "The Paper Lantern" in recommended(subscriber)


@pytest.mark.parametrize("part", [DISC, EPISODE, SEASON], ids=lambda part: part.type)
@pytest.mark.parametrize("having", [rated, had, wanting])
def test_a_season_is_known_by_any_of_its_parts(having, part):
    seasons = (SERIES, SEASON, OTHER_SEASON, EPISODE, DISC)
    assert recommended(having(part), *seasons) == ["Harbor Lights: Season 2"]


def test_a_series_that_was_rated_makes_all_its_seasons_known():
    assert recommended(rated(SERIES), SERIES, SEASON, OTHER_SEASON) == []


def test_who_cannot_watch_instantly_gets_what_comes_on_disc():
    streams = a_movie(1, "Streams", formats=(Availability("instant", 0),))
    blu_ray = a_movie(2, "Blu-ray", formats=(Availability("Blu-ray", 0),))
    pip = a_subscriber(can_instant_watch=False, preferred_formats=("DVD",))
    assert recommended(pip, streams, blu_ray, a_movie(3, "Comes")) == ["Comes"]
    assert set(recommended(a_subscriber(), streams, blu_ray)) == {"Streams", "Blu-ray"}


def test_what_is_gone_is_not_recommended():
    gone = a_movie(1, "Gone", formats=(Availability("instant", 0, NOW),))
    assert recommended(a_subscriber(), gone, a_movie(2, "There")) == ["There"]


@pytest.mark.parametrize(
    ("level", "names"),
    [(80, ["PG-13"]), (100, ["PG-13", "R"]), (130, ["PG-13", "R", "NR"]), (1_000_000, ["PG-13", "R", "NR", "NC-17"])],
)
def test_a_profile_has_only_what_its_maturity_level_lets_through(level, names):
    """The levels are those of a client (reference: resources 5.2)."""
    ratings = ("PG-13", "R", "NR", "NC-17")
    titles = [a_movie(n, name, rating=name, average_rating=4 - n / 10) for n, name in enumerate(ratings, start=1)]
    assert recommended(a_subscriber(max_maturity_level=level), *titles) == names


def test_the_best_prediction_comes_first_and_it_is_the_one_that_is_told():
    liked = replace(SALT_ROAD, number=70900005, regular="Salt Road 2", average_rating=3.0)
    found = recommend(rated(liked), a_world(*TITLES, liked).catalogue, NOW)
    # 3.4 + 1 * (5 - 3.0) / (1 + 4)
    assert [(one.title.regular, one.predicted) for one in found][:3] == [
        ("Harbor Lights: Season 1", 4.1),
        ("Salt Road", 3.8),
        ("The Paper Lantern", 3.7),
    ]


def test_of_two_with_the_same_prediction_the_better_known_comes_first():
    alike = [replace(LANTERN, number=n, regular=name) for n, name in ((9, "Aster"), (8, "Birch"), (7, "Cedar"))]
    assert recommended(a_subscriber(), *reversed(alike)) == ["Aster", "Birch", "Cedar"]


def test_series_are_not_recommended_beside_their_seasons():
    found = recommend(a_subscriber(), a_world(*TITLES).catalogue, NOW)
    assert {one.title.type for one in found} == {TitleType.MOVIE, TitleType.SEASON}

"""Ratings and predictions: what is kept of an opinion, and how it moves what is expected of other titles."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.ratings import newest_first, predict, rate, rate_first, taste_of
from mock_netflix.world.refusals import AlreadyRated
from mock_netflix.world.subscribers import Rating, Subscriber
from mock_netflix.world.titles import Title
from tests.worlds import ADA, NOOR, NOW, a_movie, a_subscriber

LIKED = a_movie(1, "Liked", average_rating=3.0, genres=("Dramas", "Foreign"), cast=(ADA.number,), directors=(7,))
SAME_DIRECTOR = a_movie(2, "Director", average_rating=3.0, genres=("Comedies",), cast=(), directors=(7,))
SAME_ACTOR = a_movie(3, "Actor", average_rating=3.0, genres=("Comedies",), cast=(ADA.number,), directors=())
SAME_GENRE = a_movie(4, "Genre", average_rating=3.0, genres=("Dramas",), cast=(NOOR.number,), directors=())
NOTHING_SHARED = a_movie(5, "Other", average_rating=3.3, genres=("Comedies",), cast=(), directors=(ADA.number,))
TITLES = (LIKED, SAME_DIRECTOR, SAME_ACTOR, SAME_GENRE, NOTHING_SHARED)
CATALOGUE = Catalogue(TITLES, (ADA, NOOR))
SAM = a_subscriber()


def having(**stars: int | None) -> Subscriber:
    """Sam, who gave these stars to the titles of these names."""
    named = {title.regular.lower(): title.key for title in TITLES}
    return replace(SAM, ratings={named[name]: Rating(given, NOW) for name, given in stars.items()})


def prediction(subscriber: Subscriber, title: Title) -> float:
    return predict(taste_of(subscriber, CATALOGUE), title)


def test_without_ratings_the_prediction_is_the_average():
    assert [prediction(SAM, title) for title in TITLES] == [3.0, 3.0, 3.0, 3.0, 3.3]


@pytest.mark.parametrize(
    ("title", "expected"),
    # The rating lies 2 above the average: 3.0 + 4 * 2 / (4 + 4), 3.0 + 3 * 2 / (3 + 4), 3.0 + 1 * 2 / (1 + 4).
    [(SAME_DIRECTOR, 4.0), (SAME_ACTOR, 3.9), (SAME_GENRE, 3.4), (NOTHING_SHARED, 3.3)],
    ids=lambda value: getattr(value, "regular", ""),
)
def test_a_rating_moves_the_predictions_of_titles_that_share_something(title, expected):
    """By the rule at the head of world/ratings.py, reckoned by hand."""
    assert prediction(having(liked=5), title) == expected


def test_a_title_that_is_disliked_moves_them_down():
    assert prediction(having(liked=1), SAME_DIRECTOR) == 2.0


def test_not_interested_counts_as_two_stars():
    assert prediction(having(liked=None), SAME_DIRECTOR) == prediction(having(liked=2), SAME_DIRECTOR) == 2.5


def test_the_rating_of_a_title_does_not_move_its_own_prediction():
    """Else the prediction would only repeat what the subscriber said."""
    assert prediction(having(liked=5), LIKED) == prediction(SAM, LIKED)
    assert prediction(having(liked=1, director=5), LIKED) == prediction(having(director=5), LIKED)


def test_what_is_in_a_title_twice_counts_once():
    """A director who is in the cast as well is two things that titles may share; a name that is listed twice is one."""
    twice = replace(SAME_DIRECTOR, directors=(7, 7))
    assert prediction(having(liked=5), twice) == prediction(having(liked=5), SAME_DIRECTOR)


def test_the_order_of_the_ratings_does_not_matter():
    whole = having(liked=5, genre=2, actor=4)
    other_way = replace(whole, ratings=dict(reversed(whole.ratings.items())))
    assert [prediction(whole, title) for title in TITLES] == [prediction(other_way, title) for title in TITLES]


def test_a_rating_may_be_changed_and_taken_back():
    once = rate(SAM, LIKED.key, Rating(3, NOW))
    changed = rate(once, LIKED.key, Rating(None, NOW + 1))
    assert changed.ratings == {LIKED.key: Rating(None, NOW + 1)}
    assert rate(changed, LIKED.key, None).ratings == {}


def test_to_take_back_what_was_never_given_changes_nothing():
    assert rate(SAM, LIKED.key, None) is SAM


def test_a_first_rating_is_refused_where_there_is_one():
    """Also where it is "not interested", and also where it would only take the rating back."""
    for rating in (Rating(2, NOW), None):
        with pytest.raises(AlreadyRated):
            rate_first(having(liked=None), LIKED.key, rating)


def test_the_last_one_rated_comes_first_also_in_the_same_second():
    subscriber = having(liked=5, genre=2, actor=4)
    changed = rate(subscriber, LIKED.key, Rating(4, NOW))
    assert newest_first(changed) == (LIKED.key, SAME_ACTOR.key, SAME_GENRE.key)
    assert newest_first(rate(changed, SAME_GENRE.key, Rating(1, NOW + 1)))[0] == SAME_GENRE.key


opinions = st.sampled_from([None, *(Rating(stars, NOW) for stars in (1, 2, 3, 4, 5)), Rating(None, NOW)])
averages = st.lists(st.integers(10, 50).map(lambda tenths: tenths / 10), min_size=5, max_size=5)
commands = st.lists(st.tuples(st.sampled_from((rate, rate_first)), st.sampled_from(TITLES), opinions), max_size=12)


@settings(deadline=None)
@given(averages, commands)
def test_whatever_is_rated_predictions_stay_between_one_star_and_five(stars, asked):
    titles = [replace(title, average_rating=one) for title, one in zip(TITLES, stars, strict=True)]
    catalogue, subscriber = Catalogue(titles, (ADA, NOOR)), SAM
    for command, title, rating in asked:
        try:
            subscriber = command(subscriber, title.key, rating)
        except AlreadyRated:
            continue
    for title in titles:
        found = predict(taste_of(subscriber, catalogue), title)
        assert 1.0 <= found <= 5.0
        assert found == round(found, 1)


@settings(deadline=None)
@given(commands)
def test_a_refused_rating_leaves_the_subscriber_the_same(asked):
    subscriber = SAM
    for command, title, rating in asked:
        before = dict(subscriber.ratings)
        try:
            becoming = command(subscriber, title.key, rating)
        except AlreadyRated:
            becoming = subscriber
        assert subscriber.ratings == before, "a value was changed in place"
        subscriber = becoming
    assert None not in subscriber.ratings.values()

"""Elements of things that never change are built once, and not for ever."""

from __future__ import annotations

from mock_netflix.resources.endpoint import Kept
from mock_netflix.wire.element import Element
from tests.worlds import a_movie


class Builder:
    """Builds elements, and counts them."""

    def __init__(self) -> None:
        self.built = 0

    def __call__(self, thing: object) -> Element:
        self.built += 1
        return Element("n", text=self.built)


def test_the_same_thing_in_the_same_form_is_built_once():
    kept, build, movie = Kept(), Builder(), a_movie()
    assert kept.element(movie, "a", build) is kept.element(movie, "a", build)
    assert build.built == 1


def test_another_form_and_another_thing_are_built_anew_even_where_the_thing_is_equal():
    """Two worlds may have equal titles that stand among other titles."""
    kept, build, movie, twin = Kept(), Builder(), a_movie(), a_movie()
    made = [kept.element(*asked, build) for asked in ((movie, "a"), (movie, "b"), (twin, "a"))]
    assert [element.text for element in made] == [1, 2, 3]


def test_no_more_than_the_limit_are_kept_and_the_oldest_goes_first():
    kept, build, movies = Kept(limit=2), Builder(), [a_movie(number) for number in (1, 2, 3)]
    for movie in movies:
        kept.element(movie, "a", build)
    assert kept.element(movies[2], "a", build).text == 3
    assert kept.element(movies[1], "a", build).text == 2
    assert kept.element(movies[0], "a", build).text == 4


def test_several_things_come_in_their_order_and_each_is_built_once():
    kept, build, movies = Kept(), Builder(), [a_movie(number) for number in (1, 2, 3)]
    kept.element(movies[1], "a", build)
    assert [element.text for element in kept.elements(movies, "a", build)] == [2, 1, 3]
    assert [element.text for element in kept.elements([*movies, movies[0]], "a", build)] == [2, 1, 3, 2]


def test_the_limit_holds_over_all_forms():
    kept, build, movie = Kept(limit=2), Builder(), a_movie()
    assert [kept.element(movie, form, build).text for form in "abcbca"] == [1, 2, 3, 2, 3, 4]

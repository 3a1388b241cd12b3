"""The example documents of ratings and recommendations (reference: examples 8.20 to 8.22), asked for as a client did.

The titles that are not in them stand in these worlds to make the predictions what the examples say.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from mock_netflix.world.subscribers import Rating
from tests.resources.in_process import Api
from tests.resources.lantern import EXAMPLE_USER, LANTERN, RETURNED_AT, SALT_ROAD, SEASON, SERIES, sam
from tests.resources.test_examples import example, example_json, without_what_the_example_left_out
from tests.wire.trees import rewritten, said_by_xml
from tests.worlds import ADA, NOOR, a_movie, a_world

USER = f"/users/{EXAMPLE_USER}"

SALT_DRAMA = replace(SALT_ROAD, genres=("Dramas",), directors=(ADA.number,))
LIKE_SALT = a_movie(70900101, "Salt", average_rating=2.9, genres=("Westerns",), cast=(), directors=(ADA.number,))
LIKE_LANTERN = a_movie(70900102, "Wick", average_rating=4.3, genres=("Comedies",), cast=(), directors=(NOOR.number,))
LIKE_HARBOR = a_movie(70900103, "Pier", average_rating=4.4, genres=("Comedies",))
OTHERS = [
    a_movie(70901000 + place, f"Other {place}", average_rating=3.0, genres=("Westerns",), cast=(), directors=())
    for place in range(286)
]


def rated(*stars: tuple[Any, int | None]):
    """The subscriber of the examples, who gave these titles these stars."""
    return replace(sam(), ratings={title.key: Rating(given, RETURNED_AT) for title, given in stars})


RATER = rated((LIKE_SALT, 1), (LIKE_LANTERN, 5), (LANTERN, 4), (SALT_DRAMA, None))
RATINGS = a_world(LANTERN, SALT_DRAMA, LIKE_SALT, LIKE_LANTERN, subscribers=(RATER,))
VIEWER = rated((LIKE_HARBOR, 5))
RECOMMENDATIONS = a_world(SERIES, SEASON, LIKE_HARBOR, *OTHERS, subscribers=(VIEWER,))

ASKED = {
    "ratings": (RATINGS, "/ratings/title", {"title_refs": "movies/70900001,movies/70900004"}),
    "recommendations": (RECOMMENDATIONS, "/recommendations", {"max_results": 1}),
}
each = pytest.mark.parametrize("name", ASKED)


def answer(name: str, **further: str) -> str:
    world, path, parameters = ASKED[name]
    return Api(world).get(USER + path, **parameters, **further).text


@each
def test_an_example_is_answered_in_xml(name):
    """The examples show only some of the title's fields, and not when a rating was made."""
    found, wanted = said_by_xml(answer(name))[3], said_by_xml(example(name))[3]
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert (without_what_the_example_left_out(one, other) if other[3] else one) == other


@each
def test_an_example_is_answered_in_json(name):
    found = json.loads(answer(name, output="json"))
    assert found == rewritten(answer(name))
    assert shortened(found, example_json(name)) == example_json(name)


def shortened(found: Any, wanted: Any) -> Any:
    """A JSON answer less the members, links and categories that an example does not show."""
    if isinstance(found, dict):
        return {name: shortened(found[name], wanted[name]) for name in wanted}
    if not isinstance(found, list):
        return found
    if {"href", "term"} & set(wanted[0]):
        return [one for one in found if one in wanted]
    return [shortened(one, other) for one, other in zip(found, wanted, strict=True)]


@pytest.mark.parametrize("output", ["pox", "json"])
def test_a_rating_that_is_set_is_answered_as_in_the_example(output):
    response = Api(RATINGS).send("PUT", f"{USER}/ratings/title/actual/70900001", {"rating": "4", "output": output})
    assert response.status_code == 200
    if output == "json":
        assert response.json() == example_json("rating_set")
    else:
        assert said_by_xml(response.content) == said_by_xml(example("rating_set"))

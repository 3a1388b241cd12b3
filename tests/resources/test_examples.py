"""The complete example documents of the record (reference: examples 8.1 to 8.18), asked for as a client did then.

They lie in `examples/`, copied from the record; all content in them is invented.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.world.rentals import RentalState
from mock_netflix.world.state import State
from mock_netflix.world.titles import TitleType
from tests.resources.in_process import Api
from tests.resources.lantern import (
    DISC,
    EPISODE,
    EXAMPLE_USER,
    FISH,
    LANTERN,
    MAKING_OF,
    RETURNED_AT,
    SEASON,
    SERIES,
    WITH_BONUS,
    loan,
    sam,
)
from tests.resources.record import EXAMPLES, example, example_json, without_what_the_example_left_out
from tests.wire.trees import rewritten, said_by_xml
from tests.worlds import a_movie, a_world


def a_world_of_37_lanterns() -> State:
    """The movie, its season, and 35 others that only their synopsis finds."""
    discs = [a_movie(70901000 + place, f"Disc {place}", type=TitleType.DISC) for place in range(33)]
    return a_world(replace(WITH_BONUS, official_url=None), MAKING_OF, SERIES, SEASON, EPISODE, DISC, *discs)


WORLDS = {
    "search": a_world_of_37_lanterns(),
    "autocomplete": a_world(LANTERN, FISH),
    "title_expanded": a_world(LANTERN, subscribers=(sam(),)),
    "user": a_world(LANTERN, subscribers=(sam(loan(LANTERN, RentalState.RETURNED, RETURNED_AT)),)),
}

SEARCH = ("search", "/catalog/titles", Level.SIGNED, {"term": "lantern", "max_results": 2})
AUTOCOMPLETE = ("autocomplete", "/catalog/titles/autocomplete", Level.KEY, {"term": "lan"})
TITLE = ("title_expanded", "/catalog/titles/movies/70900001", Level.SIGNED, {"expand": "synopsis,cast,formats"})
CURRENT = ("current_user", "/users/current", Level.PROTECTED, {})
USER = ("user", f"/users/{EXAMPLE_USER}", Level.PROTECTED, {})
RETURNED = ("returned", f"/users/{EXAMPLE_USER}/rental_history/returned", Level.PROTECTED, {})
FEEDS = ("feeds", f"/users/{EXAMPLE_USER}/feeds", Level.PROTECTED, {})

Asked = tuple[str, str, Level, dict[str, Any]]
whole = pytest.mark.parametrize("asked", [SEARCH, AUTOCOMPLETE, TITLE, CURRENT, USER], ids=lambda asked: asked[0])


def answer(asked: Asked, **further: str) -> str:
    """What the mock answers where the example was asked for."""
    name, path, level, parameters = asked
    response = Api(WORLDS.get(name, WORLDS["user"])).send("GET", path, {**parameters, **further}, level)
    assert response.status_code == 200
    return response.text


@whole
def test_an_example_is_answered_in_xml_element_by_element(asked):
    """The same elements in the same order, with the same attributes in the same order and the same texts."""
    assert said_by_xml(answer(asked)) == said_by_xml(example(asked[0]))


@whole
def test_an_example_is_answered_in_json(asked):
    assert json.loads(answer(asked, output="json")) == example_json(asked[0])


@pytest.mark.parametrize("asked", [SEARCH, AUTOCOMPLETE, TITLE, CURRENT, USER, RETURNED, FEEDS], ids=lambda a: a[0])
def test_the_json_of_every_answer_is_the_rewrite_of_its_xml(asked):
    assert json.loads(answer(asked, output="json")) == rewritten(answer(asked))


@pytest.mark.parametrize("name", [path.stem for path in sorted(EXAMPLES.glob("*.json"))])
def test_the_json_of_every_example_is_the_rewrite_of_its_xml(name):
    """So the rewriter of these tests follows the record."""
    assert rewritten(example(name)) == example_json(name)


def test_the_rental_history_is_answered_in_xml():
    """The example shows only some of the title's fields (reference: examples 8)."""
    *envelope, item = said_by_xml(answer(RETURNED))[3]
    *wanted_envelope, wanted = said_by_xml(example("returned"))[3]
    assert envelope == wanted_envelope
    assert without_what_the_example_left_out(item, wanted) == wanted


def test_the_rental_history_is_answered_in_json():
    history = json.loads(answer(RETURNED, output="json"))["rental_history"]
    wanted = example_json("returned")["rental_history"]
    item = history["rental_history_item"]
    for name in ("link", "category"):
        item[name] = [one for one in item[name] if one in wanted["rental_history_item"][name]]
    assert history == wanted


def test_an_item_of_the_history_ends_with_all_that_the_title_says_of_itself():
    *_, item = said_by_xml(answer(RETURNED))[3]
    own = [child[0] for child in item[3]].index("title")
    title = said_by_xml(answer(("user", "/catalog/titles/movies/70900001", Level.SIGNED, {})))
    assert item[3][own:] == title[3][1:]


def as_in_the_record(document: str) -> str:
    """Tokens and keys as placeholders; the link titles of the record are guesses."""
    document = re.sub(r"feed_token=T1[\w.-]{64}&amp;", "feed_token=TOKEN&amp;", document)
    document = re.sub(r"oauth_consumer_key=[a-z0-9]{24}&amp;", "oauth_consumer_key=KEY&amp;", document)
    return re.sub(r'title="[^"]*"', 'title=""', document)


def test_the_feeds_have_the_shape_of_the_example():
    """The example shows two of the twelve links."""
    *_, links = said_by_xml(as_in_the_record(answer(FEEDS)))
    *_, wanted = said_by_xml(as_in_the_record(example("feeds")))
    assert links[: len(wanted)] == wanted
    assert len(links) == 12

"""Whose resource it is: the token says it, and the path must not name anybody else (reference: client-demands 7)."""

from __future__ import annotations

import pytest

from mock_netflix.world.grants import issue_access_token
from mock_netflix.world.state import State
from tests.resources.in_process import Api, refusal
from tests.resources.lantern import the_lantern_world
from tests.resources.samples import FEEDS


def a_world_of_two() -> tuple[State, str, str]:
    """A world with a second access token of the ready subscriber, and one of another; both tokens."""
    world = the_lantern_world()
    other = next(user_id for user_id in world.subscribers if user_id != world.subscriber.user_id)
    grants, again = issue_access_token(world.grants, world.application.key, world.subscriber.user_id)
    grants, foreign = issue_access_token(grants, world.application.key, other)
    return world.with_grants(grants), again.token, foreign.token


WORLD, AGAIN, FOREIGN = a_world_of_two()


def test_any_access_token_of_a_subscriber_names_them():
    assert Api(WORLD).get(f"/users/{AGAIN}/rental_history").status_code == 200


@pytest.mark.parametrize("tail", ["", "/feeds", "/rental_history"])
def test_an_access_token_of_somebody_else_is_refused(tail):
    assert refusal(Api(WORLD).get(f"/users/{FOREIGN}{tail}")) == (401, "User ID access token mismatch")


@pytest.mark.parametrize("endpoint", FEEDS, ids=lambda endpoint: endpoint.name)
def test_an_access_token_of_somebody_else_is_refused_by_a_feed_too(endpoint):
    path = endpoint.paths[0].replace("{user}", FOREIGN)
    response = Api(WORLD).feed(endpoint.feeds[0], path)
    assert refusal(response) == (401, "Mismatch between user token and feed token")

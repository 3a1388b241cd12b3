"""Signing in, and a world that changes by becoming another value."""

from __future__ import annotations

import pytest

from mock_netflix.world.grants import Grants
from mock_netflix.world.refusals import AuthorizationFailed
from mock_netflix.world.state import sign_in
from tests.worlds import a_subscriber, a_world

KIM = a_subscriber("kim@example.com", password="Salt")
WORLD = a_world(subscribers=(a_subscriber(), KIM))


@pytest.mark.parametrize("login", ["kim@example.com", "KIM@Example.com", " kim@example.com "])
def test_a_login_is_taken_in_any_case_and_with_blanks_around_it(login):
    assert sign_in(WORLD, login, "Salt") is KIM


@pytest.mark.parametrize(
    ("login", "password"),
    [("kim@example.com", "salt"), ("kim@example.com", ""), ("kim", "Salt"), ("", "Salt"), ("sam@example.com", "Salt")],
)
def test_another_password_or_login_is_refused(login, password):
    with pytest.raises(AuthorizationFailed):
        sign_in(WORLD, login, password)


def test_new_grants_make_a_new_world_and_leave_the_old_one_as_it_was():
    before = WORLD.grants
    changed = WORLD.with_grants(Grants("other"))
    assert (changed.grants.seed, WORLD.grants) == ("other", before)
    assert (changed.catalogue, changed.subscribers) == (WORLD.catalogue, WORLD.subscribers)


@pytest.mark.parametrize(
    "mapping",
    [
        WORLD.subscribers,
        WORLD.subscriber.ratings,
        WORLD.grants.applications,
        WORLD.grants.access_tokens,
        WORLD.catalogue.titles,
        WORLD.catalogue.people,
    ],
)
def test_what_worlds_share_cannot_be_changed_by_whoever_looks_at_it(mapping):
    with pytest.raises(AttributeError):
        mapping.clear()
    with pytest.raises(TypeError):
        mapping["one"] = "more"

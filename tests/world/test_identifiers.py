"""Keys, ids, tokens and secrets: their forms on record (reference: protocol 10), the same at every start."""

from __future__ import annotations

import re

import pytest

from mock_netflix.world import identifiers

LOWER = "a-hjkmnp-z2-9"
OPAQUE = "A-Za-z0-9._-"

FORMS = {
    "consumer_key": f"[{LOWER}]{{24}}",
    "consumer_secret": "[A-Za-z0-9]{10}",
    "request_token": f"[{LOWER}]{{24}}",
    "token_secret": "[A-Za-z0-9]{12}",
    "verifier": f"[{LOWER}]{{6}}",
    "user_id": f"T1[{OPAQUE}]{{43}}-",
    "access_token": f"T1[{OPAQUE}]{{86}}--",
    "feed_token": f"T1[{OPAQUE}]{{64}}",
}
LENGTHS = {
    "consumer_key": 24,
    "consumer_secret": 10,
    "request_token": 24,
    "token_secret": 12,
    "verifier": 6,
    "user_id": 46,
    "access_token": 90,
    "feed_token": 66,
}

many = pytest.mark.parametrize("name", FORMS)


def made(name: str) -> list[str]:
    """A good many identifiers of one kind."""
    make = getattr(identifiers, name)
    return [make("seed", number) for number in range(300)]


@many
def test_each_kind_has_the_length_and_the_alphabet_on_record(name):
    assert all(re.fullmatch(FORMS[name], one) for one in made(name))
    assert {len(one) for one in made(name)} == {LENGTHS[name]}


@many
def test_no_two_are_the_same(name):
    assert len(set(made(name))) == 300


@many
def test_each_is_a_matter_of_its_kind_and_its_parts_and_of_nothing_else(name):
    assert made(name) == made(name)
    make = getattr(identifiers, name)
    assert len({make("seed", 1), make("seed", 2), make("other", 1), make("seed")}) == 4


@many
def test_the_whole_alphabet_is_used(name):
    letters = set("".join(one.removeprefix("T1") for one in made(name)))
    assert len(letters) == {"a": 31, "A": 62}.get(FORMS[name][1], 65)


def test_kinds_of_one_form_differ():
    assert identifiers.consumer_key("seed", 1) != identifiers.request_token("seed", 1)
    assert identifiers.token_secret("seed", "request", 1) != identifiers.token_secret("seed", "access", 1)


def test_they_are_the_same_at_every_start_and_in_every_release():
    """People paste them into their tests."""
    assert identifiers.consumer_key("mock-netflix", "Green Eggs", 0) == "faqbgkqqgt36z9jfm9qnhv22"
    assert identifiers.user_id("mock-netflix", "sam@example.com") == "T1d.1fkusp1TGSXgqSTcLCpaa8K.FxNpXnby8ks8OAiCa-"


@pytest.mark.parametrize("name", ["user_id", "feed_token"])
def test_a_form_is_recognised(name):
    looks_like = getattr(identifiers, f"looks_like_{name}")
    own = made(name)[0]
    assert looks_like(own)
    others = (made(other)[0] for other in FORMS if other != name)
    assert not any(map(looks_like, (*others, own[:-1], own + "x", f" {own}", own + "\n", "", "$uid", "current")))

"""The rules of a world: what they are at first, what each may be, and how one is told that it may not."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_netflix.world.rules import RuleError, Rules, changed, kinds_of, strict

DOCS = (Path(__file__).parents[2] / "docs" / "settings.md").read_text()
NAMES = tuple(one.name for one in fields(Rules))
NUMBERS = tuple(name for name in NAMES if int in kinds_of(name))
SWITCHES = tuple(name for name in NAMES if bool in kinds_of(name))
LIMITS = ("access_token_lifetime", "queries_per_second", "queries_per_day", "service_queries_per_second")
OUTAGES = ("bad-gateway", "maintenance", "gateway-timeout")


def told(name: str, value: object) -> str:
    """What is said of a value that a rule cannot have."""
    with pytest.raises(RuleError) as caught:
        changed(Rules(), {name: value})
    return str(caught.value)


def as_sent(value: object) -> str:
    """As JSON writes it, if it is no collection."""
    return {list: "a list", dict: "an object"}.get(type(value)) or json.dumps(value)


def test_the_docs_name_every_rule_with_its_default():
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \|", DOCS, re.MULTILINE)
    assert {name: json.loads(value) for name, value in rows} == asdict(Rules())


def test_nothing_is_limited_at_first_and_what_clients_did_for_years_is_forgiven():
    rules = Rules()
    assert [getattr(rules, name) for name in (*LIMITS, "outage")] == [None] * 5
    assert (rules.unique_nonces, rules.port_may_be_left_out) == (False, True)
    assert not rules.has_limits


@pytest.mark.parametrize("name", [name for name in LIMITS if name.endswith(("second", "day"))])
def test_each_limit_makes_calls_count_even_none_at_all(name):
    assert changed(Rules(), {name: 0}).has_limits
    assert not changed(changed(Rules(), {name: 4}), {name: None}).has_limits


def test_strict_is_two_rules_and_no_more():
    assert strict(Rules()) == replace(Rules(), unique_nonces=True, port_may_be_left_out=False)
    assert strict(Rules(queries_per_day=7)).queries_per_day == 7


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [0, 1, 10**9])
def test_a_number_may_be_from_nothing_to_far_more_than_any_test_needs(name, value):
    assert getattr(changed(Rules(), {name: value}), name) == value


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_is_on_or_off(name):
    assert [getattr(changed(Rules(), {name: value}), name) for value in (True, False)] == [True, False]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [-1, 10**9 + 1, 10**40, True, False, 1.0, "4", "", [], {}])
def test_what_is_no_number_or_out_of_range_is_refused_with_the_range(name, value):
    said = told(name, value)
    assert said.startswith(f"{name} cannot be {as_sent(value)}; it takes a whole number from 0 to 1000000000")
    assert said.endswith(" or null") == (None in kinds_of(name))


@pytest.mark.parametrize("name", SWITCHES)
@pytest.mark.parametrize("value", [0, 1, "true", "", None, [True]])
def test_what_is_no_switch_is_refused(name, value):
    assert told(name, value) == f"{name} cannot be {as_sent(value)}; it takes true or false"


@pytest.mark.parametrize("name", ["timestamp_window", "request_token_lifetime", *SWITCHES])
def test_null_is_refused_where_there_must_be_a_value(name):
    assert told(name, None).startswith(f"{name} cannot be null; ")


@pytest.mark.parametrize("value", OUTAGES)
def test_an_outage_is_one_of_three(value):
    assert changed(Rules(), {"outage": value}).outage == value


@pytest.mark.parametrize("value", ["", "Maintenance", "503", 503, True, ["maintenance"]])
def test_another_outage_is_refused_with_those_that_there_are(value):
    said = 'it takes "bad-gateway" or "maintenance" or "gateway-timeout" or null'
    assert told("outage", value) == f"outage cannot be {as_sent(value)}; {said}"


@pytest.mark.parametrize(
    "name",
    ["", "queries_per_minute", "has_limits", "__class__", "Plaintext", "n" * 1_000_000],
    ids=lambda one: one[:20],
)
def test_a_rule_that_there_is_not_is_told_those_that_there_are(name):
    said = told(name, 1)
    assert said.startswith("there is no rule ")
    assert said.endswith(", ".join(NAMES))
    assert len(said) < 500


@pytest.mark.parametrize("value", ["v" * 1_000_000, [0] * 1_000_000], ids=["text", "list"])
def test_of_a_long_value_the_beginning_is_repeated(value):
    assert len(told("plaintext", value)) < 200


def test_a_value_with_the_end_of_a_line_stays_in_one():
    assert "\n" not in told("plaintext", "a\nb")


def test_of_several_changes_all_are_made_or_none():
    before = Rules()
    assert changed(before, {"plaintext": True, "outage": "maintenance"}) == Rules(plaintext=True, outage="maintenance")
    with pytest.raises(RuleError, match="timestamp_window"):
        changed(before, {"plaintext": True, "timestamp_window": None})
    assert before == Rules()


def test_no_change_is_none():
    assert changed(Rules(plaintext=True), {}) == Rules(plaintext=True)


@given(st.sampled_from(NAMES), st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()))
def test_a_rule_is_either_as_it_was_asked_or_refused_in_a_sentence(name, value):
    try:
        rules = changed(Rules(), {name: value})
    except RuleError:
        assert told(name, value).startswith(f"{name} cannot be ")
    else:
        assert asdict(rules) == {**asdict(Rules()), name: value}
        assert type(getattr(rules, name)) is type(value)

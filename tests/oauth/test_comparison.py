"""Two base strings side by side: what is said of the places where they differ (RFC 5849 section 3.4.1)."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_netflix.oauth.comparison import (
    METHOD,
    PARAMETERS,
    URI,
    Difference,
    beside,
    cores,
    differences,
    in_words,
    makes,
    parts_of,
)
from tests.clients.signer import hmac_sha1

ADDRESS = "http://127.0.0.1:2008/catalog/titles"
PAIRS = ("a=1", "b=x%20y", "c=", "d=2", "d=3")


def escaped(text: str) -> str:
    return quote(text, safe="-._~")


def joined(method: str = "GET", address: str = ADDRESS, pairs: tuple[str, ...] = PAIRS) -> str:
    """A base string of these parts; names and values of the pairs are encoded already."""
    return f"{method}&{escaped(address)}&{escaped('&'.join(pairs))}"


RIGHT = joined()

# A base string with one change in it: in which part it is, where the RFC speaks of it, and a word that must be said.
CHANGED = [
    (joined("POST"), METHOD, "3.4.1.1", "verbs differ"),
    (joined("get"), METHOD, "3.4.1.1", "small or capital"),
    (joined(address=ADDRESS.replace("http:", "https:")), URI, "3.4.1.2", "schemes"),
    (joined(address=ADDRESS.replace(":2008", "")), URI, "3.4.1.2", "ports"),
    (joined(address=ADDRESS.replace("127.0.0.1", "localhost")), URI, "3.4.1.2", "hosts"),
    (joined(address=f"{ADDRESS}/"), URI, "3.4.1.2", "paths"),
    (joined(address=f"{ADDRESS}?a=1"), URI, "3.4.1.2", "query is left in the address"),
    (joined(address=escaped(ADDRESS)), URI, "3.6", "percent-encoded twice"),
    (RIGHT.replace("%3A%2F%2F", "%3a%2f%2f"), URI, "3.6", "percent-encoded differently"),
    (joined(pairs=("b=x%20y", "a=1", *PAIRS[2:])), PARAMETERS, "3.4.1.3.2", "b=x%20y stands where a=1 should"),
    (joined(pairs=PAIRS[1:]), PARAMETERS, "3.4.1.3.1", "a is missing from yours"),
    (joined(pairs=(*PAIRS, "realm=x")), PARAMETERS, "3.4.1.3.1", "realm is in yours alone"),
    (joined(pairs=("a=2", *PAIRS[1:])), PARAMETERS, "3.4.1.3.1", "a has another value"),
    (joined(pairs=PAIRS[:-1]), PARAMETERS, "3.4.1.3.1", "d is missing from yours"),
    (joined(pairs=("a=1", "b=x+y", *PAIRS[2:])), PARAMETERS, "3.6", "b is percent-encoded differently"),
    (joined(pairs=("a=1", "b=x%2520y", *PAIRS[2:])), PARAMETERS, "3.6", "b is percent-encoded twice"),
    (joined(pairs=(escaped("&".join(PAIRS)),)), PARAMETERS, "3.6", "percent-encoded twice as a whole"),
    (RIGHT.replace("%3D", "%3d"), PARAMETERS, "3.6", "differently as a whole"),
    (RIGHT.replace("&", "", 1), "joints", "3.4.1.1", "must have three"),
]


@pytest.mark.parametrize(("yours", "part", "section", "said"), CHANGED, ids=[row[3] for row in CHANGED])
def test_one_change_is_one_difference_with_its_part_and_its_section(yours, part, section, said):
    (found,) = differences(yours, RIGHT)
    assert (found.part, found.section) == (part, section)
    assert said in found.what


def test_a_base_string_that_is_not_encoded_is_still_laid_beside():
    found = differences(f"GET&{ADDRESS}&{'&'.join(PAIRS)}", RIGHT)
    assert [one.part for one in found] == ["joints", URI, PARAMETERS]
    assert {one.section for one in found[1:]} == {"3.6"}


def test_a_parameter_that_moved_is_neither_missing_nor_too_much():
    """One that is new, and two that are not sorted: each is told once."""
    found = differences(joined(pairs=("d=2", "a=1", "b=x%20y", "c=", "d=3", "new=1")), RIGHT)
    assert [one.what.partition(":")[0] for one in found] == [
        "new is in yours alone.",
        "The others are not sorted alike",
    ]


def test_blanks_around_a_base_string_make_no_difference():
    assert differences(f" {RIGHT}\n", RIGHT) == ()


def test_the_place_is_the_number_of_letters_that_are_the_same():
    (found,) = differences(joined(pairs=("a=1", "b=x%20z", *PAIRS[2:])), RIGHT)
    assert found.yours[: found.place] == found.ours[: found.place] == "b=x%20"
    assert found.yours[found.place] != found.ours[found.place]


# What differs, in quotation marks.

QUOTED = [
    ("term=a+b", "term=a%20b", '"+" stands where "%20" should.'),
    ("term=love%2520me", "term=love%20me", '"%2520" stands where "%20" should.'),
    ("POST", "PUT", '"POST" stands where "PUT" should.'),
    ("http://h:80/p", "http://h/p", '":80" is too much.'),
    ("http://h/p", "http://h/p/", '"/" is missing.'),
    ("a=%c3%a9", "a=%C3%A9", '"%c3%a9" stands where "%C3%A9" should.'),
    ("a=" + "x" * 100, "a=" + "y" * 100, ""),
    ("a=1", "", ""),
]


@pytest.mark.parametrize(("yours", "ours", "said"), QUOTED)
def test_what_differs_is_quoted_without_tearing_escapes_and_words_apart(yours, ours, said):
    place = next((nth for nth, (a, b) in enumerate(zip(yours, ours, strict=False)) if a != b), 0)
    place = place or min(len(yours), len(ours)) * (ours.startswith(yours) or yours.startswith(ours))
    assert in_words(Difference(URI, "They differ.", "3.4.1.2", yours, ours, place)) == said


@given(st.text("ab%25/0", max_size=20), st.text("ab%25/0", max_size=20))
def test_what_stands_around_what_differs_is_in_both_texts(yours, ours):
    place = next((n for n, (a, b) in enumerate(zip(yours, ours, strict=False)) if a != b), min(len(yours), len(ours)))
    before, mine, other, after = cores(Difference("", "", "", yours, ours, place))
    assert (before + mine + after, before + other + after) == (yours, ours)
    assert len(before) <= place


# Line by line.


def test_parameters_of_one_name_stand_side_by_side():
    every = beside(joined(pairs=("b=1", "x=1")), joined(pairs=("a=1", "b=2")))
    assert [tuple(one) for one in every] == [
        ("GET", "GET"),
        (ADDRESS, ADDRESS),
        (None, "a=1"),
        ("b=1", "b=2"),
        ("x=1", None),
    ]


def test_what_is_only_sorted_otherwise_keeps_its_order_on_either_side():
    assert [tuple(one) for one in beside(joined(pairs=("b=1", "a=1")), joined(pairs=("a=1", "b=1")))][2:] == [
        ("b=1", "a=1"),
        ("a=1", "b=1"),
    ]


_NAMES = st.text("abc%&= ", max_size=6)
_MANY_PAIRS = st.lists(st.tuples(_NAMES, _NAMES), max_size=8).map(
    lambda pairs: tuple(f"{escaped(name)}={escaped(value)}" for name, value in pairs)
)


@given(_MANY_PAIRS, _MANY_PAIRS)
def test_side_by_side_nothing_is_lost(yours, ours):
    every = beside(joined(pairs=yours), joined(pairs=ours))[2:]
    assert sorted(one.yours for one in every if one.yours is not None) == sorted(filter(None, yours))
    assert sorted(one.ours for one in every if one.ours is not None) == sorted(filter(None, ours))


# Of any text.


@given(st.text())
@example(RIGHT)
@example("\ud800&\udcff")
def test_a_text_does_not_differ_from_itself(text):
    assert differences(text, text) == ()


@given(st.integers(0, len(RIGHT) - 1), st.sampled_from("aZ%&=+ 3"))
def test_any_letter_that_is_changed_is_a_difference(place, letter):
    """In a part that holds it; and each difference names a section."""
    changed = RIGHT[:place] + letter + RIGHT[place + 1 :]
    if changed.strip() == RIGHT:
        return
    found = differences(changed, RIGHT)
    assert found
    begins = RIGHT.index("&"), RIGHT.rindex("&")
    part = METHOD if place < begins[0] else URI if place < begins[1] else PARAMETERS
    assert part in {one.part for one in found} or "joints" in {one.part for one in found}
    assert all(one.section.startswith("3.") for one in found)


@given(st.permutations(PAIRS))
def test_parameters_in_another_order_are_not_sorted(pairs):
    found = differences(joined(pairs=tuple(pairs)), RIGHT)
    assert [one.section for one in found] == ([] if tuple(pairs) == PAIRS else ["3.4.1.3.2"])


_LIKE_ONE = st.text("GET&%3D26=+:/?abé\ud800\x00", max_size=60)


@given(st.one_of(st.text(), _LIKE_ONE), st.one_of(st.text(), _LIKE_ONE))
def test_no_text_is_too_much(yours, ours):
    found = differences(yours, ours)
    assert bool(found) == (yours.strip() != ours.strip())
    for one in found:
        assert one.yours[: one.place] == one.ours[: one.place]
        in_words(one)
    beside(yours, ours)
    parts_of(yours)
    makes(yours, ours, yours)


LARGE = 250_000
HUGE = [
    ("a%3D1%26" * (LARGE // 8), "a%3D2%26" * (LARGE // 8)),
    ("%26".join(f"n{nth}%3D1" for nth in range(18_000)), "%26".join(f"n{nth}%3D2" for nth in reversed(range(18_000)))),
    ("a" * LARGE, "a" * LARGE + "b"),
    ("%" * LARGE, "%" * LARGE + "1"),
    ("&" * LARGE, "%26" * 10),
]


@pytest.mark.parametrize(("yours", "ours"), HUGE, ids=["one name", "many names", "one word", "percent", "joints"])
def test_a_large_text_is_compared_to_its_end(yours, ours):
    """What would take more time than in proportion to it would not end here."""
    found = differences(f"GET&u&{yours}", f"GET&u&{ours}")
    assert found
    in_words(found[0])
    assert beside(f"GET&u&{yours}", f"GET&u&{ours}")


def test_a_base_string_and_its_key_make_the_signature():
    signature = hmac_sha1(RIGHT, "secret", "token secret")
    assert makes(f"{RIGHT}\n", "secret&token%20secret", signature)
    assert not makes(RIGHT, "secret&", signature)
    assert not makes(f"{RIGHT}x", "secret&token%20secret", signature)

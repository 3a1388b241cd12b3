"""Two texts one above the other in a terminal: the mark stands under the first letter that differs."""

from __future__ import annotations

import pytest

from mock_netflix.cli.beside import shown, width
from mock_netflix.oauth.comparison import URI, Difference


def marked(yours: str, ours: str, columns: int = 80) -> tuple[str, str, int]:
    """Both lines as they are printed, and the column of the mark."""
    place = next((nth for nth, (a, b) in enumerate(zip(yours, ours, strict=False)) if a != b), None)
    place = min(len(yours), len(ours)) if place is None else place
    _, one, other, mark = shown(
        Difference(URI, "They differ.", "3.4.1.2", yours, ours, place), ("mine", "its"), columns
    )
    return one, other, mark.index("^")


LONG = "abcdefghij" * 40


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("place", [0, 1, 10, 50, 63, 64, 100, 200, 398, 399])
def test_the_mark_stands_under_the_first_letter_that_differs(columns, place):
    one, other, mark = marked(LONG[:place] + "X" + LONG[place + 1 :], LONG, columns)
    assert (one[mark], other[mark]) == ("X", LONG[place])
    assert one[:mark][16:] == other[:mark][16:]
    assert max(len(one), len(other)) <= max(columns, 40)


@pytest.mark.parametrize("length", [0, 5, 100, 400])
def test_the_mark_stands_behind_a_text_that_ends_too_early(length):
    one, other, mark = marked(LONG[:length] + "!", LONG[:length] + "!and more")
    assert (len(one), other[mark]) == (mark, "a")


@pytest.mark.parametrize("before", ["映画", "映" * 100, "e\u0301", "ａ" * 30, "\U0001f3ac"])
def test_letters_that_take_two_columns_or_none_are_counted_as_they_are_shown(before):
    one, other, mark = marked(f"{before}X", f"{before}Y")
    assert [width(line[: line.index(letter)]) for line, letter in ((one, "X"), (other, "Y"))] == [mark, mark]


def test_an_accent_that_differs_is_marked_under_its_letter():
    one, _, mark = marked("ae\u0301", "ae\u0300")
    assert one[mark] == "e"


def test_what_would_command_the_terminal_is_not_shown():
    one, other, mark = marked("a\x1b[31mX", "a\x1b[31mY")
    assert "\x1b" not in one + other
    assert (one[mark], other[mark]) == ("X", "Y")


def test_what_stands_on_one_side_only_has_no_mark():
    lines = shown(Difference(URI, "It is missing.", "3.4.1.2", "", "http://h/"), ("mine", "its"), 80)
    assert lines[1:] == ["  its           http://h/"]

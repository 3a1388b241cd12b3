"""Posters: real pictures of the sizes on record, the same every time, with letters that the font has."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from mock_netflix.data.box_art import initials, poster, poster_of
from mock_netflix.wire.links import PICTURES
from tests.worlds import a_movie

AWKWARD = (
    a_movie(name="X" * 300),
    a_movie(name="word " * 80),
    a_movie(name="M"),
    a_movie(name="東京 — Belén", release_year=None, genres=()),
    a_movie(name="七人の侍"),
    a_movie(name="\u202e\x00<script>"),
    a_movie(name=""),
)


@pytest.mark.parametrize("size", PICTURES)
def test_a_poster_is_a_jpeg_of_its_size(size):
    with Image.open(BytesIO(poster(poster_of(a_movie()), size))) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", PICTURES[size])


def test_the_sizes_are_those_on_record():
    """reference: resources 2.1, 5.1."""
    assert {"tiny", "small", "large"} <= set(PICTURES)
    assert [width for width, _ in PICTURES.values()] == [38, 64, 88, 110, 124, 150, 166, 197, 210, 284]


def test_the_same_title_has_the_same_poster_and_another_title_another():
    one, other = poster_of(a_movie()), poster_of(a_movie(name="Lanternfish"))
    assert poster(one, "large") == poster(one, "large") != poster(other, "large")
    assert one.tag("large") == poster_of(a_movie()).tag("large")
    assert len({one.tag("large"), one.tag("small"), other.tag("large")}) == 3


@pytest.mark.parametrize("title", AWKWARD)
@pytest.mark.parametrize("size", ["tiny", "small", "284"])
def test_any_title_has_a_poster(title, size):
    assert poster(poster_of(title), size).startswith(b"\xff\xd8")


def test_only_letters_that_can_be_drawn_stand_on_a_poster():
    """Accents go, for Pillow's font has none; where no letter is left, the number stands for the name."""
    names = ("Amélie", "東京 — Belén", "Smørrebrød", "七人の侍", "", "Y Tu Mamá También", "…")
    shown = [poster_of(a_movie(7, name)).name for name in names]
    assert shown == ["Amelie", "Belen", "Smorrebrod", "No. 7", "No. 7", "Y Tu Mama Tambien", "No. 7"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Citizen Kane", "CK"),
        ("The Kid", "K"),
        ("M", "M"),
        ("12 Angry Men", "12"),
        ("2001: A Space Odyssey", "2001"),
        ("No Country for Old Men", "NC"),
        ("The The", "TT"),
        ('"Crocodile" Dundee', "CD"),
        ("No. 7", "N7"),
    ],
)
def test_a_stamp_has_initials(name, told):
    assert initials(name) == told


def test_there_is_no_other_size():
    with pytest.raises(KeyError):
        poster(poster_of(a_movie()), "huge")

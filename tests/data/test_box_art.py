"""Posters: real pictures of the sizes on record, the same every time."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from mock_netflix.data.box_art import SIZES, poster
from tests.worlds import a_movie

AWKWARD = (
    a_movie(name="X" * 300),
    a_movie(name="word " * 80),
    a_movie(name="東京 — Belén", release_year=None, genres=()),
)


@pytest.mark.parametrize("size", SIZES)
def test_a_poster_is_a_jpeg_of_its_size(size):
    with Image.open(BytesIO(poster(a_movie(), size))) as picture:
        assert (picture.format, picture.size) == ("JPEG", SIZES[size])


def test_the_sizes_are_those_of_the_addresses():
    """reference: resources 2.1."""
    assert list(SIZES) == ["tiny", "small", "large"]


def test_the_same_title_has_the_same_poster_and_another_title_another():
    assert poster(a_movie(), "large") == poster(a_movie(), "large")
    assert poster(a_movie(), "large") != poster(a_movie(name="Lanternfish"), "large")


@pytest.mark.parametrize("title", AWKWARD)
def test_any_title_has_a_poster(title):
    assert poster(title, "tiny").startswith(b"\xff\xd8")


def test_there_is_no_other_size():
    with pytest.raises(KeyError):
        poster(a_movie(), "huge")

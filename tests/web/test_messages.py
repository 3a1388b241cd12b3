"""What is sent to the mock itself is read as it is meant, or refused with a sentence."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec
import pytest
from starlette.requests import Request

from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.control.messages import query
from mock_netflix.web.control.mounting import Asked, Problem
from tests.worlds import a_world


class Wanted(msgspec.Struct):
    limit: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 10
    refused: bool | None = None
    order: Literal["newest", "oldest"] = "oldest"


def read(text: str) -> Wanted:
    sandboxes = Sandboxes(Sandbox(a_world()))
    request = Request({"type": "http", "query_string": text.encode(), "headers": []})
    return query(Asked(request, sandboxes, sandboxes.first), Wanted)


def test_what_is_left_out_is_as_its_default():
    assert read("") == Wanted(10, None, "oldest")


def test_strings_become_what_is_wanted():
    assert read("limit=5&refused=true&order=newest") == Wanted(5, True, "newest")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("limit=0", "The query is not what is wanted here: Expected `int` >= 1 - at `$.limit`."),
        ("limit=", "The query is not what is wanted here: Expected `int`, got `str` - at `$.limit`."),
        ("refused=perhaps", "at `$.refused`."),
        ("refused=null", "The parameter refused cannot be 'null'; leave it out."),
        ("order=none", "Invalid enum value 'none' - at `$.order`."),
        ("limt=1", "There is no parameter 'limt' here; there is limit, refused, order."),
        ("limit=1&limit=2", "The parameter limit is there twice; send it once."),
        (urlencode({"limit": "9" * 5000}), "Integer value out of range - at `$.limit`."),
        (urlencode({"x" * 5000: ""}), f"There is no parameter '{'x' * 60}' here;"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(text, says):
    with pytest.raises(Problem) as told:
        read(text)
    assert (told.value.status, says in told.value.detail) == (400, True), told.value.detail

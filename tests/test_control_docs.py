"""docs/control.md shows every operation of the mock's own side, and what a world is answered with.

MOCK_NETFLIX_UPDATE_GOLDENS=1 writes the tables anew.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import msgspec

from mock_netflix.web.control import OPERATIONS
from mock_netflix.web.control.mounting import Operation
from mock_netflix.web.control.openapi import document
from tests.web.made_worlds import serving

ROOT = Path(__file__).parent.parent
CONTROL = ROOT / "docs/control.md"
SCHEMAS = document(OPERATIONS)["components"]["schemas"]
HEAD = "| operation | what it does | what it takes | what it gives |\n|---|---|---|---|\n"
# So many members are named.
MANY = 8
# What the documents say of a table stands above it.
OF_A_WORLD, OF_THE_SERVER = "## What there is for each world", "## What there is once"


def taken(one: Operation) -> str:
    """The members of its body, or the parameters of its query."""
    if one.asks is not None:
        return ", ".join(f"`?{field.encode_name}`" for field in msgspec.structs.fields(one.asks))
    if one.takes is None:
        return ""
    schema: dict[str, Any] = msgspec.json.schema_components([one.takes])[0][0]
    schema = SCHEMAS.get(schema.get("$ref", "").rpartition("/")[2], schema)
    if "discriminator" in schema:
        return f"`{schema['discriminator']['propertyName']}`, and what belongs to it"
    names = [f"`{name}`" for name in schema["properties"]]
    return ", ".join(names if len(names) <= MANY else [*names[:3], f"… ({len(names)} in all)"])


def given(one: Operation) -> str:
    named = isinstance(one.gives, type) and issubclass(one.gives, msgspec.Struct)
    words = [one.gives.__name__ if named else "JSON"] if one.gives is not None else []
    words += ["a page"] if one.shows else []
    words += [f"`{one.writes}`"] if one.writes else []
    return f"{one.status} {' or '.join(words) or 'nothing'}"


def table(rows: list[Operation]) -> str:
    """The operations as the document shows them."""
    cells = ((f"`{one.verb} {one.path}`", one.summary, taken(one), given(one)) for one in rows)
    return HEAD + "".join(f"| {' | '.join(row)} |\n" for row in cells)


def parted(text: str, title: str) -> tuple[str, str, str]:
    """A text in three: up to the table under a title, the table, and what follows."""
    found = re.search(rf"(.*\n{re.escape(title)}\n[^|]*)(\|.*?\n)(?!\|)(.*)", text, re.DOTALL)
    assert found is not None, f"there is no table under {title}"
    return found[1], found[2], found[3]


def test_every_operation_stands_in_the_tables():
    tables = {
        OF_A_WORLD: table([one for one in OPERATIONS if one.everywhere]),
        OF_THE_SERVER: table([one for one in OPERATIONS if not one.everywhere]),
    }
    text = CONTROL.read_text()
    if os.environ.get("MOCK_NETFLIX_UPDATE_GOLDENS") == "1":
        for title, right in tables.items():
            before, _, after = parted(text, title)
            text = before + right + after
        CONTROL.write_text(text)
    assert {title: parted(text, title)[1] for title in tables} == tables


def test_the_world_that_is_shown_is_the_first_one_of_every_server():
    """But for where it is, and what is left out there."""
    asked = re.search(r"/_mock/worlds -d '(.*)'", CONTROL.read_text())
    shown = re.search(r"```json\n(.*?)```", CONTROL.read_text(), re.DOTALL)
    assert asked is not None
    assert shown is not None
    with serving() as server:
        told = server.wanted(**json.loads(asked[1])).json()
    world = json.loads(shown[1].replace("http://127.0.0.1:2008", told["base_url"]))
    assert list(world) == list(told)
    for name, value in told.items():
        parts = value.items() if isinstance(value, dict) else ()
        left_out = {part: "…" for part, one in parts if world[name][part] == "…"}
        assert world[name] == ({**value, **left_out} if parts else value)

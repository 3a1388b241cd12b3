"""What is given to people who write fixtures: the JSON Schema for their editors, and a file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from mock_netflix.data.schema import UNNUMBERED, FixtureFile

_STARTER = Path(__file__).parent / "starter.yaml"
# Says which schema it is, and is no address.
_ID = "urn:mock-netflix:fixtures"


def starter() -> str:
    """A fixture file with comments, which works as it is."""
    return _STARTER.read_text(encoding="utf-8")


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of fixture files."""
    made = msgspec.json.schema(FixtureFile)
    for one in _objects(made):
        if one.get("type") == "string" and one.get("minLength") == 1:
            # A number is taken as a text: title: 300.
            one["type"] = ["string", "number"]
        if "minimum" in one and one.get("default") == UNNUMBERED:
            del one["default"]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _ID, "title": "Fixtures of mock-netflix"}
    return {**head, **made}


def _objects(value: object) -> list[dict[str, Any]]:
    """Every object in a value of JSON."""
    if isinstance(value, dict):
        return [value, *(one for below in value.values() for one in _objects(below))]
    return [one for below in value for one in _objects(below)] if isinstance(value, list) else []

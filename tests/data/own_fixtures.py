"""Fixture files of a person's own, written for one test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mock_netflix.data.load import load
from mock_netflix.world.state import State

NUMBER = 79_990_001
SAMS_FIRST_TITLE = 70_010_013


def a_movie(**told: Any) -> dict[str, Any]:
    return {"id": NUMBER, "title": "Zzyzx Holiday", **told}


def a_subscriber(**told: Any) -> dict[str, Any]:
    return {"login": "kit@example.com", "password": "salt", "first_name": "Kit", "last_name": "Vale", **told}


def written(folder: Path, content: bytes | object, name: str = "mine.json") -> Path:
    """A file with this content: bytes as they are, anything else as JSON."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def loaded(folder: Path, content: object) -> State:
    """The default world and what a file with this content adds to it."""
    return load([written(folder, content)])

"""Fixture files of a person's own, written for one test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mock_netflix.data.faults import FixtureError
from mock_netflix.data.load import load
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title

NUMBER = 79_990_001
SAMS_FIRST_TITLE = 70_010_013


def a_movie(**told: Any) -> dict[str, Any]:
    return {"id": NUMBER, "title": "Zzyzx Holiday", **told}


def a_subscriber(**told: Any) -> dict[str, Any]:
    return {"login": "kit@example.com", "password": "salt", "first_name": "Kit", "last_name": "Vale", **told}


def written(folder: Path, content: bytes | object, name: str = "mine.json") -> Path:
    """A file with this content: bytes and text as they are, anything else as JSON."""
    path = folder / name
    text = content if isinstance(content, str | bytes) else json.dumps(content)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(folder: Path, content: object, name: str = "mine.json") -> State:
    """The default world and what a file with this content adds to it."""
    return load([written(folder, content, name)])


def faults(folder: Path, content: object, name: str = "mine.json") -> list[str]:
    """Everything that is wrong with a file with this content, without its folder."""
    path = written(folder, content, name)
    try:
        load([path])
    except FixtureError as error:
        return [str(fault).removeprefix(f"{folder}/") for fault in error.faults]
    return []


def subscriber(state: State, login: str) -> Subscriber:
    return next(one for one in state.subscribers.values() if one.login == login)


def named(state: State, name: str) -> Title:
    """The only title of this name."""
    (title,) = (one for one in state.catalogue.titles.values() if one.regular == name)
    return title

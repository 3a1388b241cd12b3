"""Fixture files: where they are, and what is in them, checked against the schema."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mock_netflix.data.schema import FixtureFile

_PACKAGE = Path(__file__).parent.parent
_NEWLINE = b"\n"
# How the name of a file ends that has an object on each line.
_LINES = ".jsonl"
_DECODER = msgspec.json.Decoder(FixtureFile)
_OFFSET = re.compile(r"\(byte (\d+)\)")
_PLACE = re.compile(r"(?P<reason>.*) - at `\$\.?(?P<place>.*)`", re.DOTALL)


@dataclass(eq=False)
class FixtureError(Exception):
    """A mistake in a fixture file: which file, where in it, and what is wrong."""

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Fixture:
    """One file and what it says."""

    file: str
    content: FixtureFile


def default_folder() -> Path:
    """The default fixtures: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / "fixtures"
    return inside if inside.is_dir() else _PACKAGE.parent / "fixtures"


def read_all(paths: Iterable[Path]) -> list[Fixture]:
    """Every fixture file at these paths; of a folder, its *.json and *.jsonl files in the order of their names.

    Raises FixtureError.
    """
    fixtures = []
    for path in paths:
        files = sorted(path.glob("*.json*")) if path.is_dir() else [path]
        files = [file for file in files if file == path or file.suffix in (".json", _LINES)]
        if not files:
            raise FixtureError(str(path), "", "there is no *.json file in this folder")
        fixtures += [fixture for file in files for fixture in _read(file)]
    return fixtures


def _read(path: Path) -> list[Fixture]:
    """What is in a file; of lines of JSON each is a fixture of its own."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FixtureError(str(path), "", f"cannot be read: {error.strerror}") from None
    if path.suffix != _LINES:
        return [_decoded(str(path), raw)]
    lines = enumerate(raw.splitlines(), start=1)
    return [_decoded(f"{path}: line {number}", line) for number, line in lines if line.strip()]


def _decoded(file: str, raw: bytes) -> Fixture:
    try:
        raw.decode()
        return Fixture(file, _DECODER.decode(raw))
    except UnicodeDecodeError as error:
        raise FixtureError(file, _line_and_column(raw[: error.start]), "is not UTF-8") from None
    except msgspec.ValidationError as error:
        match = _PLACE.fullmatch(str(error))
        place, reason = (match["place"], match["reason"]) if match else ("", str(error))
        raise FixtureError(file, place, reason) from None
    except msgspec.DecodeError as error:
        offset = _OFFSET.search(str(error))
        before = raw[: int(offset[1])] if offset else raw
        raise FixtureError(file, _line_and_column(before), str(error)) from None


def _line_and_column(before: bytes) -> str:
    """The place that comes after this much of a file."""
    return f"line {before.count(_NEWLINE) + 1}, column {len(before) - before.rfind(_NEWLINE)}"

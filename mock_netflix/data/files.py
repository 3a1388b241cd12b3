"""Fixture files: where they are, and what is in them, checked against the schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mock_netflix.data.documents import FORMATS, SUFFIXES, read_document
from mock_netflix.data.faults import Faults, Find, nowhere
from mock_netflix.data.schema import FixtureFile

_PACKAGE = Path(__file__).parent.parent

SCHEMA_SUFFIX = ".schema.json"
# What is read without being asked for, where it is in the working folder.
FOUND = tuple(f"mock-netflix{suffix}" for suffix in FORMATS)


# How the name of a file ends that has an object on each line.
_LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class Fixture:
    """One file and what it says; `own`: it is a person's, not one of the default world."""

    file: str
    content: FixtureFile
    find: Find = nowhere
    own: bool = True


def default_folder() -> Path:
    """The default fixtures: inside an installed package, beside it in a checkout."""
    inside = _PACKAGE / "fixtures"
    return inside if inside.is_dir() else _PACKAGE.parent / "fixtures"


def default_fixtures() -> list[Fixture]:
    """Those of the default world, which a test has found to be right."""
    return [
        Fixture(str(file), msgspec.json.decode(file.read_bytes(), type=FixtureFile), own=False)
        for file in sorted(default_folder().glob("*.json"))
    ]


def own_fixtures(paths: Iterable[Path], faults: Faults) -> list[Fixture]:
    """Every fixture file at these paths; of a folder, its files in the order of their names."""
    fixtures: list[Fixture] = []
    for path in paths:
        # Imported late: most servers have the default world alone.
        from mock_netflix.data.checking import check_document

        try:
            files = list(files_at(path))
        except OSError as error:
            faults.add(str(path), f"cannot be read: {error.strerror}")
            continue
        if not files:
            faults.add(str(path), f"there is no file in this folder whose name ends in {SUFFIXES}")
        for file in files:
            faults.files.append(str(file))
            if file.suffix.lower() == _LINES:
                fixtures += _lines_of(file, faults)
                continue
            document = read_document(file, faults)
            if document is not None:
                fixtures.append(Fixture(document.file, check_document(document, faults), document.find))
    return fixtures


def _lines_of(path: Path, faults: Faults) -> Iterator[Fixture]:
    """Each line as a fixture of its own; they come from `fixtures generate`, and are too many to look at twice."""
    decoder, number = msgspec.json.Decoder(FixtureFile), 0
    try:
        with path.open("rb") as lines:
            for line in lines:
                number += 1
                if line.strip():
                    yield Fixture(str(path), decoder.decode(line))
    except OSError as error:
        faults.add(str(path), f"cannot be read: {error.strerror}")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        faults.add(f"{path}:{number}", str(error))


def files_at(path: Path) -> Iterator[Path]:
    """The file at a path, or the fixture files of a folder: none that an editor hides, nor a schema for it."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.iterdir()):
        shown = not file.name.startswith(".") and not file.name.endswith(SCHEMA_SUFFIX)
        if shown and file.suffix.lower() in (*FORMATS, _LINES) and not file.is_dir():
            yield file


def found_here() -> tuple[Path, ...]:
    """The fixture files of the working folder that are read without being asked for."""
    return tuple(path for path in map(Path, FOUND) if path.is_file())

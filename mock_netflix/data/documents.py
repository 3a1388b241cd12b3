"""Fixture files as documents: what one says, whatever its format, and where each part of it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mock_netflix.data.faults import Faults, Find, Unreadable
from mock_netflix.data.formats import json_files, toml_files, yaml_files
from mock_netflix.data.formats.reading import Reading

# By the end of a file's name.
FORMATS: dict[str, Callable[[str], Reading]] = {
    ".yaml": yaml_files.read,
    ".yml": yaml_files.read,
    ".json": json_files.read,
    ".toml": toml_files.read,
}
SUFFIXES = f"{', '.join(list(FORMATS)[:-1])} or {list(FORMATS)[-1]}"

# Bytes.
_LARGEST = 100_000_000
_NEWLINE = b"\n"


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its values as dicts, lists and scalars, and where each of them is."""

    file: str
    tree: object
    find: Find


def read_document(path: Path, faults: Faults) -> Document | None:
    """The document in a file; where there is none, None, and `faults` knows why."""
    file = str(path)
    try:
        reading = _reading(path)
    except Unreadable as error:
        position = error.position
        faults.add(file, error.reason, find=lambda place, of_name: position)
        return None
    for flaw in reading.flaws:
        faults.add(file, flaw.reason, flaw.place, reading.find, of_name=flaw.of_name)
    return Document(file, reading.tree, reading.find)


def _reading(path: Path) -> Reading:
    """What a file says. Raises Unreadable."""
    raw = _content(path)
    read = FORMATS.get(path.suffix.lower())
    if read is None:
        raise Unreadable(f"is none of the formats of fixtures; its name should end in {SUFFIXES}")
    return read(_decoded(raw))


def _content(path: Path) -> bytes:
    """The bytes of a file. Raises Unreadable."""
    try:
        if path.exists() and not path.is_file():
            raise Unreadable("cannot be read: it is no file")
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(raw) > _LARGEST:
        raise Unreadable(f"is larger than {_LARGEST:,} bytes")
    return raw


def _decoded(raw: bytes) -> str:
    """UTF-8, perhaps with a byte order mark. Raises Unreadable."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        before = raw[: error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)]
        at = before.count(_NEWLINE) + 1, len(before) - before.rfind(_NEWLINE)
        raise Unreadable("is not UTF-8", at) from None

"""What a text says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass

from mock_netflix.data.faults import Find, Place


@dataclass(frozen=True, slots=True)
class Plain:
    """What stands without quotes in YAML: as it was written, and what YAML takes it for.

    Which of both is meant is known only where it is known what is wanted: `title: 1984` is a name, `year: 1984` is not.
    """

    text: str
    value: object


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that a format allows or half allows and a fixture does not, such as a name that is there twice."""

    place: Place
    reason: str
    of_name: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of a text as dicts, lists and scalars, where each of them is, and what is wrong already."""

    tree: object
    find: Find
    flaws: tuple[Flaw, ...] = ()


DOUBLED = "this name is here already"
TOO_DEEP = "is nested too deeply"

"""What a test tells of a title or a subscriber: the fields of a fixture, checked like those of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from mock_netflix.data.faults import Faults, nowhere, shown
from mock_netflix.data.formats.reading import TOO_DEEP
from mock_netflix.errors import MockNetflixError
from mock_netflix.world.titles import Title

_Described = TypeVar("_Described", bound=msgspec.Struct)


def described(kind: type[_Described], fields: Mapping[str, Any], of: str) -> _Described:
    """The fields as what they describe; `of` names it in the message of FixtureError, which has every fault."""
    # Imported late: most servers are told of nothing, and start sooner without YAML.
    from mock_netflix.data.checking import check_as
    from mock_netflix.data.documents import Document

    faults = Faults()
    try:
        told = check_as(kind, Document("", plain(fields), nowhere), faults)
    except RecursionError:
        raise MockNetflixError(f"{of} {TOO_DEEP}") from None
    faults.check(of)
    return told


def plain(value: Any) -> Any:
    """A value of a program as a file would have it: a title by type and number, lists and dicts for all that is like
    them.
    """
    if isinstance(value, Title):
        return f"{value.type}/{value.number}"
    if isinstance(value, Mapping):
        return {_name(plain(name)): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value


def _name(value: Any) -> str:
    return value if isinstance(value, str) else shown(value)

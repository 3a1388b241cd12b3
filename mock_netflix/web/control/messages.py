"""What is sent to the mock itself: bodies of JSON and queries, checked, with the place of the first fault."""

from __future__ import annotations

from datetime import date
from math import isinf
from typing import Annotated, Any, TypeVar, get_origin

import msgspec

from mock_netflix.stage.descriptions import described
from mock_netflix.web.control.mounting import Asked, Problem

_Message = TypeVar("_Message", bound=msgspec.Struct)
# A day in the life of the service, to the end of the century.
Day = Annotated[date, msgspec.Meta(extra_json_schema={"pattern": r"^(2008-1[0-2]|2009-[01]|20[1-9]\d-[01])"})]

# A sentence repeats so many letters of a name that is none.
_SHOWN = 60


def _number(text: str) -> int | float:
    """A number with a point or an exponent: 4.0 is a whole one, as JSON Schema has it."""
    number = float(text)
    if isinf(number):
        raise msgspec.DecodeError("Number out of range")
    return int(number) if number.is_integer() else number


_JSON = msgspec.json.Decoder(float_hook=_number)


def message(asked: Asked, kind: type[_Message]) -> _Message:
    """The body as a message of this kind; an empty one has only defaults. Raises Problem."""
    try:
        return msgspec.convert(_JSON.decode(asked.body or b"{}"), kind)
    except msgspec.DecodeError as error:
        raise Problem(400, f"The body is not what is wanted here: {error}.") from None
    except UnicodeDecodeError:
        raise Problem(400, "The body is not JSON.") from None
    except RecursionError:
        raise Problem(400, "The body is nested too deeply.") from None


def told(asked: Asked, kind: type[msgspec.Struct], of: str) -> dict[str, Any]:
    """The members of a body that describes something as a fixture does. Raises Problem, and FixtureError, which has
    every fault.
    """
    try:
        message(asked, kind)
    except Problem:
        described(kind, members(asked), of)
        # It would do in a fixture, where a number is a text and nothing is as left out.
        raise
    return members(asked)


def query(asked: Asked, kind: type[_Message]) -> _Message:
    """The query as a message of this kind, each value read as its field wants it. Raises Problem.

    Only what is a list in the message may be there several times.
    """
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    given: dict[str, str | list[str]] = {name: [] for name, wanted in fields.items() if get_origin(wanted) is list}
    for name, value in asked.request.query_params.multi_items():
        if name not in fields:
            raise Problem(400, f"There is no parameter {name[:_SHOWN]!r} here; there is {', '.join(fields)}.")
        several = given.get(name)
        if isinstance(several, list):
            several.append(value)
        elif several is not None:
            raise Problem(400, f"The parameter {name} is there twice; send it once.")
        else:
            given[name] = value
    try:
        read = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Problem(400, f"The query is not what is wanted here: {error}.") from None
    # The word "null" is taken for nothing.
    if nothing := [name for name in given if getattr(read, name) is None]:
        raise Problem(400, f"The parameter {nothing[0]} cannot be {given[nothing[0]]!r}; leave it out.")
    return read


def members(asked: Asked, example: str = "") -> dict[str, Any]:
    """The body as an object of any members; `example` shows one in the sentence otherwise. Raises Problem."""
    try:
        read = msgspec.convert(_JSON.decode(asked.body or b"{}"), dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        such_as = f", such as {example}" if example else ""
        raise Problem(400, f"Send an object of JSON{such_as}.") from None
    return read

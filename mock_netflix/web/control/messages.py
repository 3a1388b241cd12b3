"""The bodies of requests to the mock itself: JSON, checked, with the place of the first fault."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from mock_netflix.web.control.mounting import Asked, Problem

_Message = TypeVar("_Message", bound=msgspec.Struct)


def message(asked: Asked, kind: type[_Message]) -> _Message:
    """The body as a message of this kind; an empty one has only defaults. Raises Problem."""
    try:
        return msgspec.json.decode(asked.body or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise Problem(400, f"The body is not what is wanted here: {error}.") from None
    except (UnicodeDecodeError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None


def members(asked: Asked) -> dict[str, Any]:
    """The body as an object of any members. Raises Problem."""
    try:
        read = msgspec.json.decode(asked.body or b"{}", type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Problem(400, 'Send an object of JSON, such as {"unique_nonces": true}.') from None
    return read

"""How documents are damaged: well-defined places at which no parser gets through, by the form of the document."""

from __future__ import annotations

import re
from collections.abc import Callable

# A text of JSON, with its quotes.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')

Damage = Callable[[bytes], bytes]


def damaged(body: bytes, media_type: str, damage: str) -> bytes:
    """A body that is none of its type any more; what is neither XML nor JSON ends in the middle."""
    form = "json" if "json" in media_type else "xml" if "xml" in media_type else ""
    return _DAMAGES.get((form, damage), _half)(body)


def with_etag(body: bytes, right: str, wrong: str) -> bytes:
    """The body with another etag in it, where it tells one."""
    told = re.compile(rb"""(<etag>|"etag"\s*:\s*"?)%s(?=[<",\s}])""" % re.escape(right.encode()))
    return told.sub(lambda found: found[1] + wrong.encode(), body)


def _half(body: bytes) -> bytes:
    return body[: len(body) // 2]


def _unclosed_xml(body: bytes) -> bytes:
    return body.rpartition(b"</")[0]


def _stray_in_xml(body: bytes) -> bytes:
    before, tag, end = body.rpartition(b"</")
    return b"%s & %s%s" % (before, tag, end)


def _cut_xml(body: bytes) -> bytes:
    """Ends with the beginning of a tag."""
    return body[: body.rfind(b"<", 0, len(body) // 2 + 1) + 1]


def _unclosed_json(body: bytes) -> bytes:
    return body.rstrip()[:-1]


def _stray_in_json(body: bytes) -> bytes:
    whole = body.rstrip()
    return b"%s,%s" % (whole[:-1], whole[-1:])


def _cut_json(body: bytes) -> bytes:
    """Ends within the text that stands in the middle, or the last one before it."""
    texts = [found.span() for found in _STRING.finditer(body)]
    start, end = next((span for span in texts if span[1] > len(body) // 2), texts[-1] if texts else (0, 0))
    return body[: (start + end) // 2 + 1] if end - start > 2 else body[: start + 1]


_DAMAGES: dict[tuple[str, str], Damage] = {
    ("xml", "unclosed"): _unclosed_xml,
    ("xml", "stray"): _stray_in_xml,
    ("xml", "cut"): _cut_xml,
    ("json", "unclosed"): _unclosed_json,
    ("json", "stray"): _stray_in_json,
    ("json", "cut"): _cut_json,
}

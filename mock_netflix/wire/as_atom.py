"""Lists as Atom feeds (RFC 4287; reference: protocol 9.5).

    feed    id, title, updated, author, link self | what stands around the items: links, nflx:number_of_results, …
    entry   id, title, updated, link, category, content | every other element, prefixed nflx:

Atom's own words are used where they fit; whatever else a document says stands in the namespace of the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from mock_netflix.wire.as_xml import escape_attribute, escape_text, written
from mock_netflix.wire.element import Element, Epoch, each

# The record does not tell the namespace of the extension elements (reference: protocol 9.5, guess).
NAMESPACE = "http://schemas.netflix.com"
AUTHOR = "Netflix"
# The elements of an item that can give its entry a title, the first that there is.
_NAMED_BY = ("title", "name", "category")


@dataclass(frozen=True, slots=True)
class Feed:
    """What Atom wants to know of a feed that the document itself does not say; `updated` in epoch seconds."""

    title: str
    address: str
    updated: int


def encode(root: Element, feed: Feed) -> bytes:
    """A whole feed in UTF-8. The root must be a list: it names its items."""
    children = list(root.flattened())
    around = [_around(child) for child in children if child.name != root.items]
    told = each([child for child in children if child.name == root.items], "atom entry", _told)
    latest = max([one.updated for one in told if one.updated is not None], default=feed.updated)
    entries = [_entry(one, place, feed) for place, one in enumerate(told, start=1)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:nflx="{NAMESPACE}">',
        f"<id>{escape_text(feed.address)}</id>",
        f"<title>{escape_text(feed.title)}</title>",
        f"<updated>{date_of(latest)}</updated>",
        f"<author><name>{AUTHOR}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape_attribute(feed.address)}"></link>',
        *around,
        *entries,
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


@lru_cache(maxsize=1024)
def date_of(moment: int) -> str:
    """An RFC 3339 date for epoch seconds."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class _Told:
    """What an item says of its entry: its id if it has one, its title, when it changed if it says so, and the rest."""

    address: str | None
    name: str
    updated: int | None
    rest: str


def _told(item: Element) -> _Told:
    children = list(item.flattened())
    own = {child.name: child for child in reversed(children) if child.name in ("id", *_NAMED_BY)}
    name = escape_text(_name(own))
    html = item.html or next((child.html for child in item.children if child.html), None)
    # An entry without an alternate link must have content (RFC 4287 section 4.1.2).
    kind, content = ("html", escape_text(html)) if html else ("text", name)
    parts = [part for parts in each(item.children, "atom", _parts) for part in parts]
    return _Told(
        address=escape_text(written(own["id"].text or "")) if "id" in own else None,
        name=name,
        updated=_updated(item),
        rest="\n".join((*parts, f'<content type="{kind}">{content}</content>')),
    )


def _entry(told: _Told, place: int, feed: Feed) -> str:
    """One item; what Atom demands and the item lacks is filled in from the feed and the item's place in it."""
    address = escape_text(f"{feed.address}#{place}") if told.address is None else told.address
    updated = date_of(feed.updated if told.updated is None else told.updated)
    lines = ("<entry>", f"<id>{address}</id>", f"<title>{told.name}</title>", f"<updated>{updated}</updated>")
    return "\n".join((*lines, told.rest, "</entry>"))


def _parts(child: Element) -> list[str]:
    """One child of an item, or those of a group, but for what became one of Atom's own words already."""
    parts = child.flattened() if not child.name else (child,)
    return [_around(part) for part in parts if part.name not in ("id", "title", "updated")]


def _around(child: Element) -> str:
    if child.name in ("link", "category"):
        return _own_word(child)
    return _extension(child)


def _own_word(child: Element) -> str:
    media = ' type="text/html"' if ("rel", "alternate") in child.attributes else ""
    attributes = "".join(f' {name}="{escape_attribute(written(value))}"' for name, value in child.attributes)
    inside = "".join(_extension(part) for part in child.flattened())
    return f"<{child.name}{attributes}{media}>{inside}</{child.name}>"


def _extension(child: Element) -> str:
    attributes = "".join(f' {name}="{escape_attribute(written(value))}"' for name, value in child.attributes)
    inside = "".join(_extension(part) for part in child.flattened())
    text = child.text
    words = "" if text is None else date_of(text) if isinstance(text, Epoch) else escape_text(written(text))
    return f"<nflx:{child.name}{attributes}>{words}{inside}</nflx:{child.name}>"


def _updated(item: Element) -> int | None:
    """When an item changed: what it says itself, or what is known of its parts."""
    for child in item.children:
        if child.name == "updated" and isinstance(child.text, Epoch):
            return int(child.text)
    return max((part.changed for part in (item, *item.children) if part.changed is not None), default=None)


def _name(own: Mapping[str, Element]) -> str:
    """The full name of a title, or the short one; the name of a person; the label of a category."""
    for element in (own[name] for name in _NAMED_BY if name in own):
        names = dict(element.attributes)
        found = names.get("regular") or names.get("short") or names.get("label") or element.text
        if found:
            return written(found)
    return "Untitled"

"""What RFC 4287 demands of a feed, for feeds of every origin in these tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

ATOM = "{http://www.w3.org/2005/Atom}"
NFLX = "{http://schemas.netflix.com}"

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_ONCE = ("id", "title", "updated")
_OWN = {"id", "title", "updated", "author", "link", "category", "entry", "content", "name"}


def complaints(document: bytes) -> list[str]:
    """Everything that is wrong with a feed; nothing in the best case."""
    feed = ElementTree.fromstring(document)
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else [f"the root is {feed.tag}"]
    found += [f"feed: {what}" for what in _of_both(feed)]
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        found.append("feed: no author with a name (4.1.1)")
    for place, entry in enumerate(entries):
        found += [f"entry {place}: {what}" for what in (*_of_both(entry), *_of_entry(entry))]
    moments = [(entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries]
    if len(set(moments)) < len(moments):
        found.append("two entries have the same id and the same date (4.1.1)")
    return found


def _of_both(node: Node) -> Iterator[str]:
    """What feed and entry share."""
    for name in _ONCE:
        if len(node.findall(ATOM + name)) != 1:
            yield f"not exactly one {name} (4.1.1, 4.1.2)"
    if not _IRI.fullmatch(node.findtext(f"{ATOM}id") or ""):
        yield "the id is no absolute IRI (4.2.6)"
    if not _DATE.fullmatch(node.findtext(f"{ATOM}updated") or ""):
        yield "updated is no date (3.3)"
    for child in node:
        name = child.tag.removeprefix(ATOM)
        if child.tag.startswith(ATOM) and name not in _OWN:
            yield f"{name} is no word of Atom"
        if name == "category" and not child.get("term"):
            yield "a category without a term (4.2.2.2)"
        if name == "link" and not child.get("href"):
            yield "a link without an address (4.2.7.1)"


def _of_entry(entry: Node) -> Iterator[str]:
    alternates = [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    contents = entry.findall(f"{ATOM}content")
    kinds = [(link.get("type"), link.get("hreflang")) for link in alternates]
    if len(set(kinds)) < len(kinds):
        yield "two alternate links of one type (4.1.2)"
    if len(contents) > 1:
        yield "several contents (4.1.2)"
    if not contents and not alternates:
        yield "neither content nor an alternate link (4.1.2)"

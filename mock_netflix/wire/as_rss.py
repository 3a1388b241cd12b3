"""Lists of titles as RSS 2.0, as the site had them beside the API (reference: protocol 9.6).

What is known of them is what clients read: of the channel the title, the link and the description; of an item title,
link and description, whose HTML they took apart. What else stands here is what RSS offers for it (guess).
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formatdate

from mock_netflix.wire.as_xml import escape_attribute, escape_text


@dataclass(frozen=True, slots=True)
class Item:
    """One title. `address` is that of its page, `guid` what tells the item from others, `published` epoch seconds."""

    title: str
    address: str
    guid: str
    html: str
    published: int | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed. `own_address` is that of the feed itself, `built` in epoch seconds, `minutes` how long it is good."""

    title: str
    address: str
    own_address: str
    description: str
    built: int
    minutes: int
    items: tuple[Item, ...]


def encode(channel: Channel) -> bytes:
    """The whole feed in UTF-8."""
    told = (
        ("title", channel.title),
        ("link", channel.address),
        ("description", channel.description),
        ("language", "en-us"),
        ("lastBuildDate", _date(channel.built)),
        ("ttl", str(channel.minutes)),
    )
    own = escape_attribute(channel.own_address)
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
        "<channel>",
        *(_leaf(*one) for one in told),
        f'<atom:link rel="self" type="application/rss+xml" href="{own}"></atom:link>',
        *map(_item, channel.items),
        "</channel>",
        "</rss>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _item(item: Item) -> str:
    permanent = "true" if item.guid == item.address else "false"
    published = () if item.published is None else (_leaf("pubDate", _date(item.published)),)
    lines = (
        "<item>",
        _leaf("title", item.title),
        _leaf("link", item.address),
        f'<guid isPermaLink="{permanent}">{escape_text(item.guid)}</guid>',
        _leaf("description", item.html),
        *published,
        "</item>",
    )
    return "\n".join(lines)


def _leaf(name: str, text: str) -> str:
    return f"<{name}>{escape_text(text)}</{name}>"


def _date(moment: int) -> str:
    """A date as RFC 822 has it."""
    return formatdate(moment, usegmt=True)

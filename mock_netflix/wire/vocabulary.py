"""What every document is made of: links, categories, the envelope of a list, the status (reference: resources 1.5)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from mock_netflix.wire.element import Element, Scalar, kept

RELS = "http://schemas.netflix.com/"


def link(href: str, rel: str, title: str, *children: Element) -> Element:
    """A link; `rel` is the tail after http://schemas.netflix.com/, or "alternate"."""
    full = rel if rel == "alternate" else RELS + rel
    return Element("link", (("href", href), ("rel", full), ("title", title)), children)


def category(scheme: str, label: Scalar, text: str | None = None) -> Element:
    """A category; label and term are always the same (reference: resources 6)."""
    return Element("category", (("scheme", scheme), ("label", label), ("term", label)), text=text)


def leaf(name: str, value: Scalar) -> Element:
    """An element that has nothing but a text."""
    return Element(name, text=value)


def listing(
    name: str,
    items_name: str,
    items: Iterable[Element],
    *,
    template: str,
    total: int,
    start_index: int,
    results_per_page: int,
    head: tuple[Element, ...] = (),
    etag: str | None = None,
) -> Element:
    """A list in its envelope. `template` is the URL template with the parameters it takes; queues tell their `etag`."""
    envelope = _envelope(template, etag, total, start_index, results_per_page)
    return Element(name, children=(*head, *envelope, *items), items=items_name)


@lru_cache(maxsize=256)
def _envelope(
    template: str, etag: str | None, total: int, start_index: int, results_per_page: int
) -> tuple[Element, ...]:
    said = (
        ("url_template", template),
        ("etag", etag),
        ("number_of_results", total),
        ("start_index", start_index),
        ("results_per_page", results_per_page),
    )
    return tuple(kept(leaf(name, value)) for name, value in said if value is not None)


def url_template(address: str, *parameters: str) -> str:
    """A URI template of the draft of 2008."""
    return f"{address}?{{-join|&|{'|'.join(parameters)}}}"


def status(code: int, message: str, sub_code: int | None = None) -> Element:
    """The document that tells how a request went (reference: protocol 7.1)."""
    sub = () if sub_code is None else (leaf("sub_code", sub_code),)
    return Element("status", children=(leaf("status_code", code), *sub, leaf("message", message)))

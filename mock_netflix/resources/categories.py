"""The lists of values that categories have (reference: resources 2.8, 6).

Clients read `category_item` elements that hold scheme, label and term; the name of the root is not on record, so it is
invented here, and so is that each item holds a `category`.
"""

from __future__ import annotations

from collections.abc import Callable

from mock_netflix.calendar import LAUNCH
from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler, Record
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import category
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.queues import AVAILABILITIES

Labels = Callable[[Catalogue], tuple[str, ...]]


def _always(*labels: str) -> Labels:
    return lambda catalogue: labels


# Those that clients asked for, and two more of which all values are known.
_LISTS: tuple[tuple[str, Labels, Record], ...] = (
    ("genres", lambda catalogue: catalogue.genres, "inferred"),
    ("mpaa_ratings", _always("G", "PG", "PG-13", "R", "NC-17", "NR", "UR"), "inferred"),
    ("tv_ratings", _always("TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA", "NR"), "inferred"),
    ("title_formats", _always("instant", "DVD", "Blu-ray"), "inferred"),
    ("queue_availability", _always(*AVAILABILITIES), "inferred"),
    ("rental_states", _always("Shipped", "Returned", "Watched"), "invented"),
    ("title_states", _always("Play", "Add", "In Queue", "At Home", "Saved"), "invented"),
)


def _values(name: str, labels: Labels) -> Handler:
    def values(call: Call) -> Answer:
        # They have been the same ever since, which matters to readers of feeds.
        items = (
            Element("category_item", children=(category(call.links.scheme(name), label),), changed=LAUNCH)
            for label in labels(call.state.catalogue)
        )
        return Answer(Element("categories", children=tuple(items), items="category_item"))

    return values


ENDPOINTS = tuple(
    Endpoint(
        name=f"categories.{name}",
        paths=(f"/categories/{name}",),
        level=Level.SIGNED,
        verbs={"GET": _values(name, labels)},
        title=name.replace("_", " ").capitalize(),
        record=record,
        source="resources 2.8, 6",
        listed=True,
    )
    for name, labels, record in _LISTS
)

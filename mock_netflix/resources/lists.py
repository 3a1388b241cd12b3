"""The lists of a subscriber (reference: resources 3.11).

What stood in the real ones is not on record, and few applications were let in. Here they lead to lists that the mock
has anyway.
"""

from __future__ import annotations

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.wire.element import Element

# Name and address, below the subscriber, of each list.
_LISTS = (
    ("Recommendations", "/recommendations"),
    ("Instant Queue", "/queues/instant"),
    ("Disc Queue", "/queues/disc"),
    ("Ratings", "/ratings/title/actual"),
)


def _lists(call: Call) -> Answer:
    links = (
        Element("link", (("href", call.links.user(call.path["user"], tail)), ("title", name))) for name, tail in _LISTS
    )
    return Answer(Element("lists", children=tuple(Element("list", children=(one,)) for one in links), items="list"))


ENDPOINTS = (
    Endpoint(
        name="users.lists",
        paths=("/users/{user}/lists",),
        level=Level.PROTECTED,
        verbs={"GET": _lists},
        title="Lists",
        record="inferred",
        source="resources 3.11",
    ),
)

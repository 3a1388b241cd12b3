"""Where the addresses begin: root documents that lead to all others (reference: protocol 1.1).

That they could be browsed is on record, their bodies are not: a resource with links has the shape of the documents that
are known.
"""

from __future__ import annotations

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import link

# Path, level, title, and what the document leads to: address, tail of the rel, title of the link.
_ROOTS = (
    ("/", Level.SIGNED, "The service", (("/catalog", "catalog", "catalog"), ("/users", "users", "users"))),
    (
        "/catalog",
        Level.SIGNED,
        "The catalog",
        (("/catalog/titles", "catalog/titles", "titles"), ("/catalog/people", "catalog/people", "people")),
    ),
    ("/users", Level.PROTECTED, "The users", (("/users/current", "user.current", "current user"),)),
)


def _links(targets: tuple[tuple[str, str, str], ...]) -> Handler:
    def resource(call: Call) -> Answer:
        children = (link(call.links.base + path, rel, title) for path, rel, title in targets)
        return Answer(Element("resource", children=tuple(children)))

    return resource


ENDPOINTS = tuple(
    Endpoint(
        name=f"roots.{path.strip('/') or 'service'}",
        paths=(path,),
        level=level,
        verbs={"GET": _links(targets)},
        title=title,
        record="inferred",
        source="protocol 1.1",
    )
    for path, level, title, targets in _ROOTS
)

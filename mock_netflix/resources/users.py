"""The subscriber (reference: resources 3.1, 3.2)."""

from __future__ import annotations

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import category, leaf, link

# The resources of a subscriber in the order of the links; the title of a link is its name with blanks.
_RESOURCES = (
    "queues",
    "rental_history",
    "recommendations",
    "title_states",
    "ratings",
    "reviews",
    "at_home",
    "feeds",
)
# These went in September 2012 (reference: protocol 1.3).
_GONE = ("rental_history", "at_home")


def _current(call: Call) -> Answer:
    address = call.links.user(call.subscriber.user_id)
    return Answer(Element("resource", children=(link(address, "user.current", "current user"),)))


def _user(call: Call) -> Answer:
    user, links = call.subscriber, call.links
    gone = _GONE if call.edition.removals else ()
    formats = tuple(category(links.scheme("title_formats"), name) for name in user.preferred_formats)
    return Answer(
        Element(
            "user",
            children=(
                leaf("user_id", user.user_id),
                leaf("first_name", user.first_name),
                leaf("last_name", user.last_name),
                *([leaf("nickname", user.nickname)] if call.edition.nicknames else []),
                leaf("can_instant_watch", user.can_instant_watch),
                Element(
                    "max_maturity_level",
                    children=(category(links.scheme("maturity_level"), user.max_maturity_level),),
                ),
                Element("preferred_formats", children=formats),
                *(
                    link(links.user(call.path["user"], f"/{name}"), name, name.replace("_", " "))
                    for name in _RESOURCES
                    if name not in gone
                ),
            ),
        )
    )


ENDPOINTS = (
    Endpoint(
        name="users.current",
        paths=("/users/current",),
        level=Level.PROTECTED,
        verbs={"GET": _current},
        title="The token's user",
        record="documented",
        source="resources 3.1",
    ),
    Endpoint(
        name="users.user",
        paths=("/users/{user}",),
        level=Level.PROTECTED,
        verbs={"GET": _user},
        title="A user",
        record="captured",
        source="resources 3.2",
    ),
)

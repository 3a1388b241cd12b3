"""What the service recommends to a subscriber (reference: resources 3.9)."""

from __future__ import annotations

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.resources.feeds import title_of_feed
from mock_netflix.resources.titles import fields
from mock_netflix.wire.element import Element
from mock_netflix.wire.vocabulary import leaf, link, listing, url_template
from mock_netflix.world.recommendations import Recommendation, recommend


def _recommendations(call: Call) -> Answer:
    page = paging.page(call.parameters, recommend(call.subscriber, call.state.catalogue, call.now))
    return Answer(
        listing(
            "recommendations",
            "recommendation",
            [_item(one, call) for one in page.items],
            template=url_template(call.links.user(call.path["user"], "/recommendations"), *paging.PARAMETERS),
            total=page.total,
            start_index=page.start_index,
            results_per_page=page.max_results,
        )
    )


def _item(one: Recommendation, call: Call) -> Element:
    return Element(
        "recommendation",
        children=(
            leaf("predicted_rating", one.predicted),
            leaf("id", call.links.user(call.path["user"], f"/recommendations/{one.title.number}")),
            link(call.links.title(one.title), "catalog/title", one.title.regular),
            fields(one.title, call),
        ),
    )


ENDPOINTS = (
    Endpoint(
        name="users.recommendations",
        paths=("/users/{user}/recommendations",),
        level=Level.PROTECTED,
        verbs={"GET": _recommendations},
        title=title_of_feed("recommendations"),
        record="captured",
        source="resources 3.9",
        feeds=("recommendations",),
        parameters=(*paging.PARAMETERS, "expand"),
        listed=True,
    ),
)

"""What a subscriber wrote about titles (reference: resources 3.10).

The record has the path, the parameters, the name of an item and the feed; what an item says is the mock's own.
"""

from __future__ import annotations

from html import escape

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.resources.feeds import title_of_feed
from mock_netflix.resources.title_refs import asked_titles
from mock_netflix.resources.titles import fields
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.vocabulary import leaf, link, listing, url_template
from mock_netflix.world.subscribers import Review


def _reviews(call: Call) -> Answer:
    page = paging.page(call.parameters, _asked(call))
    address = call.links.user(call.path["user"], "/reviews")
    return Answer(
        listing(
            "reviews",
            "review",
            [_item(review, call) for review in page.items],
            template=url_template(address, "title_refs", *paging.PARAMETERS),
            total=page.total,
            start_index=page.start_index,
            results_per_page=page.max_results,
        )
    )


def _asked(call: Call) -> list[Review]:
    """The reviews that `title_refs` and `updated_min` leave, newest first."""
    asked = asked_titles(call.parameters, call.state.catalogue)
    since = paging.since(call.parameters) or 0
    keys = None if asked is None else {title.key for title in asked}
    return [one for one in call.subscriber.reviews if (keys is None or one.title in keys) and one.at >= since]


def _item(review: Review, call: Call) -> Element:
    title = call.state.catalogue.titles[review.title]
    rating = call.subscriber.ratings.get(review.title)
    stars = rating.stars if rating is not None else None
    told = fields(title, call)
    return Element(
        "review",
        children=(
            leaf("id", call.links.user(call.path["user"], f"/reviews/{title.number}")),
            link(call.links.title(title), "catalog/title", title.regular),
            Element("text", text=review.text, cdata=True),
            leaf("updated", Epoch(review.at)),
            *([] if stars is None else [leaf("user_rating", float(stars))]),
            told,
        ),
        html=f"<blockquote>{escape(review.text)}</blockquote>{told.html or ''}",
    )


ENDPOINTS = (
    Endpoint(
        name="users.reviews",
        paths=("/users/{user}/reviews",),
        level=Level.PROTECTED,
        verbs={"GET": _reviews},
        title=title_of_feed("reviews"),
        record="invented",
        source="resources 3.10",
        feeds=("reviews",),
        parameters=("title_refs", *paging.PARAMETERS, "updated_min", "expand"),
        listed=True,
    ),
)

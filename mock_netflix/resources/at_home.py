"""The discs that are at a subscriber's home (reference: resources 3.7)."""

from __future__ import annotations

from mock_netflix.calendar import REMOVALS
from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.resources.feeds import title_of_feed
from mock_netflix.resources.titles import fields
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.vocabulary import category, leaf, link, listing, url_template
from mock_netflix.world import rentals
from mock_netflix.world.rentals import RentalEvent


def _at_home(call: Call) -> Answer:
    since = paging.since(call.parameters)
    out = [event for event in rentals.at_home(call.subscriber.rentals) if since is None or event.at >= since]
    page = paging.page(call.parameters, out)
    return Answer(
        listing(
            "at_home",
            "at_home_item",
            [_item(event, call) for event in page.items],
            template=url_template(call.links.user(call.path["user"], "/at_home"), *paging.PARAMETERS),
            total=page.total,
            start_index=page.start_index,
            results_per_page=page.max_results,
        )
    )


def _item(event: RentalEvent, call: Call) -> Element:
    title = call.state.catalogue.titles[event.title]
    arrival = (
        [] if event.estimated_arrival is None else [leaf("estimated_arrival_date", Epoch(event.estimated_arrival))]
    )
    return Element(
        "at_home_item",
        children=(
            leaf("id", call.links.user(call.path["user"], f"/at_home/{title.number}")),
            category(call.links.scheme("title_formats"), event.format),
            link(call.links.title(title), "catalog/title", title.regular),
            leaf("updated", Epoch(event.at)),
            leaf("shipped_date", Epoch(event.at)),
            *arrival,
            fields(title, call),
        ),
    )


ENDPOINTS = (
    Endpoint(
        name="users.at_home",
        paths=("/users/{user}/at_home",),
        level=Level.PROTECTED,
        verbs={"GET": _at_home},
        title=title_of_feed("at_home"),
        record="inferred",
        source="resources 3.7",
        feeds=("at_home",),
        parameters=(*paging.PARAMETERS, "updated_min", "expand"),
        listed=True,
        until=REMOVALS,
    ),
)

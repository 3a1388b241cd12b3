"""What a subscriber has had: the rental history and its three parts (reference: resources 3.6)."""

from __future__ import annotations

from mock_netflix.calendar import REMOVALS
from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler
from mock_netflix.resources.feeds import title_of_feed
from mock_netflix.resources.titles import fields
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.vocabulary import category, leaf, link, listing, url_template
from mock_netflix.world.rentals import RentalEvent, RentalState, in_state


def _history(state: RentalState | None, tail: str) -> Handler:
    """The handler of one part; None stands for the whole."""

    def history(call: Call) -> Answer:
        events = in_state(call.subscriber.rentals, state, paging.since(call.parameters))
        page = paging.page(call.parameters, events)
        return Answer(
            listing(
                "rental_history",
                "rental_history_item",
                [_item(event, call) for event in page.items],
                template=url_template(call.links.user(call.path["user"], f"/{tail}"), *paging.PARAMETERS),
                total=page.total,
                start_index=page.start_index,
                results_per_page=page.max_results,
            )
        )

    return history


def _item(event: RentalEvent, call: Call) -> Element:
    title = call.state.catalogue.titles[event.title]
    part = f"/rental_history/{event.state.lower()}/{title.number}"
    return Element(
        "rental_history_item",
        children=(
            leaf("id", call.links.user(call.path["user"], part)),
            category(call.links.scheme("rental_states"), event.state.value),
            link(call.links.title(title), "catalog/title", title.regular),
            leaf("updated", Epoch(event.at)),
            *_dates(event),
            fields(title, call),
        ),
    )


def _dates(event: RentalEvent) -> list[Element]:
    dates = [leaf(f"{event.state.lower()}_date", Epoch(event.at))]
    if event.estimated_arrival is not None:
        dates.append(leaf("estimated_arrival_date", Epoch(event.estimated_arrival)))
    if event.viewed_time is not None:
        dates.append(leaf("viewed_time", event.viewed_time))
    return dates


def _part(name: str, state: RentalState | None) -> Endpoint:
    tail = name.replace(".", "/")
    return Endpoint(
        name=f"users.{name}",
        paths=(f"/users/{{user}}/{tail}",),
        level=Level.PROTECTED,
        verbs={"GET": _history(state, tail)},
        title=title_of_feed(name),
        record="captured",
        source="resources 3.6",
        feeds=(name,),
        parameters=(*paging.PARAMETERS, "updated_min", "expand"),
        listed=True,
        until=REMOVALS,
    )


ENDPOINTS = (
    _part("rental_history", None),
    _part("rental_history.shipped", RentalState.SHIPPED),
    _part("rental_history.returned", RentalState.RETURNED),
    _part("rental_history.watched", RentalState.WATCHED),
)

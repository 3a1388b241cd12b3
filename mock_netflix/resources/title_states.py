"""What a subscriber can do with titles: play, add, or see where they are (reference: resources 3.4)."""

from __future__ import annotations

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint
from mock_netflix.resources.queues import address_of_entry, address_of_queue, queue_of
from mock_netflix.resources.title_refs import asked_titles
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.vocabulary import category, leaf, link, url_template
from mock_netflix.world import rentals
from mock_netflix.world.queueing import DISC_FORMATS, INSTANT, INSTANT_ENTRY, allowed_formats, can_be_had
from mock_netflix.world.queues import QueueKind
from mock_netflix.world.rentals import RentalEvent, RentalState
from mock_netflix.world.titles import Title


def _title_states(call: Call) -> Answer:
    address = call.links.user(call.path["user"], "/title_states")
    titles = asked_titles(call.parameters, call.state.catalogue) or ()
    return Answer(
        Element(
            "title_states",
            children=(
                leaf("url_template", url_template(address, "title_refs")),
                *(_title_state(title, call) for title in titles),
            ),
            items="title_state",
        )
    )


def _title_state(title: Title, call: Call) -> Element:
    items = []
    offered = {one.format for one in title.formats if can_be_had(one, call.now)}
    streams = any(one.format == INSTANT and one.available_from <= call.now for one in title.formats)
    if streams and INSTANT in offered and call.subscriber.can_instant_watch:
        items.append(
            Element("title_state_item", children=(_way(QueueKind.INSTANT, title, call), _instant(title, call)))
        )
    discs = [name for name in allowed_formats(call.subscriber) if name in offered and name in DISC_FORMATS]
    if discs:
        formats = tuple(_disc(name, title, call, preferred=name == discs[0]) for name in discs)
        items.append(Element("title_state_item", children=(_way(QueueKind.DISC, title, call), *formats)))
    to_title = link(call.links.title(title), "catalog/title", title.regular)
    return Element("title_state", children=(to_title, *items), items="title_state_item")


def _way(kind: QueueKind, title: Title, call: Call) -> Element:
    """The one link of an item: to the queue to add to, or to the entry to remove."""
    placed = queue_of(call.subscriber, kind).find(title.key)
    if placed is None:
        return link(address_of_queue(kind, call), f"queues.{kind}", f"{kind} queue")
    # The rel of a queued title is not on record; one client looks for "item" in it.
    return link(address_of_entry(placed, kind, call), f"queues.{kind}.item", f"{kind} queue")


def _instant(title: Title, call: Call) -> Element:
    placed = queue_of(call.subscriber, QueueKind.INSTANT).find(title.key)
    # Clients read the first state only (reference: resources 3.4).
    states = ("Play", "Add") if placed is None else ("In Queue", "Play")
    watched = next(
        (e for e in call.subscriber.rentals if e.title == title.key and e.state is RentalState.WATCHED), None
    )
    return Element(
        "format",
        children=(
            category(call.links.scheme("title_formats"), INSTANT_ENTRY),
            *(category(call.links.scheme("title_states"), state) for state in states),
            *(_watched(watched, title) if watched is not None and not call.edition.removals else ()),
        ),
    )


def _watched(event: RentalEvent, title: Title) -> tuple[Element, ...]:
    """How far the title was watched; these went with the history, in 2012."""
    seen = event.viewed_time or 0
    return (
        leaf("watched_date", Epoch(event.at)),
        leaf("playback_bookmark", seen),
        leaf("watched_to_end", title.runtime is not None and seen >= title.runtime),
    )


def _disc(name: str, title: Title, call: Call, *, preferred: bool) -> Element:
    placed = queue_of(call.subscriber, QueueKind.DISC).find(title.key)
    if any(event.title == title.key for event in rentals.at_home(call.subscriber.rentals)):
        state = "At Home"
    elif placed is None:
        state = "Add"
    else:
        state = "Saved" if placed.position is None else "In Queue"
    return Element(
        "format",
        children=(
            *([leaf("preferred_format", True)] if preferred else []),
            category(call.links.scheme("title_formats"), name),
            category(call.links.scheme("title_states"), state),
        ),
    )


ENDPOINTS = (
    Endpoint(
        name="users.title_states",
        paths=("/users/{user}/title_states",),
        level=Level.PROTECTED,
        verbs={"GET": _title_states},
        title="Title states",
        record="captured",
        source="resources 3.4",
        parameters=("title_refs",),
    ),
)

"""The queues of a subscriber: reading them, adding, moving and removing (reference: resources 3.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler
from mock_netflix.resources.feeds import title_of_feed
from mock_netflix.resources.title_refs import title_in
from mock_netflix.resources.titles import fields, whole_number
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.vocabulary import category, leaf, link, listing, url_template
from mock_netflix.world import queues
from mock_netflix.world.queueing import Wish, check_format, with_titles
from mock_netflix.world.queues import Added, Placed, Queue, QueueEntry, QueueKind
from mock_netflix.world.refusals import ParameterInvalid, ResourceNotFound, TitleUnavailable
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title, TitleKey

# Everything, what can be sent now, what waits for its day: the parts of a queue by the last word of their address.
_WHOLE, _AVAILABLE, _SAVED = "", "/available", "/saved"
_SORTS = ("queue_sequence", "date_added", "alphabetical")
_POSITION = re.compile(r"0*[1-9][0-9]{0,8}")


def queue_of(subscriber: Subscriber, kind: QueueKind) -> Queue:
    """One of the two queues of a subscriber."""
    return subscriber.disc_queue if kind is QueueKind.DISC else subscriber.instant_queue


def with_queue(subscriber: Subscriber, kind: QueueKind, queue: Queue) -> Subscriber:
    """The subscriber with one queue as it is now."""
    if kind is QueueKind.DISC:
        return replace(subscriber, disc_queue=queue)
    return replace(subscriber, instant_queue=queue)


def address_of_queue(kind: QueueKind, call: Call, part: str = "") -> str:
    """Where a queue or a part of it is."""
    return call.links.user(call.path["user"], f"/queues/{kind}{part}")


def address_of_entry(placed: Placed, kind: QueueKind, call: Call) -> str:
    """The id of an entry; it holds the position, and so changes when the entry moves."""
    number = placed.entry.title[1]
    if placed.position is None:
        return address_of_queue(kind, call, f"{_SAVED}/{number}")
    return address_of_queue(kind, call, f"{_AVAILABLE}/{placed.position}/{number}")


def _both(call: Call) -> Answer:
    links = (link(address_of_queue(kind, call), f"queues.{kind}", f"{kind} queue") for kind in QueueKind)
    return Answer(Element("resource", children=tuple(links)))


def _read(kind: QueueKind, part: str) -> Handler:
    """The handler that reads a queue, or a part of it."""

    def read(call: Call) -> Answer:
        queue = queue_of(call.subscriber, kind)
        page = paging.page(call.parameters, _asked(queue, part, call))
        links = ((_AVAILABLE, "available"), (_SAVED, "saved"))
        return Answer(
            listing(
                "queue",
                "queue_item",
                [_item(placed, kind, call) for placed in page.items],
                template=url_template(address_of_queue(kind, call, part), "sort", *paging.PARAMETERS),
                total=page.total,
                start_index=page.start_index,
                # Queues tell how many they really send (reference: resources 1.5).
                results_per_page=len(page.items),
                etag=queue.etag,
                head=tuple(
                    link(address_of_queue(kind, call, tail), f"queues.{name}", f"{name} queue") for tail, name in links
                ),
            ),
            etag=queue.etag,
        )

    return read


def _asked(queue: Queue, part: str, call: Call) -> Sequence[Placed]:
    """The entries of a part in the order asked for; the saved ones always by name."""
    sort = call.parameters.get("sort") or _SORTS[0]
    if sort not in _SORTS:
        raise ParameterInvalid("sort")
    since = paging.since(call.parameters)
    entries = [one for one in queue.placed() if since is None or one.entry.added >= since]
    available = [one for one in entries if one.position is not None and part != _SAVED]
    saved = [one for one in entries if one.position is None and part != _AVAILABLE]

    def by_name(placed: Placed) -> str:
        return call.state.catalogue.titles[placed.entry.title].regular.casefold()

    saved.sort(key=by_name)
    if sort == "alphabetical":
        available.sort(key=by_name)
    if sort == "date_added":
        return sorted((*available, *saved), key=lambda placed: placed.entry.added, reverse=True)
    return (*available, *saved)


def _item(placed: Placed, kind: QueueKind, call: Call) -> Element:
    entry, title = placed.entry, call.state.catalogue.titles[placed.entry.title]
    part = "saved" if placed.position is None else "available"
    position = [] if placed.position is None else [leaf("position", placed.position)]
    date = [] if entry.available_from is None else [leaf("availability_date", Epoch(entry.available_from))]
    return Element(
        "queue_item",
        children=(
            leaf("id", address_of_entry(placed, kind, call)),
            *position,
            link(address_of_queue(kind, call, f"/{part}"), f"queues.{part}", f"{part} queue"),
            _availability(entry, saved=placed.position is None, call=call),
            *date,
            leaf("updated", Epoch(entry.added)),
            category(call.links.scheme("title_formats"), entry.format),
            link(call.links.title(title), "catalog/title", title.regular),
            fields(title, call),
        ),
    )


def _availability(entry: QueueEntry, *, saved: bool, call: Call) -> Element:
    """The state of an entry; beside its term stands what people read."""
    term = queues.SAVED if saved and entry.availability == queues.AVAILABLE_NOW else entry.availability
    shown = term if term.endswith(".") else term.title()
    return category(call.links.scheme("queue_availability"), term, shown)


def _add(kind: QueueKind) -> Handler:
    """The handler that adds to a queue, or moves what is in it."""

    def add(call: Call) -> Answer:
        parameters, queue = call.parameters, queue_of(call.subscriber, kind)
        position = _position(parameters.get("position"))
        wish = Wish(call.subscriber, kind, parameters.get("format") or None, call.now)
        titles = _titles(queue, call)
        check_format(wish)
        if kind is QueueKind.DISC:
            queues.check_etag(queue, parameters.get("etag"))
        added = with_titles(queue, titles, position, wish, call.state.catalogue)
        state = call.state.with_subscriber(with_queue(call.subscriber, kind, added.queue))
        return Answer(_told(added, kind, call), status=201, state=state, etag=added.queue.etag)

    return add


def _position(text: str | None) -> int | None:
    """A position, counted from 1; an empty one is none. Refuses ParameterInvalid."""
    if not text:
        return None
    if not _POSITION.fullmatch(text):
        raise ParameterInvalid("position")
    return int(text)


def _titles(queue: Queue, call: Call) -> list[Title]:
    """What `title_ref` names: one title, or several in a comma list; a title of the queue goes before its namesakes.

    Refuses ParameterInvalid, TitleUnavailable.
    """
    refs = [ref for ref in (call.parameters.get("title_ref") or "").split(",") if ref.strip()]
    if not refs:
        raise ParameterInvalid("title_ref")
    found = []
    for ref in refs:
        title = title_in(ref, call.state.catalogue)
        if title is None:
            raise TitleUnavailable
        if "/queues/" in ref:
            queued = (one.entry.title for one in queue.placed() if one.entry.title[1] == title.number)
            title = call.state.catalogue.titles[next(queued, title.key)]
        found.append(title)
    return found


def _told(added: Added, kind: QueueKind, call: Call) -> Element:
    """The status document of a write (reference: protocol 7.1, resources 3.5)."""
    if added.partial:
        sub_code, message = [leaf("sub_code", 640)], "Only some titles in series or disc set were added."
    else:
        sub_code, message = [], "Move successful" if added.moved else "success"
    created = tuple(_item(placed, kind, call) for placed in added.placed)
    return Element(
        "status",
        children=(
            leaf("status_code", 201),
            *sub_code,
            leaf("message", message),
            leaf("etag", added.queue.etag),
            Element("resources_created", children=created),
            *_title_links("failed_title_refs", added.failed, call),
            *_title_links("already_in_queue", added.already, call),
        ),
    )


def _title_links(name: str, keys: tuple[TitleKey, ...], call: Call) -> list[Element]:
    titles = (call.state.catalogue.titles[key] for key in keys)
    links = tuple(link(call.links.title(title), "catalog/title", title.regular) for title in titles)
    return [Element(name, children=links)] if links else []


def _entry(kind: QueueKind, *, saved: bool) -> Handler:
    """The handler that reads one entry."""

    def entry(call: Call) -> Answer:
        number, position = _entry_asked(call)
        queue = queue_of(call.subscriber, kind)
        for placed in queue.placed():
            here = placed.entry.title[1] == number and (placed.position is None) == saved
            if here and position in (None, placed.position):
                return Answer(_item(placed, kind, call), etag=queue.etag)
        raise ResourceNotFound

    return entry


def _remove(kind: QueueKind, *, saved: bool) -> Handler:
    """The handler that removes one entry; an etag is not needed (reference: protocol 8.5)."""

    def remove(call: Call) -> Answer:
        number, position = _entry_asked(call)
        queue = queue_of(call.subscriber, kind)
        if kind is QueueKind.DISC:
            queues.check_etag(queue, call.parameters.get("etag"))
        left = queues.remove(queue, number, position, saved=saved)
        document = Element("status", children=(leaf("status_code", 200), leaf("message", "Title deleted from queue")))
        return Answer(document, state=call.state.with_subscriber(with_queue(call.subscriber, kind, left)))

    return remove


def _entry_asked(call: Call) -> tuple[int, int | None]:
    """Title number and position in the address of an entry. Refuses ResourceNotFound."""
    position = call.path.get("position")
    return whole_number(call.path["number"]), None if position is None else whole_number(position)


def _list_rows(kind: QueueKind, part: str) -> Endpoint:
    feed = f"queues.{kind}"
    whole = part == _WHOLE
    return Endpoint(
        name=f"users.queues.{kind}{part.replace('/', '.')}",
        paths=(f"/users/{{user}}/queues/{kind}{part}",),
        level=Level.PROTECTED,
        verbs={"GET": _read(kind, part), "POST": _add(kind)},
        title=title_of_feed(feed) if whole else f"{title_of_feed(feed)}: {part[1:].title()}",
        record="captured",
        source="resources 3.5",
        feeds=(feed, f"{feed}.recent") if whole else (),
        parameters=("sort", *paging.PARAMETERS, "updated_min", "expand", "title_ref", "position", "format", "etag"),
        listed=True,
    )


def _entry_rows(kind: QueueKind, part: str, *tails: str) -> Endpoint:
    saved = part == _SAVED
    return Endpoint(
        name=f"users.queues.{kind}{part.replace('/', '.')}.entry",
        paths=tuple(f"/users/{{user}}/queues/{kind}{part}/{tail}" for tail in tails),
        level=Level.PROTECTED,
        verbs={"GET": _entry(kind, saved=saved), "DELETE": _remove(kind, saved=saved)},
        title="One queue entry",
        record="captured",
        source="resources 3.5",
        parameters=("etag", "expand"),
    )


ENDPOINTS = (
    Endpoint(
        name="users.queues",
        paths=("/users/{user}/queues",),
        level=Level.PROTECTED,
        verbs={"GET": _both},
        title="Queues",
        record="captured",
        source="resources 3.3",
    ),
    *(_list_rows(kind, part) for kind in QueueKind for part in (_WHOLE, _AVAILABLE, _SAVED)),
    *(
        row
        for kind in QueueKind
        for row in (
            _entry_rows(kind, _AVAILABLE, "{position}/{number}", "{number}"),
            _entry_rows(kind, _SAVED, "{number}"),
        )
    ),
)

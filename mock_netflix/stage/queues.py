"""The queues of a world's subscribers: filled as the subscriber could have done it, by the rules of the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mock_netflix.data.faults import shown
from mock_netflix.errors import ConflictError, UnknownError
from mock_netflix.resources.queues import queue_of, with_queue
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.arguments import flag_of
from mock_netflix.stage.dates import now_in
from mock_netflix.stage.subscribers import Who, find_subscriber
from mock_netflix.stage.titles import Named, find_title
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.queueing import Wish, check_format, entry_for, parts_of, with_titles
from mock_netflix.world.queues import MAX_ENTRIES, Queue, QueueKind, save
from mock_netflix.world.refusals import (
    AlreadyQueued,
    FormatInvalid,
    FormatNotAllowed,
    QueueTooLarge,
    Refusal,
    TitleAtHome,
    TitleUnavailable,
)
from mock_netflix.world.titles import Title, TitleType


def _unavailable(title: Title, wish: Wish) -> str:
    if wish.kind is QueueKind.DISC and title.type in (TitleType.SERIES, TitleType.SEASON):
        return f"{title.regular} has no disc that can be had"
    how = "instantly" if wish.kind is QueueKind.INSTANT else "on disc"
    return f"{title.regular} cannot be had {how}; it comes as {_formats(title)}"


def _unfit(title: Title, wish: Wish) -> str:
    if wish.kind is QueueKind.INSTANT:
        return f"nothing in the instant queue is {shown(wish.format)}; leave the format out"
    return f"{title.regular} does not come as {shown(wish.format)}; it comes as {_formats(title)}"


def _not_allowed(title: Title, wish: Wish) -> str:
    who = wish.subscriber.login
    if wish.kind is QueueKind.INSTANT:
        return f"{who} cannot watch {title.regular} instantly; can_instant_watch is false"
    wanted = wish.format or _formats(title)
    return f"{who} cannot have {title.regular} as {wanted}; it is not among their preferred_formats"


# What the service would refuse, and what a test is told of it.
_REASONS: dict[type[Refusal], Callable[[Title, Wish], str]] = {
    AlreadyQueued: lambda title, wish: f"{title.regular} is in {_whose(wish)} already",
    TitleAtHome: lambda title, wish: f"{title.regular} is at home with {wish.subscriber.login}",
    QueueTooLarge: lambda title, wish: f"{title.regular} finds no room in {_whose(wish)}, which holds {MAX_ENTRIES}",
    TitleUnavailable: _unavailable,
    FormatInvalid: _unfit,
    FormatNotAllowed: _not_allowed,
}


def queue(
    sandbox: Sandbox,
    *titles: Named,
    subscriber: Who = None,
    which: str = "disc",
    format: str | None = None,  # noqa: A002
    saved: bool = False,
    clear: bool = False,
) -> Queue:
    """The queue with these titles at its end, a series by mail as its discs; all of them or none.

    `which`: "disc" or "instant". `format`: "DVD" or "Blu-ray", by default what the subscriber prefers. `saved`: they
    wait among the saved ones. `clear`: without what was there. Raises UnknownError, and ConflictError for what the
    service would refuse.
    """
    kind, saved, clear = kind_of(which), flag_of("saved", saved), flag_of("clear", clear)
    with sandbox.lock:
        found = [find_title(sandbox, one) for one in titles]
        owner, catalogue = find_subscriber(sandbox, subscriber), sandbox.state.catalogue
        wish = Wish(owner, kind, format, now_in(sandbox))
        filled = _cleared(queue_of(owner, kind)) if clear else queue_of(owner, kind)
        for title in found:
            try:
                check_format(wish)
                filled = _saved(filled, title, wish, catalogue) if saved else _added(filled, title, wish, catalogue)
            except Refusal as refusal:
                raise why(refusal, title, wish) from None
        sandbox.state = sandbox.state.with_subscriber(with_queue(owner, kind, filled))
    return filled


def kind_of(which: str) -> QueueKind:
    """The queue that is meant. Raises UnknownError."""
    if which not in [*QueueKind]:
        raise UnknownError(f"there is no queue {shown(which)}; there are {' and '.join(QueueKind)}")
    return QueueKind(which)


def why(refusal: Refusal, title: Title, wish: Wish) -> ConflictError:
    """What a test is told where the service would refuse a title."""
    return ConflictError(_REASONS[type(refusal)](title, wish))


def _added(queue: Queue, title: Title, wish: Wish, catalogue: Catalogue) -> Queue:
    return with_titles(queue, [title], None, wish, catalogue).queue


def _saved(queue: Queue, title: Title, wish: Wish, catalogue: Catalogue) -> Queue:
    parts = parts_of(title, wish.kind, catalogue)
    if not parts:
        raise TitleUnavailable
    for part in parts:
        queue = save(queue, entry_for(part, wish))
    return queue


def _cleared(queue: Queue) -> Queue:
    empty = not (queue.available or queue.saved)
    return queue if empty else replace(queue, available=(), saved=(), changes=queue.changes + 1)


def _whose(wish: Wish) -> str:
    return f"the {wish.kind} queue of {wish.subscriber.login}"


def _formats(title: Title) -> str:
    return " and ".join(one.format for one in title.formats) or "nothing"

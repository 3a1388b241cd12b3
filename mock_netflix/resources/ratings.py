"""What a subscriber thinks of titles, and what the service believes they will think (reference: resources 3.8).

    ratings/title              both sides of each title: user_rating and predicted_rating
    ratings/title/actual       the subscriber's own        ratings/title/predicted     the service's
    …/{number}                 one of them; the rating's id is the number of its title

With `title_refs` a list has these titles, rated or not; without, every title that was rated, the last one first. The
record tells only of the former.
"""

from __future__ import annotations

from dataclasses import dataclass

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import paging
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler, Record
from mock_netflix.resources.feeds import title_of_feed
from mock_netflix.resources.title_refs import asked_titles, refs_in, title_in, titles_numbered
from mock_netflix.resources.titles import fields, whole_number
from mock_netflix.wire.element import Element, Epoch
from mock_netflix.wire.vocabulary import leaf, link, listing, status, url_template
from mock_netflix.world.ratings import Taste, newest_first, predict, rate, rate_first, taste_of
from mock_netflix.world.refusals import ParameterInvalid, ResourceNotFound, TitleUnavailable
from mock_netflix.world.subscribers import Rating
from mock_netflix.world.titles import Title

# What `rating` may say; None stands for the titles that a subscriber does not want to see.
_NOT_INTERESTED, _NO_OPINION = "not_interested", "no_opinion"
_STARS: dict[str, int | None] = {**{str(stars): stars for stars in range(1, 6)}, _NOT_INTERESTED: None}


@dataclass(frozen=True, slots=True)
class Side:
    """Which of its two sides a list of ratings shows; `tail` ends its address, `title` names it to people."""

    tail: str
    title: str
    actual: bool
    predicted: bool


BOTH = Side("", "Ratings and Predictions", actual=True, predicted=True)
ACTUAL = Side("/actual", title_of_feed("ratings"), actual=True, predicted=False)
PREDICTED = Side("/predicted", "Predicted Ratings", actual=False, predicted=True)


def _root(call: Call) -> Answer:
    links = (
        link(_address(call, "/title"), "ratings.title", "title ratings"),
        link(_address(call, "/title/actual"), "ratings.title.actual", "actual ratings"),
        link(_address(call, "/title/predicted"), "ratings.title.predicted", "predicted ratings"),
    )
    return Answer(Element("resource", children=links))


def _list(side: Side) -> Handler:
    """The handler that lists one side, or both."""

    def ratings(call: Call) -> Answer:
        address, taste = _address(call, f"/title{side.tail}"), _taste(side, call)
        asked = asked_titles(call.parameters, call.state.catalogue)
        if asked is not None:
            template = leaf("url_template", url_template(address, "title_refs"))
            items = [_item(title, side, taste, call) for title in asked]
            return Answer(Element("ratings", children=(template, *items), items="ratings_item"))
        page = paging.page(call.parameters, newest_first(call.subscriber))
        titles = (call.state.catalogue.titles[key] for key in page.items)
        return Answer(
            listing(
                "ratings",
                "ratings_item",
                [_item(title, side, taste, call) for title in titles],
                template=url_template(address, "title_refs", *paging.PARAMETERS),
                total=page.total,
                start_index=page.start_index,
                results_per_page=page.max_results,
            )
        )

    return ratings


def _one(side: Side) -> Handler:
    """The handler that reads one rating."""
    return lambda call: Answer(_item(_title_of_id(call), side, _taste(side, call), call))


def _item(title: Title, side: Side, taste: Taste | None, call: Call) -> Element:
    rating = call.subscriber.ratings.get(title.key) if side.actual else None
    told = [] if rating is None else [_user_rating(rating)]
    if taste is not None:
        told.append(leaf("predicted_rating", predict(taste, title)))
    if rating is not None:
        told.append(leaf("updated", Epoch(rating.at)))
    return Element(
        "ratings_item",
        children=(
            *told,
            leaf("id", _address(call, f"/title/{title.number}")),
            link(call.links.title(title), "catalog/title", title.regular),
            fields(title, call),
        ),
    )


def _user_rating(rating: Rating) -> Element:
    if rating.stars is None:
        return Element("user_rating", (("value", _NOT_INTERESTED),))
    return leaf("user_rating", float(rating.stars))


def _taste(side: Side, call: Call) -> Taste | None:
    return taste_of(call.subscriber, call.state.catalogue) if side.predicted else None


def _address(call: Call, tail: str) -> str:
    return call.links.user(call.path["user"], f"/ratings{tail}")


def _create(call: Call) -> Answer:
    """A first rating of the titles that `title_ref` names; some clients write `title_refs`."""
    refs = refs_in(",".join(one.value for one in call.parameters if one.name in ("title_ref", "title_refs")))
    if not refs:
        raise ParameterInvalid("title_ref")
    titles = [title_in(ref, call.state.catalogue) for ref in refs]
    return _created([title for title in titles if title is not None] if all(titles) else [], call)


def _create_of_id(call: Call) -> Answer:
    """A first rating of the title that the address names: two clients POST there."""
    return _created([_title_of_id(call)], call)


def _created(titles: list[Title], call: Call) -> Answer:
    """Refuses TitleUnavailable where there are none, ParameterInvalid and AlreadyRated."""
    if not titles:
        raise TitleUnavailable
    subscriber, rating = call.subscriber, _rating(call)
    for title in titles:
        subscriber = rate_first(subscriber, title.key, rating)
    # The record has no message for this; a new queue entry has this one.
    return Answer(status(201, "success"), status=201, state=call.state.with_subscriber(subscriber))


def _change(call: Call) -> Answer:
    title, rating = _title_of_id(call), _rating(call)
    subscriber = rate(call.subscriber, title.key, rating)
    return Answer(status(200, "Your rating has been set"), state=call.state.with_subscriber(subscriber))


def _rating(call: Call) -> Rating | None:
    """What `rating` says; None takes a rating back. Refuses ParameterInvalid."""
    said = call.parameters.get("rating") or ""
    if said == _NO_OPINION:
        return None
    if said not in _STARS:
        raise ParameterInvalid("rating")
    return Rating(_STARS[said], call.now)


def _title_of_id(call: Call) -> Title:
    """The title that a rating's id stands for. Refuses ResourceNotFound.

    Where several have the number, it is the one that `title_refs` names, or else one that is rated.
    """
    catalogue, rated = call.state.catalogue, call.subscriber.ratings
    namesakes = titles_numbered(whole_number(call.path["number"]), catalogue)
    if not namesakes:
        raise ResourceNotFound
    asked = {title.key for title in asked_titles(call.parameters, catalogue) or ()}
    return min(namesakes, key=lambda title: (title.key not in asked, title.key not in rated))


def _row_of_list(side: Side, record: Record, *, writes: bool) -> Endpoint:
    creation = {"POST": _create} if writes else {}
    return Endpoint(
        name=f"users.ratings.title{side.tail.replace('/', '.')}",
        paths=(f"/users/{{user}}/ratings/title{side.tail}",),
        level=Level.PROTECTED,
        verbs={"GET": _list(side), **creation},
        title=side.title,
        record=record,
        source="resources 3.8",
        feeds=("ratings",) if side is ACTUAL else (),
        parameters=("title_refs", *paging.PARAMETERS, "expand", *(("title_ref", "rating") if writes else ())),
        listed=True,
    )


def _row_of_one(side: Side, record: Record) -> Endpoint:
    return Endpoint(
        name=f"users.ratings.title{side.tail.replace('/', '.')}.one",
        paths=(f"/users/{{user}}/ratings/title{side.tail}/{{number}}",),
        level=Level.PROTECTED,
        verbs={"GET": _one(side), "PUT": _change, "POST": _create_of_id},
        title="One rating",
        record=record,
        source="resources 3.8",
        parameters=("rating", "title_refs", "expand"),
    )


ENDPOINTS = (
    Endpoint(
        name="users.ratings",
        paths=("/users/{user}/ratings",),
        level=Level.PROTECTED,
        verbs={"GET": _root},
        title="Ratings",
        record="inferred",
        source="resources 3.2, 7",
    ),
    _row_of_list(BOTH, "captured", writes=True),
    _row_of_list(ACTUAL, "captured", writes=True),
    _row_of_list(PREDICTED, "captured", writes=False),
    _row_of_one(ACTUAL, "captured"),
    _row_of_one(BOTH, "inferred"),
)

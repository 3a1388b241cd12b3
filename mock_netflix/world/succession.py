"""The world after what it was made of was read anew: what comes from the files, and what stays of what happened since.

from the files   titles, people, who is ready; applications and subscribers that are new or told otherwise
stays            tokens, registered applications and their standing, rules; what was added to the world; a subscriber
                 of whom the files tell the same, with queues and ratings as they are now
"""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.extended import Extended, extended
from mock_netflix.world.grants import Grants
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.survey import people_of
from mock_netflix.world.titles import TitleType


def succeed(now: State, read: State, anew: State) -> State:
    """The world that follows `now`, which was `read` when it began or was last changed, and is read `anew`.

    A subscriber who is gone from the files is gone; their tokens wait for them to come back.
    """
    grants = _grants(now.grants, anew.grants)
    anew = anew.with_catalogue(_catalogue(now.catalogue, anew.catalogue))
    added = {user_id for user_id in now.subscribers if user_id not in read.subscribers}
    return replace(
        anew,
        subscribers={
            **{user_id: _subscriber(user_id, now, read, anew) for user_id in anew.subscribers},
            **{user_id: _as_now(user_id, now, anew) for user_id in added if user_id not in anew.subscribers},
        },
        grants=grants,
        application=grants.applications[anew.application.key],
        access_token=grants.access_tokens[anew.access_token.token],
        rules=now.rules,
    )


def _catalogue(now: Catalogue, anew: Catalogue) -> Catalogue:
    """What was read anew, with what was added since; a title that the files tell by now is as they tell it."""
    if not isinstance(now, Extended):
        return anew
    told = anew.titles
    titles = [
        title for key, title in now.added.items() if key not in told and (TitleType.SERIES, title.series) not in told
    ]
    named = (number for title in titles for number in (*people_of(title), *(one.person for one in title.awards)))
    numbers = {number for number in named if number is not None}.union(now.added_people)
    return extended(anew, titles, [now.people[number] for number in sorted(numbers) if number not in anew.people])


def _subscriber(user_id: str, now: State, read: State, anew: State) -> Subscriber:
    told = anew.subscribers[user_id]
    if user_id not in now.subscribers or read.subscribers.get(user_id) != told:
        return told
    return _as_now(user_id, now, anew)


def _as_now(user_id: str, now: State, anew: State) -> Subscriber:
    return now.subscribers[user_id].about(anew.catalogue.titles)


def _grants(now: Grants, anew: Grants) -> Grants:
    applications = {
        key: replace(one, standing=now.applications[key].standing) if key in now.applications else one
        for key, one in anew.applications.items()
    }
    return replace(
        now,
        applications={**now.applications, **applications},
        access_tokens={**anew.access_tokens, **now.access_tokens},
        feed_tokens={**anew.feed_tokens, **now.feed_tokens},
        issued=max(now.issued, anew.issued),
    )

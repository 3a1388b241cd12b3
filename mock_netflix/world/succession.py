"""The world after what it was made of was read anew: what comes from the files, and what stays of what happened since.

from the files   titles, people, who is ready; applications and subscribers that are new or told otherwise
stays            tokens, registered applications and their standing, rules; a subscriber of whom the files tell the
                 same, with queues and ratings as they are now
"""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.world.grants import Grants
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber


def succeed(now: State, read: State, anew: State) -> State:
    """The world that follows `now`, which was `read` when it began or was last changed, and is read `anew`.

    A subscriber who is gone from the files is gone; their tokens wait for them to come back.
    """
    grants = _grants(now.grants, anew.grants)
    return replace(
        anew,
        subscribers={user_id: _subscriber(user_id, now, read, anew) for user_id in anew.subscribers},
        grants=grants,
        application=grants.applications[anew.application.key],
        access_token=grants.access_tokens[anew.access_token.token],
        rules=now.rules,
    )


def _subscriber(user_id: str, now: State, read: State, anew: State) -> Subscriber:
    told = anew.subscribers[user_id]
    if user_id not in now.subscribers or read.subscribers.get(user_id) != told:
        return told
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

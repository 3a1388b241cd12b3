"""The page at /_mock/: who you can be, what you can try, what was asked."""

from __future__ import annotations

import secrets
from itertools import islice

from starlette.responses import Response

from mock_netflix.oauth.explanation import known
from mock_netflix.web.addresses import own_path
from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.web.control.requests import UNASKED
from mock_netflix.web.credentials import as_json
from mock_netflix.web.pages import page
from mock_netflix.web.things_to_try import things_to_try
from mock_netflix.wire.as_atom import date_of
from mock_netflix.world.state import site_feed_id_of

_LAST = 25
# A generated world may have thousands.
_SUBSCRIBERS = 25
_WORLDS = 25


def dashboard(asked: Asked) -> Response:
    sandbox, state, base_url = asked.sandbox, asked.sandbox.state, asked.base_url
    asked_for = [one for one in sandbox.journal.entries() if one.target != UNASKED]
    entries = [
        {
            "entry": entry,
            "at": date_of(entry.at),
            "target": entry.plain_target,
            "why": known(entry.refusal) if entry.refusal else None,
        }
        for entry in reversed(asked_for[-_LAST:])
    ]
    return page(
        "dashboard.html",
        headers={"Cache-Control": "no-store"},
        credentials=as_json(state, base_url),
        site_feed_id=site_feed_id_of(state, state.subscriber.user_id),
        subscribers=[*islice(state.subscribers.values(), _SUBSCRIBERS)],
        more_subscribers=max(len(state.subscribers) - _SUBSCRIBERS, 0),
        applications=state.grants.applications.values(),
        things=things_to_try(state, base_url, nonce=secrets.token_hex(8), now=sandbox.clock.now()),
        entries=entries,
        own=asked.own,
        world=sandbox,
        speaks_https=asked.certificates is not None,
        **_others(asked),
    )


def _others(asked: Asked) -> dict[str, object]:
    """The worlds beside the first, newest first; on their own pages none are listed."""
    made = () if asked.sandbox.name else tuple(asked.sandboxes.made.values())
    worlds = [
        {
            "name": one.name,
            "label": one.label,
            "own": own_path(one.name),
            "now": date_of(one.calendar.now(one.clock.now())),
            "requests": len(one.journal.entries()),
        }
        for one in reversed(made[-_WORLDS:])
    ]
    return {"worlds": worlds, "more_worlds": max(len(made) - _WORLDS, 0)}


OPERATIONS = (Operation("GET", "/", dashboard, "The page for people", shows=True),)

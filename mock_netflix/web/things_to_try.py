"""Lines that work when they are pasted: shown at start and on the mock's own page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from mock_netflix.oauth.signing import signed_url
from mock_netflix.world.grants import feed_token_of
from mock_netflix.world.state import State


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to try: what it shows, a line for the shell, and the address in it."""

    name: str
    line: str
    url: str


def things_to_try(state: State, base_url: str, *, nonce: str, now: int) -> tuple[Thing, ...]:
    """An unsigned call, a signed one (good for ten minutes) and a feed for a reader, for the ready subscriber."""
    application, user, token = state.application, state.subscriber, state.access_token
    autocomplete = f"{base_url}/catalog/titles/autocomplete?" + urlencode(
        {"oauth_consumer_key": application.key, "term": "the"}
    )
    returned = f"{base_url}/users/{user.user_id}/rental_history/returned"
    signed = signed_url(
        "GET",
        returned,
        consumer=(application.key, application.secret),
        token=(token.token, token.secret),
        nonce=nonce,
        timestamp=now,
    )
    feed = feed_token_of(state.grants, application.key, user.user_id, "rental_history.returned")
    query = urlencode({"feed_token": feed, "oauth_consumer_key": application.key, "output": "atom"})
    return (
        Thing("Unsigned", f"curl '{autocomplete}'", autocomplete),
        Thing("Signed, for ten minutes", f"curl '{signed}'", signed),
        Thing("Feed", f"{returned}?{query}", f"{returned}?{query}"),
    )

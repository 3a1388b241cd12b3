"""What opens a feed: its own token, unsigned, and nothing else."""

from __future__ import annotations

import pytest

from mock_netflix.oauth import refusals as g
from mock_netflix.oauth.levels import Level
from mock_netflix.world import refusals as r
from tests.clients import signer
from tests.oauth.incoming import ACCESS, APPLICATION, FEED, NOW, OTHER, OTHER_FEED, OTHERS_FEED, caller_of, received

URL = "http://127.0.0.1:8080/users/current/rental_history"
FEEDS = ("rental_history", "rental_history.shipped")


def asked(token: str | None, key: str | None = APPLICATION.key, feeds: tuple[str, ...] = FEEDS, **more: str):
    given = {"feed_token": token, "oauth_consumer_key": key, "output": "atom", **more}
    query = signer.encoded((name, value) for name, value in given.items() if value is not None)
    return caller_of(received("GET", f"{URL}?{query}"), Level.PROTECTED, feeds)


def test_a_feed_token_and_the_key_are_enough():
    caller = asked(FEED.token)
    assert (caller.feed_token, caller.access_token, caller.user_id) == (FEED, None, FEED.user_id)


@pytest.mark.parametrize(
    "token",
    ["", "T1", "T1" + "f" * 63, "T1" + "f" * 65, "T2" + "f" * 64, "T1" + "é" * 64, FEED.token + "\n", ACCESS.token],
)
def test_what_has_not_the_form_of_a_feed_token_is_a_bad_one(token):
    with pytest.raises(r.BadFeedToken):
        asked(token)


def test_a_token_that_was_never_given_out_is_invalid():
    with pytest.raises(r.InvalidFeedToken):
        asked("T1" + "n" * 64)


@pytest.mark.parametrize(("token", "key"), [(OTHERS_FEED, APPLICATION.key), (FEED, OTHER.key)])
def test_the_token_of_another_application_is_invalid(token, key):
    """A token travels with the key that it was given to."""
    with pytest.raises(r.InvalidFeedToken):
        asked(token.token, key)


def test_the_token_of_another_feed_is_told_apart():
    """Access to one feed gives no access to another (reference: walkthrough, step 6)."""
    with pytest.raises(r.FeedResourceMismatch):
        asked(OTHER_FEED.token)
    assert asked(OTHER_FEED.token, feeds=("queues.disc",)).feed_token == OTHER_FEED


@pytest.mark.parametrize(("key", "refusal"), [(None, g.ConsumerKeyMissing), ("nobody", g.ConsumerKeyInvalid)])
def test_a_feed_needs_a_key_first(key, refusal):
    with pytest.raises(refusal):
        asked("no feed token", key)


def test_without_a_feed_token_a_feed_is_a_protected_resource():
    """It asks for an access token then, and takes one."""
    with pytest.raises(g.AccessTokenMissing):
        asked(None)
    consumer, token = (APPLICATION.key, APPLICATION.secret), (ACCESS.token, ACCESS.secret)
    url = signer.signed("GET", URL, {"output": "atom"}, consumer=consumer, token=token, timestamp=str(NOW))
    assert caller_of(received("GET", url), Level.PROTECTED, FEEDS).access_token == ACCESS


def test_a_feed_token_opens_only_feeds():
    """On another resource of the subscriber it is refused like on another feed."""
    with pytest.raises(r.FeedResourceMismatch):
        asked(FEED.token, feeds=())


def test_a_feed_is_not_checked_for_a_signature():
    """Clients that sign the address of a feed all the same got through (reference: protocol 9.3)."""
    caller = asked(FEED.token, oauth_signature="none", oauth_timestamp="1", oauth_token="nobody's")
    assert caller.feed_token == FEED

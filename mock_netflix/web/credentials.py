"""What a client needs to begin: the ready application, subscriber and access token, as they are printed and sent."""

from __future__ import annotations

from typing import Any

import msgspec

from mock_netflix.world.state import State


class ReadyApplication(msgspec.Struct):
    """The application that is there at start."""

    name: str
    key: str
    secret: str


class ReadySubscriber(msgspec.Struct):
    """The subscriber who is shown to people."""

    login: str
    password: str
    user_id: str


class ReadyToken(msgspec.Struct):
    """The access token of the ready subscriber for the ready application."""

    token: str
    secret: str


class Credentials(msgspec.Struct):
    """Who a client can be at once, and where."""

    base_url: str
    application: ReadyApplication
    subscriber: ReadySubscriber
    access_token: ReadyToken


def credentials_of(state: State, base_url: str) -> Credentials:
    """The ready credentials, at this address."""
    application, subscriber, token = state.application, state.subscriber, state.access_token
    return Credentials(
        base_url,
        ReadyApplication(application.name, application.key, application.secret),
        ReadySubscriber(subscriber.login, subscriber.password, subscriber.user_id),
        ReadyToken(token.token, token.secret),
    )


def as_json(state: State, base_url: str) -> dict[str, Any]:
    """The ready credentials in the shape that `serve --json` prints too."""
    told: dict[str, Any] = msgspec.to_builtins(credentials_of(state, base_url))
    return told

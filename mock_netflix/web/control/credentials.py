"""What a client needs to begin: the ready application, subscriber and access token."""

from __future__ import annotations

from mock_netflix.web.control.mounting import Asked, Operation
from mock_netflix.world.state import State


def as_json(state: State, base_url: str) -> dict[str, object]:
    """The ready credentials in the shape that `serve --json` prints too."""
    return {
        "base_url": base_url,
        "application": {
            "name": state.application.name,
            "key": state.application.key,
            "secret": state.application.secret,
        },
        "subscriber": {
            "login": state.subscriber.login,
            "password": state.subscriber.password,
            "user_id": state.subscriber.user_id,
        },
        "access_token": {"token": state.access_token.token, "secret": state.access_token.secret},
    }


def credentials(asked: Asked) -> dict[str, object]:
    return as_json(asked.sandbox.state, asked.base_url)


def health(asked: Asked) -> dict[str, object]:
    return {"status": "ready"}


OPERATIONS = (
    Operation("GET", "/health", health, "Whether the mock is ready", everywhere=False),
    Operation("GET", "/credentials", credentials, "The ready application, subscriber and access token"),
)

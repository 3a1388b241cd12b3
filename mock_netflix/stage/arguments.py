"""What a test hands over, of the kind that it must be; anything else is said in a sentence."""

from __future__ import annotations

from mock_netflix.data.faults import shown
from mock_netflix.errors import MockNetflixError
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.applications import application_named
from mock_netflix.world.grants import AccessToken, Application
from mock_netflix.world.subscribers import Subscriber


def text_of(what: str, value: object) -> str:
    """A text as it is. Raises MockNetflixError."""
    if not isinstance(value, str):
        raise MockNetflixError(f"{what} cannot be {shown(value)}; it is a text")
    return value


def is_whole(value: object) -> bool:
    """Whether it is a whole number; Python takes True for one."""
    return isinstance(value, int) and not isinstance(value, bool)


def flag_of(what: str, value: object) -> bool:
    """Yes or no. Raises MockNetflixError."""
    if not isinstance(value, bool):
        raise MockNetflixError(f"{what} cannot be {shown(value)}; it is True or False")
    return value


def subscriber_of(value: Subscriber | str | None) -> str | None:
    """What a subscriber is found by: the user id of one, or a login or user id. Raises MockNetflixError."""
    if isinstance(value, Subscriber):
        return value.user_id
    if value is not None and not isinstance(value, str):
        raise MockNetflixError(f"subscriber cannot be {shown(value)}; name one by login or user id")
    return value


def application_of(sandbox: Sandbox, value: Application | str | None) -> Application:
    """An application, or the one with a consumer key, or the ready one. Raises UnknownError, MockNetflixError."""
    if isinstance(value, Application):
        return value
    if value is not None and not isinstance(value, str):
        raise MockNetflixError(f"application cannot be {shown(value)}; give one, or its consumer key")
    return application_named(sandbox, value)


def token_of(value: AccessToken | str | None) -> str | None:
    """The name of an access token. Raises MockNetflixError."""
    if isinstance(value, AccessToken):
        return value.token
    if value is not None and not isinstance(value, str):
        raise MockNetflixError(f"token cannot be {shown(value)}; give an access token, or its name")
    return value

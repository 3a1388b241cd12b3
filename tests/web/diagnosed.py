"""A world with all that a client can confuse, and what the mock tells of a request that it has refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from mock_netflix.world.grants import allow, issue_request_token, redeem, register
from tests.clients.mistaken import Keys
from tests.conftest import Mock


def furnished(mock: Mock) -> Keys:
    """Another application, a request token that was changed for an access token, and one that can be."""
    now, application, user = mock.sandbox.clock.now(), mock.application, mock.state.subscriber.user_id
    grants, other = register(mock.state.grants, "Ham")
    grants, spent = issue_request_token(grants, application, None, now)
    grants = allow(grants, spent, user)
    grants, token = redeem(grants, grants.request_tokens[spent.token], None, now)
    grants, asked = issue_request_token(grants, application, "oob", now)
    grants = allow(grants, asked, user)
    mock.sandbox.state = mock.state.with_grants(grants)
    return Keys(
        address=mock.url,
        user=user,
        consumer=(application.key, application.secret),
        token=(token.token, token.secret),
        spent=spent.secret,
        request_token=(asked.token, asked.secret),
        verifier=asked.verifier,
        other=(other.key, other.secret),
    )


def ruled(mock: Mock, **rules: object) -> None:
    """The world with other rules."""
    mock.sandbox.state = replace(mock.state, rules=replace(mock.state.rules, **rules))


def explained(mock: Mock, answer: Any) -> Mapping[str, Any]:
    """The explanation behind the header of a refused answer, whichever host was asked."""
    address = urlsplit(answer.headers["X-Mock-Netflix-Explain"])
    told = mock.http.get(mock.url + address.path)
    assert told.status_code == 200, told.text
    return told.json()["explanation"]


def is_a_sentence(message: str) -> bool:
    """Whether a person is told something."""
    return message[:1].isupper() and message.endswith(".") and len(message.split()) > 4

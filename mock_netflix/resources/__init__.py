"""Every endpoint of the service, family by family, in the order in which their paths are tried."""

from __future__ import annotations

from mock_netflix.resources import feeds, history, titles, tokens, users
from mock_netflix.resources.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *tokens.ENDPOINTS,
    *titles.ENDPOINTS,
    *history.ENDPOINTS,
    *feeds.ENDPOINTS,
    *users.ENDPOINTS,
)

"""Every endpoint of the service, family by family, in the order in which their paths are tried."""

from __future__ import annotations

from mock_netflix.resources import (
    at_home,
    feeds,
    history,
    lists,
    queues,
    ratings,
    recommendations,
    reviews,
    title_states,
    titles,
    tokens,
    users,
)
from mock_netflix.resources.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *tokens.ENDPOINTS,
    *titles.ENDPOINTS,
    *history.ENDPOINTS,
    *queues.ENDPOINTS,
    *at_home.ENDPOINTS,
    *title_states.ENDPOINTS,
    *ratings.ENDPOINTS,
    *recommendations.ENDPOINTS,
    *reviews.ENDPOINTS,
    *lists.ENDPOINTS,
    *feeds.ENDPOINTS,
    *users.ENDPOINTS,
)

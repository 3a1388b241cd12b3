"""Every endpoint of the service, family by family, in the order in which their paths are tried."""

from __future__ import annotations

from mock_netflix.resources import (
    at_home,
    catalogue_files,
    categories,
    feeds,
    history,
    lists,
    people,
    personal_feeds,
    queues,
    ratings,
    recommendations,
    reviews,
    roots,
    site_feeds,
    title_parts,
    title_states,
    titles,
    tokens,
    users,
)
from mock_netflix.resources.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *tokens.ENDPOINTS,
    # Before titles, so that a part of an episode is not taken for one.
    *title_parts.ENDPOINTS,
    *titles.ENDPOINTS,
    *catalogue_files.ENDPOINTS,
    *people.ENDPOINTS,
    *categories.ENDPOINTS,
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
    *roots.ENDPOINTS,
    *site_feeds.ENDPOINTS,
    *personal_feeds.ENDPOINTS,
)

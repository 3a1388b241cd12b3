"""How each endpoint is asked in the tests that walk them all; a new one fails them until it is named here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.resources.facets import FACETS
from tests.resources.lantern import EXAMPLE_USER

_USER = f"/users/{EXAMPLE_USER}"


@dataclass(frozen=True)
class Sample:
    """Addresses of one endpoint, the first of which has the goldens, and the parameters to ask them with."""

    paths: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.paths[0]


SAMPLES = {
    "oauth.request_token": Sample(("/oauth/request_token",)),
    "oauth.access_token": Sample(("/oauth/access_token",)),
    "oauth.clock": Sample(("/oauth/clock/time",)),
    "titles.search": Sample(("/catalog/titles",), {"term": "lantern", "max_results": "3"}),
    "titles.autocomplete": Sample(("/catalog/titles/autocomplete",), {"term": "la"}),
    "titles.title": Sample(
        (
            "/catalog/titles/movies/70900001",
            "/catalog/titles/series/70900010",
            "/catalog/titles/series/70900010/seasons/70900011",
            "/catalog/titles/programs/70900010/70900012",
            "/catalog/titles/programs/70900012",
            "/catalog/titles/discs/70900013",
        ),
        {"expand": ",".join(facet.title for facet in FACETS)},
    ),
    "users.rental_history": Sample((f"{_USER}/rental_history",)),
    "users.rental_history.shipped": Sample((f"{_USER}/rental_history/shipped",)),
    "users.rental_history.returned": Sample((f"{_USER}/rental_history/returned",)),
    "users.rental_history.watched": Sample((f"{_USER}/rental_history/watched",)),
    "users.queues": Sample((f"{_USER}/queues",)),
    "users.queues.disc": Sample((f"{_USER}/queues/disc",)),
    "users.queues.disc.available": Sample((f"{_USER}/queues/disc/available",)),
    "users.queues.disc.saved": Sample((f"{_USER}/queues/disc/saved",)),
    "users.queues.instant": Sample((f"{_USER}/queues/instant",)),
    "users.queues.instant.available": Sample((f"{_USER}/queues/instant/available",)),
    "users.queues.instant.saved": Sample((f"{_USER}/queues/instant/saved",)),
    "users.queues.disc.available.entry": Sample(
        (f"{_USER}/queues/disc/available/2/70900001", f"{_USER}/queues/disc/available/70900001")
    ),
    "users.queues.disc.saved.entry": Sample((f"{_USER}/queues/disc/saved/70900011",)),
    "users.queues.instant.available.entry": Sample(
        (f"{_USER}/queues/instant/available/1/70900002", f"{_USER}/queues/instant/available/70900002")
    ),
    "users.queues.instant.saved.entry": Sample((f"{_USER}/queues/instant/saved/70900001",)),
    "users.at_home": Sample((f"{_USER}/at_home",)),
    "users.title_states": Sample(
        (f"{_USER}/title_states",), {"title_refs": "movies/70900001,movies/70900002,discs/70900003,discs/70900013"}
    ),
    "users.ratings": Sample((f"{_USER}/ratings",)),
    "users.ratings.title": Sample(
        (f"{_USER}/ratings/title",), {"title_refs": "movies/70900001,movies/70900002,movies/70900004"}
    ),
    "users.ratings.title.actual": Sample((f"{_USER}/ratings/title/actual",)),
    "users.ratings.title.predicted": Sample((f"{_USER}/ratings/title/predicted",)),
    "users.ratings.title.actual.one": Sample((f"{_USER}/ratings/title/actual/70900001",)),
    "users.ratings.title.one": Sample((f"{_USER}/ratings/title/70900001",)),
    "users.recommendations": Sample((f"{_USER}/recommendations",)),
    "users.reviews": Sample((f"{_USER}/reviews",)),
    "users.lists": Sample((f"{_USER}/lists",)),
    "users.feeds": Sample((f"{_USER}/feeds",)),
    "users.current": Sample(("/users/current",)),
    "users.user": Sample((_USER,)),
}


def sample(endpoint: Endpoint) -> Sample:
    return SAMPLES[endpoint.name]


def forms(endpoint: Endpoint) -> tuple[str, ...]:
    """The forms in which an endpoint answers: the one without an `output` first."""
    if endpoint.bare:
        return "form", "json"
    return ("xml", "json", "atom") if endpoint.listed else ("xml", "json")


EACH = tuple(ENDPOINTS)
LISTS = tuple(endpoint for endpoint in ENDPOINTS if endpoint.listed)
PAGED = tuple(endpoint for endpoint in ENDPOINTS if "max_results" in endpoint.parameters)
SECURED = tuple(endpoint for endpoint in ENDPOINTS if endpoint.level is not Level.KEY)
OF_USERS = tuple(endpoint for endpoint in ENDPOINTS if any("{user}" in path for path in endpoint.paths))
FEEDS = tuple(endpoint for endpoint in ENDPOINTS if endpoint.feeds)

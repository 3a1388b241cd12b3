"""How each endpoint is asked in the tests that walk them all; a new one fails them until it is named here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mock_netflix.oauth.levels import Level
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.resources.facets import BOX_ART, FACETS
from mock_netflix.world.identifiers import site_feed_id
from tests.resources.lantern import EXAMPLE_USER
from tests.worlds import SEED

_USER = f"/users/{EXAMPLE_USER}"
_TITLES = (
    "/catalog/titles/movies/70900001",
    "/catalog/titles/series/70900010",
    "/catalog/titles/series/70900010/seasons/70900011",
    "/catalog/titles/programs/70900010/70900012",
    "/catalog/titles/programs/70900012",
    "/catalog/titles/discs/70900013",
)


@dataclass(frozen=True)
class Sample:
    """Addresses of one endpoint, the first of which has the goldens, and the parameters to ask them with."""

    paths: tuple[str, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return self.paths[0]


def _parts(name: str, start: int = 0) -> Sample:
    """A part of titles of every type, from this one on."""
    return Sample(tuple(f"{path}/{name}" for path in (*_TITLES[start:], *_TITLES[:start])))


OF_SERIES = ("discs", "seasons", "episodes")
_CATEGORIES = (
    "genres",
    "mpaa_ratings",
    "tv_ratings",
    "title_formats",
    "queue_availability",
    "rental_states",
    "title_states",
)

_PERSONAL = ("QueueRSS", "QueueEDRSS", "TrackingRSS", "RecommendationsRSS", "AtHomeRSS")
_FEED_ID = site_feed_id(SEED, EXAMPLE_USER)

SAMPLES = {
    "oauth.request_token": Sample(("/oauth/request_token",)),
    "oauth.access_token": Sample(("/oauth/access_token",)),
    "oauth.clock": Sample(("/oauth/clock/time",)),
    **{f"titles.{one.name}": _parts(one.name, 1 if one.name in OF_SERIES else 0) for one in (*FACETS, BOX_ART)},
    "titles.search": Sample(("/catalog/titles",), {"term": "lantern", "max_results": "3"}),
    "titles.autocomplete": Sample(("/catalog/titles/autocomplete",), {"term": "la"}),
    "titles.title": Sample(
        _TITLES,
        {"expand": ",".join(facet.title for facet in FACETS)},
    ),
    "files.index": Sample(("/catalog/titles/index",)),
    "files.full": Sample(("/catalog/titles/full",), {"v": "1.5"}),
    "files.streaming": Sample(("/catalog/titles/streaming",)),
    "files.dvd": Sample(("/catalog/titles/dvd",)),
    "people.search": Sample(("/catalog/people",), {"term": "vale ada", "max_results": "3", "expand": "filmography"}),
    "people.person": Sample(("/catalog/people/30900001",), {"expand": "filmography"}),
    "people.filmography": Sample(("/catalog/people/30900001/filmography",)),
    **{f"categories.{name}": Sample((f"/categories/{name}",)) for name in _CATEGORIES},
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
    "roots.service": Sample(("/",)),
    "roots.catalog": Sample(("/catalog",)),
    "roots.users": Sample(("/users",)),
    "site.Top100RSS": Sample(("/Top100RSS",)),
    "site.NewReleasesRSS": Sample(("/NewReleasesRSS",)),
    "site.NewWatchInstantlyRSS": Sample(("/NewWatchInstantlyRSS",)),
    "site.TopWatchInstantlyRSS": Sample(("/TopWatchInstantlyRSS",)),
    "site.Top25RSS": Sample(("/Top25RSS",), {"gid": "315"}),
    **{f"site.{name}": Sample((f"/{name}",), {"id": _FEED_ID}) for name in _PERSONAL},
}


def sample(endpoint: Endpoint) -> Sample:
    return SAMPLES[endpoint.name]


def forms(endpoint: Endpoint) -> tuple[str, ...]:
    """The forms in which an endpoint answers: the one without an `output` first."""
    if endpoint.level is Level.OPEN:
        return ("rss",)
    if endpoint.bare:
        return "form", "json"
    if endpoint.xml_only:
        return ("xml",)
    return ("xml", "json", "atom") if endpoint.listed else ("xml", "json")


EACH = tuple(endpoint for endpoint in ENDPOINTS if endpoint.level is not Level.OPEN)
# What the site had beside the API: it needs no key, and knows none of the parameters that all of the API has.
OF_THE_SITE = tuple(endpoint for endpoint in ENDPOINTS if endpoint.level is Level.OPEN)
LISTS = tuple(endpoint for endpoint in ENDPOINTS if endpoint.listed)
PAGED = tuple(endpoint for endpoint in ENDPOINTS if "max_results" in endpoint.parameters)
SECURED = tuple(endpoint for endpoint in EACH if endpoint.level is not Level.KEY)
OF_USERS = tuple(endpoint for endpoint in ENDPOINTS if any("{user}" in path for path in endpoint.paths))
FEEDS = tuple(endpoint for endpoint in ENDPOINTS if endpoint.feeds)

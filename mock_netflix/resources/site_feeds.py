"""The public feeds of the site, open to anybody: RSS beside the API, older than it (reference: protocol 9.6).

Clients take the number at the end of an item's link for that of a movie or else of a series, and the description apart
as `<a href="…"><img src="…"/></a><br>synopsis`: a Top 100 that one of them keeps, cut down, has this form. Which titles
the real feeds held is not on record; here the best known, and the newest by the day of the mock, of those that can be
had then. How many there were is a guess but where the name says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.endpoint import Answer, Call, Endpoint, Handler, Record
from mock_netflix.resources.genre_numbers import FORMATS, GENRES, NumberedGenre
from mock_netflix.wire.as_rss import Channel, Item
from mock_netflix.wire.links import Links
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.refusals import SiteFeedUnknown
from mock_netflix.world.releases import Medium, is_out, released
from mock_netflix.world.titles import Title
from mock_netflix.world.word_index import words

SOURCE = "protocol 9.6"
WEEK = 7 * 24 * 60
_DIGITS = 6
_TOP_OF_GENRE = 25
_EVERY_FORMAT = tuple(name for medium in Medium for name in medium.value)


@dataclass(frozen=True, slots=True)
class SiteFeed:
    """A list of titles of one medium: the best known, or the newest. `minutes`: how long it is good."""

    path: str
    title: str
    description: str
    medium: Medium
    newest: bool
    limit: int
    minutes: int
    record: Record = "inferred"


# Title, description and rhythm of the Top 100 are on record; the others follow its example. One client reads 500 items
# of what is new to be watched, so there may have been as many.
FEEDS = (
    SiteFeed(
        "/Top100RSS",
        "Netflix Top 100",
        "Top 100 Netflix movies, published every 2 weeks.",
        Medium.DISC,
        newest=False,
        limit=100,
        minutes=2 * WEEK,
        record="captured",
    ),
    SiteFeed(
        "/NewReleasesRSS",
        "Netflix New Releases",
        "New releases on disc at Netflix, published every week.",
        Medium.DISC,
        newest=True,
        limit=100,
        minutes=WEEK,
    ),
    SiteFeed(
        "/NewWatchInstantlyRSS",
        "New choices to watch instantly",
        "What can be watched instantly at Netflix since lately.",
        Medium.INSTANT,
        newest=True,
        limit=500,
        minutes=WEEK,
    ),
    SiteFeed(
        "/TopWatchInstantlyRSS",
        "Netflix Top 100 to watch instantly",
        "Top 100 Netflix titles to watch instantly, published every 2 weeks.",
        Medium.INSTANT,
        newest=False,
        limit=100,
        minutes=2 * WEEK,
    ),
)


def item_of(title: Title, links: Links, published: int | None, *, name: str | None = None, mark: str = "") -> Item:
    """A title as an item; `mark` tells one about it from others about the same."""
    address = links.title_page(title)
    return Item(
        title=title.regular if name is None else name,
        address=address,
        guid=f"{address}#{mark}" if mark else address,
        html=description_of(title, links),
        published=published,
    )


def description_of(title: Title, links: Links) -> str:
    """The HTML of an item, letter by letter as clients take it apart."""
    page, poster = escape(links.title_page(title)), escape(links.box_art(title.number, "small"))
    return f'<a href="{page}"><img src="{poster}"/></a><br>{escape(title.synopsis, quote=False)}'


def _titles(feed: SiteFeed, catalogue: Catalogue, now: int) -> Iterator[Title]:
    found = catalogue.newest(feed.medium, now) if feed.newest else catalogue.famous()
    return islice((title for title in found if is_out(title, feed.medium.value, now)), feed.limit)


def _list(feed: SiteFeed) -> Handler:
    def channel(call: Call) -> Answer:
        today, links = call.sight.today, call.links
        titles = _titles(feed, call.state.catalogue, today)
        return Answer(
            Channel(
                title=feed.title,
                address=links.pages,
                own_address=links.site_feed(feed.path),
                description=feed.description,
                built=today,
                minutes=feed.minutes,
                items=tuple(item_of(title, links, released(title, feed.medium.value)) for title in titles),
            )
        )

    return channel


def _top_of_genre(call: Call) -> Answer:
    genre = _genre_asked(call.parameters.get("gid") or "")
    today, links = call.sight.today, call.links
    formats = _EVERY_FORMAT if genre.number not in FORMATS else (FORMATS[genre.number],)
    found = call.state.catalogue.famous(genres_of(genre, call.state.catalogue.genres))
    titles = islice((title for title in found if is_out(title, formats, today)), _TOP_OF_GENRE)
    return Answer(
        Channel(
            title=f"Netflix Top 25: {genre.name}",
            address=links.pages,
            own_address=links.site_feed(f"/Top25RSS?gid={genre.number}"),
            description=f"Top 25 Netflix titles in {genre.name}, published every 2 weeks.",
            built=today,
            minutes=2 * WEEK,
            items=tuple(item_of(title, links, released(title, formats)) for title in titles),
        )
    )


def _genre_asked(gid: str) -> NumberedGenre:
    """The genre of a number. Refuses SiteFeedUnknown, where the real site may have said something else (guess)."""
    known = gid.isascii() and gid.isdigit() and len(gid) <= _DIGITS and int(gid) in GENRES
    if not known:
        raise SiteFeedUnknown("gid", gid[:60])
    return GENRES[int(gid)]


def genres_of(genre: NumberedGenre, known: Iterable[str]) -> tuple[str, ...] | None:
    """The genres of a catalogue that a number stands for; None for all titles."""
    same = tuple(name for name in known if words(name) == words(genre.name))
    return same or genre.genres or None


def site_endpoint(path: str, title: str, handler: Handler, parameters: tuple[str, ...], record: Record) -> Endpoint:
    """The row of a feed of the site."""
    return Endpoint(
        name=f"site.{path.strip('/')}",
        paths=(path,),
        level=Level.OPEN,
        verbs={"GET": handler},
        title=title,
        record=record,
        source=SOURCE,
        parameters=parameters,
    )


ENDPOINTS = (
    *(site_endpoint(feed.path, feed.title, _list(feed), (), feed.record) for feed in FEEDS),
    site_endpoint("/Top25RSS", "Netflix Top 25 of a genre", _top_of_genre, ("gid",), "inferred"),
)

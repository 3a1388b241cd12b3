"""Everything that a server can be asked: each endpoint, page and picture, what is meant for others, its own side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from mock_netflix.data.load import load
from mock_netflix.oauth.levels import Level
from mock_netflix.resources import ENDPOINTS
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.world.state import site_feed_id_of
from mock_netflix.world.titles import TitleType
from tests.clients import signer, wire

API, FOREIGN = "http://api.netflix.com", "http://www.example.com"
CALLBACKS = (f"{FOREIGN}/back", "http://192.0.2.1/back?a=b", "https://www.example.com:8443/", "app://back")
CLOSE = "Connection: close"
_WORLD = load()


@dataclass(frozen=True)
class Asked:
    """A server by what it told at its start (`serve --json`)."""

    told: Mapping[str, Any]

    @property
    def url(self) -> str:
        return str(self.told["base_url"])

    def keys(self, token: bool = True) -> dict[str, tuple[str, str]]:
        application, access = self.told["application"], self.told["access_token"]
        pair = (access["token"], access["secret"]) if token else ("", "")
        return {"consumer": (application["key"], application["secret"]), "token": pair}

    def raw(self, target: str, *headers: str, verb: str = "GET", body: bytes = b"") -> wire.Answer:
        """A request that the mock gets as a proxy, or as whoever it is taken for."""
        return wire.sent(self.url, wire.request(target, *headers, CLOSE, verb=verb, body=body))

    def signed(self, verb: str, path: str, token: bool = True, **plain: str) -> wire.Answer:
        return self.raw(signer.signed(verb, API + path, plain, **self.keys(token)), "Host: api.netflix.com", verb=verb)


def _filled(template: str, user: str) -> str:
    """An address of an endpoint with numbers of the default world."""
    titles = _WORLD.catalogue.titles.values()
    movie = next(title for title in titles if title.type is TitleType.MOVIE)
    series = next(title for title in titles if title.type is TitleType.SERIES)
    kind = TitleType.SEASON if "/seasons/" in template else TitleType.PROGRAM
    part = next(title for title in titles if title.type is kind and title.series == series.number)
    number = part.number if "{series}" in template else movie.number
    if "/people/" in template:
        number = next(iter(_WORLD.catalogue.people))
    if "/queues/" in template:
        subscriber = _WORLD.subscribers[_WORLD.subscriber.user_id]
        queue = subscriber.disc_queue if "/disc/" in template else subscriber.instant_queue
        number = ((queue.saved if "/saved/" in template else ()) or queue.available)[0].title[1]
    return template.format(user=user, type="movies", series=series.number, number=number, position=1)


def endpoints(asked: Asked) -> Iterator[tuple[Endpoint, str, wire.Answer]]:
    """Every address of every endpoint, as clients ask for it that take the mock for their proxy."""
    user = asked.told["subscriber"]["user_id"]
    personal = site_feed_id_of(_WORLD, user)
    for endpoint in ENDPOINTS:
        for template in endpoint.paths:
            path = _filled(template, user)
            if endpoint.level is Level.OPEN:
                wanted = "?gid=296" if "gid" in endpoint.parameters else f"?id={personal}"
                yield endpoint, path, asked.raw(f"http://rss.netflix.com{path}{wanted}", "Host: rss.netflix.com")
            else:
                yield endpoint, path, asked.signed("GET", path, endpoint.level is not Level.SIGNED, term="the")


def meant_for_others(asked: Asked) -> Iterator[wire.Answer]:
    """What no mock is to pass on."""
    for host in ("www.example.com", "192.0.2.1", "www.example.com:8080", "[2001:db8::1]:80"):
        yield asked.raw(f"http://{host}/catalog/titles", f"Host: {host}")
        yield asked.raw(f"https://{host}/", f"Host: {host}")
        yield asked.raw(f"{host.removesuffix(':80').removesuffix(':8080')}:443", f"Host: {host}", verb="CONNECT")
        yield asked.raw(f"{host.removesuffix(':80').removesuffix(':8080')}:80", f"Host: {host}", verb="CONNECT")
    # Under a number it may be somebody's own machine, so only names are foreign to whoever does not ask a proxy.
    for host in ("www.example.com", "api.netflix.com.example.com:80", "netflix.com"):
        yield asked.raw("/catalog/titles", f"Host: {host}")
    for port in (22, 25, 8080):
        yield asked.raw(f"api.netflix.com:{port}", "Host: api.netflix.com", verb="CONNECT")


def callbacks(asked: Asked) -> Iterator[tuple[str, wire.Answer]]:
    """A person signs in, and is sent to the application at an address elsewhere; only the browser goes there."""
    person, key = asked.told["subscriber"], asked.told["application"]["key"]
    for callback in CALLBACKS:
        given = asked.signed("GET", "/oauth/request_token", token=False, oauth_callback=callback)
        token = re.search(r"oauth_token=([^&]+)", given.text)
        assert token, given.text
        form = {"oauth_token": token[1], "oauth_consumer_key": key, "oauth_callback": callback}
        page = f"https://api-user.netflix.com/oauth/login?{signer.encoded(form.items())}"
        yield f"page for {callback}", asked.raw(page, "Host: api-user.netflix.com", f"Referer: {FOREIGN}/")
        body = signer.encoded({**form, "login": person["login"], "password": person["password"]}.items()).encode()
        kind = "Content-Type: application/x-www-form-urlencoded"
        answer = asked.raw(page.partition("?")[0], "Host: api-user.netflix.com", kind, verb="POST", body=body)
        yield f"form for {callback}", answer


def pages(asked: Asked) -> Iterator[tuple[str, wire.Answer]]:
    """Pages of the site and pictures, at the hosts that had them, and headers that name other machines."""
    title = next(iter(_WORLD.catalogue.titles.values()))
    person = next(iter(_WORLD.catalogue.people))
    key = asked.told["application"]["key"]
    away = ("X-Forwarded-Host: www.example.com", "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1")
    for place in (
        f"http://cdn-{title.number % 10}.nflximg.com/us/boxshots/large/{title.number}.jpg",
        f"http://www.netflix.com/Movie/x/{title.number}",
        f"http://www.netflix.com/RoleDisplay/x/{person}",
        "http://www.netflix.com/RSSFeeds",
        f"/oauth/clock/time?oauth_consumer_key={key}",
    ):
        yield place, asked.raw(place, f"Host: {asked.url[7:]}", f"Referer: {FOREIGN}/", *away)


def own_side(asked: Asked) -> Iterator[tuple[str, httpx.Response]]:
    """All that can be read of the mock's own side, by its own description."""
    with httpx.Client(trust_env=False, timeout=30) as http:
        world = http.post(f"{asked.url}/_mock/worlds", json={}).json()["name"]
        described = http.get(f"{asked.url}/_mock/openapi.json").json()["paths"]
        requests = http.get(f"{asked.url}/_mock/requests").json()["requests"]
        values = {
            "world": world,
            "subscriber": asked.told["subscriber"]["login"],
            "queue": "disc",
            "number": str(requests[-1]["number"]),
            "token": asked.told["access_token"]["token"],
            "id": "1",
        }
        for template in [path for path, verbs in described.items() if "get" in verbs]:
            path = re.sub(r"\{(\w+)\}", lambda match: quote(values[match[1]], safe=""), template)
            yield template, http.get(asked.url + path)

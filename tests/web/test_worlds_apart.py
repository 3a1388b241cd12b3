"""Every request of a client finds its world, in whatever way it tells its key, and no world hears of another."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pytest

from mock_netflix.web.login import VERIFIER
from tests.clients.consent import allow, login_url, query_of
from tests.clients.signer import authorization, encoded, oauth_parameters, signed
from tests.conftest import Mock
from tests.web.made_worlds import Server, own
from tests.web.voices import told

Asks = Callable[[Mock], httpx.Response]


def asked_for(world: Mock, **parameters: str) -> dict[str, str]:
    """A request token, asked for over the wire."""
    consumer = (world.application.key, world.application.secret)
    url = signed("GET", f"{world.url}/oauth/request_token", {"output": "json", **parameters}, consumer=consumer)
    token: dict[str, str] = world.http.get(url).json()
    return token


def in_the_header(world: Mock) -> httpx.Response:
    consumer, token = world.application, world.state.access_token
    pair, address = (token.token, token.secret), f"{world.url}/users/@me"
    protocol = oauth_parameters("GET", address, {}, consumer=(consumer.key, consumer.secret), token=pair)
    return world.http.get(address, headers={"Authorization": authorization(protocol)})


def in_the_body(world: Mock) -> httpx.Response:
    consumer, token = world.application, world.state.access_token
    address, pair = f"{world.url}{world.user}/queues/disc", (token.token, token.secret)
    fields = {"title_ref": f"{world.url}/catalog/titles/movies/70010010"}
    protocol = oauth_parameters("POST", address, fields, consumer=(consumer.key, consumer.secret), token=pair)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    return world.http.post(address, content=encoded([*fields.items(), *protocol]), headers=form)


def by_key_alone(world: Mock) -> httpx.Response:
    query = {"oauth_consumer_key": world.application.key, "term": "lov"}
    return world.http.get(f"{world.url}/catalog/titles/autocomplete", params=query)


def a_refused_signature(world: Mock) -> httpx.Response:
    query = {"oauth_consumer_key": world.application.key, "oauth_signature": "x", "oauth_nonce": "x"}
    return world.http.get(f"{world.url}/catalog/titles", params=query)


def a_page_that_is_shown(world: Mock) -> httpx.Response:
    token, _ = world.request_token()
    query = {"oauth_token": token, "oauth_consumer_key": world.application.key, "application_name": "Green Eggs"}
    return world.http.get(f"{world.url}/oauth/login", params=query)


def a_script_that_signs_in(world: Mock) -> httpx.Response:
    token, _ = world.request_token("oob")
    person, key = world.state.subscriber, world.application.key
    fields = {"oauth_token": token, "oauth_consumer_key": key, "name": person.login, "password": person.password}
    return world.http.post(f"{world.url}/oauth/login", data={**fields, "output": "pox"})


def a_token_without_a_key(world: Mock) -> httpx.Response:
    return world.http.get(f"{world.url}/oauth/login", params={"oauth_token": world.request_token()[0]})


def a_file_of_the_catalogue(world: Mock) -> httpx.Response:
    led = world.get_as_application("/catalog/titles/index", v="1.5")
    return world.http.get(led.headers["location"])


WAYS: tuple[tuple[Asks, int], ...] = (
    (lambda world: world.get("/users/@me"), 200),
    (lambda world: world.get_as_application("/catalog/titles", term="love"), 200),
    (lambda world: world.feed("queues.disc", f"{world.user}/queues/disc"), 200),
    (in_the_header, 200),
    (in_the_body, 201),
    (by_key_alone, 200),
    (a_refused_signature, 400),
    (a_page_that_is_shown, 200),
    (a_script_that_signs_in, 200),
    (a_token_without_a_key, 400),
    (a_file_of_the_catalogue, 200),
)


@pytest.mark.parametrize(("asks", "status"), WAYS)
def test_a_request_finds_its_world(server: Server, asks: Asks, status: int) -> None:
    other, world = server.made(), server.made()
    assert asks(world).status_code == status
    assert server.journal(own(world))[-1]["status"] == status
    assert (server.journal(), server.journal(own(other))) == ([], [])


def test_the_whole_dance_stays_in_its_world(server: Server) -> None:
    """With the page as a person uses it; other worlds know neither the token nor who is asked for."""
    other, world = server.made(), server.made()
    callback = "http://127.0.0.1:9/back"
    token = asked_for(world, oauth_callback=callback)
    answer = allow(world.http, login_url(token, world.application), world.state.subscriber)
    told_back = query_of(answer)
    consumer, pair = (
        (world.application.key, world.application.secret),
        (token["oauth_token"], token["oauth_token_secret"]),
    )
    url = signed(
        "GET",
        f"{world.url}/oauth/access_token",
        {"oauth_verifier": told_back["oauth_verifier"]},
        consumer=consumer,
        token=pair,
    )
    assert world.http.get(url).status_code == 200
    assert len(world.state.grants.access_tokens) == 2
    assert len(other.state.grants.access_tokens) == len(server.first.state.grants.access_tokens) == 1
    assert server.journal() == server.journal(own(other)) == []


def test_a_request_token_of_one_world_is_none_in_another(server: Server) -> None:
    other, world = server.made(), server.made()
    token, _ = world.request_token("oob")
    person = other.state.subscriber
    application = {"oauth_consumer_key": other.application.key, "application_name": other.application.name}
    fields = {"oauth_token": token, **application, "name": person.login, "password": person.password}
    answer = server.http.post(f"{server.url}/oauth/login", data=fields)
    assert (answer.status_code, VERIFIER in answer.headers) == (401, False)
    assert server.journal(own(world)) == []


def test_an_application_that_was_registered_in_a_world_belongs_to_it(server: Server) -> None:
    world = server.made()
    made = server.http.post(f"{server.url}{own(world)}/applications", json={"name": "Ham"}).json()
    query = {"oauth_consumer_key": made["key"], "term": "lov"}
    assert server.http.get(f"{server.url}/catalog/titles/autocomplete", params=query).status_code == 200
    assert (len(server.journal()), len(server.journal(own(world)))) == (0, 1)


def twice(world: Mock) -> list[httpx.Response]:
    """One signed request, sent twice."""
    consumer, address = (world.application.key, world.application.secret), f"{world.url}/catalog/titles"
    url = signed(
        "GET", address, {"term": "love"}, consumer=consumer, nonce="one", timestamp=str(world.sandbox.clock.now())
    )
    return [world.http.get(url) for _ in "ab"]


def test_a_limit_counts_the_calls_of_its_own_world(server: Server) -> None:
    worlds = [server.made(settings={"queries_per_day": 2}) for _ in "ab"]
    statuses = [
        [world.get_as_application("/catalog/titles", term="love").status_code for _ in "abc"] for world in worlds
    ]
    assert statuses == [[200, 200, 403]] * 2


def test_a_nonce_is_used_up_in_its_own_world(server: Server) -> None:
    worlds = [server.made(settings={"unique_nonces": True}) for _ in "ab"]
    assert [[answer.status_code for answer in twice(world)] for world in worlds] == [[200, 401]] * 2


def test_a_clock_runs_in_its_own_world(server: Server) -> None:
    ahead, world = server.made(), server.made()
    server.http.patch(f"{server.url}{own(ahead)}/clock", json={"offset": 3600})
    assert told(ahead.get("/users/@me"))[1] == "Timestamp Is Invalid"
    assert world.get("/users/@me").status_code == server.first.get("/users/@me").status_code == 200


def test_rules_are_those_of_their_own_world(server: Server) -> None:
    out, world = server.made(), server.made()
    address = f"{server.url}{own(out)}/settings"
    assert server.http.patch(address, json={"outage": "maintenance"}).json()["outage"] == "maintenance"
    assert out.get("/users/@me").status_code == 503
    assert world.get("/users/@me").status_code == server.first.get("/users/@me").status_code == 200


def test_what_goes_wrong_goes_wrong_in_its_own_world(server: Server) -> None:
    broken, world = server.made(), server.made()
    fault = {"effect": "status", "status": 503}
    assert server.http.post(f"{server.url}{own(broken)}/faults", json=fault).status_code == 201
    assert broken.get("/users/@me").status_code == 503
    assert [one.get("/users/@me").status_code for one in (world, server.first)] == [200, 200]
    assert server.http.get(f"{server.url}{own(world)}/faults").json() == {"faults": []}


def test_who_signs_in_by_itself_does_so_in_its_own_world(server: Server) -> None:
    """The rule `login`: in one world the page decides by itself, in the others it waits for a person."""
    by_itself, world = server.made(settings={"login": "approve"}), server.made()
    callback = {"oauth_callback": "http://127.0.0.1:9/back"}
    pages = []
    for one in (by_itself, world, server.first):
        token = asked_for(one, **callback)
        pages.append(server.http.get(login_url(token, one.application)).status_code)
    assert pages == [302, 200, 200]


def test_a_snapshot_is_of_its_own_world(server: Server) -> None:
    one, other = server.made(), server.made()
    kept = server.http.post(f"{server.url}{own(one)}/snapshots", json={"name": "before"})
    assert kept.status_code == 201
    assert server.http.get(f"{server.url}{own(other)}/snapshots").json() == {"snapshots": []}
    assert server.http.post(f"{server.url}{own(other)}/snapshots/before/restore").status_code == 404


def test_requests_are_numbered_in_their_own_world(server: Server) -> None:
    worlds = [server.first, server.made(), server.made()]
    for world in worlds:
        world.get("/users/@me")
    assert [one["number"] for one in server.journal()] == [1]
    assert [[one["number"] for one in server.journal(own(world))] for world in worlds[1:]] == [[1], [1]]


def test_a_token_is_revoked_in_its_own_world(server: Server) -> None:
    one, other = server.made(), server.made()
    address = f"{server.url}{own(one)}/tokens"
    token = server.http.get(address).json()["tokens"][0]["token"]
    assert server.http.delete(f"{server.url}{own(other)}/tokens/{token}").status_code == 404
    assert server.http.delete(f"{address}/{token}").json()["revoked"] is True
    assert [world.get("/users/@me").status_code for world in (one, other, server.first)] == [401, 200, 200]


def test_a_world_is_reset_to_how_it_was_made(server: Server) -> None:
    """Its key stays, and so do its day and the rules that it was made with."""
    world, other = server.made(as_of="2009-02-01", settings={"plaintext": True}), server.made()
    begun = world.state
    for one in (world, other):
        one.send("DELETE", f"{one.user}/queues/disc/available/1")
    assert server.http.post(f"{server.url}{own(world)}/reset").status_code == 204
    assert (world.state, world.state.rules.plaintext) == (begun, True)
    assert (server.journal(own(world)), len(server.journal(own(other)))) == ([], 1)
    assert world.get("/users/@me").status_code == 200


@pytest.mark.parametrize("path", ["/credentials", "/applications", "/settings", "/tokens", "/requests", "/"])
def test_everything_about_a_world_is_there_for_each(server: Server, path: str) -> None:
    world = server.made()
    assert server.http.get(f"{server.url}{own(world)}{path}").status_code == 200
    answer = server.http.get(f"{server.url}/_mock/worlds/{urlencode({'never': ''})}{path}")
    assert (answer.status_code, "/_mock/worlds lists them" in answer.json()["detail"]) == (404, True)

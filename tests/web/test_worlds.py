"""/_mock/worlds: worlds of their own are made, listed and deleted, and a deleted one troubles nobody."""

from __future__ import annotations

from datetime import date

import pytest

from mock_netflix.calendar import day
from mock_netflix.errors import ConflictError
from mock_netflix.oauth.parameters import collect
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.world.grants import register
from tests.web.made_worlds import NOBODY, own
from tests.web.voices import told
from tests.worlds import a_world

UNKNOWN_KEY = (403, "Invalid Consumer Key")


def test_a_world_is_answered_with_all_that_a_client_needs(server):
    answer = server.wanted(name="checkout")
    world = answer.json()
    assert (answer.status_code, world["name"], world["requests"]) == (201, "checkout", 0)
    assert world["world"] == world["application"]["key"]
    assert world["control"] == f"{server.url}/_mock/worlds/{world['world']}"
    assert world["now"].startswith("2011-06-01T")
    credentials = server.http.get(f"{world['control']}/credentials").json()
    assert credentials == {name: world[name] for name in credentials}


def test_its_credentials_are_nobody_elses(server):
    worlds = [server.wanted().json() for _ in "abc"] + [server.http.get(f"{server.url}/_mock/credentials").json()]
    for part in ("application", "access_token"):
        for secret in ({"application": "key", "access_token": "token"}[part], "secret"):
            assert len({world[part][secret] for world in worlds}) == len(worlds)


def test_it_begins_with_the_data_of_the_first_world(server):
    world = server.made()
    assert world.get(f"{world.user}/queues/disc").text == server.first.get(f"{world.user}/queues/disc").text
    assert world.state.catalogue is server.first.state.catalogue


def test_what_was_done_in_the_first_world_is_not_in_a_new_one(server):
    server.http.patch(f"{server.url}/_mock/settings", json={"plaintext": True})
    server.first.send("DELETE", f"{server.first.user}/queues/disc/available/1")
    world = server.made()
    assert world.state.rules == server.sandboxes.first.begun.rules
    assert world.state.subscribers == server.sandboxes.first.begun.subscribers


def test_another_day_has_its_own_data(server):
    world = server.made(as_of="2012-09-16")
    assert world.sandbox.calendar.as_of == day("2012-09-16")
    # Ids and tokens were longer by then, and rental history had gone.
    assert (len(world.state.subscriber.user_id), len(world.state.access_token.token)) == (96, 96)
    assert told(world.get(f"{world.user}/rental_history")) == (404, "Resource not found")
    assert server.first.get(f"{server.first.user}/rental_history").status_code == 200


def test_somebody_else_may_be_the_ready_subscriber(server):
    *_, other = server.first.state.subscribers.values()
    for name in (other.login, other.login.upper(), other.user_id):
        world = server.made(subscriber=name)
        assert world.state.access_token.user_id == world.state.subscriber.user_id == other.user_id
        assert other.user_id in world.get("/users/@me").text


def test_its_rules_may_be_other_ones(server):
    world = server.made(settings={"queries_per_second": 0})
    assert told(world.get("/catalog/titles", term="love"))[1] == "Over queries per second limit"
    assert server.first.get("/catalog/titles", term="love").status_code == 200


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (400, b"{", "The body is not what is wanted here"),
        (400, b"[]", "Expected `object`, got `array`"),
        (400, b"\xff", "The body is not what is wanted here"),
        (400, b'{"day": "2012-09-16"}', "unknown field `day`"),
        (400, b'{"as_of": "2008-09-30"}', "the service began on 2008-10-01"),
        (400, b'{"as_of": "2100-01-01"}', "the clock goes from 1970 to 2099"),
        (400, b'{"as_of": "9999-12-31"}', "the clock goes from 1970 to 2099"),
        (400, b'{"as_of": "2012-02-30"}', "$.as_of"),
        (400, b'{"as_of": "yesterday"}', "$.as_of"),
        (400, b'{"as_of": 2012}', "$.as_of"),
        (400, b'{"settings": []}', "$.settings"),
        (400, b'{"settings": {"speed": 1}}', 'no rule "speed"; there are timestamp_window,'),
        (400, b'{"settings": {"plaintext": null}}', "plaintext cannot be null"),
        (400, b'{"name": 1}', "$.name"),
        (400, b'{"name": "%s"}' % (b"x" * 201), "<= 200"),
        (404, b'{"subscriber": "nobody@example.com"}', "no subscriber"),
        (404, b'{"subscriber": "%s"}' % (b"x" * 5000), "name one by login or user id"),
        (413, b" " * 1_100_000, "larger than"),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_what_cannot_be_is_said_in_a_sentence_and_no_world_is_made(server, status, body, says):
    answer = server.http.post(f"{server.url}/_mock/worlds", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], says in problem["detail"]) == (status, True), problem
    assert (problem["detail"].endswith("."), len(problem["detail"]) < 500) == (True, True)
    assert dict(server.sandboxes.made) == {}


def test_worlds_are_listed_with_their_time_and_how_much_was_asked(server):
    server.made(name="one")
    server.made(name="two", as_of="2009-01-02").get("/users/@me")
    listed = server.http.get(f"{server.url}/_mock/worlds").json()["worlds"]
    assert [(one["name"], one["now"][:10], one["requests"]) for one in listed] == [
        ("one", "2011-06-01", 0),
        ("two", "2009-01-02", 1),
    ]
    assert [server.http.get(one["control"]).json() for one in listed] == listed


def test_a_deleted_world_is_gone_and_the_others_stay(server):
    gone, stays = server.made(), server.made()
    assert server.deleted(gone).json() == {"deleted": 1}
    assert list(server.sandboxes.made) == [stays.sandbox.name]
    for path in ("", "/credentials", "/requests", "/"):
        assert server.http.get(f"{server.url}{own(gone)}{path}").status_code == 404
    assert server.deleted(gone).status_code == 404
    assert stays.get("/users/@me").status_code == 200


def test_all_worlds_but_the_first_are_deleted_at_once(server):
    worlds = [server.made() for _ in "abc"]
    assert server.http.delete(f"{server.url}/_mock/worlds").json() == {"deleted": 3}
    assert server.http.delete(f"{server.url}/_mock/worlds").json() == {"deleted": 0}
    assert {told(world.get("/users/@me")) for world in worlds} == {UNKNOWN_KEY}
    assert server.first.get("/users/@me").status_code == 200


def test_who_comes_late_to_a_deleted_world_meets_the_real_refusal_and_is_in_nobodys_journal(server):
    gone = server.made()
    grants, another = register(gone.state.grants, "Ham")
    gone.sandbox.state = gone.state.with_grants(grants)
    server.deleted(gone)
    late = gone.get("/users/@me"), gone.feed("queues.disc", f"{gone.user}/queues/disc")
    registered = server.http.get(f"{server.url}/oauth/clock/time", params={"oauth_consumer_key": another.key})
    assert {told(answer) for answer in (*late, registered)} == {UNKNOWN_KEY}
    assert server.journal() == []
    assert [one["refused"] for one in server.journal(NOBODY)] == ["Invalid Consumer Key"] * 3
    explained = server.http.get(late[0].headers["x-mock-netflix-explain"]).json()
    assert (explained["number"], explained["explanation"]["cause"]) == (1, "unknown-consumer-key")


def test_a_key_that_never_was_is_refused_in_the_first_world(server):
    server.made()
    answer = server.http.get(f"{server.url}/oauth/clock/time", params={"oauth_consumer_key": "never"})
    assert told(answer) == UNKNOWN_KEY
    assert [one["refused"] for one in server.journal()] == ["Invalid Consumer Key"]


def test_where_the_late_ones_are_is_no_world_to_delete(server):
    answer = server.http.delete(f"{server.url}{NOBODY}")
    assert (answer.status_code, "to delete" in answer.json()["detail"]) == (404, True)
    assert server.http.get(f"{server.url}/_mock/worlds").json() == {"worlds": []}


def test_the_dashboard_leads_to_every_world_and_back(server):
    world = server.made(name="<b>checkout</b>")
    refused = server.http.get(f"{server.url}/catalog/titles", params={"oauth_consumer_key": world.application.key})
    page = server.http.get(f"{server.url}/_mock/").text
    assert f'href="{own(world)}/"' in page
    assert "&lt;b&gt;checkout&lt;/b&gt;" in page
    of_world = server.http.get(f"{server.url}{own(world)}/").text
    assert f'href="{own(world)}/requests/1"' in of_world
    assert f'action="{own(world)}/applications"' in of_world
    assert 'href="/_mock/"' in of_world
    assert world.application.secret in of_world
    assert refused.headers["x-mock-netflix-explain"] == f"{server.url}{own(world)}/requests/1"


def test_there_is_an_end_to_worlds_and_to_the_memory_of_deleted_ones():
    sandboxes = Sandboxes(Sandbox(a_world()), limit=2)
    names = [sandboxes.create().name for _ in "ab"]
    with pytest.raises(ConflictError, match="there are 2 worlds; delete those"):
        sandboxes.create()
    for name in names:
        assert sandboxes.delete(name)
        sandboxes.delete(sandboxes.create().name)
    homes = [sandboxes.asked(collect(f"oauth_consumer_key={name}".encode(), None, None, b"")) for name in names]
    assert homes == [sandboxes.first, sandboxes.deleted]


def test_another_world_in_the_place_of_the_first_leaves_its_keys_to_nobody():
    sandboxes = Sandboxes(Sandbox(a_world()))
    state = sandboxes.first.state
    grants, application = register(state.grants, "Ham")
    sandboxes.first.state = state.with_grants(grants)
    earlier, sandboxes.first = sandboxes.first, Sandbox(state)
    asked = [
        sandboxes.asked(collect(f"oauth_consumer_key={one.key}".encode(), None, None, b""))
        for one in (application, state.application)
    ]
    assert asked == [sandboxes.deleted, sandboxes.first]
    assert earlier not in asked


def test_without_other_data_a_world_of_another_day_is_like_the_first_one():
    sandboxes = Sandboxes(Sandbox(a_world()))
    made = sandboxes.create(day("2012-09-16"))
    assert made.state.subscribers == sandboxes.first.state.subscribers
    assert date.fromtimestamp(made.calendar.as_of) == date(2012, 9, 16)


@pytest.mark.parametrize("verb", ["POST", "DELETE"])
@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example.org"}]
)
def test_a_page_of_another_site_makes_no_world_and_deletes_none(server, verb, headers):
    world = server.made()
    answer = server.http.request(verb, f"{server.url}/_mock/worlds", headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert list(server.sandboxes.made) == [world.sandbox.name]


def test_nobody_arranges_anything_where_requests_of_deleted_worlds_are_refused(mock):
    """Else it would be there for the stragglers of everybody."""
    address = f"{mock.url}/_mock/worlds/deleted"
    for path, body in (("/faults", {"effect": "status", "status": 503}), ("/tokens", {})):
        answer = mock.http.post(f"{address}{path}", json=body)
        assert answer.status_code == 409
        assert "make a world of your own" in answer.json()["detail"]
    assert mock.http.get(f"{address}/requests").status_code == 200
    assert mock.http.delete(f"{address}/requests").status_code == 200

"""/_mock/subscribers: what a test arranges for one is what their client is answered."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from mock_netflix.world.titles import TitleType
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.made_worlds import own

KIT = {"login": "kit@example.com", "nickname": "kit"}
CASABLANCA = 60010016


def asked(mock: Mock, verb: str, path: str = "", body: object = None, under: str = "/_mock") -> httpx.Response:
    return mock.http.request(verb, f"{mock.url}{under}/subscribers{path}", json=body)


@pytest.fixture
def kit(mock: Mock) -> dict[str, object]:
    """A subscriber who was added."""
    told: dict[str, object] = asked(mock, "POST", "", KIT).json()
    return told


def as_kit(mock: Mock, verb: str, tail: str, **parameters: object) -> httpx.Response:
    """A request that is signed for Kit, with a token of their own."""
    token = mock.http.post(f"{mock.url}/_mock/tokens", json={"subscriber": KIT["login"]}).json()
    return signed_with(mock, token, verb, f"/users/{token['user_id']}{tail}", **parameters)


def signed_with(mock: Mock, token: dict[str, str], verb: str, path: str, **parameters: object) -> httpx.Response:
    consumer = mock.application.key, mock.application.secret
    url = signed(verb, mock.url + path, parameters, consumer=consumer, token=(token["token"], token["secret"]))
    return mock.http.request(verb, url)


def test_a_subscriber_who_was_added_is_a_user_of_the_api(mock, kit):
    assert kit["user_id"] in mock.state.subscribers
    assert "<nickname>kit</nickname>" in as_kit(mock, "GET", "").text
    assert asked(mock, "GET", "/kit@example.com").json() == asked(mock, "GET", f"/{kit['user_id']}").json() == kit


def test_nothing_need_be_told_of_one(mock):
    assert [asked(mock, "POST", "", body).json()["login"] for body in ({}, {"login": None})] == [
        "sub1@example.com",
        "sub2@example.com",
    ]
    assert mock.http.post(f"{mock.url}/_mock/subscribers").json()["login"] == "sub3@example.com"


def test_one_comes_with_queues_ratings_and_rentals(mock):
    lantern = mock.http.post(f"{mock.url}/_mock/titles", json={"title": "The Paper Lantern"}).json()
    told = {"disc_queue": [lantern["id"]], "ratings": {"Casablanca": 4}, "rentals": ["The Paper Lantern"]}
    assert asked(mock, "POST", "", {**KIT, **told}).status_code == 201
    assert "The Paper Lantern" in as_kit(mock, "GET", "/queues/disc").text
    assert "The Paper Lantern" in as_kit(mock, "GET", "/rental_history/returned").text
    assert "<user_rating>4.0</user_rating>" in as_kit(mock, "GET", "/ratings/title/actual").text


def test_subscribers_are_listed_by_letters_of_their_names(mock, kit):
    assert asked(mock, "GET", "?q=KIT@").json() == {"subscribers": [kit], "found": 1}
    everybody = asked(mock, "GET", "?limit=3").json()
    assert (len(everybody["subscribers"]), everybody["found"]) == (3, len(mock.state.subscribers))
    assert [one["login"] for one in everybody["subscribers"] if one["ready"]] == [mock.state.subscriber.login]


def test_what_is_changed_is_what_the_client_sees(mock, kit):
    changed = asked(mock, "PATCH", "/kit@example.com", {"max_maturity_level": 60, "can_instant_watch": False})
    assert changed.json() == {**kit, "max_maturity_level": 60, "can_instant_watch": False}
    document = as_kit(mock, "GET", "").text
    assert 'term="60"' in document
    assert "<can_instant_watch>false</can_instant_watch>" in document


def test_the_token_of_one_who_was_removed_is_refused(mock, kit):
    token = mock.http.post(f"{mock.url}/_mock/tokens", json={"subscriber": kit["user_id"]}).json()
    path = f"/users/{kit['user_id']}"
    assert signed_with(mock, token, "GET", path).status_code == 200
    assert asked(mock, "DELETE", "/kit@example.com").json() == kit
    assert signed_with(mock, token, "GET", path).status_code == 401
    assert asked(mock, "GET", "/kit@example.com").status_code == 404
    assert asked(mock, "DELETE", f"/{mock.state.subscriber.user_id}").status_code == 409


def test_what_is_queued_is_in_the_queue_and_its_state_says_so(mock, kit):
    path = "/kit@example.com/queues/disc"
    told = asked(mock, "POST", path, {"titles": ["Casablanca", "Metropolis"]})
    assert told.status_code == 201
    assert [(entry["position"], entry["title"]["title"]) for entry in told.json()["entries"]] == [
        (1, "Casablanca"),
        (2, "Metropolis"),
    ]
    read = as_kit(mock, "GET", "/queues/disc")
    assert f"<etag>{told.json()['etag']}</etag>" in read.text
    states = as_kit(mock, "GET", "/title_states", title_refs=f"{mock.url}/catalog/titles/movies/{CASABLANCA}")
    assert "In Queue" in states.text
    assert asked(mock, "GET", path).json() == told.json()
    assert asked(mock, "DELETE", path).json() == {"etag": "0", "entries": []}
    assert "Casablanca" not in as_kit(mock, "GET", "/queues/disc").text


def test_a_client_goes_on_with_the_queue_that_was_arranged(mock, kit):
    """Its etag is the one that a client needs, and what the client adds comes after what is there."""
    etag = asked(mock, "POST", "/kit@example.com/queues/disc", {"titles": ["Casablanca"]}).json()["etag"]
    metropolis = next(title.number for title in mock.state.catalogue.called("Metropolis"))
    for given, status in ((etag, 201), (etag, 412)):
        answer = as_kit(mock, "POST", "/queues/disc", title_ref=f"movies/{metropolis}", etag=given)
        assert answer.status_code == status
    entries = asked(mock, "GET", "/kit@example.com/queues/disc").json()["entries"]
    assert [entry["title"]["title"] for entry in entries] == ["Casablanca", "Metropolis"]


def test_a_rating_moves_predictions_and_hides_a_title_from_recommendations(mock, kit):
    title = mock.http.post(f"{mock.url}/_mock/titles", json={"title": "Lantern", "average_rating": 5}).json()
    before = as_kit(mock, "GET", "/recommendations", max_results=500).text
    told = asked(mock, "POST", "/kit@example.com/ratings", {"title": "Lantern", "stars": "not_interested"})
    assert (told.status_code, told.json()["stars"], told.json()["title"]["id"]) == (201, "not_interested", title["id"])
    after = as_kit(mock, "GET", "/recommendations", max_results=500).text
    assert (f"/{title['number']}<" in before, f"/{title['number']}<" in after) == (True, False)
    assert asked(mock, "GET", "/kit@example.com/ratings").json()["ratings"] == [told.json()]
    gone = asked(mock, "POST", "/kit@example.com/ratings", {"title": "Lantern", "stars": None}).json()
    assert (gone["stars"], gone["at"]) == (None, None)


def test_a_disc_is_sent_is_at_home_and_comes_back(mock, kit):
    asked(mock, "POST", "/kit@example.com/queues/disc", {"titles": ["Casablanca"]})
    sent = asked(mock, "POST", "/kit@example.com/shipments", {"title": "Casablanca", "at": "2011-05-02"}).json()
    assert (sent["state"], sent["at"], sent["at_home"]) == ("Shipped", "2011-05-02T00:00:00Z", True)
    assert "Casablanca" in as_kit(mock, "GET", "/at_home").text
    assert "Casablanca" not in as_kit(mock, "GET", "/queues/disc").text
    assert asked(mock, "GET", "/kit@example.com/rentals").json() == {"rentals": [sent]}
    back = asked(mock, "POST", "/kit@example.com/returns", {"title": CASABLANCA}).json()
    watched = asked(mock, "POST", "/kit@example.com/viewings", {"title": "Metropolis", "minutes": 12}).json()
    assert "Casablanca" not in as_kit(mock, "GET", "/at_home").text
    assert "<viewed_time>720</viewed_time>" in as_kit(mock, "GET", "/rental_history/watched").text
    rentals = asked(mock, "GET", "/kit@example.com/rentals").json()["rentals"]
    assert rentals == [watched, back, {**sent, "at_home": False}]


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "told"),
    [
        ("POST", "", {"logn": "x", "ratings": 5}, 400, "2 faults in this subscriber:\nlogn: unknown field"),
        ("POST", "", {"login": "sam@example.com"}, 409, "there is a subscriber sam@example.com already."),
        ("POST", "", {"disc_queue": ["Casablanka"]}, 404, "disc_queue[0]: no title is called"),
        ("GET", "/nobody", None, 404, 'there is no subscriber "nobody"; name one by login or user id.'),
        ("PATCH", "/kit@example.com", {"login": "x"}, 400, 'login: unknown field "login"'),
        ("GET", "?limit=0", None, 400, "The query is not what is wanted here"),
        ("POST", "/kit@example.com/queues/cd", {}, 404, 'there is no queue "cd"; there are disc and instant.'),
        ("POST", "/kit@example.com/queues/disc", {"titles": ["X"]}, 404, 'no title is called "X"'),
        ("POST", "/kit@example.com/queues/disc", {"titles": "X"}, 400, 'titles: should be a list, not the text "X".'),
        ("POST", "/kit@example.com/queues/disc", {"titles": [CASABLANCA] * 2}, 409, "Casablanca is in the disc queue"),
        ("POST", "/kit@example.com/ratings", {"title": "Casablanca"}, 400, "the field stars is missing."),
        (
            "POST",
            "/kit@example.com/ratings",
            {"title": "Casablanca", "stars": 6},
            400,
            "stars: should be a whole number",
        ),
        ("POST", "/kit@example.com/returns", {"title": "Casablanca"}, 409, "Casablanca is not at home with kit"),
        (
            "POST",
            "/kit@example.com/shipments",
            {"title": "Casablanca", "at": "2012-01-01"},
            409,
            "2012-01-01 00:00",
        ),
        (
            "POST",
            "/kit@example.com/viewings",
            {"title": "Casablanca", "at": "2011-02-30"},
            400,
            "at: 2011-02-30 is no day",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(mock, kit, verb, path, body, status, told):
    before = mock.state
    answer = asked(mock, verb, path, body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"].startswith(told)
    assert mock.state is before


def test_a_login_of_any_letters_is_in_an_address(mock):
    login = "Zoë % & ? +@example.com"
    added = asked(mock, "POST", "", {"login": login}).json()
    assert asked(mock, "GET", f"/{quote(login, safe='')}").json() == added


def test_two_worlds_have_subscribers_of_their_own(server):
    here, there = server.made(), server.made()
    one = asked(here, "POST", "", {**KIT, "password": "here"}, under=own(here)).json()
    two = asked(there, "POST", "", {**KIT, "password": "there"}, under=own(there)).json()
    asked(here, "POST", "/kit@example.com/queues/disc", {"titles": ["Casablanca"]}, under=own(here))
    entries = [
        asked(world, "GET", "/kit@example.com/queues/disc", under=own(world)).json()["entries"]
        for world in (here, there)
    ]
    assert [len(some) for some in entries] == [1, 0]
    assert (one["password"], two["password"]) == ("here", "there")
    assert asked(server.first, "GET", "/kit@example.com").status_code == 404


def test_a_series_in_the_queue_is_its_discs(mock, kit):
    harbor = {"title": "Harbor", "seasons": [{"discs": [{}, {}]}]}
    series = mock.http.post(f"{mock.url}/_mock/series", json=harbor).json()
    told = asked(mock, "POST", "/kit@example.com/queues/disc", {"titles": [series["id"]]}).json()
    assert [entry["title"]["type"] for entry in told["entries"]] == [TitleType.DISC.value] * 2
    assert as_kit(mock, "GET", "/queues/disc").text.count("<queue_item>") == 2

"""Libraries of other languages sign, and the mock agrees: the dance, reads and writes, wherever a signature stands."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache
from xml.etree import ElementTree

import pytest

from tests.clients import account, consent
from tests.clients.strangers import LIBRARIES, Stranger, at_work, ready

CALLBACK = "http://localhost:9/back?lang=en&odd=%20~%26#done"
PAIRS = [(library, place) for library in LIBRARIES for place in library.places]

# Every letter that a signer got wrong once, and two that UTF-8 writes in more than one byte.
AWKWARD = "the  lantern + ~ * ' ( ) ! & = % %20 ; / ? é ☃"

# Whatever has not the form of a user id stands for the token's user; it is signed as it stands in the address.
SEGMENTS = (
    *("@me", "$uid", "it's", "(me)", "~me!", "a+b", "a;b", "a,b", "a=b&c", "a*b"),
    *("a%20b", "%C3%A9", "%c3%a9", "%7Eme"),
)

# A film that the ready subscriber has neither rated nor queued.
FILM = 70010001


@pytest.fixture(scope="module")
def started():
    with ExitStack() as stack:
        yield cache(lambda library: stack.enter_context(at_work(library)))


@pytest.fixture(params=PAIRS, ids=[f"{library.name}, {place}" for library, place in PAIRS])
def client(mock, started, request) -> Stranger:
    """A client with the ready subscriber's token."""
    library, place = request.param
    return ready(started(library), mock, place)


def test_oauth_1_0_asks_for_no_verifier(mock, client):
    """The callback stands in the login URL, as it did in 2008."""
    token = client.having(token=None).request_token().told
    address = consent.login_url(token, mock.application, oauth_callback=CALLBACK)
    assert consent.query_of(consent.allow(mock.http, address, mock.state.subscriber))["oauth_token"]
    access = client.holding(token).access_token().told
    assert access["user_id"] == mock.state.subscriber.user_id
    account.reads(client.holding(access).get, mock.state.subscriber)


@pytest.mark.parametrize("callback", ["oob", CALLBACK], ids=["out of band", "called back"])
def test_oauth_1_0a_brings_a_verifier(mock, client, callback):
    """The callback is signed, odd letters and all; the verifier comes by it, or is read off the page."""
    token = client.having(token=None).request_token(callback).told
    assert token["oauth_callback_confirmed"] == "true"
    other = list(mock.state.subscribers.values())[1]
    answer = consent.allow(mock.http, consent.login_url(token, mock.application), other)
    verifier = consent.code_shown(answer) if callback == "oob" else consent.query_of(answer)["oauth_verifier"]
    access = client.holding(token).access_token(verifier).told
    assert access["user_id"] == other.user_id
    account.reads(client.holding(access).get, other)


def test_awkward_letters_are_searched_for(mock, client):
    answer = client.get("/catalog/titles", term=AWKWARD, expand="", max_results="3")
    assert account.document(answer).tag == "catalog_titles"
    assert answer.text == mock.get("/catalog/titles", term=AWKWARD, expand="", max_results="3").text


def test_a_path_is_signed_as_it_stands(client):
    """Reserved letters and escapes alike, beside parameters."""
    answers = {segment: client.get(f"/users/{segment}", v="1.5") for segment in SEGMENTS}
    assert {segment: answer.text for segment, answer in answers.items() if answer.status_code != 200} == {}


def test_an_application_signs_without_a_token(client):
    """The catalogue belongs to nobody."""
    assert account.document(client.having(token=None).get("/catalog/titles", term="the")).tag == "catalog_titles"


def test_a_title_is_queued_and_taken_out(mock, client):
    """POST and DELETE; the position that is not asked for is sent empty."""
    film = f"{mock.url}/catalog/titles/movies/{FILM}"
    added = client.send("POST", f"{mock.user}/queues/disc", title_ref=film, position="")
    assert added.status_code == 201, added.text
    entry = ElementTree.fromstring(added.content).findtext("resources_created/queue_item/id", "")
    assert client.send("DELETE", entry.removeprefix(mock.url)).status_code == 200
    assert client.send("DELETE", entry.removeprefix(mock.url)).status_code == 404


def test_a_rating_is_given_and_changed(mock, client):
    """POST and PUT."""
    actual = f"{mock.user}/ratings/title/actual"
    given = client.send("POST", actual, title_ref=f"{mock.url}/catalog/titles/movies/{FILM}", rating="4")
    assert given.status_code == 201, given.text
    changed = client.send("PUT", f"{actual}/{FILM}", rating="not_interested")
    assert changed.status_code == 200, changed.text


def test_a_wrong_secret_is_refused(mock, client):
    """The application's or the token's, wherever it matters."""
    wrong_secret = client.having(consumer=(mock.application.key, "wrong"))
    refused = wrong_secret.having(token=None).request_token("oob")
    assert (refused.status_code, refused.text) == (401, "Invalid Signature")
    wrong_token_secret = client.having(token=(mock.state.access_token.token, "wrong"))
    for one in (wrong_secret, wrong_token_secret):
        answer = one.get(mock.user)
        assert (answer.status_code, "Invalid Signature" in answer.text) == (401, True)
        assert one.send("POST", f"{mock.user}/queues/disc", title_ref="x").status_code == 401


def test_a_wrong_verifier_gives_no_token(mock, client):
    token = client.having(token=None).request_token("oob").told
    consent.allow(mock.http, consent.login_url(token, mock.application), mock.state.subscriber)
    assert client.holding(token).access_token("guessed").status_code == 401

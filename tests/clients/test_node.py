"""node-oauth and oauth-1.0a: what is special to them, beside what holds for every library (test_strangers.py)."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache

import pytest

from tests.clients import account, consent
from tests.clients.strangers import NODE_OAUTH, OAUTH_1_0A, Stranger, at_work, ready

AWKWARD = "Amélie's (100%) *~ & ☃ = a+b!"


@pytest.fixture(scope="module")
def started():
    with ExitStack() as stack:
        yield cache(lambda library: stack.enter_context(at_work(library)))


@pytest.fixture
def node_oauth(mock, started) -> Stranger:
    return ready(started(NODE_OAUTH), mock)


@pytest.fixture
def oauth_1_0a(mock, started) -> Stranger:
    return ready(started(OAUTH_1_0A), mock)


@pytest.mark.parametrize("library", [NODE_OAUTH, OAUTH_1_0A], ids=lambda library: library.name)
def test_oauth_version_may_say_1_0a(mock, started, library):
    """Examples of node-oauth set the version to the name of the revision, and services took it."""
    client = ready(started(library), mock, version="1.0A")
    token = client.having(token=None).request_token("oob").told
    page = consent.allow(mock.http, consent.login_url(token, mock.application), mock.state.subscriber)
    access = client.holding(token).access_token(consent.code_shown(page)).told
    account.reads(client.holding(access).get, mock.state.subscriber)


def test_node_oauth_asks_out_of_band_by_itself(node_oauth):
    """Where its user says nothing of a callback."""
    token = node_oauth.having(token=None, more={"by_itself": True}).request_token().told
    assert token["oauth_callback_confirmed"] == "true"


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_node_oauth_signs_an_address(mock, node_oauth, verb):
    """`signUrl`: everything is in the query, and the body of a POST is empty."""
    client = node_oauth.having(place="query")
    answer = client.send(verb, "/catalog/titles", term=AWKWARD, max_results="2", method="GET")
    assert answer.text == mock.get("/catalog/titles", term=AWKWARD, max_results="2").text


def test_node_oauth_is_refused_for_another_verb_than_it_signed(node_oauth):
    """`signUrl` signs for GET unless it is told; the address is then good for nothing else."""
    wrong = node_oauth.having(place="query", more={"signed_verb": "GET"})
    assert wrong.send("GET", "/catalog/titles", term="the").status_code == 200
    assert wrong.send("POST", "/catalog/titles", term="the", method="GET").status_code == 401


@pytest.mark.parametrize("verb", ["GET", "DELETE"])
def test_a_form_may_come_with_any_verb(mock, oauth_1_0a, verb):
    """The signature stands in the body of a request that usually has none."""
    path, status = {"GET": (mock.user, 200), "DELETE": (f"{mock.user}/queues/disc/available/1", 404)}[verb]
    client = oauth_1_0a.having(place="body")
    assert client.ask(call="send", verb=verb, path=path, query={}, form={"output": "json"}).status_code == status
    wrong = client.having(consumer=(mock.application.key, "wrong"))
    assert wrong.ask(call="send", verb=verb, path=path, query={}, form={"output": "json"}).status_code == 401


@pytest.mark.parametrize("place", OAUTH_1_0A.places)
def test_repeated_parameters_are_sorted_by_their_values(oauth_1_0a, place):
    answer = oauth_1_0a.having(place=place).get("/catalog/titles", term="the", again=["b", "é", "a b", "B"])
    assert account.document(answer).tag == "catalog_titles"


def test_query_and_form_are_signed_together(mock, oauth_1_0a):
    """Some parameters in the query and others in the form of one POST."""
    job = {"call": "send", "verb": "POST", "path": "/catalog/titles"}
    answer = oauth_1_0a.ask(**job, query={"term": AWKWARD}, form={"method": "GET", "max_results": "2"})
    assert answer.text == mock.get("/catalog/titles", term=AWKWARD, max_results="2").text


def test_a_realm_is_not_signed(mock, oauth_1_0a):
    assert oauth_1_0a.having(more={"realm": f"{mock.url}/"}).get(mock.user).status_code == 200


def test_the_key_without_its_ampersand_is_refused(oauth_1_0a):
    """The library has a switch for services that left it out; this one did not."""
    client = oauth_1_0a.having(token=None)
    assert client.get("/catalog/titles", term="the").status_code == 200
    assert client.having(more={"last_ampersand": False}).get("/catalog/titles", term="the").status_code == 401

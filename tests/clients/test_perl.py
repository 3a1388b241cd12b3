"""Net::OAuth, as Perl clients of the time used it, beside what holds for every library (test_strangers.py)."""

from __future__ import annotations

import pytest

from tests.clients import account, consent
from tests.clients.strangers import NET_OAUTH, Stranger, at_work, ready


@pytest.fixture(scope="module")
def process():
    with at_work(NET_OAUTH) as process:
        yield process


@pytest.fixture(params=NET_OAUTH.places)
def client(mock, process, request) -> Stranger:
    return ready(process, mock, request.param)


def test_one_nonce_is_enough_for_a_whole_life(mock, client):
    """Examples of the time had a constant there; several requests of one second carry it (client-demands 10)."""
    client = client.having(more={"nonce": "hsu94j3884jdopsl"})
    token = client.having(token=None).request_token().told
    address = consent.login_url(token, mock.application, oauth_callback="http://localhost:9/")
    consent.allow(mock.http, address, mock.state.subscriber)
    access = client.holding(token).access_token().told
    account.reads(client.holding(access).get, mock.state.subscriber)


def test_a_post_may_have_everything_in_its_query(mock, process):
    """`to_url` for every verb, and an empty body."""
    client = ready(process, mock, "query")
    film = f"{mock.url}/catalog/titles/movies/70010001"
    assert client.send("POST", f"{mock.user}/queues/instant", title_ref=film).status_code == 201
    assert mock.http.get(f"{mock.url}/_mock/requests").json()["requests"][-1]["target"].count("oauth_") > 4


def test_an_empty_realm_and_no_blanks_in_the_header(mock, process):
    """`OAuth realm="",oauth_consumer_key="…",…`."""
    assert ready(process, mock, realm="").get(mock.user).status_code == 200

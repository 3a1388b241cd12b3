"""The gem "oauth": what is special to it, beside what holds for every library (test_strangers.py)."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.clients.strangers import RUBY_OAUTH, Stranger, at_work, ready


@pytest.fixture(scope="module")
def process():
    with at_work(RUBY_OAUTH) as process:
        yield process


@pytest.fixture
def client(mock, process) -> Stranger:
    return ready(process, mock)


@pytest.mark.parametrize("place", RUBY_OAUTH.places)
def test_it_asks_out_of_band_by_itself(client, place):
    """Where its user says nothing of a callback."""
    token = client.having(token=None, place=place, more={"by_itself": True}).request_token().told
    assert token["oauth_callback_confirmed"] == "true"


def test_a_parameter_of_an_extension_is_signed_like_others(mock, client):
    """For a POST without a form it signs a hash of the body, which OAuth 1.0 does not know."""
    film = f"{mock.url}/catalog/titles/movies/70010001"
    added = client.having(place="query").send("POST", f"{mock.user}/queues/instant", title_ref=film)
    assert added.status_code == 201, added.text
    target = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"][-1]["target"]
    assert parse_qs(urlsplit(target).query)["oauth_body_hash"] == ["2jmj7l5rSw0yVb/vlWAYkK/YBwk="]


def test_a_realm_is_not_signed(mock, client):
    assert client.having(more={"realm": f"{mock.url}/"}).get(mock.user).status_code == 200

"""Which scheme was asked and signed where a proxy in front of the mock ends TLS: the rule trust_forwarded_proto."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import httpx
import pytest

from tests.clients import wire
from tests.clients.signer import authorization, encoded, oauth_parameters, signed
from tests.conftest import Mock
from tests.resources.in_process import Api
from tests.web.diagnosed import ruled
from tests.web.voices import told

CATALOG = "/catalog/titles"
WRONG = (401, "Invalid Signature")
NOT_HERE = (400, "Unsupported Signature Method")


@pytest.fixture
def proxied(mock: Mock) -> Mock:
    ruled(mock, trust_forwarded_proto=True)
    return mock


def told_by_proxy(proto: Iterable[str]) -> list[tuple[bytes, bytes]]:
    return [(b"X-Forwarded-Proto", one.encode("latin-1")) for one in proto]


def through(
    mock: Mock, base: str, path: str = CATALOG, *proto: str, host: str | None = None, user: bool = False, **more: Any
) -> httpx.Response:
    """A call signed for the address of the proxy, which hands it on with the Host and these header lines."""
    token = (mock.state.access_token.token, mock.state.access_token.secret) if user else ("", "")
    consumer = (mock.application.key, mock.application.secret)
    query = signed("GET", base + path, more, consumer=consumer, token=token).partition("?")[2]
    lines = [(b"Host", (host or base.partition("://")[2]).encode()), *told_by_proxy(proto)]
    return mock.http.get(f"{mock.url}{path}?{query}", headers=lines)


def plaintext(mock: Mock, *proto: str) -> httpx.Response:
    query = {
        "oauth_consumer_key": mock.application.key,
        "oauth_signature_method": "PLAINTEXT",
        "oauth_signature": f"{mock.application.secret}&",
    }
    return mock.http.get(f"{mock.url}{CATALOG}?{encoded(query.items())}", headers=told_by_proxy(proto))


def test_by_default_nobody_believes_it(mock):
    """Anybody can write a header."""
    assert told(through(mock, "https://mock.example", CATALOG, "https")) == WRONG
    assert through(mock, "http://mock.example", CATALOG, "https").status_code == 200
    assert told(plaintext(mock, "https")) == NOT_HERE


def test_with_the_rule_the_scheme_is_the_one_that_the_proxy_was_asked(proxied):
    assert through(proxied, "https://mock.example", CATALOG, "https").status_code == 200
    assert told(through(proxied, "http://mock.example", CATALOG, "https")) == WRONG
    assert through(proxied, "http://mock.example", CATALOG, "http").status_code == 200


def test_without_the_header_it_is_the_one_that_came(proxied):
    assert through(proxied, "http://mock.example").status_code == 200
    assert told(through(proxied, "https://mock.example")) == WRONG


@pytest.mark.parametrize(
    "proto", ["HTTPS", "Https", "https , http", "https,http", "https, http, http", "https,", "https,x"]
)
def test_the_first_of_several_is_the_one_that_the_client_asked(proxied, proto):
    assert through(proxied, "https://mock.example", CATALOG, proto).status_code == 200


def test_the_first_of_several_lines_as_well(proxied):
    assert through(proxied, "https://mock.example", CATALOG, "https", "http").status_code == 200
    assert through(proxied, "http://mock.example", CATALOG, "http", "https").status_code == 200


@pytest.mark.parametrize(
    "proto", ["", ",", ",https", "ftp", "https://", "on", "https;http", "\xe9", "x" * 10_000], ids=lambda one: one[:10]
)
def test_what_is_no_scheme_tells_nothing(proxied, proto):
    assert through(proxied, "http://mock.example", CATALOG, proto).status_code == 200
    assert told(plaintext(proxied, proto)) == NOT_HERE


def test_the_default_port_is_that_of_the_scheme(proxied):
    """RFC 5849 section 3.4.1.2."""
    for host, base in (("mock.example:443", "https://mock.example"), ("mock.example:80", "https://mock.example:80")):
        answer = through(proxied, base, proxied.user, "https", host=host, user=True)
        assert answer.status_code == 200
        assert f'href="{base}/users/' in answer.text
        assert "X-Mock-Netflix-Warning" not in answer.headers
    assert through(proxied, "http://mock.example:443", CATALOG, "http").status_code == 200


def test_another_port_is_signed_and_may_be_left_out(proxied):
    signed_with = through(proxied, "https://mock.example:8443", CATALOG, "https")
    left_out = through(proxied, "https://mock.example", CATALOG, "https", host="mock.example:8443")
    assert [one.status_code for one in (signed_with, left_out)] == [200, 200]
    assert ["X-Mock-Netflix-Warning" in one.headers for one in (signed_with, left_out)] == [False, True]


def test_links_lead_back_through_the_proxy(proxied):
    base = "https://mock.example"
    answer = through(proxied, base, f"{proxied.user}/rental_history", "https", user=True, output="json")
    assert f'"{base}/catalog/titles/' in answer.text
    assert proxied.url not in answer.text
    token = through(proxied, base, "/oauth/request_token", "https", output="json").json()
    assert token["login_url"].startswith(f"{base}/oauth/login?")
    refused = through(proxied, base, f"{CATALOG}/movies/1", "https")
    assert refused.headers["X-Mock-Netflix-Explain"].startswith(f"{base}/_mock/requests/")


def test_names_of_the_real_service_keep_their_addresses(proxied):
    """They were http, whatever was asked (resources 1.1)."""
    answer = through(proxied, "https://api.netflix.com", proxied.user, "https", user=True)
    assert answer.status_code == 200
    assert 'href="http://api.netflix.com/users/' in answer.text


def test_the_sign_in_page_takes_its_own_form_behind_the_proxy(proxied):
    token, _ = proxied.request_token()
    form = {
        "oauth_token": token,
        "oauth_consumer_key": proxied.application.key,
        "application_name": proxied.application.name,
        "login": proxied.state.subscriber.login,
        "password": proxied.state.subscriber.password,
    }
    headers = {"Host": "mock.example", "Origin": "https://mock.example", "X-Forwarded-Proto": "https"}
    answer = proxied.http.post(f"{proxied.url}/oauth/login", data=form, headers=headers)
    assert (answer.status_code, "successfully" in answer.text) == (200, True)


@pytest.mark.parametrize(("trusted", "scheme"), [(True, "https"), (False, "http")])
def test_the_mocks_own_side_shows_the_same_address(mock, trusted, scheme):
    ruled(mock, trust_forwarded_proto=trusted)
    headers = {"Host": "localhost", "X-Forwarded-Proto": "https"}
    told_of = mock.http.get(f"{mock.url}/_mock/credentials", headers=headers).json()
    assert told_of["base_url"] == f"{scheme}://localhost"
    assert f"{scheme}://localhost/catalog/titles" in mock.http.get(f"{mock.url}/_mock/", headers=headers).text


def test_a_page_of_the_mock_may_change_it_behind_the_proxy(proxied):
    headers = {"Host": "localhost:443", "Origin": "https://localhost", "X-Forwarded-Proto": "https"}
    answer = proxied.http.patch(f"{proxied.url}/_mock/settings", json={"plaintext": True}, headers=headers)
    assert (answer.status_code, proxied.state.rules.plaintext) == (200, True)


# PLAINTEXT, which is for TLS alone.


def test_plaintext_is_taken_where_a_trusted_proxy_ended_tls(proxied):
    assert plaintext(proxied, "https").status_code == 200
    assert told(plaintext(proxied, "http")) == NOT_HERE
    assert told(plaintext(proxied)) == NOT_HERE
    assert told(plaintext(proxied, "http, https")) == NOT_HERE


def absolute(mock: Mock, target: str, *lines: str) -> wire.Answer:
    return wire.sent(mock.url, wire.request(target, "Host: mock.example", *lines, "Connection: close"))


def test_an_address_with_https_on_a_plain_connection_is_signed_so_but_is_no_tls(mock):
    """A request line in absolute form, as through a proxy."""
    address, consumer = f"https://mock.example{CATALOG}", (mock.application.key, mock.application.secret)
    assert absolute(mock, signed("GET", address, {}, consumer=consumer)).status == 200
    plain = {"oauth_consumer_key": consumer[0], "oauth_signature_method": "PLAINTEXT"}
    query = encoded([*plain.items(), ("oauth_signature", f"{consumer[1]}&")])
    answer = absolute(mock, f"{address}?{query}")
    assert (answer.status, NOT_HERE[1] in answer.text) == (400, True)
    ruled(mock, trust_forwarded_proto=True)
    assert absolute(mock, f"{address}?{query}").status == 400
    assert absolute(mock, f"{address}?{query}", "X-Forwarded-Proto: http").status == 400
    assert absolute(mock, f"{address}?{query}", "X-Forwarded-Proto: https").status == 200


def test_a_trusted_proxy_goes_before_an_absolute_request_line(proxied):
    """It alone knows how it was asked."""
    consumer = (proxied.application.key, proxied.application.secret)
    for asked, line in (("https", "http"), ("http", "https")):
        pairs = oauth_parameters("GET", f"{asked}://mock.example{CATALOG}", {}, consumer=consumer)
        lines = (f"Authorization: {authorization(pairs)}", f"X-Forwarded-Proto: {asked}")
        assert absolute(proxied, f"{line}://mock.example{CATALOG}", *lines).status == 200


# TLS that reaches the mock itself.


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_connection_over_tls_needs_no_header(scheme):
    api = Api(base=f"{scheme}://mock.example")
    answer = api.send("GET", api.user)
    assert (answer.status_code, f'href="{scheme}://mock.example/users/' in answer.text) == (200, True)

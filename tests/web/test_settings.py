"""The rules at /_mock/settings: read, changed while the server runs, all that are named or none."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest

from mock_netflix.world.rules import Rules

NAMES = tuple(one.name for one in fields(Rules))
OTHER = {
    "timestamp_window": 60,
    "unique_nonces": True,
    "plaintext": True,
    "port_may_be_left_out": False,
    "request_token_lifetime": 0,
    "access_token_lifetime": 10**9,
    "queries_per_second": 4,
    "queries_per_day": 5000,
    "service_queries_per_second": 100,
    "redirects_to_files": False,
    "trust_forwarded_proto": True,
    "any_host": True,
    "shipping": True,
    "discs_at_home": 1,
    "days_kept": 5,
    "outage": "maintenance",
    "login": "approve",
    "login_subscriber": "sam@example.com",
}


def settings(mock):
    return mock.http.get(f"{mock.url}/_mock/settings").json()


def test_every_rule_is_told_with_its_default(mock):
    assert settings(mock) == asdict(Rules())


def test_every_rule_can_be_changed_and_changed_back(mock):
    assert tuple(OTHER) == NAMES
    for rules in (OTHER, asdict(Rules())):
        answer = mock.http.patch(f"{mock.url}/_mock/settings", json=rules)
        assert (answer.status_code, answer.json()) == (200, rules)
        assert settings(mock) == rules == asdict(mock.state.rules)


@pytest.mark.parametrize("name", NAMES)
def test_one_rule_is_changed_and_no_other(mock, name):
    answer = mock.http.patch(f"{mock.url}/_mock/settings", json={name: OTHER[name]})
    assert answer.json() == settings(mock) == {**asdict(Rules()), name: OTHER[name]}


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_nothing_changes_where_nothing_is_named(mock, body):
    answer = mock.http.patch(f"{mock.url}/_mock/settings", content=body)
    assert (answer.status_code, answer.json()) == (200, asdict(Rules()))


@pytest.mark.parametrize("number", [b"4", b"4.0", b"0.4e1"])
def test_a_whole_number_is_one_however_it_is_written(mock, number):
    answer = mock.http.patch(f"{mock.url}/_mock/settings", content=b'{"queries_per_second": %s}' % number)
    assert (answer.status_code, answer.json()["queries_per_second"]) == (200, 4)


def test_nothing_but_the_rules_is_changed(mock):
    before = mock.state
    mock.http.patch(f"{mock.url}/_mock/settings", json=OTHER)
    assert (mock.state.grants, mock.state.subscribers) == (before.grants, before.subscribers)
    assert mock.state.catalogue is before.catalogue


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b'{"queries_per_minute": 4}', 'no rule "queries_per_minute"; there are timestamp_window, unique_nonces,'),
        (b'{"queries_per_second": true}', "queries_per_second cannot be true; it takes a whole number from 0"),
        (b'{"queries_per_second": "4"}', 'queries_per_second cannot be "4"'),
        (b'{"queries_per_second": -1}', "queries_per_second cannot be -1"),
        (b'{"queries_per_second": 4.5}', "queries_per_second cannot be 4.5"),
        (b'{"queries_per_second": 1e400}', "Send an object of JSON"),
        (b'{"queries_per_second": 1000000001}', "from 0 to 1000000000 or null"),
        (b'{"queries_per_second": 1' + b"0" * 400 + b"}", "queries_per_second cannot be 1000"),
        (b'{"unique_nonces": 1}', "unique_nonces cannot be 1; it takes true or false"),
        (b'{"timestamp_window": null}', "timestamp_window cannot be null; it takes a whole number"),
        (b'{"outage": "fire"}', '"bad-gateway" or "maintenance" or "gateway-timeout" or null'),
        (b'{"login": "never"}', 'login cannot be "never"; it takes "page" or "approve" or "deny"'),
        (b'{"login": null}', "login cannot be null"),
        (b'{"login_subscriber": 7}', "it takes a text of 1 to 200 printable characters or null"),
        (b'{"login_subscriber": ""}', 'login_subscriber cannot be ""'),
        (b'{"login_subscriber": "a\\nb"}', r'login_subscriber cannot be "a\nb"'),
        (b'{"login_subscriber": "' + b"x" * 201 + b'"}', "login_subscriber cannot be"),
        (b'{"plaintext": true, "outage": []}', "outage cannot be a list; it takes"),
        (b'{"plaintext": true, "Outage": null}', 'no rule "Outage"'),
        (b'{"outage": ' + b"[" * 500 + b"]" * 500 + b"}", "outage cannot be a list"),
        (b'{"outage": ' + b'{"a":' * 500 + b"1" + b"}" * 501, "outage cannot be an object"),
        (b"{", "Send an object of JSON"),
        (b"[]", 'Send an object of JSON, such as {"unique_nonces": true}.'),
        (b"null", "Send an object of JSON"),
        (b'"plaintext"', "Send an object of JSON"),
        (b"plaintext=true", "Send an object of JSON"),
        (b"\xff", "Send an object of JSON"),
        (b'{"outage": "\xff"}', "Send an object of JSON"),
        (b'{"a": ' + b"[" * 100_000, "Send an object of JSON"),
        (b'{"outage": NaN}', "Send an object of JSON"),
    ],
    ids=lambda one: repr(one)[:40],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nothing_is_changed(mock, body, says):
    before = mock.state
    answer = mock.http.patch(f"{mock.url}/_mock/settings", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    title = answer.json()["detail"]
    assert says in title
    assert (title.endswith("."), len(title) < 500) == (True, True)
    assert mock.state is before


@pytest.mark.parametrize("verb", ["PUT", "POST", "DELETE"])
def test_other_verbs_are_told_the_right_ones(mock, verb):
    answer = mock.http.request(verb, f"{mock.url}/_mock/settings", content=b"{}" if verb != "DELETE" else None)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, PATCH")


# A page that somebody has open in a browser must not change anything (as the rest of the mock's own side).

WRITES = (
    ("PATCH", "/settings", b'{"outage": "maintenance"}'),
    ("POST", "/tokens", b"{}"),
    ("DELETE", "/tokens/{token}", None),
    ("POST", "/tokens/{token}/expire", b""),
    ("PATCH", "/applications/{key}", b'{"standing": "inactive"}'),
)


@pytest.mark.parametrize(("verb", "path", "body"), WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Host": "evil.example.org"},
    ],
)
def test_a_page_of_another_site_changes_nothing(mock, verb, path, body, headers):
    before = mock.state
    address = path.format(token=mock.state.access_token.token, key=mock.application.key)
    answer = mock.http.request(verb, f"{mock.url}/_mock{address}", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert mock.state is before


@pytest.mark.parametrize(("verb", "path", "body"), WRITES)
def test_a_page_of_the_mock_itself_may(mock, verb, path, body):
    before = mock.state
    address = path.format(token=mock.state.access_token.token, key=mock.application.key)
    headers = {"Origin": mock.url, "Sec-Fetch-Site": "same-origin"}
    assert mock.http.request(verb, f"{mock.url}/_mock{address}", content=body, headers=headers).is_success
    assert mock.state is not before


@pytest.mark.parametrize("path", ["/settings", "/tokens"])
def test_no_page_of_another_site_can_read_or_ask_whether_it_may(mock, path):
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "PATCH"}
    answer = mock.http.options(f"{mock.url}/_mock{path}", headers=headers)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert "access-control-allow-origin" not in mock.http.get(f"{mock.url}/_mock{path}", headers=headers).headers


@pytest.mark.parametrize(("verb", "path", "body"), WRITES)
def test_a_body_without_end_is_not_read(mock, verb, path, body):
    if body is None:
        return
    before = mock.state
    address = path.format(token=mock.state.access_token.token, key=mock.application.key)
    answer = mock.http.request(verb, f"{mock.url}/_mock{address}", content=b" " * 1_100_000)
    assert answer.status_code == 413
    assert mock.state is before

"""The mock's own side: reached in every way, by nobody else, and telling which fault it was."""

from __future__ import annotations

import pytest

from mock_netflix.oauth.parameters import Parameters, Place, collect
from mock_netflix.world.grants import allow, find_request_token
from tests.clients.signer import signed


def why(mock, response) -> dict[str, object]:
    told: dict[str, object] = mock.http.get(response.headers["x-mock-netflix-explain"]).json()["explanation"]
    return told


@pytest.mark.parametrize("target", ["http://api.netflix.com/_mock/health", "http://127.0.0.1/_mock/health"])
def test_an_absolute_request_line_leads_to_it_too(mock, target):
    host = target.split("/")[2]
    request = mock.http.build_request("GET", f"{mock.url}/_mock/health", headers={"Host": host})
    request.extensions["target"] = target.encode()
    assert mock.http.send(request).json()["status"] == "ready"


@pytest.mark.parametrize("host", ["evil.example.org", "evil.com:2008", "127.0.0.1.evil.com"])
def test_a_public_name_that_was_pointed_at_this_machine_is_refused(mock, host):
    """DNS rebinding: a page of that name would be of the same origin."""
    for path in ("/_mock/credentials", "/_mock/"):
        answer = mock.http.get(mock.url + path, headers={"Host": host})
        assert (answer.status_code, "secret" in answer.text) == (403, False)


@pytest.mark.parametrize("host", ["localhost:2008", "127.0.0.1", "[::1]:2008", "mock-netflix", "api.netflix.com"])
def test_names_of_this_machine_and_of_containers_are_answered(mock, host):
    assert mock.http.get(f"{mock.url}/_mock/health", headers={"Host": host}).status_code == 200


def test_a_wrong_verb_is_told_the_right_ones(mock):
    answer = mock.http.delete(f"{mock.url}/_mock/applications")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


def access_token(mock, token: tuple[str, str], **more: str):
    consumer = (mock.application.key, mock.application.secret)
    return mock.http.get(signed("GET", f"{mock.url}/oauth/access_token", more, consumer=consumer, token=token))


def allowed(mock, callback: str | None) -> tuple[str, str]:
    token, secret = mock.request_token(callback)
    found = find_request_token(mock.state.grants, token, mock.sandbox.clock.now())
    mock.sandbox.state = mock.state.with_grants(allow(mock.state.grants, found, mock.state.subscriber.user_id))
    return token, secret


def test_the_fault_of_a_request_token_is_named(mock):
    pending, out_of_band = mock.request_token(), allowed(mock, "oob")
    assert "nobody has signed in" in why(mock, access_token(mock, pending))["reason"]
    assert "oauth_verifier is missing" in why(mock, access_token(mock, out_of_band))["reason"]
    wrong = access_token(mock, out_of_band, oauth_verifier="wrong")
    assert "not the one that was shown" in why(mock, wrong)["reason"]
    plain = allowed(mock, None)
    assert access_token(mock, plain).status_code == 200
    assert "used already" in why(mock, access_token(mock, plain))["reason"]


def test_a_skewed_clock_is_told_with_both_times(mock):
    consumer = (mock.application.key, mock.application.secret)
    answer = mock.http.get(signed("GET", f"{mock.url}/catalog/titles", {}, consumer=consumer, timestamp="1000"))
    told = why(mock, answer)
    assert (told["received"], told["window"]) == ("1000", 600)
    assert abs(int(str(told["clock"])) - mock.sandbox.clock.now()) < 60


def test_a_script_that_signs_in_finds_the_verification_code(mock):
    token, secret = mock.request_token("oob")
    form = {
        "oauth_token": token,
        "oauth_consumer_key": mock.application.key,
        "name": mock.state.subscriber.login,
        "password": mock.state.subscriber.password,
        "output": "pox",
    }
    answer = mock.http.post(f"{mock.url}/oauth/login", data=form)
    code = answer.headers["x-mock-netflix-verifier"]
    assert access_token(mock, (token, secret), oauth_verifier=code).status_code == 200


def test_a_failed_sign_in_is_told_as_refused(mock):
    token, _ = mock.request_token()
    own = {"oauth_consumer_key": mock.application.key, "application_name": mock.application.name}
    mock.http.post(f"{mock.url}/oauth/login", data={"oauth_token": token, **own, "login": "sam", "password": "x"})
    last = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"][-1]
    assert (last["status"], last["refused"]) == (200, "Authorization failed")


def test_no_token_of_one_subscriber_becomes_anothers_after_a_restart(mock):
    """Two runs in which other people sign in first."""
    from mock_netflix.world.grants import issue_access_token

    grants, key = mock.state.grants, mock.application.key
    tokens = [issue_access_token(grants, key, user_id)[1] for user_id in mock.state.subscribers]
    assert len({token.token for token in tokens}) == len({token.secret for token in tokens}) == len(tokens)


def test_a_long_header_and_many_parameters_are_read_in_time_that_grows_with_them():
    """As counts of steps, not as times: these never ended when each place was tried from each other."""
    assert list(collect(b"", f"OAuth {'a' * 1_000_000}", None, b"")) == []
    assert len(collect(b"", f"OAuth {'a,' * 500_000}", None, b"").all) == 0
    many = collect(b"&".join(b"oauth_%d=" % number for number in range(100_000)), None, None, b"")
    assert many.repeated_protocol_parameter() is None


def test_a_comma_within_quotes_parts_nothing():
    found = collect(b"", 'OAuth realm="a, b", ,oauth_nonce="x,y=z" , oauth_token=t', None, b"")
    assert [(one.name, one.value, one.place) for one in found] == [
        ("oauth_nonce", "x,y=z", Place.HEADER),
        ("oauth_token", "t", Place.HEADER),
    ]
    assert isinstance(found, Parameters)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Origin": "{url}", "Sec-Fetch-Site": "same-origin"}, 200),
    ],
    ids=str,
)
def test_a_page_of_another_site_may_lead_here_and_not_read(mock, headers, status):
    sent = {name: value.replace("{url}", mock.url) for name, value in headers.items()}
    assert mock.http.get(f"{mock.url}/_mock/credentials", headers=sent).status_code == status


def test_an_address_that_is_too_long_is_refused(mock):
    answer = mock.http.get(f"{mock.url}/_mock/titles?limit=1&q={'x' * 65_000}")
    assert answer.status_code == 414
    assert answer.headers["content-type"] == "application/problem+json"


def test_health_is_told_under_any_name(mock):
    """A probe may know the server by a public name; what it hears helps nobody else."""
    assert mock.http.get(f"{mock.url}/_mock/health", headers={"Host": "mock.example.com.au"}).status_code == 200
    assert mock.http.get(f"{mock.url}/_mock/credentials", headers={"Host": "mock.example.com.au"}).status_code == 403

"""The sign-in address as a script sees it: what is refused and in which words, and that nothing upsets it."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import parse_qsl, quote, quote_from_bytes, urlencode, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_netflix.world.grants import Decision, register
from mock_netflix.world.rules import Rules
from tests.clients.signer import signed
from tests.conftest import Mock

PARAMETERS = ("oauth_token", "oauth_consumer_key", "application_name", "oauth_callback")
ATTACK = "\"'><script>alert(1)</script>"


def _asked(mock: Mock, **changed: str | None) -> dict[str, str]:
    """The parameters of a good sign-in address with a fresh request token, but for those changed; None drops one."""
    good: dict[str, str | None] = {
        "oauth_token": mock.request_token()[0],
        "oauth_consumer_key": mock.application.key,
        "application_name": mock.application.name,
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def _with_credentials(mock: Mock, **changed: str | None) -> dict[str, str]:
    subscriber = mock.state.subscriber
    return _asked(mock, **{"login": subscriber.login, "password": subscriber.password, **changed})


def _get(mock: Mock, asked: dict[str, str]) -> httpx.Response:
    return mock.http.get(f"{mock.url}/oauth/login?{urlencode(asked)}")


def _post(mock: Mock, asked: dict[str, str], **headers: str) -> httpx.Response:
    return mock.http.post(f"{mock.url}/oauth/login", data=asked, headers=headers)


def _led_back(mock: Mock, asked: dict[str, str]) -> HTTPMessage:
    """The head of a redirect, taken by a client that does not mind where it leads; httpx reads each Location."""
    connection = HTTPConnection(urlsplit(mock.url).netloc)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request("POST", "/oauth/login", urlencode(asked), form)
        response = connection.getresponse()
        assert response.status == 302
        return response.headers
    finally:
        connection.close()


def _document(response: httpx.Response) -> str:
    """An XML answer without its prolog and without white space between elements."""
    prolog, end, document = response.text.partition("?>")
    assert (prolog[:6], end) == ("<?xml ", "?>")
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", document)


def _status(code: int, message: str) -> str:
    return f"<status><status_code>{code}</status_code><message>{message}</message></status>"


def _decision(mock: Mock, asked: dict[str, str]) -> Decision:
    return mock.state.grants.request_tokens[asked["oauth_token"]].decision


@pytest.mark.parametrize("name", ["oauth_token", "oauth_consumer_key", "application_name"])
def test_an_absent_parameter_is_named(mock: Mock, name: str) -> None:
    """Word for word as on launch day (reference: walkthrough, step 4)."""
    response = _get(mock, _asked(mock, **{name: None}))
    assert response.status_code == 400
    assert _document(response) == _status(400, f"{name} is missing")


def test_the_bare_login_url_names_the_first_absent_parameter(mock: Mock) -> None:
    """The `login_url` of a request token's answer "does not work" as it is (reference: walkthrough, step 3)."""
    login_url = dict(parse_qsl(mock.get_as_application("/oauth/request_token").text))["login_url"]
    response = mock.http.get(login_url)
    assert response.status_code == 400
    assert _document(response) == _status(400, "oauth_consumer_key is missing")


def test_a_callback_told_beforehand_makes_the_name_needless(mock: Mock) -> None:
    """Clients of OAuth 1.0a leave it out (reference: protocol 4.1); a wrong one is refused even so."""
    asked = _asked(mock, oauth_token=mock.request_token("oob")[0], application_name=None)
    assert mock.application.name in _get(mock, asked).text
    assert _get(mock, {**asked, "application_name": "Other"}).status_code == 401


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"oauth_consumer_key": "aaaaaaaaaaaaaaaaaaaaaaaa"}, "Missing Required Consumer Key"),
        ({"oauth_consumer_key": ""}, "Missing Required Consumer Key"),
        ({"application_name": ""}, "Application name undefined"),
        ({"application_name": "Red Ham"}, "Application name mismatch"),
        ({"application_name": "green eggs"}, "Application name mismatch"),
        ({"application_name": "Green%20Eggs"}, "Application name mismatch"),
        ({"oauth_token": "neverissued"}, "Expired or bad request token"),
        ({"oauth_token": ""}, "Expired or bad request token"),
    ],
)
def test_a_wrong_parameter_is_refused(mock: Mock, changed: dict[str, str], message: str) -> None:
    """A name encoded twice is a wrong one (reference: protocol 4.3)."""
    response = _get(mock, _asked(mock, **changed))
    assert response.status_code == 401
    assert _document(response) == _status(401, message)


def test_the_key_must_be_that_of_the_request_token(mock: Mock) -> None:
    other = list(mock.state.grants.applications.values())[1]
    response = _get(mock, _asked(mock, oauth_consumer_key=other.key, application_name=other.name))
    assert response.status_code == 401
    assert _document(response) == _status(401, "Consumer key mismatch")


@pytest.mark.parametrize("decided", [{}, {"deny": "true"}], ids=["allowed", "denied"])
def test_a_request_token_is_decided_on_once(mock: Mock, decided: dict[str, str]) -> None:
    asked = _with_credentials(mock)
    assert _post(mock, {**asked, **decided}).status_code == 200
    again = _post(mock, asked)
    assert again.status_code == 401
    assert _document(again) == _status(401, "Expired or bad request token")


def test_a_request_token_expires(mock: Mock) -> None:
    asked = _asked(mock)
    mock.sandbox.clock.offset = Rules().request_token_lifetime - 60
    assert _get(mock, asked).status_code == 200
    mock.sandbox.clock.offset = Rules().request_token_lifetime + 60
    assert _document(_get(mock, asked)) == _status(401, "Expired or bad request token")


@pytest.mark.parametrize("form", [{"output": "pox"}, {"name": "sam@example.com", "login": ""}])
def test_a_script_hears_of_bad_credentials_by_status(mock: Mock, form: dict[str, str]) -> None:
    asked = _with_credentials(mock, password="wrong", **form)
    response = _post(mock, asked)
    assert response.status_code == 401
    assert _document(response) == _status(401, "Authorization failed")
    assert _decision(mock, asked) is Decision.PENDING


def test_a_browser_gets_the_form_again_without_the_password(mock: Mock) -> None:
    response = _post(mock, _with_credentials(mock, password="wr0ng"))
    assert response.status_code == 200
    assert '<p id="error"' in response.text
    assert "wr0ng" not in response.text


def test_one_post_with_everything_in_the_query_signs_in(mock: Mock) -> None:
    """No page, no body (reference: client-demands 5); the token is then redeemed."""
    token, secret = mock.request_token()
    credentials = {"name": mock.state.subscriber.login, "password": mock.state.subscriber.password}
    more = {"accept_tos": "true", "output": "pox", "oauth_callback": ""}
    asked = _asked(mock, oauth_token=token, **credentials, **more)
    response = mock.http.post(f"{mock.url}/oauth/login?{urlencode(asked)}")
    assert response.status_code == 200
    assert _document(response) == "<status>success</status>"
    consumer = (mock.application.key, mock.application.secret)
    url = signed("GET", f"{mock.url}/oauth/access_token", {}, consumer=consumer, token=(token, secret))
    assert dict(parse_qsl(mock.http.get(url).text))["user_id"] == mock.state.subscriber.user_id


def test_a_script_need_not_know_of_the_terms_but_may_decline_them(mock: Mock) -> None:
    """One client posts login and password alone; `accept_tos=false` is a word of its own (reference: protocol 4.2)."""
    assert _post(mock, _with_credentials(mock)).status_code == 200
    declined = _post(mock, _with_credentials(mock, accept_tos="false", output="pox"))
    assert _document(declined) == _status(401, "User must accept terms of use.")
    assert "User must accept terms of use." in _post(mock, _with_credentials(mock, accept_tos="false")).text


@pytest.mark.parametrize(
    ("changed", "status", "message"),
    [
        ({"application_name": None}, 400, "application_name is missing"),
        ({"application_name": "Red Ham"}, 401, "Application name mismatch"),
        ({"name": "nobody@example.com"}, 401, "Authorization failed"),
    ],
)
def test_errors_come_as_json_when_asked_for(
    mock: Mock, changed: dict[str, str | None], status: int, message: str
) -> None:
    response = _get(mock, _asked(mock, output="json", **changed))
    assert response.status_code == status
    assert response.headers["content-type"].startswith("application/json")
    assert response.json() == {"status": {"status_code": str(status), "message": message}}


@pytest.mark.parametrize(
    ("callback", "location"),
    [
        ("http://client.example/back", "http://client.example/back?oauth_token={token}"),
        ("http://client.example/?a=1&b=x%20y", "http://client.example/?a=1&b=x%20y&oauth_token={token}"),
        ("http://client.example/back#top", "http://client.example/back?oauth_token={token}#top"),
        ("http://client.example/back?a=1#/x?y", "http://client.example/back?a=1&oauth_token={token}#/x?y"),
        ("http://[::1]:8080/back", "http://[::1]:8080/back?oauth_token={token}"),
        ("iphone://popviewcontroller", "iphone://popviewcontroller?oauth_token={token}"),
        ("myapp:linked", "myapp:linked?oauth_token={token}"),
    ],
)
def test_the_callback_keeps_what_it_has(mock: Mock, callback: str, location: str) -> None:
    """Its query and fragment, and any scheme: telephones have their own (reference: protocol 4.3)."""
    asked = _with_credentials(mock, oauth_callback=callback)
    assert _led_back(mock, asked)["location"] == location.format(token=asked["oauth_token"])


@pytest.mark.parametrize("callback", ["", "oob"])
def test_an_empty_callback_is_none(mock: Mock, callback: str) -> None:
    response = _post(mock, _with_credentials(mock, oauth_callback=callback))
    assert response.status_code == 200
    assert "successfully" in response.text


def test_a_callback_told_beforehand_goes_before_that_of_the_address(mock: Mock) -> None:
    """A link that somebody else made leads nobody astray in OAuth 1.0a."""
    token, _ = mock.request_token("http://client.example/back")
    asked = _with_credentials(mock, oauth_token=token, oauth_callback="http://thief.example/")
    assert _post(mock, asked).headers["location"].startswith(f"http://client.example/back?oauth_token={token}&")


@pytest.mark.parametrize(
    "callback",
    [
        "http://client.example/\x00\x7f",
        "http://client.example/<script>alert(1)</script>",
        "http://client.example/é/😀?q=ü#ß",
        "http://bücher.example/",
    ],
)
def test_a_callback_cannot_break_out_of_its_header(mock: Mock, callback: str) -> None:
    """Letters beyond ASCII and markup are quoted, and the token still arrives."""
    asked = _with_credentials(mock, oauth_callback=callback)
    headers = _led_back(mock, asked)
    assert re.fullmatch(r"[!#-;=?-\[\]_a-z~]+", headers["location"])
    assert f"oauth_token={asked['oauth_token']}" in headers["location"]
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "callback",
    [
        "http://client.example/\r\nSet-Cookie: a=b",
        "http://client.example/\n\n<script>alert(1)</script>",
        "client.example/back",
        "javascript:alert(1)",
        "Data:text/html,x",
        "/back",
        "http:",
        "http://client.example/" + "x" * 4000,
        ATTACK,
    ],
)
def test_a_callback_that_is_no_address_is_refused(mock: Mock, callback: str) -> None:
    asked = _with_credentials(mock, oauth_callback=callback)
    assert _document(_post(mock, asked)) == _status(400, "oauth_callback is invalid")
    assert _decision(mock, asked) is Decision.PENDING


@pytest.mark.parametrize("own", [None, "{url}"])
def test_a_script_without_an_origin_and_the_own_page_may_post(mock: Mock, own: str | None) -> None:
    headers = {} if own is None else {"Origin": own.format(url=mock.url), "Sec-Fetch-Site": "same-origin"}
    assert _post(mock, _with_credentials(mock), **headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "null"},
        {"Origin": "http://thief.example"},
        {"Origin": "http://localhost:{port}"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://127.0.0.1:{port}.thief.example"},
        {"Origin": "http://["},
        {"Origin": "\xff"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=str,
)
def test_a_form_of_another_origin_is_refused(mock: Mock, headers: dict[str, str]) -> None:
    """Whatever a browser says of where a form came from, an origin that is not this one signs nobody in."""
    port = str(urlsplit(mock.url).port)
    asked = _with_credentials(mock)
    sent = [(name.encode(), value.replace("{port}", port).encode("latin-1")) for name, value in headers.items()]
    response = mock.http.post(f"{mock.url}/oauth/login", data=asked, headers=sent)
    assert response.status_code == 403
    assert _decision(mock, asked) is Decision.PENDING


@pytest.mark.parametrize("name", [*PARAMETERS, "login", "password", "subscriber", "name", "output", "deny"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_markup_in_a_parameter_comes_out_escaped(mock: Mock, verb: str, name: str) -> None:
    asked = _asked(mock, **{"login": "sam@example.com", "password": "wrong", name: ATTACK})
    response = _get(mock, asked) if verb == "GET" else _post(mock, asked)
    assert response.status_code in (200, 302, 400, 401)
    assert "<script" not in response.text
    assert "\"'>" not in response.text


def test_markup_in_the_name_of_a_parameter_comes_out_escaped(mock: Mock) -> None:
    response = mock.http.get(f"{mock.url}/oauth/login?{quote(ATTACK)}=%ff")
    assert response.status_code == 400
    assert "<script" not in response.text


@pytest.mark.parametrize("decided", [None, {}, {"deny": "true"}], ids=["form", "success", "denied"])
def test_an_application_named_like_markup_is_shown_by_its_name(mock: Mock, decided: dict[str, str] | None) -> None:
    grants, application = register(mock.state.grants, ATTACK)
    mock.sandbox.state = mock.state.with_grants(grants)
    url = signed("GET", f"{mock.url}/oauth/request_token", {}, consumer=(application.key, application.secret))
    token = dict(parse_qsl(mock.http.get(url).text))["oauth_token"]
    own = {"oauth_token": token, "oauth_consumer_key": application.key, "application_name": ATTACK}
    response = _get(mock, own) if decided is None else _post(mock, {**_with_credentials(mock, **own), **decided})
    assert response.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.text
    assert "<script" not in response.text


@pytest.mark.parametrize("decided", [None, {}, {"deny": "true"}, {"password": "wrong"}])
def test_every_page_forbids_framing_scripts_and_keeping(mock: Mock, decided: dict[str, str] | None) -> None:
    asked = _with_credentials(mock)
    response = _get(mock, _asked(mock)) if decided is None else _post(mock, {**asked, **decided})
    assert response.headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", [*PARAMETERS, "login", "password", "accept_tos"])
def test_a_repeated_parameter_counts_once(mock: Mock, name: str) -> None:
    """The first value is taken; the address is not refused for the second."""
    asked = {"accept_tos": "true", "oauth_callback": "http://client.example/", **_with_credentials(mock)}
    query = f"{urlencode(asked)}&{name}=again"
    response = mock.http.post(f"{mock.url}/oauth/login?{query}")
    assert response.headers["location"] == f"http://client.example/?oauth_token={asked['oauth_token']}"


@pytest.mark.parametrize("name", [*PARAMETERS, "login", "password", "subscriber"])
def test_an_over_long_value_is_answered(mock: Mock, name: str) -> None:
    """As any other value, up to what the gateway takes; beyond that in the gateway's voice."""
    asked = _with_credentials(mock, **{name: "x" * 60_000})
    assert _get(mock, asked).status_code in (200, 302, 400, 401)
    assert _post(mock, asked).status_code in (200, 302, 400, 401)
    assert _post(mock, {**asked, name: "x" * 1_100_000}).status_code == 413


@pytest.mark.parametrize("name", [*PARAMETERS, "login", "password"])
def test_bytes_that_are_no_utf_8_are_refused(mock: Mock, name: str) -> None:
    query = urlencode(_with_credentials(mock, **{name: None}))
    response = mock.http.post(f"{mock.url}/oauth/login?{query}&{name}=%C3%28%FF")
    assert response.status_code == 400
    assert _document(response) == _status(400, f"{name} is invalid")


@given(
    name=st.sampled_from([*PARAMETERS, "login", "password", "name", "subscriber", "accept_tos", "output", "deny"]),
    value=st.binary(max_size=40) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")),
    in_query=st.booleans(),
)
@settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_value_upsets_the_page(mock: Mock, name: str, value: bytes, in_query: bool) -> None:
    """Whatever stands in one parameter, the answer is one of the service's own."""
    sent = f"{urlencode(_with_credentials(mock, **{name: None}))}&{name}={quote_from_bytes(value)}"
    if in_query:
        response = mock.http.post(f"{mock.url}/oauth/login?{sent}")
    else:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        response = mock.http.post(f"{mock.url}/oauth/login", content=sent, headers=form)
    assert response.status_code in (200, 302, 400, 401)


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_verbs_are_refused(mock: Mock, verb: str) -> None:
    asked = _with_credentials(mock)
    response = mock.http.request(verb, f"{mock.url}/oauth/login?{urlencode(asked)}")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"
    assert _decision(mock, asked) is Decision.PENDING

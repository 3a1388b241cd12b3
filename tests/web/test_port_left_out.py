"""A signature that leaves out the port: it passes with a warning, for the real hosts had none; not so in strict."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from mock_netflix.world.rules import strict
from tests.clients.signer import oauth_parameters, signed
from tests.conftest import Mock
from tests.web.diagnosed import explained, ruled
from tests.web.voices import headers, told

WARNING = "X-Mock-Netflix-Warning"
CATALOG = "/catalog/titles"


def without_port(
    mock: Mock, path: str, verb: str = "GET", *, user: bool = True, known: str = "", **more: Any
) -> httpx.Response:
    """A call signed as if the host had no port, with everything in its query."""
    token = (mock.state.access_token.token, mock.state.access_token.secret)
    consumer = (mock.application.key, mock.application.secret)
    bare = mock.url.rpartition(":")[0]
    url = signed(verb, bare + path, more, consumer=consumer, token=token if user else ("", ""))
    condition = {"If-None-Match": known} if known else None
    return mock.http.request(verb, mock.url + url.removeprefix(bare), headers=condition)


def warning(mock: Mock) -> str:
    authority = mock.url.removeprefix("http://")
    return (
        f"wrong-port: the signature leaves out the port of {authority}. It passes, for the real hosts had none; "
        "serve --strict refuses it (RFC 5849 section 3.4.1.2)"
    )


@pytest.mark.parametrize("output", ["pox", "json", "atom"])
def test_documents_of_every_form_come_with_a_warning(mock, output):
    answer = without_port(mock, f"{mock.user}/rental_history", output=output)
    assert (answer.status_code, answer.headers[WARNING]) == (200, warning(mock))


@pytest.mark.parametrize("output", ["pox", "json"])
def test_a_token_call_comes_with_a_warning(mock, output):
    answer = without_port(mock, "/oauth/request_token", user=False, output=output)
    assert (answer.status_code, answer.headers[WARNING]) == (200, warning(mock))
    assert "oauth_token_secret" in answer.text


def test_a_write_comes_with_a_warning(mock):
    answer = without_port(mock, f"{mock.user}/ratings/title/actual", "POST", title_ref="movies/60010002", rating=3)
    assert (answer.status_code, answer.headers[WARNING]) == (201, warning(mock))


@pytest.mark.parametrize("output", ["pox", "json"])
def test_what_the_service_refuses_comes_with_a_warning(mock, output):
    for path, status in ((f"{CATALOG}/movies/1", 404), ("/users/T1" + "x" * 43 + "-", 401)):
        answer = without_port(mock, path, output=output)
        assert (told(answer)[0], answer.headers[WARNING]) == (status, warning(mock))
        assert headers(answer)[0] is None


def test_what_is_unchanged_comes_with_a_warning(mock):
    answer = without_port(mock, mock.user, known=mock.get(mock.user).headers["etag"])
    assert (answer.status_code, answer.content, answer.headers[WARNING]) == (304, b"", warning(mock))


def test_a_nonce_that_comes_again_has_the_warning_too(still):
    ruled(still, unique_nonces=True)
    bare = still.url.rpartition(":")[0]
    url = signed("GET", bare + CATALOG, {}, consumer=(still.application.key, still.application.secret))
    answers = [still.http.get(still.url + url.removeprefix(bare)) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [200, 401]
    assert {answer.headers[WARNING] for answer in answers} == {warning(still)}


def test_it_leads_to_the_journal_which_has_it_as_a_hint(mock):
    answer = without_port(mock, mock.user)
    entry = mock.http.get(mock.url + httpx.URL(answer.headers["X-Mock-Netflix-Explain"]).path).json()
    assert (entry["status"], entry["hints"]) == (200, [warning(mock)])
    assert (entry["refused"], entry["explanation"]) == (None, None)
    page = mock.http.get(answer.headers["X-Mock-Netflix-Explain"], headers={"Accept": "text/html"})
    assert "leaves out the port" in page.text


def test_nobody_is_warned_who_signs_the_port_or_nothing(mock):
    key = urlencode({"oauth_consumer_key": mock.application.key, "term": "love"})
    for answer in (
        mock.get(mock.user),
        mock.get_as_application("/oauth/request_token"),
        mock.feed("at_home", f"{mock.user}/at_home"),
        mock.http.get(f"{mock.url}/catalog/titles/autocomplete?{key}"),
        mock.get(f"{CATALOG}/movies/1"),
    ):
        assert WARNING not in answer.headers


def test_nobody_is_warned_under_a_name_of_the_real_service(mock):
    """There is no port to leave out."""
    url = signed(
        "GET", f"http://api.netflix.com{CATALOG}", {}, consumer=(mock.application.key, mock.application.secret)
    )
    answer = mock.http.get(mock.url + url.removeprefix("http://api.netflix.com"), headers={"Host": "api.netflix.com"})
    assert (answer.status_code, WARNING in answer.headers) == (200, False)


@pytest.mark.parametrize("place", ["header", "body"])
def test_it_passes_wherever_the_signature_stands(mock, place):
    consumer = (mock.application.key, mock.application.secret)
    bare, verb = mock.url.rpartition(":")[0], "GET" if place == "header" else "POST"
    pairs = oauth_parameters(verb, bare + "/oauth/request_token", {}, consumer=consumer)
    header = "OAuth " + ", ".join(f'{name}="{value}"' for name, value in map(_quoted, pairs))
    given = {"headers": {"Authorization": header}} if place == "header" else {"data": dict(pairs)}
    answer = mock.http.request(verb, f"{mock.url}/oauth/request_token", **given)
    assert (answer.status_code, answer.headers[WARNING]) == (200, warning(mock))


def _quoted(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0], urlencode({"": pair[1]})[1:]


def test_nothing_else_is_forgiven_with_it(mock):
    """Another port, another host, another path, another verb: refused, and told as what they are."""
    consumer = (mock.application.key, mock.application.secret)
    bare = mock.url.rpartition(":")[0]
    for address in (
        f"{bare}:1{CATALOG}",
        f"http://localhost{CATALOG}",
        f"{bare}/catalog/people",
        f"https{bare[4:]}{CATALOG}",
    ):
        query = signed("GET", address, {}, consumer=consumer).partition("?")[2]
        answer = mock.http.get(f"{mock.url}{CATALOG}?{query}")
        assert (told(answer), WARNING in answer.headers) == ((401, "Invalid Signature"), False)
    query = signed("POST", bare + CATALOG, {}, consumer=consumer).partition("?")[2]
    assert mock.http.get(f"{mock.url}{CATALOG}?{query}").status_code == 401


def test_in_strict_it_is_refused_with_its_cause(mock):
    mock.sandbox.state = mock.state.with_rules(strict(mock.state.rules))
    for output in ("pox", "json"):
        answer = without_port(mock, mock.user, output=output)
        assert told(answer) == (401, "Invalid Signature")
        assert (headers(answer)[0], WARNING in answer.headers) == ("ERR_401_INVALID_SIGNATURE", False)
        assert explained(mock, answer)["cause"] == "wrong-port"
    bare = without_port(mock, "/oauth/request_token", user=False)
    assert (bare.status_code, bare.text) == (401, "Invalid Signature")


def test_the_rule_alone_refuses_it_too(mock):
    mock.http.patch(f"{mock.url}/_mock/settings", json={"port_may_be_left_out": False})
    assert explained(mock, without_port(mock, mock.user))["cause"] == "wrong-port"
    mock.http.patch(f"{mock.url}/_mock/settings", json={"port_may_be_left_out": True})
    assert without_port(mock, mock.user).status_code == 200


def test_in_strict_who_signs_the_port_is_answered(mock):
    mock.sandbox.state = mock.state.with_rules(strict(mock.state.rules))
    assert [mock.get(mock.user).status_code for _ in "ab"] == [200, 200]


def test_an_address_of_version_6_has_a_port_to_leave_out_as_well(mock):
    consumer = (mock.application.key, mock.application.secret)
    for host, warned in (("[::1]:2008", True), ("[::1]", False)):
        query = signed("GET", f"http://[::1]{CATALOG}", {}, consumer=consumer).partition("?")[2]
        answer = mock.http.get(f"{mock.url}{CATALOG}?{query}", headers={"Host": host})
        assert (answer.status_code, WARNING in answer.headers) == (200, warned)

"""Whatever is thrown at it, the mock answers in the service's own voice and stays as it was."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote, quote_from_bytes
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from tests.clients import hostile, signer, wire
from tests.clients.hostile import shown

# What frameworks and servers say of themselves.
FOREIGN = (
    *("Not Found", "Invalid HTTP request", "Internal Server Error", "Internal Error", "Traceback", "Unprocessable"),
    *("Detail", "detail", "starlette", "uvicorn", "Exception", "<h1>"),
)
ROOTS = ("status", "catalog_titles", "catalog_title", "autocomplete", "time", "rental_history", "resource", "user")
FORM = "Content-Type: application/x-www-form-urlencoded"
CLOSE = "Connection: close"


def checked(answer, *, output: str = "pox") -> int:
    """The status of an answer, once the answer is seen to be the service's own in its form and its words."""
    status = answer.status if isinstance(answer, wire.Answer) else answer.status_code
    assert status < 500, answer.text
    assert not [words for words in FOREIGN if words in answer.text]
    kind = answer.headers["content-type"].partition(";")[0]
    if kind == "application/xml":
        assert output != "json"
        assert ElementTree.fromstring(answer.content).tag in ROOTS
    elif kind == "application/json":
        assert output == "json"
        assert isinstance(json.loads(answer.content), dict)
    else:
        assert kind == "text/plain"
        assert answer.headers["x-mashery-error-code"].startswith("ERR_")
    return status


def message(answer) -> str | None:
    return ElementTree.fromstring(answer.content).findtext("message")


def sent(mock, target: str, *headers: str, host: str | None = None, **more) -> wire.Answer:
    """The answer to a request with this host line and these headers."""
    name = mock.url.removeprefix("http://") if host is None else host
    request = wire.request(target, f"Host: {name}", *headers, CLOSE, **more)
    return wire.sent(mock.url, request, more.get("verb", "GET"))


def open_to_all(mock, query: str) -> str:
    """A target that needs no signature."""
    return f"/catalog/titles/autocomplete?oauth_consumer_key={mock.application.key}&{query}"


def token_call(mock) -> str:
    """A target that gives a request token."""
    consumer = (mock.application.key, mock.application.secret)
    return signer.signed("POST", f"{mock.url}/oauth/request_token", {}, consumer=consumer).removeprefix(mock.url)


@pytest.mark.parametrize("output", ["pox", "json", "atom"])
@pytest.mark.parametrize("term", hostile.TERMS, ids=shown)
def test_any_text_may_be_searched_for(mock, term, output):
    """Control characters and what XML forbids included; Atom repeats the text in its addresses."""
    answer = mock.get("/catalog/titles", term=term, output=output, max_results="2")
    assert answer.status_code == 200
    if output == "json":
        assert "catalog_titles" in answer.json()
    else:
        assert ElementTree.fromstring(answer.content).tag.endswith({"pox": "catalog_titles", "atom": "feed"}[output])
    assert checked(mock.http.get(mock.url + open_to_all(mock, f"term={quote(term)}"))) == 200


@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_a_long_value_is_taken_from_a_body(mock, size):
    fields = {"method": "GET", "term": "lantern " * (size // 8)}
    url = f"{mock.url}/catalog/titles"
    protocol = signer.oauth_parameters("POST", url, fields, consumer=(mock.application.key, mock.application.secret))
    assert checked(mock.http.post(url, data={**fields, **dict(protocol)})) == 200


@pytest.mark.parametrize("size", [65_536, 100_000, 1_000_000])
def test_an_address_that_is_too_long_is_refused_as_such(mock, size):
    answer = sent(mock, open_to_all(mock, "term=" + "a" * size))
    assert (checked(answer), message(answer)) == (414, "Request-URI Too Long")


@pytest.mark.parametrize("place", ["query", "body", "header"])
@pytest.mark.parametrize("value", hostile.UNDECODABLE + hostile.UNDECODABLE_BYTES, ids=shown)
def test_what_is_not_utf_8_is_refused_by_name(mock, value, place):
    """Lone surrogates too. Bytes outside ASCII do not get into a request line, so they are escaped there."""
    before, form = mock.state, f"term={value}"
    query = f"term={quote(value, safe='%', encoding='latin-1')}" if place == "query" else "a=1"
    headers = [f'Authorization: OAuth term="{value}"'] if place == "header" else []
    body = form.encode("latin-1") if place == "body" else b""
    answer = sent(mock, open_to_all(mock, query), FORM, *headers, body=body)
    assert (checked(answer), message(answer)) == (400, "term is invalid")
    assert mock.state is before


def test_a_refused_value_is_told_in_the_form_that_was_asked_for(mock):
    """The other parameters of the same request could be read."""
    answer = sent(mock, open_to_all(mock, "output=json&term=%FF"))
    assert checked(answer, output="json") == 400


@pytest.mark.parametrize("term", ["%zz", "%", "%4", "%%", "%u2603", "%2"])
def test_a_broken_escape_stands_for_itself(mock, term):
    assert checked(sent(mock, open_to_all(mock, f"term={term}"))) == 200


@pytest.mark.parametrize("count", [2, 500])
def test_repeated_parameters_do_no_harm(mock, count):
    """Plain ones are taken by their first value, those of the protocol are refused where they are signed."""
    before = mock.state
    answer = sent(mock, open_to_all(mock, "&".join(["term=the", "output=json", "output=pox"] * count)))
    assert checked(answer, output="json") == 200
    answer = sent(mock, token_call(mock) + "&oauth_nonce=1" * count, verb="POST")
    assert (checked(answer), answer.text) == (401, "Duplicated OAuth Protocol Parameter")
    assert mock.state is before


# Each with what is said of it; None where it is taken.
NUMBERED = (
    *(("max_results", value, "Query parameter max_results must be a positive integer.") for value in hostile.NUMBERS),
    *(("max_results", value, "Query parameter max_results must be a positive integer.") for value in ("0", "00", "-0")),
    *((name, value, f"{name} is invalid") for name in ("start_index", "updated_min") for value in hostile.NUMBERS),
    # An empty value is none (client-demands 3), and a huge one is as much as there is.
    *((name, value, None) for name in ("max_results", "start_index", "updated_min") for value in ("", *hostile.HUGE)),
)


@pytest.mark.parametrize(("name", "value", "said"), NUMBERED, ids=shown)
def test_a_number_is_a_number(mock, name, value, said):
    """On a list by signature, and on its feed."""
    path, given = f"{mock.user}/rental_history/returned", {name: value}
    for answer in (mock.get(path, **given), mock.feed("rental_history.returned", path, **{"output": "pox", **given})):
        assert checked(answer) == (200 if said is None else 400)
        assert message(answer) == said


@pytest.mark.parametrize(("name", "value", "status"), hostile.ODD, ids=shown)
def test_an_odd_value_of_a_common_parameter(mock, name, value, status):
    before = mock.state
    assert checked(mock.get("/catalog/titles", term="lantern", **{name: value})) == status
    assert mock.state is before


@pytest.mark.parametrize("path", hostile.PATHS, ids=shown)
def test_an_odd_path_is_no_way_in(mock, path):
    """Unsigned, so that it is refused one way or the other."""
    before = mock.state
    for target, output in ((path, "pox"), (f"{path}?output=json", "json")):
        assert 400 <= checked(sent(mock, target), output=output) < 500
    assert mock.state is before


@pytest.mark.parametrize(
    "path", ["/catalog/titles;a=b", "/a%2Fb", "//catalog//titles", "/%C3%A9", "/%7e~", "/a/..", "/%"]
)
def test_an_odd_path_is_signed_as_it_stands(mock, path):
    """It leads nowhere: to a 404, not to a wrong signature, and likewise under a subscriber."""
    for target in (path, f"/users/current{path}/%2e"):
        ready, application = mock.state.access_token, mock.application
        consumer, token = (application.key, application.secret), (ready.token, ready.secret)
        url = signer.signed("GET", mock.url + target, {}, consumer=consumer, token=token)
        answer = sent(mock, url.removeprefix(mock.url))
        assert (checked(answer), message(answer)) == (404, "Resource not found")


@pytest.mark.parametrize("host", hostile.HOSTS, ids=shown)
def test_a_bad_host_is_no_way_in(mock, host):
    """Refused, or taken as the name that the client knows the mock by."""
    before = mock.state
    for target in ("/catalog/titles", "/oauth/request_token", "/oauth/login", open_to_all(mock, "term=the")):
        assert checked(sent(mock, target, host=host)) in (200, 400, 401, 404, 421)
    assert mock.state is before


@pytest.mark.parametrize("path", ["/_mock/", "/_mock/credentials", "/_mock/requests", "/_mock/nowhere"])
@pytest.mark.parametrize("host", hostile.HOSTS, ids=shown)
def test_the_mocks_own_side_minds_no_host(mock, host, path):
    assert sent(mock, path, host=host).status < 500


@pytest.mark.parametrize("number", ["x", "-1", "0", "9" * 30, "9" * 5000, "%00", "1/2", "1?a=%FF", ""], ids=shown)
def test_the_mocks_own_side_minds_no_number(mock, number):
    assert sent(mock, f"/_mock/requests/{number}").status < 500


@pytest.mark.parametrize("header", ["Content-Type: application/json", FORM, "Content-Type: \xff"], ids=shown)
@pytest.mark.parametrize("body", hostile.NAMES, ids=shown)
def test_the_mocks_own_side_takes_no_odd_name(mock, body, header):
    before = mock.state
    assert 400 <= sent(mock, "/_mock/applications", header, verb="POST", body=body).status < 500
    assert mock.state is before


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("headers", [(), ("Host: a", "Host: b"), ("Host:",)], ids=["none", "two", "empty"])
def test_the_host_may_be_missing(mock, version, headers):
    """The address at which the request arrived stands in for it."""
    request = wire.request(open_to_all(mock, "term=the"), *headers, CLOSE, version=version)
    assert checked(wire.sent(mock.url, request)) in (200, 400)


@pytest.mark.parametrize("target", hostile.TARGETS, ids=shown)
def test_an_odd_request_target_is_refused(mock, target):
    before = mock.state
    assert 400 <= checked(sent(mock, target)) < 500
    assert mock.state is before


@pytest.mark.parametrize(
    ("target", "host"), [("/users/current", "a b"), ("/" + "a" * 70_000, None), ("/?a=%FF", None)], ids=shown
)
def test_a_refusal_leads_to_its_explanation(mock, target, host):
    """The header with the way to the journal is an address of the mock, whatever was wrong with the request's own."""
    answer = sent(mock, target, host=host)
    explained = mock.http.get(answer.headers["x-mock-netflix-explain"])
    assert explained.json()["status"] == checked(answer)


@pytest.mark.parametrize("garbage", hostile.GARBAGE, ids=shown)
def test_garbage_is_answered_in_the_services_own_form(mock, garbage):
    before = mock.state
    assert 400 <= checked(wire.sent(mock.url, garbage)) < 500
    assert mock.state is before


@pytest.mark.parametrize("verb", hostile.VERBS)
@pytest.mark.parametrize("path", ["/catalog/titles", "/oauth/request_token", "/oauth/login", "/users/current", "/"])
def test_a_verb_that_nobody_sends_is_refused(mock, verb, path):
    before = mock.state
    answer = sent(mock, path, verb=verb)
    assert 400 <= answer.status < 500
    assert verb == "HEAD" or checked(answer) == answer.status
    assert mock.state is before


@pytest.mark.parametrize("verb", ["PATCH", "OPTIONS", "DELETE", "PUT", "POST"])
def test_a_signed_call_with_another_verb_is_told_which_there_are(mock, verb):
    answer = mock.send(verb, mock.user)
    assert (checked(answer), message(answer), answer.headers["allow"]) == (405, "Method Not Allowed", "GET")


@pytest.mark.parametrize("header", hostile.HEADERS, ids=shown)
def test_an_odd_header_is_no_way_in(mock, header):
    answer = sent(mock, "/catalog/titles", header)
    assert (checked(answer), message(answer)) == (400, "Missing Required Consumer Key")


@pytest.mark.parametrize("origin", hostile.ORIGINS, ids=shown)
def test_an_odd_origin_does_not_sign_in(mock, origin):
    """The form is taken from the mock's own page, or from a script that names no page."""
    token, _ = mock.request_token("oob")
    before, person = mock.state, mock.state.subscriber
    fields = {"oauth_token": token, "oauth_consumer_key": mock.application.key, "login": person.login}
    body = signer.encoded({**fields, "password": person.password}.items()).encode()
    answer = sent(mock, "/oauth/login", f"Origin: {origin}", FORM, verb="POST", body=body)
    assert (checked(answer), message(answer)) == (403, "Not Authorized")
    assert mock.state is before


@pytest.mark.parametrize("origin", hostile.ORIGINS, ids=shown)
def test_an_odd_origin_does_not_register_anything(mock, origin):
    before = mock.state
    answer = sent(mock, "/_mock/applications", f"Origin: {origin}", verb="POST", body=b'{"name": "Ham"}')
    assert answer.status == 403
    assert mock.state is before


@pytest.mark.parametrize("kind", hostile.BODY_TYPES, ids=shown)
def test_a_body_of_another_type_is_passed_over(mock, kind):
    """It takes no part in the signature (RFC 5849 section 3.4.1.3.1)."""
    answer = sent(mock, token_call(mock), f"Content-Type: {kind}", verb="POST", body=b'{"oauth_nonce": "\xff"}')
    assert answer.text.startswith("oauth_token=")


@pytest.mark.parametrize("chunked", [False, True], ids=["with its length", "chunked"])
def test_a_body_of_more_than_a_megabyte_is_refused(mock, chunked):
    """The client hears of it, and no token was given."""
    before, body = mock.state, b"a" * 1_048_577
    target, headers = token_call(mock), (f"Host: {mock.url[7:]}", CLOSE)
    request = wire.request(target, *headers, verb="POST", body=body)
    if chunked:
        head = wire.request(target, *headers, "Transfer-Encoding: chunked", verb="POST")
        request = head + f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    answer = wire.sent(mock.url, request)
    assert (checked(answer), answer.text) == (413, "Request Entity Too Large")
    assert mock.state is before


@pytest.mark.parametrize("target", ["/oauth/request_token", "/_mock/applications"])
def test_a_request_that_breaks_off_changes_nothing(mock, target):
    """The client hung up in the middle of the body: it asked for nothing yet, and nothing went wrong."""
    sandbox = Sandbox(mock.state)
    path, _, query = (token_call(mock) if target.startswith("/oauth") else target).partition("?")
    headers = [(b"host", mock.url[7:].encode()), (b"content-type", b"text/plain"), (b"content-length", b"99")]
    scope = {"type": "http", "method": "POST", "scheme": "http", "path": path, "headers": headers}
    scope |= {"raw_path": path.encode(), "query_string": query.encode(), "server": None}
    messages = iter([{"type": "http.request", "body": b'{"name":', "more_body": True}, {"type": "http.disconnect"}])

    async def receive():
        return next(messages)

    async def send(message):
        pass

    asyncio.run(build_app(sandbox)(scope, receive, send))
    assert sandbox.state is mock.state


known = st.sampled_from(["/", "/catalog/titles/", "/users/", "/oauth/", "/oauth/login?", "/us/boxshots/", "/Movie/"])
tails = st.binary(max_size=60).map(lambda tail: tail.translate(None, b"\r\n"))
escaped = tails.map(lambda tail: quote_from_bytes(tail, safe="/?&=;%").encode())
targets = st.one_of(tails, st.builds(lambda start, tail: start.encode() + tail, known, escaped | tails))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(targets, st.sampled_from(["GET", "POST"]), st.binary(max_size=20))
def test_any_request_target_is_answered(mock, target, verb, body):
    """Nothing unsigned changes anything, and every refusal has the service's own form."""
    before = mock.state
    answer = sent(mock, target.decode("latin-1"), FORM, host="x", verb=verb, body=body)
    json_asked = "json" in answer.headers["content-type"]
    assert 400 <= checked(answer, output="json" if json_asked else "pox") < 500
    assert mock.state is before

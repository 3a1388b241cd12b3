"""The mock's own side where it wants its token: of programs in a header, of people in a cookie."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Page

from mock_netflix.authority import Authority
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.control import OPERATIONS
from mock_netflix.web.control.mounting import Operation
from mock_netflix.web.control_token import token_for
from mock_netflix.web.server import running
from tests.worlds import a_world

TOKEN = "open-sesame.0+/="
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PAGE = {"Accept": "text/html"}
# What holds no secret, and is wanted before somebody can have the token.
OPEN = [("GET", "/health"), ("GET", "/ca.pem"), ("GET", "/proxy.pac")]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The own side of a server that wants the token."""
    authority = Authority()
    app = build_app(Sandbox(a_world()), control_token=TOKEN, instance="the first", authority=lambda: authority)
    with running(app) as address:
        yield f"{address}/_mock"


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def address_of(url: str, row: Operation) -> str:
    return url + re.sub(r"\{\w+\}", "1", row.path)


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: f"{row.verb} {row.path}")
def test_everything_but_what_holds_no_secret_wants_it(url, http, row):
    status = http.request(row.verb, address_of(url, row)).status_code
    assert status == (200 if (row.verb, row.path) in OPEN else 401)


def test_of_a_world_that_there_is_not_nothing_is_told(url, http):
    assert http.get(f"{url}/worlds/nobody/requests").status_code == 401
    assert http.get(f"{url}/worlds/nobody/requests", headers=BEARER).status_code == 404


def test_who_has_none_is_told_where_it_is(url, http):
    answer = http.get(f"{url}/credentials")
    assert (answer.headers["content-type"], answer.headers["www-authenticate"]) == (
        "application/problem+json",
        'Bearer realm="mock-netflix"',
    )
    says = "The control token is missing; send it as Authorization: Bearer TOKEN."
    assert answer.json()["detail"] == f"{says} It is printed where the server was started."
    assert "secret" not in answer.text


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_who_has_it_may_do_everything(url, http, scheme):
    headers = {"Authorization": f"{scheme} {TOKEN}"}
    assert http.get(f"{url}/credentials", headers=headers).status_code == 200
    assert http.post(f"{url}/reset", headers=headers).status_code == 204


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (f"Bearer {TOKEN}x", "wrong"),
        (f"Bearer {TOKEN[:-1]}", "wrong"),
        (f"Bearer {TOKEN.upper()}", "wrong"),
        ("Bearer \xff", "wrong"),
        ("Bearer", "missing"),
        ("Basic b3BlbjpzZXNhbWU=", "missing"),
        (TOKEN, "missing"),
        (f"OAuth {TOKEN}", "missing"),
    ],
)
def test_another_one_is_refused(url, http, sent, says):
    answer = http.get(f"{url}/credentials", headers=[(b"Authorization", sent.encode("latin-1"))])
    assert (answer.status_code, f"token is {says};" in answer.json()["detail"]) == (401, True)


def test_under_any_name_it_proves_that_no_web_page_asks(url, http):
    """A page of a name that was pointed at this machine cannot know it; `health` is for every name."""
    public = {"Host": "mock.example.org:2008"}
    assert http.get(f"{url}/credentials", headers={**BEARER, **public}).status_code == 200
    assert http.get(f"{url}/credentials", headers=public).status_code == 401
    assert http.get(f"{url}/health", headers=public).status_code == 200


@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_a_page_of_another_site_is_refused_even_so(url, http, verb):
    headers = {**BEARER, "Origin": "http://evil.example"}
    assert http.request(verb, f"{url}/tokens", headers=headers).status_code == 403


def test_the_service_itself_wants_none(url, http):
    assert http.get(url.replace("/_mock", "/oauth/clock/time")).headers["x-mashery-error-code"].startswith("ERR_400")


# People.


def enter(http: httpx.Client, url: str, **query: str) -> httpx.Response:
    return http.get(f"{url}/?{urlencode(query)}", headers=PAGE)


def test_the_address_of_the_page_lets_a_browser_in(url, http):
    answer = enter(http, url, token=TOKEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/_mock/")
    told = re.sub(r"^mock_netflix_\w{8}=", "", answer.headers["set-cookie"])
    assert told == f'"{TOKEN}"; HttpOnly; Path=/_mock; SameSite=strict'
    assert http.get(f"{url}/", headers=PAGE).status_code == 200
    assert http.post(f"{url}/tokens").status_code == 201


def test_over_tls_the_cookie_stays_there():
    async def asked() -> httpx.Response:
        app = build_app(Sandbox(a_world()), control_token=TOKEN)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://localhost") as client:
            return await client.get("/_mock/", params={"token": TOKEN})

    assert asyncio.run(asked()).headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/_mock/requests/7", "/_mock/requests/7"),
        ("http://evil.example/", "/_mock/"),
        ("//evil.example/_mock/", "/_mock/"),
        ("/oauth/login", "/_mock/"),
        ("/_mock/\r\nSet-Cookie: a=b", "/_mock/%0D%0ASet-Cookie:%20a=b"),
    ],
)
def test_one_is_led_to_what_one_wanted_if_it_is_here(url, http, wanted, led):
    answer = enter(http, url, token=TOKEN, next=wanted)
    assert (answer.status_code, answer.headers["location"]) == (303, led)


@pytest.mark.parametrize("token", ["wrong", "", "é", '"><script>'])
def test_a_wrong_one_is_asked_for_again(url, http, token):
    answer = enter(http, url, token=token)
    assert (answer.status_code, "The control token is wrong." in answer.text) == (401, True)
    assert ("set-cookie" in answer.headers, "<script" in answer.text) == (False, False)


@pytest.mark.parametrize("path", ["/", "/requests/7", "/credentials"])
def test_a_browser_is_asked_on_a_page(url, http, path):
    answer = http.get(url + path, headers=PAGE)
    assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert f'name="next" value="/_mock{path}"' in answer.text
    assert http.post(f"{url}/tokens", headers=PAGE).headers["content-type"] == "application/problem+json"


def test_a_person_types_it_in(url: str, page: Page) -> None:
    page.goto(f"{url}/credentials")
    page.get_by_label("Control token").fill("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("#error")
    page.get_by_label("Control token").fill(TOKEN)
    page.get_by_role("button").click()
    page.wait_for_url(f"{url}/credentials")
    assert "access_token" in page.inner_text("body")


def test_a_person_who_is_in_registers_on_the_page(url: str, page: Page) -> None:
    page.goto(f"{url}/?{urlencode({'token': TOKEN})}")
    page.get_by_label("Register another application").fill("From a browser")
    page.get_by_role("button").click()
    page.wait_for_url("**/_mock/#applications")
    assert "From a browser" in page.inner_text("body")
    assert "token" not in page.url


def test_two_servers_of_one_machine_do_not_take_each_others_cookie(url, http):
    """A cookie knows no port."""
    with running(build_app(Sandbox(a_world()), control_token="another")) as address:
        other = f"{address}/_mock"
        enter(http, url, token=TOKEN)
        enter(http, other, token="another")
        assert [http.get(f"{one}/tokens").status_code for one in (url, other)] == [200, 200]


# Where none is wanted.


def test_on_its_own_machine_the_mock_wants_none(mock):
    answer = mock.http.get(f"{mock.url}/_mock/?token=stale", headers=PAGE)
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)
    assert mock.http.get(f"{mock.url}/_mock/tokens", headers=BEARER).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_no_token_is_made_for_an_address_of_this_machine(host):
    assert token_for(host, None) is None
    assert token_for(host, "given") == "given"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "fe80::1%eth0", "example.org"])
def test_beyond_it_one_is_made_that_nobody_guesses(host):
    tokens = {token_for(host, None) for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch("[0-9a-f]{32}", str(token)) for token in tokens)
    assert token_for(host, "given") == "given"


# Which server it is.


def test_health_tells_one_start_of_a_server_from_another(url, http, mock):
    first = http.get(f"{url}/health").json()
    assert first == {"status": "ready", "instance": "the first", "version": "0.1.0"}
    again = [http.get(f"{mock.url}/_mock/health").json()["instance"] for _ in "ab"]
    with running(build_app(Sandbox(a_world()))) as address:
        other = http.get(f"{address}/_mock/health").json()["instance"]
    assert again[0] == again[1] != other
    assert len(other) == 32

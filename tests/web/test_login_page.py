"""The sign-in page in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Page

from mock_netflix.world.grants import Decision, register
from tests.clients.signer import signed
from tests.conftest import Mock

# Another port is another origin; another name of this machine is another site as well.
other_origins = pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
all_pages = pytest.mark.parametrize("name", ["sign-in", "success", "dashboard", "title", "person"])


@dataclass
class Site:
    """Somebody else's web site: `pages` by path, and a greeting everywhere else."""

    port: int
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def site() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(elsewhere.pages.get(urlsplit(self.path).path, "Welcome back").encode())

        def log_message(self, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        elsewhere = Site(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield elsewhere
        server.shutdown()
        thread.join()


@dataclass
class Dance:
    """A client in the middle of the dance: it has a request token and sends its user to `login_url`."""

    mock: Mock
    token: str
    secret: str
    login_url: str

    @property
    def decision(self) -> Decision:
        return self.mock.state.grants.request_tokens[self.token].decision

    def redeem(self, **parameters: str) -> httpx.Response:
        """The access_token call."""
        url, consumer = f"{self.mock.url}/oauth/access_token", (self.mock.application.key, self.mock.application.secret)
        return self.mock.http.get(signed("GET", url, parameters, consumer=consumer, token=(self.token, self.secret)))


def _begin(mock: Mock, *, confirmed: str | None = None, callback: str | None = None) -> Dance:
    """A request token; `confirmed` is the callback of 1.0a, told in this call, `callback` that of 1.0, told later."""
    asked = {} if confirmed is None else {"oauth_callback": confirmed}
    told = dict(parse_qsl(mock.get_as_application("/oauth/request_token", **asked).text))
    more = {"oauth_consumer_key": mock.application.key, "application_name": told["application_name"]}
    if callback is not None:
        more["oauth_callback"] = callback
    return Dance(mock, told["oauth_token"], told["oauth_token_secret"], f"{told['login_url']}&{urlencode(more)}")


def _type_in(page: Page, mock: Mock, password: str | None = None) -> None:
    page.get_by_label("E-mail").fill(mock.state.subscriber.login)
    page.get_by_label("Password").fill(mock.state.subscriber.password if password is None else password)


def _allow(page: Page, mock: Mock) -> None:
    _type_in(page, mock)
    page.get_by_role("button", name="Allow", exact=True).click()


def test_allow_leads_back_with_the_token_and_no_verifier(mock: Mock, page: Page, site: Site) -> None:
    """OAuth 1.0: the callback stands in the address of the page, and the request token alone is redeemed."""
    dance = _begin(mock, callback=f"{site.url}/back")
    page.goto(dance.login_url)
    _allow(page, mock)
    page.wait_for_url(f"{site.url}/**")
    assert page.url == f"{site.url}/back?oauth_token={dance.token}"
    assert dict(parse_qsl(dance.redeem().text))["user_id"] == mock.state.subscriber.user_id


def test_a_callback_told_beforehand_gets_a_verifier_that_is_needed(mock: Mock, page: Page, site: Site) -> None:
    """OAuth 1.0a: without the verifier the request token is worth nothing."""
    dance = _begin(mock, confirmed=f"{site.url}/back?state=7")
    page.goto(dance.login_url)
    _allow(page, mock)
    page.wait_for_url(f"{site.url}/**")
    told = dict(parse_qsl(urlsplit(page.url).query))
    assert list(told) == ["state", "oauth_token", "oauth_verifier"]
    assert dance.redeem().status_code == 401
    assert dance.redeem(oauth_verifier=told["oauth_verifier"]).status_code == 200


def test_deny_leads_back_without_a_right(mock: Mock, page: Page, site: Site) -> None:
    dance = _begin(mock, callback=f"{site.url}/back")
    page.goto(dance.login_url)
    page.get_by_role("button", name="Deny").click()
    page.wait_for_url(f"{site.url}/**")
    assert parse_qs(urlsplit(page.url).query)["oauth_token"] == [dance.token]
    assert "oauth_verifier" not in page.url
    assert dance.redeem().status_code == 401


def test_deny_without_a_callback_says_that_nothing_was_linked(mock: Mock, page: Page) -> None:
    dance = _begin(mock)
    page.goto(dance.login_url)
    page.get_by_role("button", name="Deny").click()
    page.wait_for_selector("#nf-login-status[content=failed]", state="attached")
    assert f"{mock.application.name} was not linked" in page.inner_text("h1")
    assert "successfully" not in page.inner_text("body")
    assert dance.decision is Decision.DENIED


def test_a_wrong_password_shows_the_form_again(mock: Mock, page: Page, site: Site) -> None:
    """What was typed stays, the password does not; the right password then leads back as if nothing had been."""
    dance = _begin(mock, callback=f"{site.url}/back")
    page.goto(dance.login_url)
    _type_in(page, mock, password="wrong")
    page.get_by_role("button", name="Allow", exact=True).click()
    assert "failed" in page.inner_text("p#error")
    assert page.get_by_label("E-mail").input_value() == mock.state.subscriber.login
    assert page.get_by_label("Password").input_value() == ""
    assert dance.decision is Decision.PENDING
    _allow(page, mock)
    page.wait_for_url(f"{site.url}/back?oauth_token={dance.token}")
    assert dance.redeem().status_code == 200


def test_out_of_band_the_code_is_shown(mock: Mock, page: Page) -> None:
    dance = _begin(mock, confirmed="oob")
    page.goto(dance.login_url)
    _allow(page, mock)
    code = page.inner_text("#verifier")
    assert dance.redeem().status_code == 401
    assert dance.redeem(oauth_verifier=code).status_code == 200


def test_without_a_callback_the_page_says_successfully(mock: Mock, page: Page) -> None:
    """Clients look for these words in it (reference: client-demands 5, protocol 4.3)."""
    dance = _begin(mock)
    page.goto(dance.login_url)
    _allow(page, mock)
    page.wait_for_selector("#continue")
    assert page.title().lower() == "success"
    assert "successfully" in page.inner_text("body")
    assert "failed" not in page.content().lower()
    assert dance.redeem().status_code == 200


def test_one_click_signs_a_subscriber_in(mock: Mock, page: Page) -> None:
    dance = _begin(mock)
    last = list(mock.state.subscribers.values())[-1]
    page.goto(dance.login_url)
    page.get_by_role("button", name=last.full_name).click()
    page.wait_for_selector("#continue")
    assert last.full_name in page.inner_text("h1")
    assert dict(parse_qsl(dance.redeem().text))["user_id"] == last.user_id


@pytest.mark.parametrize("one_click", [False, True])
def test_a_cleared_terms_box_is_refused(mock: Mock, page: Page, one_click: bool) -> None:
    dance = _begin(mock)
    button = mock.state.subscriber.full_name if one_click else "Allow"
    page.goto(dance.login_url)
    _type_in(page, mock)
    page.get_by_label("I accept the terms of use").uncheck()
    with page.expect_response("**/oauth/login") as told:
        page.get_by_role("button", name=button, exact=True).click()
    assert told.value.status == 200
    assert "User must accept terms of use." in page.inner_text("#error")
    assert dance.decision is Decision.PENDING


def test_the_page_names_the_application(mock: Mock, page: Page) -> None:
    """As it is registered, whatever characters are in its name."""
    other = list(mock.state.grants.applications.values())[1]
    assert "&" in other.name
    url = signed("GET", f"{mock.url}/oauth/request_token", {}, consumer=(other.key, other.secret))
    told = dict(parse_qsl(mock.http.get(url).text))
    more = {"oauth_consumer_key": other.key, "application_name": told["application_name"]}
    page.goto(f"{told['login_url']}&{urlencode(more)}")
    assert other.name in page.inner_text("h1")
    _allow(page, mock)
    page.wait_for_selector("#continue")
    assert other.name in page.inner_text("h1")


@pytest.mark.parametrize("label", ["E-mail", "Password"])
def test_enter_in_a_field_means_allow(mock: Mock, page: Page, label: str) -> None:
    dance = _begin(mock)
    page.goto(dance.login_url)
    _type_in(page, mock)
    page.get_by_label(label).press("Enter")
    page.wait_for_selector("#continue")
    assert dance.decision is Decision.ALLOWED
    assert mock.state.subscriber.full_name in page.inner_text("h1")


def test_the_keyboard_is_enough(mock: Mock, page: Page) -> None:
    """The caret waits in the first field; Tab leads through password and terms to Allow."""
    dance = _begin(mock)
    page.goto(dance.login_url)
    page.wait_for_selector("#login:focus")
    page.keyboard.type(mock.state.subscriber.login)
    page.keyboard.press("Tab")
    page.keyboard.type(mock.state.subscriber.password)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "allow"
    page.keyboard.press("Space")
    page.wait_for_selector("#continue")
    assert dance.decision is Decision.ALLOWED


def test_every_field_has_a_label(mock: Mock, page: Page) -> None:
    page.goto(_begin(mock).login_url)
    fields = "[...document.querySelectorAll('input:not([type=hidden])')]"
    assert page.evaluate(f"{fields}.map(field => field.labels.length)") == [1, 1, 1]


@other_origins
def test_the_page_cannot_be_framed(mock: Mock, page: Page, site: Site, host: str) -> None:
    """A page of another origin gets nothing where the form would be; the page of a title it may show."""
    movie = next(iter(mock.state.catalogue.titles.values()))
    addresses = (_begin(mock).login_url, f"{mock.url}/Movie/any/{movie.number}")
    site.pages["/trap"] = "".join(f'<iframe src="{url.replace("&", "&amp;")}"></iframe>' for url in addresses)
    page.goto(f"http://{host}:{site.port}/trap")
    login, title = page.frames[1:]
    assert movie.regular in title.inner_text("h1")
    assert login.locator("form").count() == 0
    assert not login.url.startswith(mock.url)


@other_origins
def test_a_form_of_another_origin_is_refused(mock: Mock, page: Page, site: Site, host: str) -> None:
    dance = _begin(mock)
    fields = {**dict(parse_qsl(urlsplit(dance.login_url).query)), "subscriber": mock.state.subscriber.login}
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields.items())
    site.pages["/trap"] = f'<form method="post" action="{mock.url}/oauth/login">{hidden}<button>Win</button></form>'
    page.goto(f"http://{host}:{site.port}/trap")
    with page.expect_response("**/oauth/login") as told:
        page.get_by_role("button", name="Win").click()
    assert told.value.status == 403
    assert dance.decision is Decision.PENDING


@other_origins
def test_a_link_of_another_origin_signs_nobody_in(mock: Mock, page: Page, site: Site, host: str) -> None:
    """A script may sign in with GET; a page of another origin may not make the browser do so."""
    dance = _begin(mock)
    login_url = f"{dance.login_url}&{urlencode({'subscriber': mock.state.subscriber.login})}"
    site.pages["/trap"] = f'<a href="{login_url.replace("&", "&amp;")}">Win</a>'
    page.goto(f"http://{host}:{site.port}/trap")
    with page.expect_response("**/oauth/login?*") as told:
        page.get_by_role("link", name="Win").click()
    assert told.value.status == 403
    assert dance.decision is Decision.PENDING


@other_origins
def test_a_client_on_another_origin_may_lead_to_the_page(mock: Mock, page: Page, site: Site, host: str) -> None:
    """That is how the dance goes: a link of the client's own page shows the form, which then works."""
    dance = _begin(mock)
    site.pages["/client"] = f'<a href="{dance.login_url.replace("&", "&amp;")}">Link my account</a>'
    page.goto(f"http://{host}:{site.port}/client")
    page.get_by_role("link").click()
    _allow(page, mock)
    page.wait_for_selector("#continue")
    assert dance.redeem().status_code == 200


def _show(page: Page, mock: Mock, name: str) -> None:
    movie = next(iter(mock.state.catalogue.titles.values()))
    addresses = {
        "dashboard": f"{mock.url}/_mock/",
        "title": f"{mock.url}/Movie/any/{movie.number}",
        "person": f"{mock.url}/RoleDisplay/any/{movie.cast[0]}",
    }
    page.goto(addresses.get(name) or _begin(mock).login_url)
    if name == "success":
        _allow(page, mock)
        page.wait_for_selector("#continue")


@all_pages
def test_a_page_loads_nothing_from_elsewhere(mock: Mock, page: Page, name: str) -> None:
    """The mock works without a network, and no page of it complains in the console."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    _show(page, mock, name)
    assert asked
    assert [url for url in asked if not url.startswith((f"{mock.url}/", "data:"))] == []
    assert said == []


@all_pages
def test_a_page_fits_a_narrow_screen(mock: Mock, page: Page, name: str) -> None:
    """Nothing has to be scrolled sideways on a telephone, however long names and addresses are."""
    mock.http.get(f"{mock.url}/nothing?{'long=' * 100}")
    mock.sandbox.state = mock.state.with_grants(register(mock.state.grants, "Long" * 50)[0])
    page.set_viewport_size({"width": 320, "height": 600})
    _show(page, mock, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

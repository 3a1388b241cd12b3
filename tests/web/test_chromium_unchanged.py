"""A browser that asks the real addresses: by the mock as its proxy, and by the configuration that it offers.

The certificate is checked, by its key: Chromium has a list of keys that are good, and no other errors are passed over.
"""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate
from playwright.sync_api import Browser, Error, Page, Playwright

from mock_netflix import MockNetflix
from tests.web.conftest import launched

API, LOGIN, SITE = "http://api.netflix.com", "https://api-user.netflix.com", "http://www.netflix.com"
# A page of the service, to come back to, for nothing else is reached from here.
BACK = f"{SITE}/Movie/Star_Wars/70010010"


@pytest.fixture(scope="module")
def netflix() -> Iterator[MockNetflix]:
    with MockNetflix(tls=True) as mock:
        yield mock


def key_of(mock: MockNetflix) -> str:
    """The fingerprint of the key that the mock speaks TLS with, as Chromium has it: SHA-256 of its SPKI, in base64."""
    trusting, there = ssl.create_default_context(cadata=mock.certificate), urlsplit(mock.secure_url)
    with (
        socket.create_connection((there.hostname, there.port)) as plain,
        trusting.wrap_socket(plain, server_hostname="api-user.netflix.com") as secured,
    ):
        certificate = load_der_x509_certificate(secured.getpeercert(binary_form=True) or b"")
    spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode()


def way(mock: MockNetflix, name: str) -> str:
    return {"proxy": f"--proxy-server={mock.url}", "pac": f"--proxy-pac-url={mock.url}/_mock/proxy.pac"}[name]


@pytest.fixture(scope="module", params=["proxy", "pac"])
def browser(request: pytest.FixtureRequest, playwright: Playwright, netflix: MockNetflix) -> Iterator[Browser]:
    known = f"--ignore-certificate-errors-spki-list={key_of(netflix)}"
    with launched(playwright, way(netflix, request.param), known) as browser:
        yield browser


def begun(mock: MockNetflix, callback: str | None = None) -> tuple[dict[str, str], str]:
    """A request token as a client of 2008 gets it by the proxy, and the real address that it opens."""
    with httpx.Client(trust_env=False, proxy=mock.url) as client:
        signed = mock.sign("GET", f"{API}/oauth/request_token", token=None)
        told = dict(parse_qsl(client.get(signed.url, headers=signed.headers).text))
    more = {"oauth_consumer_key": mock.application.key, "application_name": told["application_name"]}
    more |= {} if callback is None else {"oauth_callback": callback}
    return told, f"{told['login_url']}&{urlencode(more)}"


def sign_in(page: Page, mock: MockNetflix) -> None:
    page.get_by_label("E-mail").fill(mock.subscriber.login)
    page.get_by_label("Password").fill(mock.subscriber.password)
    page.get_by_role("button", name="Allow", exact=True).click()


def test_the_sign_in_page_is_at_its_real_address_and_leads_back(netflix, page):
    told, login = begun(netflix, BACK)
    assert login.startswith(f"{LOGIN}/oauth/login?")
    page.goto(login)
    assert page.url == login
    sign_in(page, netflix)
    page.wait_for_url(f"{SITE}/**")
    assert parse_qs(urlsplit(page.url).query)["oauth_token"] == [told["oauth_token"]]
    assert page.title().startswith("Star Wars")


def test_without_a_callback_it_says_that_all_is_done(netflix, page):
    _, login = begun(netflix)
    page.goto(login)
    sign_in(page, netflix)
    page.get_by_role("heading", name="success").wait_for()
    assert page.url.startswith(LOGIN)


def test_the_page_of_a_title_has_its_picture_from_where_it_was(netflix, page):
    page.goto(BACK)
    source, width = page.locator("img").first.evaluate("one => [one.src, one.naturalWidth]")
    assert urlsplit(source).hostname.endswith(".nflximg.com")
    assert width > 0


@pytest.mark.parametrize("name", ["proxy", "pac"])
def test_a_key_that_is_not_known_is_refused(playwright, netflix, name):
    with launched(playwright, way(netflix, name)) as careful, pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        careful.new_page().goto(f"{LOGIN}/oauth/login")


def test_pages_of_other_sites_are_not_of_the_mock(playwright, netflix):
    """By the configuration a browser goes there itself; this one is where it is told that nobody is."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with launched(playwright, way(netflix, "pac"), rules) as browser:
        with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
            browser.new_page().goto("http://www.example.org/")
        assert browser.new_page().goto(BACK).status == 200

"""curl, as the walkthrough's reader uses it, and as a client that keeps the real service's host names."""

from __future__ import annotations

import os
import shutil
import subprocess
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest

from tests.clients.signer import signed

CURL = shutil.which("curl")
pytestmark = pytest.mark.skipif(CURL is None, reason="curl is not installed")

FORMATS = "/categories/title_formats"


def curl(*arguments: str) -> str:
    """What curl prints; it fails where the server refuses."""
    silent = [CURL, "--silent", "--show-error", "--fail-with-body", "--globoff", "--max-time", "20"]
    environment = {"PATH": os.environ["PATH"], "NO_PROXY": ""}
    done = subprocess.run([*silent, *arguments], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def asked(mock, path: str, verb: str = "GET", base: str | None = None, **plain: str) -> str:
    """A URL signed for the ready subscriber."""
    ready, application = mock.state.access_token, mock.application
    return signed(
        verb,
        (base or mock.url) + path,
        plain,
        consumer=(application.key, application.secret),
        token=(ready.token, ready.secret),
    )


def through(mock, way: str) -> tuple[str, ...]:
    """The two ways of reaching the mock under a name of the real service."""
    address = mock.url.removeprefix("http://")
    return ("-x", mock.url) if way == "proxy" else ("--connect-to", f"::{address}")


def test_a_signed_url_can_be_pasted(mock):
    """Everything is in the query, and nothing else is needed."""
    answer = curl(asked(mock, f"{mock.user}/rental_history/returned", max_results="2"))
    assert ElementTree.fromstring(answer).findtext("results_per_page") == "2"


@pytest.mark.parametrize("option", ["--compressed", "--http1.0", "--http1.1"])
def test_the_answer_does_not_depend_on_how_it_travels(mock, option):
    url = asked(mock, mock.user)
    assert curl(option, url) == curl(url)


def test_compressed_means_gzip(mock):
    """Even an answer of one line is packed when that is asked for."""
    url = f"{mock.url}/oauth/clock/time?oauth_consumer_key={mock.application.key}"
    assert "content-encoding: gzip" in curl("--compressed", "--include", url).lower()
    assert "content-encoding" not in curl("--include", url).lower()


@pytest.mark.parametrize("body", [(), ("--data", ""), ("--header", "Content-Length: 0")], ids=["none", "empty", "zero"])
def test_a_post_may_have_everything_in_its_query(mock, body):
    """The body is empty, with or without a word about its length."""
    url = signed(
        "POST", f"{mock.url}/oauth/request_token", {}, consumer=(mock.application.key, mock.application.secret)
    )
    told = parse_qs(curl("-X", "POST", *body, url))
    assert told["login_url"] == [f"{mock.url}/oauth/login?oauth_token={told['oauth_token'][0]}"]


@pytest.mark.parametrize("way", ["proxy", "hosts file"])
@pytest.mark.parametrize("host", ["api.netflix.com", "api-public.netflix.com"])
def test_a_name_of_the_real_service_stays_in_every_link(mock, host, way):
    """The signature covers that name; ids and category schemes carry it, and ids lead back through the same door."""
    base = f"http://{host}"
    url = asked(mock, f"{mock.user}/rental_history/returned", base=base, expand="formats")
    title = ElementTree.fromstring(curl(*through(mock, way), url)).find(".//link[@rel]")
    assert title.get("href").startswith(f"{base}/catalog/titles/")
    again = asked(mock, title.get("href").removeprefix(base), base=base, expand="formats")
    document = ElementTree.fromstring(curl(*through(mock, way), again))
    assert document.findtext("id") == title.get("href")
    schemes = {category.get("scheme") for category in document.iter("category")}
    assert f"{base}{FORMATS}" in schemes
    assert {scheme.partition("/categories/")[0] for scheme in schemes} == {base}


@pytest.mark.parametrize("way", ["proxy", "hosts file"])
def test_the_dance_keeps_the_real_hosts(mock, way):
    """The login URL leads to the login host of the real service, which the mock answers for as well."""
    consumer = (mock.application.key, mock.application.secret)
    url = signed("GET", "http://api.netflix.com/oauth/request_token", {}, consumer=consumer)
    told = parse_qs(curl(*through(mock, way), url))
    assert told["login_url"] == [f"https://api-user.netflix.com/oauth/login?oauth_token={told['oauth_token'][0]}"]
    login = told["login_url"][0].replace("https", "http")
    page = curl(*through(mock, way), f"{login}&oauth_consumer_key={consumer[0]}&application_name=Green+Eggs")
    assert 'name="password"' in page


def test_an_absolute_request_line_outweighs_the_host_header(mock):
    """curl sends both through a proxy; what was signed is the address."""
    url = asked(mock, mock.user, base="http://api.netflix.com")
    told = curl("-x", mock.url, "--header", "Host: elsewhere.example", url)
    assert ElementTree.fromstring(told).find("link").get("href").startswith("http://api.netflix.com/users/")


def test_direct_answers_lead_to_the_mock_but_keep_the_schemes(mock):
    """Clients compare category schemes with literals of the real service."""
    document = ElementTree.fromstring(curl(asked(mock, mock.user)))
    assert document.find("link").get("href").startswith(f"{mock.url}/users/")
    assert document.find("preferred_formats/category").get("scheme") == f"http://api.netflix.com{FORMATS}"


def test_with_plaintext_a_call_can_be_written_by_hand(mock):
    """The signature is the two secrets: nothing is computed."""
    mock.http.patch(f"{mock.url}/_mock/settings", json={"plaintext": True})
    application, token = mock.application, mock.state.access_token
    header = (
        f'OAuth oauth_consumer_key="{application.key}", oauth_token="{token.token}", '
        f'oauth_signature_method="PLAINTEXT", oauth_signature="{application.secret}%26{token.secret}"'
    )
    answer = curl("--header", f"Authorization: {header}", f"{mock.url}/users/@me")
    assert ElementTree.fromstring(answer).findtext("user_id") == mock.state.subscriber.user_id

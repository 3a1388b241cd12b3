"""What leads a client to the mock under the names of the service: a certificate, and the rules of a proxy."""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from mock_netflix import MockNetflix
from mock_netflix.authority import Authority
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from mock_netflix.wire.hosts import HOSTS, role_of
from tests.worlds import a_world

OTHERS = (
    "example.org",
    "netflix.com",
    "api.netflix.com.example.org",
    "xapi.netflix.com",
    "cdn-.nflximg.com",
    "cdn-0.nflximg.com.example.org",
    "127.0.0.1",
    "constructor",
)
MORE_PICTURES = ("cdn-17.nflximg.com", "cdn-a.nflximg.com")


def proxies(script: str, hosts: tuple[str, ...]) -> dict[str, str]:
    """What a proxy configuration answers for each host, by the JavaScript of Node."""
    if shutil.which("node") is None:
        pytest.skip("no Node on this machine")
    asked = f"({json.dumps(hosts)}).map((one) => [one, FindProxyForURL(`http://${{one}}/`, one)])"
    ended = subprocess.run(
        ["node", "-e", f"{script}; console.log(JSON.stringify({asked}))"], capture_output=True, text=True, check=True
    )
    return dict(json.loads(ended.stdout))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def url(authority: Authority) -> Iterator[str]:
    with running(build_app(Sandbox(a_world()), authority=lambda: authority)) as address:
        yield address


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def test_the_certificate_is_that_of_the_authority_and_no_key_is_with_it(url, http, authority):
    answer = http.get(f"{url}/_mock/ca.pem")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-pem-file")
    assert answer.content == authority.certificate
    assert "KEY" not in answer.text
    trusted = ssl.create_default_context(cadata=answer.text).get_ca_certs()
    assert [dict(part[0] for part in one["subject"])["organizationName"] for one in trusted] == [
        "mock-netflix, of this machine alone"
    ]


def test_it_is_for_every_name_and_not_for_pages_of_other_sites(url, http):
    elsewhere = {"Host": "mock.example.org:2008"}
    assert http.get(f"{url}/_mock/ca.pem", headers=elsewhere).status_code == 200
    assert http.get(f"{url}/_mock/ca.pem", headers={"Origin": "http://evil.example"}).status_code == 403
    assert http.head(f"{url}/_mock/ca.pem").headers["content-type"] == "application/x-pem-file"


def test_a_server_without_https_says_that_there_is_none(mock):
    answer = mock.http.get(f"{mock.url}/_mock/ca.pem")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["detail"] == "This server speaks no https, so there is no certificate to trust."
    assert "ca.pem" not in mock.http.get(f"{mock.url}/_mock/").text


def test_a_server_without_the_libraries_says_what_to_install(http, monkeypatch):
    monkeypatch.setitem(sys.modules, "trustme", None)
    with running(build_app(Sandbox(a_world()), authority=Authority)) as address:
        answer = http.get(f"{address}/_mock/ca.pem")
    assert answer.status_code == 404
    assert "pip install 'mock-netflix[tls]'" in answer.json()["detail"]


def test_the_configuration_leads_the_hosts_of_the_service_here_and_nothing_else(url, http):
    answer = http.get(f"{url}/_mock/proxy.pac")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/x-ns-proxy-autoconfig")
    here = f"PROXY {url.removeprefix('http://')}"
    told = proxies(answer.text, (*HOSTS, *MORE_PICTURES, *OTHERS, "API.netflix.com"))
    assert told == {one: here if role_of(one.lower()) else "DIRECT" for one in told}
    assert {told[one] for one in OTHERS} == {"DIRECT"}


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("localhost:2008", "localhost:2008"),
        ("localhost", "localhost:80"),
        ("[::1]", "[::1]:80"),
        ("[::1]:2008", "[::1]:2008"),
        ("mock", "mock:80"),
        ("api.netflix.com", "{server}"),
        ('"+alert(1)+"', "{server}"),
    ],
)
def test_it_leads_to_where_it_was_asked_for(url, http, host, reached):
    """A name that leads here by the proxy alone, and what is no name, are no place for a proxy."""
    script = http.get(f"{url}/_mock/proxy.pac", headers={"Host": host}).text
    assert f'"PROXY {reached.format(server=url.removeprefix("http://"))}"' in script
    assert "alert" not in script


def test_asked_by_https_it_says_that_the_proxy_is_elsewhere():
    with MockNetflix(tls=True) as netflix:
        trusting = ssl.create_default_context(cadata=netflix.certificate)
        with httpx.Client(trust_env=False, verify=trusting) as client:
            answers = [client.get(f"{url}/_mock/proxy.pac") for url in (netflix.url, netflix.secure_url)]
            assert client.get(f"{netflix.secure_url}/_mock/ca.pem").text == netflix.certificate
    assert [answer.status_code for answer in answers] == [200, 409]
    assert "ask for this by http" in answers[1].json()["detail"]


def test_the_page_for_people_leads_to_both(url, http):
    page = http.get(f"{url}/_mock/").text
    assert 'href="/_mock/ca.pem"' in page
    assert 'href="/_mock/proxy.pac"' in page

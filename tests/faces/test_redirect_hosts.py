"""`redirect_hosts()`: clients that have the hosts of the service built in reach the mock, by http and by https."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import aiohttp
import httpx
import pytest
import requests
from requests_oauthlib import OAuth1Session

from mock_netflix import MockNetflix, MockNetflixError, World, create_app
from mock_netflix.wire.hosts import HOSTS
from tests.faces.redirected import CLIENTS, LOOPS, by_httpx, by_requests

API = "http://api.netflix.com"
SECURE_API = "https://api.netflix.com"


def current(world: World, host: str = API) -> str:
    """An address of the ready subscriber, with the real host in its signature."""
    return world.sign("GET", f"{host}/users/current").url


@pytest.mark.parametrize("host", ["http://api.netflix.com", "https://api-public.netflix.com"])
@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_reaches_the_mock_under_the_real_names(mock_netflix: World, client: str, host: str) -> None:
    url = current(mock_netflix, host)
    with mock_netflix.redirect_hosts():
        status, text = CLIENTS[client](url)
    assert status == 200
    assert f"{host.replace('https', 'http')}/users/{mock_netflix.subscriber.user_id}" in text
    assert mock_netflix.requests.last is not None
    # Some clients write the address anew, with fewer escapes.
    assert unquote(mock_netflix.requests.last.url) == unquote(url)


@pytest.mark.parametrize("host", [*HOSTS, "cdn-99.nflximg.com", "API.Netflix.com", "api.netflix.com."])
def test_every_host_of_the_service_leads_to_the_mock(mock_netflix: World, host: str) -> None:
    with mock_netflix.redirect_hosts(), requests.Session() as client:
        for scheme in ("http", "https"):
            client.get(f"{scheme}://{host}/oauth/clock/time", headers={"Host": "api.netflix.com"})
    assert len(mock_netflix.requests.filter("/oauth/clock/time")) == 2


def test_a_client_signs_in_and_asks_with_the_hosts_of_the_documentation(mock_netflix: World) -> None:
    application, subscriber = mock_netflix.application, mock_netflix.subscriber
    with (
        mock_netflix.redirect_hosts(),
        OAuth1Session(application.key, application.secret, callback_uri="oob") as client,
    ):
        client.fetch_request_token(f"{API}/oauth/request_token")
        page = client.authorization_url("https://api-user.netflix.com/oauth/login", oauth_consumer_key=application.key)
        form = {"login": subscriber.login, "password": subscriber.password, "accept_tos": "true", "output": "pox"}
        verifier = requests.post(page, params=form).headers["X-Mock-Netflix-Verifier"]
        access = client.fetch_access_token(f"{API}/oauth/access_token", verifier=verifier)
        answer = client.get(f"{API}/users/{access['user_id']}/queues/disc")
    assert access["user_id"] == subscriber.user_id
    assert f"{API}/users/{subscriber.user_id}/queues/disc" in answer.text


def test_links_in_answers_lead_on_by_themselves(mock_netflix: World) -> None:
    with mock_netflix.redirect_hosts(), httpx.Client() as client:
        asked = mock_netflix.sign("GET", f"{API}/catalog/titles", params={"term": "casablanca", "output": "json"})
        title = client.get(asked.url).json()["catalog_titles"]["catalog_title"]
        title = title[0] if isinstance(title, list) else title
        assert title["id"].startswith(f"{API}/catalog/titles/movies/")
        assert client.get(mock_netflix.sign("GET", title["id"]).url).status_code == 200
        assert client.get(title["box_art"]["small"]).headers["content-type"] == "image/jpeg"


def test_an_application_that_does_not_serve_is_reached_too() -> None:
    app = create_app()
    with app.redirect_hosts():
        assert by_requests(current(app))[0] == 200
    assert app.url == "http://localhost"


def test_a_mock_is_reached_before_between_and_after_it_serves() -> None:
    netflix = MockNetflix()
    with netflix.redirect_hosts():
        statuses = [by_httpx(current(netflix))[0]]
        with netflix:
            statuses.append(by_httpx(current(netflix))[0])
        statuses.append(by_httpx(current(netflix))[0])
    assert statuses == [200, 200, 200]


def test_whose_a_request_is_its_consumer_key_says(mock_netflix: World) -> None:
    other = mock_netflix.world()
    with mock_netflix.redirect_hosts():
        by_requests(current(other))
    with other.redirect_hosts():
        by_requests(current(mock_netflix))
    assert (len(mock_netflix.requests), len(other.requests)) == (1, 1)


def test_a_function_can_be_decorated_and_called_again(mock_netflix: World) -> None:
    @mock_netflix.redirect_hosts()
    def ask(host: str) -> int:
        """Asks."""
        return by_requests(current(mock_netflix, host))[0]

    assert [ask(API), ask(host=SECURE_API)] == [200, 200]
    assert (ask.__name__, ask.__doc__) == ("ask", "Asks.")


def test_an_async_function_is_in_the_block_to_its_end(mock_netflix: World) -> None:
    @mock_netflix.redirect_hosts()
    async def ask() -> int:
        await asyncio.sleep(0)
        async with httpx.AsyncClient() as client:
            return (await client.get(current(mock_netflix))).status_code

    assert asyncio.run(ask()) == 200


def test_a_generator_which_would_run_after_the_block_is_not_decorated(mock_netflix: World) -> None:
    def numbers() -> Iterator[int]:
        yield 1

    with pytest.raises(MockNetflixError, match="cannot decorate the generator numbers; write `with` in it"):
        mock_netflix.redirect_hosts()(numbers)


@pytest.mark.parametrize("loop", LOOPS)
def test_a_block_in_async_code_serves_many_at_once(mock_netflix: World, loop: str) -> None:
    async def ask() -> list[int]:
        with mock_netflix.redirect_hosts():
            async with httpx.AsyncClient() as client:
                asked = (client.get(current(mock_netflix, host)) for host in (API, SECURE_API) * 4)
                return [answer.status_code for answer in await asyncio.gather(*asked)]

    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        assert runner.run(ask()) == [200] * 8


@pytest.mark.parametrize("loop", LOOPS)
def test_an_address_that_a_client_remembers_is_good_in_the_next_block(mock_netflix: World, loop: str) -> None:
    """aiohttp remembers for ten seconds what it looked up."""

    async def ask() -> list[int]:
        statuses = []
        async with aiohttp.ClientSession() as client:
            for _ in range(2):
                with mock_netflix.redirect_hosts():
                    async with client.get(current(mock_netflix)) as answer:
                        statuses.append(answer.status)
        return statuses

    with asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        assert runner.run(ask()) == [200, 200]


def test_eight_threads_ask_in_one_block(mock_netflix: World) -> None:
    def ask(host: str) -> int:
        return by_requests(current(mock_netflix, host))[0]

    with mock_netflix.redirect_hosts(), ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, (API, SECURE_API) * 8)) == [200] * 16


def test_eight_threads_have_blocks_of_their_own_at_once(mock_netflix: World) -> None:
    meeting = threading.Barrier(8)

    def ask(host: str) -> int:
        meeting.wait()
        with mock_netflix.redirect_hosts():
            return by_requests(current(mock_netflix, host))[0]

    before = socket.getaddrinfo
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, (API, SECURE_API) * 8)) == [200] * 16
    assert socket.getaddrinfo is before


@pytest.mark.parametrize("family", [socket.AF_UNSPEC, socket.AF_INET])
@pytest.mark.parametrize("given", ["api.netflix.com", b"api.netflix.com", bytearray(b"API.netflix.com")])
def test_a_name_is_looked_up_in_every_form(mock_netflix: World, given: str, family: int) -> None:
    with mock_netflix.redirect_hosts():
        found = socket.getaddrinfo(host=given, port="https", family=family, type=socket.SOCK_STREAM)
        assert found == socket.getaddrinfo("api-user.netflix.com", 443, type=socket.SOCK_STREAM)
        assert socket.gethostbyname("api.netflix.com") == found[0][4][0]
        assert socket.gethostbyname_ex("api.netflix.com")[2] == [found[0][4][0]]


def test_the_service_has_no_address_of_the_sixth_version(mock_netflix: World) -> None:
    with mock_netflix.redirect_hosts(), pytest.raises(socket.gaierror):
        socket.getaddrinfo("api.netflix.com", 80, socket.AF_INET6)


@pytest.mark.parametrize("address", ["api.netflix.com", "::ffff:233.252.0.80"])
def test_a_socket_of_the_sixth_version_is_led_to_the_mock_too(mock_netflix: World, address: str) -> None:
    with mock_netflix.redirect_hosts(), socket.socket(socket.AF_INET6) as client:
        client.connect((address, 80, 0, 0))
        client.sendall(f"GET {current(mock_netflix)} HTTP/1.0\r\n\r\n".encode())
        assert client.recv(15).endswith(b"200 OK")


def test_who_connects_by_code_gets_one(mock_netflix: World) -> None:
    with mock_netflix.redirect_hosts(), socket.socket() as client:
        assert client.connect_ex(("api.netflix.com", 80)) == 0


@pytest.mark.parametrize("bad", [("api.netflix.com",), "api.netflix.com", ("api.netflix.com", "x"), ()])
def test_what_is_no_address_is_refused_by_the_socket(mock_netflix: World, bad: tuple[object, ...]) -> None:
    with mock_netflix.redirect_hosts(), socket.socket() as client, pytest.raises(TypeError):
        client.connect(bad)  # type: ignore[arg-type]


def test_the_context_of_a_client_stays_as_it_is_whatever_it_trusts(mock_netflix: World) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    assert context.get_ca_certs() == []
    with mock_netflix.redirect_hosts(), httpx.Client(verify=context) as client:
        assert client.get(current(mock_netflix, SECURE_API)).status_code == 200
    assert (context.get_ca_certs(), context.verify_mode) == ([], ssl.CERT_REQUIRED)


def test_who_does_not_verify_is_served_too(mock_netflix: World) -> None:
    with mock_netflix.redirect_hosts(), httpx.Client(verify=False) as client:
        assert client.get(current(mock_netflix, SECURE_API)).status_code == 200


def test_what_a_client_wants_of_the_protocol_it_gets(mock_netflix: World) -> None:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with (
        mock_netflix.redirect_hosts(),
        socket.create_connection(("api.netflix.com", 443)) as plain,
        context.wrap_socket(plain, server_hostname="api.netflix.com") as client,
    ):
        assert client.context.minimum_version == ssl.TLSVersion.TLSv1_3
        assert client.context is not context


def test_a_name_that_the_mock_does_not_stand_for_is_not_verified(mock_netflix: World) -> None:
    context = ssl.create_default_context()
    with (
        mock_netflix.redirect_hosts(),
        socket.create_connection(("api.netflix.com", 443)) as plain,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        context.wrap_socket(plain, server_hostname="api.example.com")


# In a program of its own, where the library of certificates is not found.
WITHOUT_TLS = """
import sys
sys.modules["trustme"] = None
import urllib.request
from mock_netflix import create_app
app = create_app()
url = lambda scheme: app.sign("GET", f"{scheme}://api.netflix.com/users/current").url
with app.redirect_hosts():
    print(urllib.request.urlopen(url("http")).status)
    try:
        urllib.request.urlopen(url("https"))
    except Exception as error:
        print(type(error).__name__, error)
"""


def test_without_the_extra_http_works_and_https_says_what_to_install() -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT_TLS], capture_output=True, text=True, check=False, timeout=60)
    assert run.stdout.splitlines() == [
        "200",
        "NoTlsError https wants the extra tls; install it with pip install 'mock-netflix[tls]'",
    ], run.stderr


# In a program without the threads of a run of tests.
FORKED = """
import os
import urllib.request
from mock_netflix import MockNetflix
netflix = MockNetflix()
with netflix.redirect_hosts():
    for scheme in ("http", "https"):
        url = netflix.sign("GET", f"{scheme}://api.netflix.com/users/current").url
        child = os.fork()
        if child == 0:
            os._exit(urllib.request.urlopen(url).status - 200)
        print(os.waitpid(child, 0)[1], len(netflix.requests))
"""


def test_a_child_that_was_forked_in_the_block_asks_the_mock_of_its_parent() -> None:
    command = [sys.executable, "-W", "ignore:.*fork:DeprecationWarning", "-c", FORKED]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.stdout.splitlines() == ["0 1", "0 2"], run.stderr


def test_a_child_with_the_variables_of_the_mock_finds_it_whatever_the_block_says_of_proxies(
    mock_netflix: World,
) -> None:
    ask = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).status)"
    with mock_netflix.redirect_hosts():
        command = [sys.executable, "-c", ask, current(mock_netflix, SECURE_API)]
        variables = {**os.environ, **mock_netflix.environment()}
        run = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=60)
    assert run.stdout == "200\n", run.stderr


@pytest.mark.parametrize("loop", LOOPS)
def test_a_client_that_asks_a_name_server_by_itself_is_led_to_the_mock(mock_netflix: World, loop: str) -> None:
    """aiohttp does so where aiodns is installed."""
    pytest.importorskip("aiodns")

    async def ask() -> list[int]:
        statuses = []
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(resolver=aiohttp.AsyncResolver())) as client:
            for host in (API, SECURE_API):
                async with client.get(current(mock_netflix, host)) as answer:
                    statuses.append(answer.status)
        return statuses

    with mock_netflix.redirect_hosts(), asyncio.Runner(loop_factory=LOOPS[loop]) as runner:
        assert runner.run(ask()) == [200, 200]

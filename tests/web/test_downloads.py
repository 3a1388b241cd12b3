"""The files of the whole catalogue over the wire: the redirect, ranges, tags, old clients, slow ones, and none left."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.parsers import expat

import httpx
import pytest
from authlib.integrations.requests_client import OAuth1Session as SignsAgain
from requests_oauthlib import OAuth1Session

from mock_netflix.calendar import REMOVALS, Calendar
from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from mock_netflix.world.grants import register
from mock_netflix.world.rules import changed
from tests.clients import wire
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.resources.lantern import LANTERN
from tests.worlds import a_movie, a_world

FILES = ("index", "full", "streaming", "dvd")
CLOSE = "Connection: close"
# Far more than the sockets between a server and a client hold.
MANY = 3000


@pytest.fixture(scope="module")
def whole() -> Iterator[Mock]:
    """A mock whose files are read to their end by every test, and its catalogue of some megabytes."""
    sandbox = Sandbox(a_world(*(a_movie(70_000_000 + number, f"Lantern {number}") for number in range(MANY))))
    with running(build_app(sandbox)) as url, httpx.Client(trust_env=False, timeout=30) as http:
        yield Mock(url, sandbox, http)


@pytest.fixture
def large() -> Iterator[Mock]:
    """The same catalogue in a mock of its own, where no file is written yet."""
    sandbox = Sandbox(a_world(*(a_movie(70_000_000 + number, f"Lantern {number}") for number in range(MANY))))
    with running(build_app(sandbox)) as url, httpx.Client(trust_env=False, timeout=30) as http:
        yield Mock(url, sandbox, http)


def address(mock: Mock, name: str = "full") -> str:
    """Where a file lies."""
    return mock.get_as_application(f"/catalog/titles/{name}", v="1.5").headers["location"]


def plain(mock: Mock, url: str, **headers: str) -> httpx.Response:
    """The file as it is, not packed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return mock.http.get(url, headers={"Accept-Encoding": "identity", **named})


def opened(mock: Mock, url: str, *headers: str) -> socket.socket:
    """A connection that has asked for a file, and reads nothing yet."""
    parts = urlsplit(url)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    connection.sendall(wire.request(f"{parts.path}?{parts.query}", f"Host: {parts.netloc}", *headers))
    return connection


def titles_in(content: bytes) -> int:
    """How many items a file has, counted by a parser that reads it as it comes. It is well-formed."""
    depth, found = 0, 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, found
        found += depth == 1
        depth += 1

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    for start in range(0, len(content), 65_536):
        parser.Parse(content[start : start + 65_536])
    parser.Parse(b"", True)
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_signed_call_leads_to_the_file_which_needs_no_signature(mock, name):
    """reference: resources 2.3."""
    answer = mock.get_as_application(f"/catalog/titles/{name}")
    location = answer.headers["location"]
    assert (answer.status_code, answer.content, location.startswith(f"{mock.url}/catalog/files/")) == (302, b"", True)
    assert "oauth_signature" not in location
    file = mock.http.get(location)
    assert file.headers["content-type"] == "application/xml;charset=UTF-8"
    assert ElementTree.fromstring(file.content).tag in ("catalog_title_index", "catalog_titles")


def test_a_client_that_sends_its_authorization_along_is_answered(mock):
    """It is the signature of another address; curl and Python send it along."""
    url = address(mock)
    told = 'OAuth oauth_consumer_key="x", oauth_signature="y", oauth_token="z"'
    assert mock.http.get(url, headers={"Authorization": told}).content == mock.http.get(url).content


def test_libraries_follow_whether_they_sign_again_or_not(mock):
    key, secret = mock.application.key, mock.application.secret
    file = mock.http.get(address(mock)).content
    for session in (OAuth1Session(key, client_secret=secret), SignsAgain(key, secret)):
        session.trust_env = False
        assert session.get(f"{mock.url}/catalog/titles/full", params={"v": "1.5"}).content == file
        session.close()


def test_a_client_of_the_real_host_is_led_to_that_host(mock):
    consumer = (mock.application.key, mock.application.secret)
    base = "http://api-public.netflix.com"
    target = signed("GET", f"{base}/catalog/titles/dvd", {}, consumer=consumer).removeprefix(base)
    location = mock.http.get(mock.url + target, headers={"Host": "api-public.netflix.com"}).headers["location"]
    assert location.startswith(f"{base}/catalog/files/dvd.xml?")
    file = mock.http.get(mock.url + location.removeprefix(base), headers={"Host": "api-public.netflix.com"})
    assert f"<id>{base}/catalog/titles/movies/" in file.text


def test_where_the_rule_is_off_the_file_itself_is_the_answer(mock):
    """For a client that follows nowhere."""
    led = mock.http.get(address(mock)).content
    mock.sandbox.state = mock.state.with_rules(changed(mock.state.rules, {"redirects_to_files": False}))
    answer = mock.get_as_application("/catalog/titles/full", v="1.5")
    assert (answer.status_code, answer.content) == (200, led)


def test_a_file_is_opened_by_its_own_token_alone(mock):
    grants, other = register(mock.state.grants, "Other")
    mock.sandbox.state = mock.state.with_grants(grants)
    full = address(mock)
    bare = full.partition("?")[0]
    for url in (
        bare,
        f"{bare}?consumer_key={mock.application.key}",
        full.replace("/full.xml", "/dvd.xml"),
        full.replace("/full.xml", "/none.xml"),
        full.replace(mock.application.key, other.key),
        full.replace(mock.application.key, "nobody"),
    ):
        answer = mock.http.get(url)
        assert (answer.status_code, "Resource not found" in answer.text) == (404, True), url
    assert mock.http.post(full).status_code == 405


def test_a_file_goes_with_its_endpoint(mock):
    urls = {name: address(mock, name) for name in FILES}
    mock.sandbox.calendar = Calendar(REMOVALS)
    assert {name: mock.http.get(url).status_code for name, url in urls.items()} == {
        "index": 404,
        "full": 404,
        "streaming": 200,
        "dvd": 200,
    }


def test_the_journal_has_both_requests(mock):
    mock.http.get(address(mock))
    told = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"]
    assert sorted((entry["endpoint"], entry["status"]) for entry in told) == [("files.full", 200), ("files.full", 302)]


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_well_formed_and_whole(name):
    """Titles of which everything is told; a streaming parser reads them."""
    sandbox = Sandbox(a_world(*(replace(LANTERN, number=70_000_000 + number) for number in range(500))))
    with running(build_app(sandbox)) as url, httpx.Client(trust_env=False, timeout=30) as http:
        assert titles_in(http.get(address(Mock(url, sandbox, http), name)).content) == 500


def test_the_second_client_gets_what_the_first_one_got_and_hears_how_long_it_is(large):
    url = address(large)
    first, second = plain(large, url), plain(large, url)
    assert titles_in(first.content) == MANY
    assert first.content == second.content
    assert int(second.headers["content-length"]) == len(second.content)
    assert first.headers["etag"] == second.headers["etag"]


RANGES = (
    ("bytes=0-0", 0, 1),
    ("bytes=1000-1999", 1000, 2000),
    ("bytes=5000000-", 5_000_000, None),
    ("bytes=-500", -500, None),
    ("Bytes = 10-999999999999", 10, None),
    ("bytes=-999999999999", 0, None),
)


@pytest.mark.parametrize(("wanted", "start", "end"), RANGES)
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_range_is_answered_with_these_bytes(whole, wanted, start, end, coding):
    """Of the file itself, whatever coding the client takes."""
    url = address(whole)
    file = plain(whole, url).content
    answer = plain(whole, url, Range=wanted, Accept_Encoding=coding)
    expected = file[start:end]
    begin = file.index(expected) if start < 0 else start
    assert (answer.status_code, answer.content) == (206, expected)
    assert answer.headers["content-range"] == f"bytes {begin}-{begin + len(expected) - 1}/{len(file)}"
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("wanted", ["bytes=5-4", "bytes=", "bytes=-", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b", "x"])
def test_what_is_no_single_range_gets_the_whole_file(whole, wanted):
    answer = plain(whole, address(whole), Range=wanted)
    assert (answer.status_code, titles_in(answer.content)) == (200, MANY)


@pytest.mark.parametrize("past", ["bytes={size}-", "bytes=999999999-", "bytes=-0"])
def test_a_range_without_a_byte_is_refused_with_the_size(whole, past):
    url = address(whole)
    size = len(plain(whole, url).content)
    answer = plain(whole, url, Range=past.format(size=size))
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{size}")


def test_a_range_of_a_file_that_is_not_written_yet_is_answered_too(large):
    url = address(large)
    answer = plain(large, url, Range="bytes=-100")
    assert (answer.status_code, answer.content) == (206, plain(large, url).content[-100:])


def test_a_range_of_another_file_gets_the_whole_one(whole):
    """RFC 9110 section 13.1.5: the tag must be the very one; a day is not sharp enough."""
    url = address(whole)
    answer = plain(whole, url)
    tag, modified = answer.headers["etag"], answer.headers["last-modified"]
    packed = whole.http.get(url).headers["etag"]
    told = {tag: 206, f"W/{tag}": 200, '"other"': 200, packed: 200, modified: 200}
    given = {header: plain(whole, url, Range="bytes=0-9", If_Range=header).status_code for header in told}
    assert given == told


def test_what_the_client_has_is_not_sent_again(large):
    """Nor written: the tag is known before."""
    url = address(large)
    head = large.http.head(url)
    for tag in (head.headers["etag"], "*"):
        answer = large.http.get(url, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b"")
    assert large.http.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_files_and_their_codings_have_tags_of_their_own(whole):
    tags = {plain(whole, address(whole, name)).headers["etag"] for name in FILES}
    tags |= {whole.http.get(address(whole, name)).headers["etag"] for name in FILES}
    assert len(tags) == 2 * len(FILES)


def test_head_tells_the_length_and_the_day(large):
    url = address(large)
    head = large.http.head(url, headers={"Accept-Encoding": "identity"})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(plain(large, url).content)
    assert head.headers["last-modified"] == "Wed, 01 Jun 2011 00:00:00 GMT"


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_client_of_http_1_0_hears_the_length_and_gets_no_chunks(large, coding):
    """client-demands 19."""
    url = address(large)
    with opened(large, url) as connection:
        connection.recv(1)
    parts = urlsplit(url)
    lines = (f"Host: {parts.netloc}", f"Accept-Encoding: {coding}")
    answer = wire.sent(large.url, wire.request(f"{parts.path}?{parts.query}", *lines, version="1.0"))
    assert answer.headers["transfer-encoding"] is None
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert titles_in(answer.content) == MANY


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed on this machine")
class TestCurl:
    """The clients on record fetch with curl (reference: resources 2.3)."""

    def curl(self, mock, *options: str) -> None:
        url = signed(
            "GET",
            f"{mock.url}/catalog/titles/index",
            {"include_amg": "true"},
            consumer=(mock.application.key, mock.application.secret),
        )
        subprocess.run(["curl", "-sS", "--fail", "--location", *options, url], check=True, timeout=60)

    def test_it_follows_and_unpacks(self, whole, tmp_path):
        file = tmp_path / "index.xml"
        self.curl(whole, "--compressed", "-o", str(file))
        assert titles_in(file.read_bytes()) == MANY

    @pytest.mark.parametrize("options", [(), ("--compressed",)])
    def test_it_goes_on_where_it_was_broken_off(self, whole, tmp_path, options):
        """Signed anew, and led to the same file."""
        file = tmp_path / "index.xml"
        self.curl(whole, "-o", str(file))
        all_of_it = file.read_bytes()
        file.write_bytes(all_of_it[:1_234_567])
        self.curl(whole, *options, "-C", "-", "-o", str(file))
        assert file.read_bytes() == all_of_it


def test_a_client_that_reads_nothing_holds_up_nobody(large):
    url = address(large)
    with opened(large, url), opened(large, url, "Accept-Encoding: gzip"), opened(large, url, "Range: bytes=9-"):
        for number in range(20):
            assert large.get_as_application(f"/catalog/titles/movies/{70_000_000 + number}").status_code == 200
        assert titles_in(large.http.get(url).content) == MANY


def test_a_client_that_hangs_up_is_soon_forgotten(large):
    """Its entry in the journal is written, and another client goes on with the file."""
    url = address(large)
    with opened(large, url) as connection:
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
    for _ in range(10_000):
        large.http.get(f"{large.url}/_mock/health")
        if any(entry.target.startswith("/catalog/files/") for entry in large.sandbox.journal.entries()):
            break
    entry = next(one for one in large.sandbox.journal.entries() if one.target.startswith("/catalog/files/"))
    assert (entry.status, entry.endpoint) == (200, "files.full")
    assert titles_in(large.http.get(url).content) == MANY


def test_a_file_does_not_change_while_it_is_read(large):
    """Whatever becomes of the world: the client reads the one that it asked for to its end."""
    url = address(large)
    with opened(large, url, CLOSE) as connection:
        begun = connection.recv(1024)
        state = large.sandbox.state
        large.sandbox.state = replace(state, catalogue=a_world(a_movie(7, "Another World")).catalogue)
        assert titles_in(large.http.get(url).content) == 1
        received = [begun]
        while piece := connection.recv(1 << 20):
            received.append(piece)
    # A chunk may end in the middle of a tag.
    assert re.sub(rb"\r\n[0-9a-f]+\r\n", b"", b"".join(received)).count(b"<catalog_title>") == MANY


@pytest.mark.slow
def test_a_hundred_thousand_titles_are_well_formed():
    """Takes some seconds: most of them are for writing the file the first time."""
    bare = a_movie(cast=(), directors=(), genres=("Dramas",), formats=())
    movies = (replace(bare, number=10_000_000 + number) for number in range(100_000))
    sandbox = Sandbox(a_world(*movies))
    with running(build_app(sandbox)) as url, httpx.Client(trust_env=False, timeout=60) as http:
        assert titles_in(http.get(address(Mock(url, sandbox, http), "index")).content) == 100_000

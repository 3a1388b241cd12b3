"""`mock-netflix curl`: whatever curl's options make of the request, the signature that goes with it holds."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_netflix.cli import cli
from mock_netflix.cli.curl_request import manual, options_of
from tests.faces.commands import refused, run, stranger

pytestmark = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")

QUIET = ("-sS", "-o", os.devnull, "-w", "%{http_code}")
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture
def curl(mock, capfd, tmp_path, monkeypatch):
    """Runs the command in this process, in a folder with a few files, and gives the status of the answer.

    curl writes past this process, so its output is caught at the file descriptor.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    Path("lines.txt").write_bytes(b"term=a\r\n%20b\n&x=1\n")
    Path("value").write_bytes("\u00e9 &\n=".encode())
    Path("headers").write_text("X-One: 1\nContent-Type: text/plain\n")

    def status(path: str, *options: str, ours: tuple[str, ...] = (), stdin: bytes | None = None) -> str:
        words = ["curl", "--base-url", mock.url, *ours, path, *QUIET, *options]
        ended = CliRunner().invoke(cli, words, input=stdin, catch_exceptions=False)
        shown = capfd.readouterr()
        assert (ended.exit_code, ended.output, shown.err) == (0, "", "")
        return shown.out

    return status


# Options, the verb that arrives, and the status: 405 comes after the signature was accepted, 401 when it was not.
OPTIONS = [
    ("", "GET", "200"),
    ("-i", "GET", "200"),
    ("-I", "HEAD", "200"),
    ("--head --compressed", "HEAD", "200"),
    ("-X PUT", "PUT", "405"),
    ("-XDELETE", "DELETE", "405"),
    ("-iX PUT", "PUT", "405"),
    ("-sSiXPOST", "POST", "405"),
    ("--request DELETE -d a=b", "DELETE", "405"),
    ("-X GET -d a=b", "GET", "200"),
    ("-d a=b", "POST", "405"),
    ("-da=b -dc", "POST", "405"),
    ("--data 'a=b c&d=%26+' --data-ascii e=\u00e9", "POST", "405"),
    ("-d ''", "POST", "405"),
    ("-d @lines.txt -d z=1", "POST", "405"),
    ("--data-binary @lines.txt", "POST", "405"),
    ("--data-raw @lines.txt", "POST", "405"),
    ("--data-urlencode 'a b&c=d'", "POST", "405"),
    ("--data-urlencode just~this", "POST", "405"),
    ("--data-urlencode '=a=b@c'", "POST", "405"),
    ("--data-urlencode 'n&m=a b+\u00e9'", "POST", "405"),
    ("--data-urlencode @value", "POST", "405"),
    ("--data-urlencode n@value", "POST", "405"),
    ("--data-urlencode n@value=1", "POST", "405"),
    ("-G -d term=a%20b --data-urlencode 'x=\u00e9 &'", "GET", "200"),
    ("-G -d 'term=a#b'", "GET", "200"),
    ("-GI -d term=a", "HEAD", "200"),
    ("-G -X POST -d term=a", "POST", "405"),
    ("--get", "GET", "200"),
    ("--json '{\"a\": 1}'", "POST", "405"),
    ("-F a=b -F c=@value", "POST", "405"),
    ("--form-string a=@b", "POST", "405"),
    ("-T value", "PUT", "405"),
    (f"-T lines.txt -H '{FORM}'", "PUT", "405"),
    ("-d '<a>&b=c</a>' -H 'Content-Type: application/xml'", "POST", "405"),
    ("-d a=b -H content-type:", "POST", "405"),
    ("-d a=b -H 'Content-Type;'", "POST", "405"),
    (f"-d a=b -H '{FORM}; charset=utf-8'", "POST", "405"),
    (f"-d a=b -H '{FORM.upper()}' -H 'Content-Type: text/plain'", "POST", "405"),
    ("-d a=b -H @headers", "POST", "405"),
    ("-H 'Host: api.netflix.com'", "GET", "200"),
    ("-H Host:", "GET", "200"),
    ("--user-agent -d --referer -X", "GET", "200"),
    ("-A-d -e -G -d x=1", "POST", "405"),
    ("-q", "GET", "200"),
    ("-0", "GET", "200"),
]


def has(option: str) -> bool:
    """Whether the curl of this machine has an option, as 7.88 does."""
    told = subprocess.run(["curl", "--help", "all"], capture_output=True, text=True, check=False).stdout
    return f"--{option} " in told


@pytest.mark.parametrize(("options", "verb", "status"), OPTIONS)
def test_the_signature_holds_whatever_the_options_are(mock, curl, options, verb, status):
    if "--json" in options and not has("json"):
        pytest.skip("this curl has no --json")
    assert curl("/users/@me", *shlex.split(options)) == status
    assert mock.sandbox.journal.entries()[-1].verb == verb


@pytest.mark.parametrize("options", ["term=\u00e9 b", "+term=a&x=%41", "term@value", "=a b"])
def test_what_is_put_into_the_query_is_signed(curl, options):
    if not has("url-query"):
        pytest.skip("this curl has no --url-query")
    assert curl("/users/@me?a=b", "--url-query", options) == "200"
    assert curl("/users/@me", "--url-query", options, "-d", "a=b") == "405"


@pytest.mark.parametrize(
    "path",
    [
        "/catalog/titles?term=it's \u00e9 [x]{y} a+b%20c~*|\"",
        "/catalog/titles?term=100%",
        "/catalog/titles/?term=a#b",
        "/users/@me?x=a/../b",
    ],
)
def test_any_path_can_be_asked(curl, path):
    assert curl(path) == "200"


def test_a_path_with_dots_is_asked_as_it_is_written(mock, curl):
    assert curl("/users/../x") == "404"
    assert mock.sandbox.journal.entries()[-1].target == "/users/../x"


def test_an_upload_to_a_folder_goes_to_the_file_in_it(mock, curl):
    assert curl("/users/", "-T", "value") == "405"
    assert mock.sandbox.journal.entries()[-1].target == "/users/value"


@pytest.mark.parametrize("options", [("-d", "@-"), ("--data-urlencode", "a@-"), ("-T", "-", "-H", FORM)])
def test_what_comes_on_standard_input_is_signed_and_sent(curl, options):
    assert curl("/users/@me", *options, stdin="a=\u00e9".encode()) == "405"


def test_a_body_changes_the_world(mock, curl):
    ref = "title_ref=http://api.netflix.com/catalog/titles/movies/70010010"
    assert curl("/users/@me/queues/disc", "--data-urlencode", ref, "-d", "position=1") == "201"


@pytest.mark.parametrize("option", ["--as-application", "--no-token"])
def test_the_application_may_ask_alone(curl, option):
    assert curl("/catalog/titles", ours=(option,)) == "200"
    assert curl("/users/@me", ours=(option,)) == "400"


def test_keys_can_be_given(mock, curl):
    token, secret = mock.state.access_token.token, mock.state.access_token.secret
    key = ("--consumer-key", mock.application.key, "--consumer-secret", mock.application.secret)
    assert curl("/users/@me", ours=(*key, "--token", token, "--token-secret", secret)) == "200"
    assert curl("/users/@me", ours=("--token", token)) == "200"
    assert curl("/users/@me", ours=("--consumer-secret", "wrong")) == "401"
    assert curl("/users/@me", "-d", "a=b", ours=("--consumer-secret", "wrong")) == "401"


def test_a_client_without_a_token_asks_for_one(mock, curl):
    assert curl("/oauth/request_token") == "200"
    assert curl("/oauth/request_token", "-d", "oauth_callback=http%3A%2F%2Fc%2F%3Fa%3Db%2520c") == "200"


def test_an_address_can_be_asked_through_the_mock_as_a_proxy(mock, curl):
    """The address outweighs a Host header there."""
    address = "http://api.netflix.com/users/@me"
    assert curl(address, "-x", mock.url, "-H", "Host: elsewhere.example") == "200"
    assert curl(address, "--connect-to", f"::{mock.url.removeprefix('http://')}") == "200"


def test_the_line_that_is_shown_works_when_pasted(mock):
    words = ("--show", "/users/@me?x=it's", *QUIET, "-d", "a=it's \u00e9 $x")
    line = run("curl", "--base-url", mock.url, *words).out
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("405", "")
    assert len(mock.sandbox.journal.entries()) == 1


def test_the_output_and_the_exit_status_are_those_of_curl(mock):
    ended = run("curl", "--base-url", mock.url, "/users/@me?output=json", "-sS", http_proxy="http://127.0.0.1:9")
    assert (ended.status, ended.err) == (0, "")
    assert f'"user_id":"{mock.state.subscriber.user_id}"' in ended.out.replace('": "', '":"')
    failed = run("curl", "--base-url", mock.url, "/users/nobody/nothing", "--fail", "-s")
    assert (failed.status, failed.out) == (22, "")


def test_the_line_of_the_readme_adds_a_disc_to_the_queue(mock):
    readme = Path(__file__).parents[2].joinpath("README.md").read_text()
    words = shlex.split(re.search(r"bin/mock-netflix (curl .*)", readme)[1])
    ended = run(*words, "-sS", MOCK_NETFLIX_BASE_URL=mock.url)
    assert (ended.status, ended.err) == (0, "")
    assert "<status_code>201</status_code>" in ended.out


def test_without_a_server_it_says_how_to_start_one():
    nowhere = ("--base-url", "http://127.0.0.1:9")
    said = refused("curl", *nowhere, "/users/@me")
    assert said.startswith("127.0.0.1:9 does not answer: ")
    assert said.endswith("; start one with: mock-netflix serve")
    ended = run("curl", *nowhere, "--consumer-key", "a", "--consumer-secret", "b", "--no-token", "/x", "-s")
    assert (ended.status, ended.out) == (7, "")
    assert ended.err == "mock-netflix: http://127.0.0.1:9 does not answer; start a server with: mock-netflix serve\n"


def test_a_stranger_at_the_address_is_one_clear_sentence():
    with stranger() as address:
        assert f"{address} is not a mock-netflix" in refused("curl", "--base-url", address, "/users/@me")


def test_without_curl_it_says_so(monkeypatch):
    monkeypatch.setenv("PATH", os.devnull)
    assert refused("curl", "/users/@me").startswith("curl is not installed; mock-netflix sign prints a signed URL")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-i", "/x"), "curl's options come after PATH, as in: mock-netflix curl /users/@me -i"),
        (("x",), "a path begins with /"),
        (("/x", "/y"), "/y would be a second address for curl"),
        (("/x", "--url", "/y"), "curl --url cannot be signed; the address is PATH"),
        (("/x", "-s", "--next"), "send one request at a time"),
        (("/x", "-sKfile"), "curl --config cannot be signed"),
        (("/x", "--expand-data", "{{x}}"), "write the values out"),
        (("/x", "--request-target", "/y"), "write the target as PATH"),
        (("/x", "-G", "-d", "a=b", "--url-query", "c=d"), "give one of them"),
        (("/x", "-H", "authorization: Basic x"), "this command adds the Authorization header"),
        (("/x", "-d", "@nowhere.txt"), "nowhere.txt cannot be read: No such file or directory"),
        (("/x?oauth_token=t",), "oauth_token would occur twice"),
        (("/x", "-d", "a=%FF"), "the parameter a is not UTF-8"),
        (("/x", "-d", "a=\udcff"), "not UTF-8"),
        (("/x", "-X", "GE T"), "GE T is no HTTP method"),
        (("/x", "-H", "Host: b\u00fccher.example"), "punycode"),
    ],
)
def test_what_cannot_be_signed_is_one_clear_sentence(mock, words, said):
    assert said in refused("curl", "--base-url", mock.url, *words)


def test_a_form_that_is_not_utf_8_is_one_clear_sentence(mock, tmp_path):
    latin = tmp_path / "latin"
    latin.write_bytes("a=\u00e9".encode("latin-1"))
    said = refused("curl", "--base-url", mock.url, "/x", "--data-binary", f"@{latin}")
    assert said == "the form that curl sends is not UTF-8; write it in UTF-8"


HELP = """Usage: curl [options...] <url>
 -d, --data <data>        HTTP POST data
 -:, --next               Make next URL use its separate set of options
 -x, --proxy [protocol://]host[:port] Use this proxy
     --http1.1            Use HTTP 1.1
     --socks4 <host[:port]> SOCKS4 proxy on given host + port
 -s, --silent             Silent mode
"""


def test_the_installed_curl_says_which_options_take_a_value():
    known = manual(HELP)
    assert known.short == {"d": "data", ":": "next", "x": "proxy", "s": "silent"}
    assert known.with_value == {"data", "proxy", "socks4"}


def test_options_are_read_as_curl_reads_them():
    words = ["-sd", "-s", "--data", "--next", "-xp:1", "--unknown", "-9", "-s:", "-d"]
    assert options_of(words, manual(HELP)) == [
        ("silent", ""),
        ("data", "-s"),
        ("data", "--next"),
        ("proxy", "p:1"),
        ("unknown", ""),
        ("9", ""),
        ("silent", ""),
        ("next", ""),
        ("data", ""),
    ]

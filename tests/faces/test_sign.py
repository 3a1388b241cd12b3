"""`mock-netflix sign`: the mock accepts what it prints, and a signer written from the RFC alone comes to the same."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mock_netflix.data.load import load
from mock_netflix.oauth.signing import SigningError, signed_request
from tests.clients import signer
from tests.faces.commands import called, refused, run, stranger

README = Path(__file__).parents[2].joinpath("README.md").read_text()
NOWHERE = "http://127.0.0.1:9"
OAUTH = ("--consumer-key", "key", "--consumer-secret", "s&cret", "--token", "tok", "--token-secret", "t+s")
PLACES = ("query", "header", "body")

with_curl = pytest.mark.skipif(not (shutil.which("curl") and shutil.which("bash")), reason="there is no curl or bash")

# A query as it is typed, and what the server must read.
ODD = [
    ("term=a b", [("term", "a b")]),
    ("term=a+b", [("term", "a b")]),
    ("term=a%2Bb%20c", [("term", "a+b c")]),
    ("term=Am\u00e9lie \u6620", [("term", "Am\u00e9lie \u6620")]),
    ("term=Am%C3%A9lie", [("term", "Am\u00e9lie")]),
    ("term=~*!$'()", [("term", "~*!$'()")]),
    ("term=%7e%2A%27", [("term", "~*'")]),
    ("""term=it's "q" `x` \\ """, [("term", """it's "q" `x` \\""")]),
    ("term=[a]|{b}^<c>", [("term", "[a]|{b}^<c>")]),
    ("term=100%&x=%zz%4", [("term", "100%"), ("x", "%zz%4")]),
    ("term=$(id) $HOME;!!", [("term", "$(id) $HOME;!!")]),
    ("term=&x&=y&term=2", [("term", ""), ("x", ""), ("", "y"), ("term", "2")]),
    ("term=a?b/c:d@e=f", [("term", "a?b/c:d@e=f")]),
    ("term=C%23#fragment", [("term", "C#")]),
]


def signed(*words: str, **environment: str) -> dict:
    """The members of --json."""
    return json.loads(called("sign", *words, "--json", **environment).out)


def by_rfc(method: str, told: dict, plain: list[tuple[str, str]], secrets: tuple[str, str]) -> str:
    """The signature of the independent signer for the protocol parameters that were told."""
    protocol = [(name, value) for name, value in told["oauth_parameters"].items() if name != "oauth_signature"]
    text = signer.base_string(method, told["unsigned_url"].partition("?")[0], [*protocol, *plain])
    assert text == told["base_string"]
    return signer.hmac_sha1(text, *secrets)


@given(st.text(st.characters(codec="utf-8", exclude_characters="#")), st.text(st.sampled_from("aé%4&=+ ~'[oauth_")))
@example(";", "term=x")
def test_any_text_is_signed_as_it_is_read_or_refused_in_a_sentence(text, query):
    try:
        made = signed_request("GET", f"http://example.com/{text}?{query}", consumer=("k", "s"), nonce="n", timestamp=1)
    except SigningError:
        return
    address, _, sent = made.url.partition("?")
    pairs = [pair for pair in parse_qsl(sent, keep_blank_values=True, errors="strict") if pair[0] != "oauth_signature"]
    assert made.base_string == signer.base_string("GET", address, pairs)
    assert made.signature == signer.hmac_sha1(made.base_string, "s", "")


@pytest.mark.parametrize(
    "url", ["\udcff", "http://\udcff/", "http://[]/", "http://a:b/", "http:///x", "http://@/", "", "\0"]
)
def test_what_is_no_address_is_refused_in_a_sentence(url):
    with pytest.raises(SigningError):
        signed_request("GET", url, consumer=("k", "s"), nonce="n", timestamp=1)


def answer_to(mock, told: dict) -> httpx.Response:
    """What the mock says to a request; the header is not needed where the URL is signed."""
    by_header = told["authorization"] and "oauth_signature=" not in told["url"]
    headers = {"Authorization": told["authorization"]} if by_header else {}
    if told["body"]:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    return mock.http.request(told["method"], told["url"], content=told["body"], headers=headers)


@pytest.mark.parametrize(("query", "plain"), ODD)
def test_whatever_is_typed_is_signed_as_the_server_reads_it(query, plain):
    told = signed("GET", f"http://Example.com:80/a b?{query}", *OAUTH)
    assert told["signature"] == by_rfc("GET", told, plain, ("s&cret", "t+s"))
    assert told["url"].isascii()
    read = parse_qsl(urlsplit(told["unsigned_url"]).query, keep_blank_values=True)
    assert read == plain


@with_curl
@pytest.mark.parametrize(("query", "plain"), ODD)
def test_the_curl_line_works_when_pasted_into_bash(mock, query, plain):
    line = called("sign", "GET", f"/catalog/titles?{query}", "--curl", "--base-url", mock.url).out
    assert pasted(line) == "200"
    entry = mock.sandbox.journal.entries()[-1]
    read = parse_qsl(urlsplit(entry.target).query, keep_blank_values=True)
    assert [pair for pair in read if not pair[0].startswith("oauth_")] == plain


def pasted(line: str) -> str:
    """The status that a curl line brings when bash runs it."""
    shown = line.rstrip("\n") + " --silent --output /dev/null --write-out '%{http_code}'"
    environment = {"PATH": os.environ["PATH"], "NO_PROXY": "*"}
    done = subprocess.run(["bash", "-c", shown], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@with_curl
@pytest.mark.parametrize("place", PLACES)
def test_every_place_works_when_pasted(mock, place):
    """A disc is added to the queue, its position changed; 201 says that the parameters came."""
    ref = "http://api.netflix.com/catalog/titles/movies/70010010"
    words = ("POST", "/users/@me/queues/disc", "-d", f"title_ref={ref}", "-d", "position=1", "--base-url", mock.url)
    line = called("sign", *words, "--place", place, "--curl").out
    assert pasted(line) == "201"


@with_curl
@pytest.mark.parametrize(("verb", "place", "status"), [("HEAD", "query", "200"), ("DELETE", "header", "405")])
def test_other_verbs_work_when_pasted(mock, verb, place, status):
    """405 comes after the signature was accepted."""
    line = called("sign", verb, "/users/@me", "--place", place, "--curl", "--base-url", mock.url).out
    assert pasted(line) == status
    assert mock.sandbox.journal.entries()[-1].verb == verb


@with_curl
def test_a_path_with_dots_is_asked_as_it_was_signed(mock):
    line = called("sign", "GET", "/users/./@me/../x", "--curl", "--base-url", mock.url).out
    assert pasted(line) == "404"
    assert mock.sandbox.journal.entries()[-1].target.startswith("/users/./@me/../x?")


@pytest.mark.parametrize("place", PLACES)
def test_with_json_the_whole_request_is_told(mock, place):
    data = ("-d", "title_refs=http://x/y z&1", "-d", "empty=")
    told = signed("POST", "/oauth/request_token?a=b", *data, "--place", place, "--base-url", mock.url)
    assert told["unsigned_url"] == f"{mock.url}/oauth/request_token?a=b"
    assert answer_to(mock, told).status_code == 200
    plain = [("a", "b"), ("title_refs", "http://x/y z&1"), ("empty", "")]
    assert told["signature"] == by_rfc("POST", told, plain, (mock.application.secret, ""))
    where = ("oauth_signature=" in told["url"], told["authorization"] is not None, "oauth_signature=" in told["body"])
    assert where == tuple(place == one for one in PLACES)
    assert shlex.split(told["curl"])[0] == "curl"


def test_without_a_place_json_has_a_signed_url_and_the_header_for_the_unsigned_one(mock):
    told = signed("GET", "/users/@me", "--base-url", mock.url)
    assert mock.http.get(told["url"]).status_code == 200
    by_header = mock.http.get(told["unsigned_url"], headers={"Authorization": told["authorization"]})
    assert by_header.status_code == 200


def test_without_a_place_url_header_and_curl_line_are_shown(mock):
    told = called("sign", "GET", "/users/@me", "--base-url", mock.url)
    lines = [line.strip() for line in told.out.splitlines()]
    url = next(line for line in lines if line.startswith(f"{mock.url}/users/@me?oauth_"))
    header = next(line for line in lines if line.startswith("Authorization: OAuth "))
    assert f"curl '{url}'" in lines
    assert mock.http.get(url).status_code == 200
    assert mock.http.get(f"{mock.url}/users/@me", headers=dict([header.split(": ", 1)])).status_code == 200


def test_with_a_place_just_that_is_printed(mock):
    words = ("POST", "/users/@me/queues/disc", "-d", "a=b", "--base-url", mock.url)
    url, header, body = (called("sign", *words, "--place", place).out for place in PLACES)
    assert url.startswith(f"{mock.url}/users/@me/queues/disc?oauth_")
    assert header.startswith("Authorization: OAuth oauth_")
    assert body.startswith("a=b&oauth_")
    assert [text.count("\n") for text in (url, header, body)] == [1, 1, 1]


def test_the_base_string_is_shown_with_its_parts_decoded_once(mock):
    told = called("sign", "GET", "/catalog/titles?term=a%20b", "--base-string", "--base-url", mock.url).out
    text, *parts = [line.strip() for line in told.partition("Base string:")[2].splitlines() if line.startswith("  ")]
    assert text.startswith("GET&http%3A%2F%2F")
    assert parts == [unquote(part) for part in text.split("&")]
    assert parts[2].endswith("&term=a%20b")


def test_what_is_given_of_the_protocol_is_used():
    told = signed(
        "GET",
        "http://example.com/",
        *OAUTH,
        *("--callback", "http://c/?a=b%20c&d", "--verifier", "v", "--nonce", "n", "--timestamp", "1222820000"),
        *("--realm", "Photos & more", "--place", "header"),
    )
    protocol = told["oauth_parameters"]
    assert {name: protocol[f"oauth_{name}"] for name in ("callback", "verifier", "nonce", "timestamp")} == {
        "callback": "http://c/?a=b%20c&d",
        "verifier": "v",
        "nonce": "n",
        "timestamp": "1222820000",
    }
    assert told["authorization"].startswith('OAuth realm="Photos & more", ')
    assert told["signature"] == by_rfc("GET", told, [], ("s&cret", "t+s"))


def test_a_callback_given_as_an_option_brings_a_verifier(mock):
    callback = "http://localhost/back?a=b%20c&d=%25"
    told = signed("GET", "/oauth/request_token", "--callback", callback, "--base-url", mock.url)
    assert "oauth_token" not in told["oauth_parameters"]
    assert "oauth_callback_confirmed=true" in answer_to(mock, told).text


def test_plaintext_shows_the_secrets_and_signs_nothing():
    told = signed("GET", "http://example.com/", *OAUTH, "--signature-method", "PLAINTEXT")
    assert (told["signature"], told["base_string"]) == ("s%26cret&t%2Bs", None)
    shown = called("sign", "GET", "http://a/", *OAUTH, "--signature-method", "PLAINTEXT", "--base-string").out
    assert "Base string: none" in shown


def test_a_url_that_is_signed_already_is_signed_anew(mock):
    """An old line of the terminal, too old for its timestamp, with a callback that is kept."""
    words = ("GET", "/oauth/request_token?a=b", "--callback", "http://c/?x=%26", "--base-url", mock.url)
    old = called("sign", *words, "--timestamp", "1222820000", "--place", "query").out.strip()
    assert mock.http.get(old).status_code == 401
    anew = called("sign", "GET", old, "--place", "query", "--base-url", mock.url)
    assert "The signature in the URL is replaced." in anew.err
    assert "oauth_callback_confirmed=true" in mock.http.get(anew.out.strip()).text


def test_the_keys_of_the_running_server_are_used(mock):
    ended = called("sign", "GET", "/users/@me", "--base-url", mock.url)
    assert ended.err == f"Signed with the ready ones of {mock.url}.\n"
    assert mock.state.access_token.token in ended.out


def test_without_a_server_the_keys_of_the_default_world_are_used():
    ended = called("sign", "GET", "/users/@me", "--base-url", NOWHERE)
    assert ended.err == f"Signed with the ready ones of the default world ({NOWHERE} does not answer).\n"
    assert load().access_token.token in ended.out


def test_the_secrets_of_known_keys_are_found(mock):
    """An application registered a moment ago signs without a token: the ready one is not its own."""
    key = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Another"}).json()["key"]
    alone = signed("GET", "/catalog/titles", "--consumer-key", key, "--base-url", mock.url)
    assert "oauth_token" not in alone["oauth_parameters"]
    assert answer_to(mock, alone).status_code == 200
    ready = ("--consumer-key", mock.application.key, "--token", mock.state.access_token.token)
    for base in (mock.url, NOWHERE):
        told = signed("GET", f"{mock.url}/users/@me", *ready, "--base-url", base)
        assert answer_to(mock, told).status_code == 200


def test_keys_come_from_variables_as_well(mock):
    names = ("CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN", "TOKEN_SECRET")
    environment = dict(zip((f"MOCK_NETFLIX_{name}" for name in names), OAUTH[1::2], strict=True))
    ended = called("sign", "GET", "http://example.com/", **environment)
    assert ended.err == "Signed with those given.\n"
    assert "oauth_consumer_key=key" in ended.out


@pytest.mark.parametrize("option", ["--no-token", "--as-application"])
def test_the_application_may_sign_alone(mock, option):
    told = signed("GET", "/catalog/titles", option, "--base-url", mock.url)
    assert "oauth_token" not in told["oauth_parameters"]
    assert answer_to(mock, told).status_code == 200
    assert answer_to(mock, signed("GET", "/users/@me", option, "--base-url", mock.url)).status_code == 400


def test_keys_without_their_secrets_are_one_clear_sentence():
    assert refused("sign", "GET", "/x", "--consumer-key", "k", "--base-url", NOWHERE) == (
        "nobody here knows the consumer key k; give its --consumer-secret too"
    )
    assert "give its --token-secret too" in refused("sign", "GET", "/x", "--token", "t", "--base-url", NOWHERE)
    assert "give that as --token" in refused("sign", "GET", "/x", *OAUTH[:4], "--token-secret", "s")
    assert "exclude each other" in refused("sign", "GET", "/x", *OAUTH, "--no-token")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("GET", "catalog/titles"), "a path begins with /"),
        (("GET", "ftp://example.com/"), "is no address"),
        (("GET", "http://[::1/"), "is no address"),
        (("GET", "http://example.com:99999/"), "is no address"),
        (("GET", "http://b\u00fccher.example/"), "punycode"),
        (("GET", "/x?term=%FF"), "the parameter term is not UTF-8"),
        (("GE T", "/x"), "GE T is no HTTP method"),
        (("POST", "/x", "-d", "term"), "write NAME=VALUE"),
        (("POST", "/x", "-d", "oauth_token=t"), "oauth_token would occur twice"),
        (("GET", "/x", "-d", "a=b"), "a GET has no body"),
        (("GET", "/x", "--place", "body"), "a GET has no body"),
        (("GET", "/x", "--realm", 'a"b'), "without quotation marks"),
        (("GET", "/x\udcff"), "not UTF-8"),
        (("POST", "/x", "-d", "a=\udcff"), "not UTF-8"),
        (("GET", "/x", "--nonce", "\udcff"), "not UTF-8"),
    ],
)
def test_what_cannot_be_signed_is_one_clear_sentence(words, said):
    assert said in refused("sign", *words, *OAUTH)


def test_a_stranger_at_the_address_is_not_asked_for_keys():
    with stranger() as address:
        ended = called("sign", "GET", "/x", "--base-url", address)
    assert f"the default world ({address} is not a mock-netflix)" in ended.err


def test_it_is_a_command_with_one_line_for_an_error():
    ended = run("sign", "GET", "http://[")
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith("mock-netflix: http://[ is no address")


def test_the_line_of_the_readme_prints_a_signed_url(mock):
    words = shlex.split(re.search(r"mock-netflix (sign [^`]*)`", README)[1])
    url = called(*words, "--place", "query", MOCK_NETFLIX_BASE_URL=mock.url).out.strip()
    assert mock.http.get(url).status_code == 200

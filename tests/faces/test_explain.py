"""`mock-netflix explain`: what a person with a failing client is told, of what is pasted and of a running server."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mock_netflix.cli import cli
from mock_netflix.cli.explain import every_mistake
from mock_netflix.world.grants import feed_token_of, issue_access_token, register
from tests.clients import signer
from tests.faces.commands import called, refused, run
from tests.faces.explaining import (
    ADDRESS,
    CONSUMER,
    NARROW,
    NOWHERE,
    STATE,
    TOKEN,
    base_of,
    cause,
    no,
    said,
    signed,
    told,
    with_secret,
    without_token_secret,
)

MISTAKES = Path(__file__).parents[2].joinpath("docs/mistakes.md").read_text()


# A pasted address.


@pytest.mark.parametrize("around", ["{}", "'{}'", " {}\n", "GET {}", "GET {} HTTP/1.1", "“{}”"])
def test_a_right_signature_holds_and_its_base_string_is_shown(around):
    url = signed([("term", "a b")])
    text = said(around.format(url))
    assert text.startswith(f"GET {ADDRESS}\n\nThe signature is right.\n")
    assert told(around.format(url))["holds"] is True
    assert "    term=a%20b\n" in text
    assert text.endswith(f"  {base_of(url)}\n")


def test_an_address_that_was_broken_by_the_terminal_is_joined():
    url = signed([("term", "love")])
    assert told(f"{url[:60]}\n  {url[60:100]}\r\n{url[100:]}")["holds"]


def test_the_cause_and_what_to_do_come_first():
    lines = said(without_token_secret(signed())).splitlines()
    assert lines[2].startswith("token-secret-omitted (RFC 5849 section 3.4.2)")
    assert lines[3] == "  The token secret is missing from the key."
    assert lines[4].startswith("  To do: The request carries oauth_token")


def test_of_a_found_mistake_what_was_signed_is_laid_beside_what_is_right():
    right = base_of(signed([("term", "a b")]))
    url = signed([("term", "a b")], timestamp=re.search(r"timestamp%3D(\d+)", right)[1])
    plus = base_of(url).replace("a%2520b", "a%2Bb")
    lines = said(url.rpartition("=")[0] + "=" + signer.encode(with_secret(plus))).splitlines()
    assert lines[2].startswith("space-as-plus")
    one, other = (next(line for line in lines if line.startswith(f"    {label} ")) for label in ("signed", "right"))
    mark = lines[lines.index(other) + 1]
    assert (one.split()[1], other.split()[1]) == ("term=a+b", "term=a%20b")
    assert (one[mark.index("^")], other[mark.index("^")]) == ("+", "%")
    assert '"+" stands where "%20" should.' in " ".join(" ".join(lines).split())


def test_an_old_timestamp_is_noted_and_nothing_else_is_wrong():
    """A server would refuse it now, though its signature is right."""
    url = signed(timestamp=str(int(time.time()) - 86_400))
    text = " ".join(said(url).split())
    assert "The signature is right. Note: its oauth_timestamp is 1 day old. A server that gets it now refuses" in text
    assert "timestamp-skew" in told(url)["notes"][0]
    assert told(signed())["notes"] == []


def test_a_timestamp_of_the_future_is_noted():
    assert "2 hours ahead" in told(signed(timestamp=str(int(time.time()) + 7200)))["notes"][0]


@pytest.mark.parametrize("words", [("-X", "POST"), ("--request", "post")])
def test_the_verb_is_signed(words):
    assert told(signed(verb="POST"), *words)["holds"]
    assert cause(signed(verb="GET"), *words) == "wrong-method"


def test_a_form_makes_it_a_post_and_is_signed():
    form = [("rating", "3"), ("title_ref", "http://x/é")]
    protocol = signer.oauth_parameters("POST", ADDRESS, form, consumer=CONSUMER, token=TOKEN)
    url, body = f"{ADDRESS}?{signer.encoded(protocol)}", signer.encoded(form)
    assert told(url, "-d", body)["holds"]
    assert told(url, "-d", body.split("&")[0], "-d", body.split("&")[1])["holds"]
    assert cause(url, "-d", body, "--content-type", "application/json") == "body-included"
    assert cause(url, "-d", body, "-H", "Content-Type: text/plain") == "body-included"
    assert cause(url, "-X", "POST") == "unexplained"


HEADERS = ["Authorization: {}", "authorization:{}", "{}", "'Authorization: {}'"]


@pytest.mark.parametrize("form", HEADERS)
def test_a_header_is_explained_with_its_address(form):
    protocol = signer.oauth_parameters("GET", ADDRESS, [("a", "1")], consumer=CONSUMER, token=TOKEN)
    header, url = form.format(signer.authorization(protocol, realm="r")), f"{ADDRESS}?a=1"
    assert told(header, "--url", url)["holds"]
    assert told(url, "-H", header.strip("'"))["holds"]
    assert told("--url", url, "-H", header.strip("'"), "-H", "Accept: */*")["holds"]
    assert cause(header, "--url", f"{ADDRESS}?a=1&b=2") == "parameter-not-signed"


def test_without_its_address_a_header_is_not_enough():
    header = signer.authorization(signer.oauth_parameters("GET", ADDRESS, [], consumer=CONSUMER))
    assert "--url" in no(header)
    assert "--url" in no("-H", header)
    assert "--url" in no("-d", "a=1")


def test_two_addresses_are_one_too_many():
    assert "two addresses" in no(ADDRESS, "--url", ADDRESS)


def test_secrets_of_an_unknown_key_are_asked_for_and_taken():
    url = signer.signed("GET", ADDRESS, {}, consumer=("mine", "m&m"), token=("tok", "t"))
    assert cause(url) == "unknown-consumer-key"
    assert "--consumer-secret" in told(url)["notes"][0]
    assert told(url, "--consumer-secret", "m&m", "--token-secret", "t")["holds"]
    assert cause(url, "--consumer-secret", "m&m", "--token-secret", "m&m") != "unknown-consumer-key"


def test_a_secret_that_is_not_the_one_of_a_known_key_is_noted():
    assert CONSUMER[1] in told(signed(), "--consumer-secret", "other")["notes"][0]


def test_keys_and_tokens_of_the_running_server_are_known(mock):
    """An application that was registered there, and a token that it was given."""
    grants, mine = register(mock.state.grants, "Mine")
    grants, token = issue_access_token(grants, mine.key, mock.state.subscriber.user_id, None)
    mock.sandbox.state = mock.state.with_grants(grants)
    url = signer.signed("GET", ADDRESS, {}, consumer=(mine.key, mine.secret), token=(token.token, token.secret))
    assert told(url, "--base-url", mock.url)["holds"]
    assert cause(url) == "unknown-consumer-key"


# What is no fault of the signature.

KEY = f"oauth_consumer_key={CONSUMER[0]}"
OTHERS = [
    ("consumer-key-missing", ADDRESS),
    ("unsigned", f"{ADDRESS}?{KEY}"),
    ("access-token-missing", f"http://127.0.0.1:2008/users/@me?{KEY}"),
    ("unknown-token", signed(token=("nobody", ""))),
    ("nonce-missing", signed().replace("oauth_nonce=", "nonce=")),
    ("parameter-repeated", f"{signed()}&oauth_timestamp=1"),
    ("signature-method-unsupported", signed().replace("HMAC-SHA1", "hmac-sha1")),
    ("timestamp-skew", signed(timestamp="1300000000000")),
    ("bad-feed-token", f"http://127.0.0.1:2008/users/@me/at_home?{KEY}&feed_token=x"),
]


@pytest.mark.parametrize(("code", "url"), OTHERS, ids=[row[0] for row in OTHERS])
def test_other_refusals_are_told_and_no_base_string_drowns_them(code, url):
    assert cause(url) == code
    text = said(url)
    assert f"\n{code}\n" in text
    assert "&http%3A%2F%2F" not in text


def test_an_address_that_needs_no_signature_says_so():
    token = feed_token_of(STATE.grants, CONSUMER[0], STATE.subscriber.user_id, "at_home")
    assert "its feed token opens the feed at_home" in said(
        f"http://127.0.0.1:2008/users/@me/at_home?{KEY}&feed_token={token}"
    )
    assert "the consumer key is enough" in said(f"{ADDRESS}/autocomplete?{KEY}&term=a")


# A base string.


def test_a_right_base_string_has_no_fault_and_its_signature_is_told():
    text = base_of(signed())
    assert "Nothing is wrong with this base string by itself." in said(text)
    assert told(text)["signature"] == with_secret(text)
    assert (told(text)["faults"], told(text)["differences"], told(text)["holds"]) == ([], [], True)


FAULTS = [
    ("wrong-method", lambda text: text.replace("GET", "get")),
    ("realm-signed", lambda text: f"{text}%26realm%3Dx"),
    ("not-encoded", unquote),
    ("query-left-in-url", lambda text: text.replace("titles", "titles%3Fterm%3Dx")),
]


@pytest.mark.parametrize(("code", "spoil"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_base_string_with_a_fault_is_laid_beside_the_right_one(code, spoil):
    text = spoil(base_of(signed()))
    assert [one["code"] for one in told(text)["faults"]] == [code]
    assert told(text)["differences"]
    assert told(text)["holds"] is False
    lines = said(text).splitlines()
    assert lines[2].startswith(code)
    assert any(line.startswith("Yours differs from the right base string in") for line in lines)


def test_a_signature_tells_whether_the_key_is_right_too():
    right = base_of(signed())
    wrong = right.replace("%26oauth_nonce", "%26realm%3Dx%26oauth_nonce")
    assert "it is that of this base string" in said(right, "--signature", with_secret(right))
    assert "the key is right, and only the base" in said(wrong, "--signature", with_secret(wrong))
    assert told(wrong, "--signature", with_secret(wrong))["makes_the_signature"] is True
    assert cause(right, "--signature", with_secret(right, "")) == "token-secret-omitted"


# One's own base string beside the server's.


def test_the_key_or_the_base_string_is_at_fault():
    url = signed([("term", "love")])
    right = base_of(url)
    for term, secret, expected in [
        ("love", "", "with a wrong key: token-secret-omitted"),
        ("love", "nobody's", "the key is at fault"),
        ("hate", TOKEN[1], "the key is right, and only the base string is at fault"),
        ("hate", "", "Key and base string are both at fault"),
        ("hate", "nobody's", "the key is at fault too, or that is not the base string"),
    ]:
        yours = right.replace("love", term)
        sent = url.replace(signer.encode(with_secret(right)), signer.encode(with_secret(yours, secret)))
        assert expected in " ".join(said(sent, "--base", yours).split())


def test_of_a_right_signature_too_the_own_base_string_is_compared():
    url = signed([("term", "love")])
    assert "Yours is the right base string." in said(url, "--base", f"'{base_of(url)}'\n")
    (found,) = told(url, "--base", base_of(url).replace("love", "hate"))["differences"]
    assert (found["yours"], found["ours"], found["place"]) == ("term=hate", "term=love", 5)


def test_many_differences_do_not_drown_the_message():
    many = base_of(signed([(f"n{nth}", "1") for nth in range(100)]))
    text = said(signed(), "--base", many)
    assert "… and 9" in text
    assert text.count("is in yours alone") == 10


def test_a_long_base_string_does_not_drown_the_message():
    text = said(signed([("term", "x" * 30_000)]))
    assert len(text) < 8000
    assert "(30005 characters)" in text
    assert len(base_of(signed([("term", "x" * 30_000)]))) > 30_000


# Any text of the command line.


def test_every_mistake_stands_in_the_list():
    """docs/mistakes.md holds what this prints."""
    assert called("explain", "--mistakes").out.strip() == every_mistake()
    assert every_mistake() in MISTAKES


ODD = [
    "",
    " ",
    "''",
    "x",
    "-",
    "--",
    "&",
    "&&&",
    "GET",
    "GET&",
    "http:",
    "OAuth ",
    "Authorization:",
    "%",
    "http://h/?%",
]


@pytest.mark.parametrize("text", [*ODD, "\ud800", "\udcff\udcfe", "a\n\nb", "x" * 100_000, "&" * 5000, "[" * 5000])
def test_what_is_nothing_is_refused_in_one_short_sentence_or_explained(text):
    ended = CliRunner().invoke(cli, ["explain", "--", text], env=NARROW, standalone_mode=False)
    if ended.exception is None:
        assert ended.output
    else:
        assert len(refused("explain", "--", text, **NARROW)) < 250


_WORDS = st.one_of(
    st.text(max_size=40),
    st.text("GETgethp:/%3A2F&=+?#[]@é\udcff\ud800\"' \n", max_size=60),
    st.sampled_from([signed(), base_of(signed()), "OAuth a=1", "GET&http%3A%2F%2Fh&a%3D1", "12"]),
)


@settings(max_examples=200, deadline=None)
@given(_WORDS, _WORDS, st.sampled_from(["--url", "-H", "-d", "--base", "--signature", "-X", "--content-type"]))
@example("GET&http%3A%2F%2Fh&a%3D1", "\udcff", "--signature")
def test_any_words_are_explained_or_refused_in_one_sentence(text, other, option):
    words = ["explain", f"{option}={other}" if option.startswith("--") else f"{option}{other}", "--", text]
    ended = CliRunner().invoke(cli, words, env=NARROW, standalone_mode=False)
    if ended.exception is not None:
        refused(*words, **NARROW)
    else:
        assert ended.output.strip()


def test_the_command_itself_ends_with_two_and_one_line():
    ended = run("explain", "love", MOCK_NETFLIX_BASE_URL=NOWHERE)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert ended.err.startswith('mock-netflix: "love" is no address')


def test_a_terminal_of_another_charset_gets_what_it_can_show():
    ended = run("explain", without_token_secret(signed([("é", "映")])), PYTHONIOENCODING="ascii")
    assert (ended.status, ended.err) == (0, "")
    assert "token-secret-omitted" in ended.out


def test_there_are_no_colours_but_on_a_terminal():
    url = without_token_secret(signed())
    assert "\x1b" not in said(url)
    coloured = CliRunner().invoke(cli, ["explain", url], env=NARROW, color=True).output
    assert "\x1b[31m\x1b[1mtoken-secret-omitted\x1b[0m" in coloured

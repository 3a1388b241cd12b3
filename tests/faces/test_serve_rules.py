"""`mock-netflix serve` with other rules: `--set`, `--strict`, their variables, and what the terminal shows of them."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any

import click
import httpx
import pytest

from mock_netflix.cli.serve import serve
from mock_netflix.world.rules import Rules, strict
from tests.clients.signer import signed
from tests.faces.commands import refused, run
from tests.faces.test_serve import greeting_of, serving


def given(*words: str, **environment: str) -> dict[str, Any]:
    """What the command understands of its options, without a server."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        return serve.make_context("serve", list(words)).params


def settings(*words: str, **environment: str) -> Any:
    return given(*words, **environment)["settings"]


def rules_of(*options: str) -> dict[str, Any]:
    """The rules of a server that was started so."""
    with serving("--json", *options) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        return httpx.get(f"{told['base_url']}/_mock/settings", trust_env=False).json()


def test_a_server_has_the_default_rules():
    assert rules_of() == asdict(Rules())


def test_rules_are_set_at_start():
    rules = rules_of("--set", "queries_per_second=4", "--set", "outage=maintenance", "--set", "unique_nonces=true")
    assert rules == asdict(Rules(queries_per_second=4, outage="maintenance", unique_nonces=True))


def test_strict_is_by_the_letter_and_a_rule_that_is_set_goes_before():
    assert rules_of("--strict") == asdict(strict(Rules()))
    assert rules_of("--set", "port_may_be_left_out=true", "--strict") == asdict(Rules(unique_nonces=True))


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("queries_per_second=4", "queries_per_second", 4),
        ("queries-per-second=4", "queries_per_second", 4),
        (" queries_per_second = 4", "queries_per_second", 4),
        ("queries_per_second=null", "queries_per_second", None),
        ("plaintext=true", "plaintext", True),
        ("outage=bad-gateway", "outage", "bad-gateway"),
        ('outage="bad-gateway"', "outage", "bad-gateway"),
        ("outage=null", "outage", None),
    ],
)
def test_a_rule_is_written_as_a_person_would(text, name, value):
    assert settings("--set", text) == {name: value}


def test_of_a_rule_that_is_set_twice_the_last_holds():
    assert settings("--set", "timestamp_window=1", "--set", "timestamp_window=2") == {"timestamp_window": 2}


# The variables.


def test_one_variable_holds_several_rules_with_blanks_between():
    several = "queries_per_second=4  plaintext=true\nqueries_per_day=null"
    assert settings(MOCK_NETFLIX_SET=several) == {"queries_per_second": 4, "plaintext": True, "queries_per_day": None}
    assert settings(MOCK_NETFLIX_SET="") == settings(MOCK_NETFLIX_SET=" ") == settings() == {}


def test_options_go_before_the_variable():
    assert settings("--set", "timestamp_window=1", MOCK_NETFLIX_SET="plaintext=true") == {"timestamp_window": 1}


@pytest.mark.parametrize(
    ("value", "is_strict"), [("1", True), ("true", True), ("yes", True), ("0", False), ("", False)]
)
def test_a_variable_makes_it_strict(value, is_strict):
    assert given(MOCK_NETFLIX_STRICT=value)["strict"] is is_strict
    assert given("--strict", MOCK_NETFLIX_STRICT=value)["strict"] is True


def test_a_variable_that_is_neither_is_one_clear_line():
    with pytest.raises(click.BadParameter, match="maybe"):
        given(MOCK_NETFLIX_STRICT="maybe")


# What cannot be.

WRONG = {
    "queries_per_second": "'queries_per_second' should look like queries_per_second=4",
    "": "'' should look like queries_per_second=4",
    "=4": 'there is no rule ""; there are timestamp_window,',
    "queries_per_minute=4": 'there is no rule "queries_per_minute"; there are timestamp_window,',
    "queries_per_second=": 'queries_per_second cannot be ""; it takes a whole number from 0 to 1000000000 or null',
    "queries_per_second=four": 'queries_per_second cannot be "four"',
    "queries_per_second=true": "queries_per_second cannot be true",
    "queries_per_second=-1": "queries_per_second cannot be -1",
    "queries_per_second=1e3": "queries_per_second cannot be 1000.0",
    "queries_per_second=NaN": "queries_per_second cannot be NaN",
    "queries_per_second=[4]": "queries_per_second cannot be a list",
    "queries_per_second=a\nb": r'queries_per_second cannot be "a\nb"',
    "queries_per_second=" + "9" * 5000: "queries_per_second cannot be ",
    "unique_nonces=1": "unique_nonces cannot be 1; it takes true or false",
    "unique_nonces=True": 'unique_nonces cannot be "True"; it takes true or false',
    "timestamp_window=null": "timestamp_window cannot be null",
    "outage=none": 'outage cannot be "none"; it takes "bad-gateway" or "maintenance" or "gateway-timeout" or null',
    "outage=" + "[" * 100_000: "outage cannot be ",
}


@pytest.mark.parametrize("wrong", WRONG, ids=lambda text: text[:24])
def test_a_rule_that_cannot_be_is_one_clear_line(wrong):
    said = refused("serve", "--set", wrong)
    assert WRONG[wrong] in said
    assert "--set" in said
    assert len(said) < 700


def test_the_server_does_not_start_with_it():
    for ended in (run("serve", "--set", "outage=fire"), run("serve", MOCK_NETFLIX_SET="plaintext=true outage=fire")):
        assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
        assert 'outage cannot be "fire"' in ended.err
    ended = run("serve", MOCK_NETFLIX_STRICT="maybe")
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)


# The terminal.


def credentials(address: str) -> Any:
    return httpx.get(f"{address}/_mock/credentials", trust_env=False).json()


def without_port(address: str) -> str:
    """A read signed as if the host had no port."""
    told, bare = credentials(address), address.rpartition(":")[0]
    consumer = (told["application"]["key"], told["application"]["secret"])
    token = (told["access_token"]["token"], told["access_token"]["secret"])
    return address + signed("GET", f"{bare}/users/@me", {}, consumer=consumer, token=token).removeprefix(bare)


def line_after(url: str, *options: str) -> str:
    """What the terminal shows of a request; `url` is made of the server's address."""
    with serving(*options) as process:
        address = greeting_of(process).rpartition(" ")[2].strip()
        httpx.get(without_port(address) if url == "" else f"{address}{url}", trust_env=False)
        assert process.stderr is not None
        return process.stderr.readline()


def test_a_port_that_was_left_out_is_a_warning_in_the_line():
    line = line_after("")
    said = r"200 +\d+\.\d ms  GET /users/@me  wrong-port: the signature leaves out the port of 127\.0\.0\.1:\d+\. "
    assert re.match(said, line)
    assert "serve --strict refuses it" in line


def test_in_strict_it_is_the_cause():
    line = line_after("", "--strict")
    assert re.match(r"401 +\d+\.\d ms  GET /users/@me  Invalid Signature  wrong-port: ", line)
    assert line.endswith("(/_mock/requests/1)\n")


def test_a_call_over_the_limit_is_told_with_the_limit():
    line = line_after("/oauth/clock/time?oauth_consumer_key=faqbgkqqgt36z9jfm9qnhv22", "--set", "queries_per_second=0")
    assert "Over queries per second limit  over-queries-per-second: " in line
    assert "The limit is 0. Try again in 1 s" in line


def test_an_outage_is_told_with_its_rule():
    line = line_after("/catalog/titles", "--set", "outage=maintenance")
    assert re.match(r"503 .*Scheduled Maintenance  scheduled-maintenance: .*the rule `outage`", line)

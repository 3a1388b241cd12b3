"""The variables for clients: which, what is kept of those that there are, and how they are told apart again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mock_netflix.environment.trust import Trust
from mock_netflix.environment.variables import BEFORE, PRELOAD, Ready, before, variables, without

READY = Ready("key", "secret", "token", "token secret", "T1user", "sam@example.com", "popcorn")
TRUST = Trust(Path("/kept/authority.pem"), Path("/kept/bundle.pem"), Path("/kept/truststore.p12"))
URL = "http://127.0.0.1:2008"


def told(url: str = URL, trust: Trust | None = TRUST, **given: str) -> dict[str, str]:
    return variables(url, READY, trust, given)


def test_every_proxy_variable_leads_to_the_mock_in_both_spellings():
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    assert {told()[name] for one in names for name in (one, one.lower())} == {URL}


def test_what_replaces_all_that_is_trusted_has_the_rest_too_and_what_adds_to_it_has_the_authority_alone():
    found = told()
    replacing = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PERL_LWP_SSL_CA_FILE", "HTTPS_CA_FILE")
    assert {found[name] for name in replacing} == {"/kept/bundle.pem"}
    assert {found[name] for name in ("NODE_EXTRA_CA_CERTS", "DENO_CERT")} == {"/kept/authority.pem"}


def test_without_https_nothing_is_said_of_trust():
    plain = told(trust=None)
    assert not any("/kept" in value for value in plain.values())
    assert set(told()) - set(plain) == {name for name, value in told().items() if value.startswith("/kept")}


def test_our_own_commands_find_what_they_sign_with():
    found = told()
    names = ("CONSUMER_KEY", "CONSUMER_SECRET", "TOKEN", "TOKEN_SECRET", "USER_ID", "LOGIN", "PASSWORD", "BASE_URL")
    assert [found[f"MOCK_NETFLIX_{name}"] for name in names] == [
        *("key", "secret", "token", "token secret", "T1user", "sam@example.com", "popcorn", URL)
    ]
    assert "MOCK_NETFLIX_CONTROL_TOKEN" not in found


PASSED_BY = {
    "nothing": ("", "localhost,127.0.0.1,::1"),
    "hosts of one's own": ("db.example, .internal,127.0.0.1", "localhost,127.0.0.1,::1,db.example,.internal"),
    "everything": ("*", "localhost,127.0.0.1,::1"),
    "the service": (
        "netflix.com,.netflix.com,*.NETFLIX.com:80,api.netflix.com,x.example",
        "localhost,127.0.0.1,::1,x.example",
    ),
    "its pictures": ("nflximg.com,cdn-3.nflximg.com", "localhost,127.0.0.1,::1"),
    "all of com": ("com,.com,y.com", "localhost,127.0.0.1,::1,y.com"),
}


@pytest.mark.parametrize(("given", "expected"), PASSED_BY.values(), ids=PASSED_BY)
@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_this_machine_and_what_is_passed_by_already_go_past_the_mock_but_for_the_service(name, given, expected):
    found = told(**{name: given})
    assert (found["NO_PROXY"], found["no_proxy"]) == (expected, expected)


def test_a_mock_elsewhere_is_reached_by_its_own_name_too():
    found = told("http://mock.example:80")
    assert found["NO_PROXY"] == "localhost,127.0.0.1,::1,mock.example"
    assert "-Dhttp.proxyHost=mock.example" in found["JAVA_TOOL_OPTIONS"].split()
    assert "-Dhttps.proxyPort=80" in found["JAVA_TOOL_OPTIONS"].split()


def test_options_for_node_and_java_are_kept_and_ours_added_once():
    given = {"NODE_OPTIONS": "--max-old-space-size=512", "JAVA_TOOL_OPTIONS": "-Xmx1g"}
    once = told(**given)
    assert once["NODE_OPTIONS"] == f"--max-old-space-size=512 --require {PRELOAD}"
    assert once["JAVA_TOOL_OPTIONS"].startswith("-Xmx1g -D")
    assert told(**{**given, **once}) == once


def test_a_truststore_in_a_folder_with_blanks_is_one_option_for_java():
    spaced = Trust(TRUST.certificate, TRUST.bundle, Path("/Application Support/it's/t.p12"))
    assert '"-Djavax.net.ssl.trustStore=/Application Support/it\'s/t.p12"' in told(trust=spaced)["JAVA_TOOL_OPTIONS"]


def test_the_way_back_is_what_there_was():
    given = {"HTTP_PROXY": "http://corporate:3128", "NODE_OPTIONS": "", "OTHER": "x"}
    ours = variables(URL, READY, TRUST, given)
    now = {**given, **ours, BEFORE: json.dumps({name: given.get(name) for name in ours})}
    assert without(now) == given
    assert before(now)["http_proxy"] is None


@pytest.mark.parametrize("broken", ["", "{", "[]", "3", "null", '"x"'])
def test_where_nobody_can_tell_what_there_was_it_is_taken_as_it_is(broken):
    given = {BEFORE: broken, "HTTP_PROXY": "x"}
    assert before(given) == {}
    assert without(given) == {"HTTP_PROXY": "x"}

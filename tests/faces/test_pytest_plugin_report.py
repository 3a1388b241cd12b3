"""What a failed test tells of its requests."""

from __future__ import annotations

import pytest

from tests.faces.projects import printed

pytest_plugins = ["pytester"]

HEADING = "*- mock-netflix requests -*"

FAILS = """
def test_fails(mock_netflix):
    ask(mock_netflix, "/catalog/titles", term="love me")
    secretless = mock_netflix.access_token.token, ""
    send(mock_netflix.sign("GET", "/users/current", token=secretless).url)
    send(mock_netflix.sign("GET", "/users/current", token=secretless).url)
    ask(mock_netflix, "/catalog/title")
    ask(mock_netflix, "/catalog/titles", term="a", max_result=3)
    assert 1 == 2
"""

TOLD = """
#1 GET /catalog/titles?term=love%20me -> 200 (titles.search, sam@example.com)
#2 GET /users/current -> 401 Invalid Signature (users.current)
     token-secret-omitted (RFC 5849 section 3.4.2): The token secret is missing from the key.
     To do: The request carries oauth_token, so sign with consumer secret, `&` and that token's
     secret.
#3 GET /users/current -> 401 Invalid Signature (users.current)
     token-secret-omitted, as in #2
#4 GET /catalog/title -> 404 Resource not found
     resource-not-found: There is nothing at this address, or not any more at the date of the
     mock.
     Note: did you mean /catalog/titles or /catalog/titles/dvd?
#5 GET /catalog/titles?term=a&max_result=3 -> 200 (titles.search, sam@example.com)
     Note: max_result is no parameter of titles.search: did you mean max_results?
"""


def test_every_request_stands_there_and_a_refused_one_is_explained(project):
    result = project.run(FAILS)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([HEADING])
    assert TOLD in printed(result)


def test_a_report_travels_from_a_worker_of_xdist(project):
    result = project.run(FAILS, "-n", "1", process=True, loads=("xdist",))
    assert TOLD in printed(result)


def test_what_was_signed_is_laid_beside_what_is_right(project):
    result = project.run("""
def test_fails(mock_netflix):
    url = mock_netflix.sign("DELETE", "/catalog/titles", params={"term": "a", "expand": "synopsis,formats"}).url
    send(url)
    assert 1 == 2
""")
    result.stdout.fnmatch_lines(
        [
            "#1 GET /catalog/titles?term=a&expand=synopsis%2Cformats -> 401 Invalid Signature (titles.search)",
            "     wrong-method (RFC 5849 section 3.4.1.1): Another verb was signed *",
            '     method: The verbs differ. "DELETE" stands where "GET" should.',
        ]
    )


def test_where_nothing_explains_a_signature_the_right_base_string_stands_there_to_be_copied(project):
    result = project.run("""
def test_fails(mock_netflix):
    stranger = mock_netflix.access_token.token, "another secret"
    send(mock_netflix.sign("GET", "/users/current", token=stranger).url)
    assert 1 == 2
""")
    result.stdout.fnmatch_lines(
        ["     unexplained: None of the mistakes *", "     The one here: GET&http%3A%2F%2F127.0.0.1%3A*"]
    )


def test_a_test_that_passes_tells_nothing_nor_does_one_that_asked_nothing(project):
    result = project.run(
        """
def test_passes(mock_netflix):
    ask(mock_netflix, "/users/current")


def test_fails_without_a_request(mock_netflix):
    assert 1 == 2


def test_fails_without_the_fixture():
    assert 1 == 2
""",
        "-rA",
    )
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.no_fnmatch_line(HEADING)


@pytest.mark.parametrize("step", ["setup", "call", "teardown"])
def test_it_is_told_once_whatever_fails(project, step):
    result = project.run(f"""
@pytest.fixture
def mine(mock_netflix):
    ask(mock_netflix, "/users/current")
    assert "{step}" != "setup"
    yield
    assert "{step}" == "call"


def test_it(mine):
    assert "{step}" != "call"
""")
    result.assert_outcomes(**({"failed": 1} if step == "call" else {"errors": 1, "passed": int(step == "teardown")}))
    assert printed(result).count("- mock-netflix requests -") == 1
    result.stdout.fnmatch_lines(["#1 GET /users/current -> 200 (users.current, sam@example.com)"])


def test_classes_of_unittest_and_their_subtests_tell_it_as_well(project):
    result = project.run("""
import unittest


class Asks(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _netflix(self, mock_netflix):
        self.netflix = mock_netflix

    def test_plain(self):
        ask(self.netflix, "/users/current")
        self.assertEqual(1, 2)

    def test_parts(self):
        with self.subTest(part=1):
            ask(self.netflix, "/users/current")
            self.assertEqual(1, 2)
""")
    assert printed(result).count("- mock-netflix requests -") == 2


def test_of_many_requests_the_last_ones_are_told_and_the_number_of_the_others(project):
    result = project.run("""
def test_fails(mock_netflix):
    for _ in range(42):
        send(mock_netflix.url + "/users/current")
    assert 1 == 2
""")
    result.stdout.fnmatch_lines([HEADING, "… 12 earlier requests", "#13 GET /users/current -> 400 *"])
    assert sum(" GET " in line for line in result.outlines) == 30


def test_no_secret_stands_there_and_nothing_that_commands_a_terminal(project):
    result = project.run(r"""
import socket
from urllib.parse import urlsplit


def test_fails(mock_netflix):
    send(mock_netflix.url + "/oauth/login?name=sam@example.com&password=popcorn")
    send(mock_netflix.url + "/oauth/login?" + "x" * 400)
    ask(mock_netflix, "/users/current", output="odd")
    parts = urlsplit(mock_netflix.url)
    with socket.create_connection((parts.hostname, parts.port)) as raw:
        raw.sendall(b"GET /\x9b31m?a=\x1b[31m HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        while raw.recv(1000):
            pass
    secrets = (mock_netflix.application.secret, mock_netflix.access_token.secret, "popcorn", "oauth_signature")
    SECRETS.write_text(" ".join(secrets))
    pytest.fail("no traceback, for it has everything", pytrace=False)


from pathlib import Path
SECRETS = Path("secrets.txt")
""")
    told = printed(result).partition("- mock-netflix requests -")[2]
    assert "password=… ->" in told
    assert [one for one in project.pytester.path.joinpath("secrets.txt").read_text().split() if one in told] == []
    assert all(line.isprintable() and len(line) < 240 for line in told.splitlines())

"""`mock-netflix explain` of requests that a running server has answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from mock_netflix.journal import Journal
from tests.clients import signer
from tests.faces.commands import called, refused, stranger
from tests.faces.explaining import CONSUMER, TOKEN, base_of, no, signed, with_secret, without_token_secret

README = Path(__file__).parents[2].joinpath("README.md").read_text()


@pytest.fixture
def at(mock):
    """Explains a request of the running server."""
    return lambda *words: called("explain", "--base-url", mock.url, *words, COLUMNS="80").out


def test_the_last_refused_request_is_explained(mock, at):
    mock.get(f"{mock.user}/feeds")
    mock.http.get(mock.url + without_token_secret(signed(address=f"{mock.url}/users/@me")).removeprefix(mock.url))
    mock.get(f"{mock.user}/feeds")
    lines = at().splitlines()
    assert lines[0] == "Request 2, 401 Invalid Signature: GET /users/@me"
    assert lines[2].startswith("token-secret-omitted")
    assert at("2") == at()


def test_what_the_readme_shows_is_what_is_told(mock):
    plain = [("term", "love me")]
    own = signer.oauth_parameters("GET", f"{mock.url}/catalog/titles", plain, consumer=CONSUMER, token=TOKEN)
    text = signer.base_string("GET", f"{mock.url}/catalog/titles", [*plain, *own[:-1]]).replace("%2520", "%2B")
    query = signer.encoded([*own[:-1], ("oauth_signature", with_secret(text))])
    mock.http.get(f"{mock.url}/catalog/titles?term=love+me&{query}")
    shown = README.partition("```\nRequest 1, ")[2].partition("```")[0]
    told = called("explain", "--base-url", mock.url, COLUMNS="100").out
    assert told.startswith(f"Request 1, {shown}\n")


def test_what_a_browser_asks_for_by_itself_is_not_the_last_refused(mock, at):
    mock.http.get(f"{mock.url}/nothing")
    mock.http.get(f"{mock.url}/favicon.ico")
    assert at().startswith("Request 1, 404 Resource not found: GET /nothing\n")


def test_an_accepted_request_was_accepted(mock, at):
    mock.get("/catalog/titles", term="love", nonsense="1")
    assert "Nothing is wrong with it: it was accepted." in at("1")
    assert "nonsense is no parameter" in at("1")


def test_the_own_base_string_is_laid_beside_that_of_the_server(mock, at):
    url = signed([("term", "love")], address=f"{mock.url}/catalog/titles")
    yours = base_of(url)
    mock.http.get(url.replace("love", "hate"))
    for words in ((), ("1",)):
        text = " ".join(at(*words, "--base", yours).split())
        assert "only the base string is at fault" in text
        assert '"love" stands where "hate" should.' in text


def test_where_it_did_not_come_to_the_signature_there_is_nothing_to_lay_beside(mock, at):
    mock.http.get(f"{mock.url}/nothing")
    assert "it did not come to the signature" in at("--base", base_of(signed()))


def test_what_a_client_sent_does_not_command_the_terminal(mock, at):
    odd = signer.encode("\x1b[31m\u202e")
    mock.http.get(f"{signed(address=f'{mock.url}/users/@me')}{odd}")
    mock.http.get(f"{mock.url}/catalog/titles?oauth_consumer_key={odd}")
    for number in "12":
        text = at(number)
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_nothing_was_refused_yet(mock):
    mock.get(f"{mock.user}/feeds")
    assert "has refused nothing yet" in refused("explain", "--base-url", mock.url)


@pytest.mark.parametrize("number", ["0", "7", "999999999999999999"])
def test_there_was_no_such_request(mock, number):
    assert "no such request" in refused("explain", "--base-url", mock.url, number)


def test_a_request_is_forgotten_in_time(mock):
    mock.sandbox.journal = Journal(limit=1)
    for _ in range(2):
        mock.http.get(f"{mock.url}/nothing")
    assert "forgotten" in refused("explain", "--base-url", mock.url, "1")


@pytest.mark.parametrize("number", ["9" * 5000, "١٢", "²"])
def test_a_number_that_no_request_has_is_not_asked_for(number):
    assert no(number).startswith(("no request has such a number", '"²" is no address'))


def test_without_a_server_it_is_said_how_to_start_one():
    said = no()
    assert "does not answer" in said
    assert "mock-netflix serve" in said


def test_another_server_is_no_mock():
    with stranger() as url:
        assert "is not a mock-netflix" in refused("explain", "--base-url", url)
        assert "is not a mock-netflix" in refused("explain", "--base-url", url, "3")

"""What the journal keeps of a request and its answer, over real sockets."""

from __future__ import annotations

import asyncio
import gc

import pytest

from mock_netflix.diagnoses import Diagnoses
from mock_netflix.journal import Entry, Journal
from mock_netflix.journal.entry import KEPT
from mock_netflix.oauth.parameters import Parameters
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.faults import fail_next
from mock_netflix.web.exchange import Exchange, with_exchange
from mock_netflix.web.recording import Recording
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.refusals import without_token_secret
from tests.worlds import a_world


def last(mock: Mock) -> Entry:
    return mock.sandbox.journal.entries()[-1]


def test_a_request_and_its_answer_are_kept_as_they_were(mock):
    answer = mock.get("/catalog/titles", term="love", max_results=3)
    entry = last(mock)
    assert (entry.method, entry.verb, entry.path) == ("GET", "GET", "/catalog/titles")
    assert entry.url == str(answer.request.url)
    assert dict(entry.headers)["user-agent"] == answer.request.headers["user-agent"]
    assert (entry.consumer_key, entry.token) == (mock.application.key, mock.state.access_token.token)
    assert (entry.user_id, entry.subscriber) == (mock.state.subscriber.user_id, mock.state.subscriber.login)
    assert (entry.status, entry.answer_body, entry.answer_size) == (200, answer.content, len(answer.content))
    assert dict(entry.answer_headers)["etag"] == answer.headers["etag"]
    assert (entry.is_whole, entry.broke_off, entry.fault, entry.world) == (True, False, None, "")


def test_it_took_longer_to_end_than_to_begin_to_be_answered(mock):
    mock.get("/catalog/titles", term="love")
    entry = last(mock)
    assert 0 < entry.first_byte <= entry.seconds


def test_it_has_the_time_of_the_clock_and_that_of_the_service(still):
    still.get("/catalog/titles", term="love")
    entry, wall = last(still), still.sandbox.clock.now()
    assert (entry.at, entry.now) == (wall, still.sandbox.calendar.now(wall))


@pytest.mark.parametrize(("sent", "meant"), [("delete", "DELETE"), ("GET", "GET"), ("", "POST")])
def test_the_verb_that_is_meant_stands_beside_the_one_that_was_sent(mock, sent, meant):
    mock.send("POST", f"{mock.user}/queues/disc/available/1", method=sent)
    assert (last(mock).verb, last(mock).method) == ("POST", meant)


def test_a_form_is_kept_with_its_parameters(mock):
    url = signed("POST", f"{mock.url}{mock.user}/queues/disc", {}, consumer=("k", "s"))
    mock.http.post(url, data={"title_ref": "a b", "position": "1"})
    entry = last(mock)
    assert (entry.body, entry.body_size) == (b"title_ref=a+b&position=1", 24)
    assert [(one.name, one.value) for one in entry.parameters][-2:] == [("title_ref", "a b"), ("position", "1")]


def test_of_a_large_body_so_much_is_kept(mock):
    mock.http.post(f"{mock.url}/nothing", content=b"x" * (KEPT + 1))
    assert (len(last(mock).body), last(mock).body_size) == (KEPT, KEPT + 1)


def test_of_a_large_answer_so_much_is_kept(mock):
    answer = mock.get("/catalog/titles", term="the", max_results=100, expand="synopsis,cast,directors,formats")
    entry = last(mock)
    assert len(answer.content) > KEPT
    assert (entry.answer_body, entry.answer_size) == (answer.content[:KEPT], len(answer.content))
    assert not entry.is_whole


def test_answers_with_the_same_titles_keep_them_once(mock):
    for size in (3, 4):
        mock.get("/catalog/titles", term="love", max_results=size)
    pieces = [entry.answer_pieces for entry in mock.sandbox.journal.entries()[-2:]]
    one, other = ({id(piece) for piece in several if b"<catalog_title>" in piece} for several in pieces)
    assert (len(one), len(other), len(one & other)) == (3, 4, 3)


def test_an_answer_that_a_fault_changed_is_kept_as_it_was_sent(mock):
    fail_next(mock.sandbox, "malformed")
    answer = mock.get("/catalog/titles", term="love")
    assert (last(mock).fault, last(mock).answer_body) == ("malformed 1", answer.content)


def test_an_answer_is_kept_as_it_was_before_it_was_packed(mock):
    """And all its headers as they went out."""
    url = signed("GET", f"{mock.url}/catalog/titles", {"term": "love"}, consumer=_key(mock))
    answer = mock.http.get(url, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert last(mock).answer_body == answer.content
    assert dict(last(mock).answer_headers)["content-encoding"] == "gzip"


def _key(mock: Mock) -> tuple[str, str]:
    return mock.application.key, mock.application.secret


def test_pictures_and_catalogue_files_are_not_kept(mock):
    number = next(iter(mock.state.catalogue.titles.values())).number
    picture = mock.http.get(f"{mock.url}/us/boxshots/large/{number}.jpg")
    entry = last(mock)
    assert (picture.status_code, entry.status) == (200, 200)
    assert (entry.answer_body, entry.answer_size) == (None, len(picture.content))
    file = mock.http.get(mock.get_as_application("/catalog/titles/index").headers["location"])
    redirect, entry = mock.sandbox.journal.entries()[-2:]
    assert (redirect.status, redirect.answer_body) == (302, b"")
    assert (entry.endpoint, entry.answer_body, entry.answer_size) == ("files.index", None, len(file.content))


def test_what_is_refused_of_them_is(mock):
    answer = mock.http.get(f"{mock.url}/catalog/files/index.xml")
    assert (answer.status_code, last(mock).answer_body) == (404, answer.content)


def test_of_a_head_there_is_no_body(mock):
    url = signed("HEAD", f"{mock.url}/catalog/titles", {"term": "love"}, consumer=_key(mock))
    assert mock.http.head(url).status_code == 200
    assert (last(mock).verb, last(mock).answer_body, last(mock).answer_size) == ("HEAD", b"", 0)


def test_a_fault_is_named(mock):
    fail_next(mock.sandbox, 503)
    assert mock.get("/catalog/titles", term="love").status_code == 503
    assert (last(mock).fault, last(mock).status) == ("status 1", 503)


def test_what_was_forgiven_and_what_was_refused_are_told(mock):
    without_token_secret(mock)
    entry = last(mock)
    assert (entry.status, entry.message, entry.warning) == (401, "Invalid Signature", None)
    assert entry.answer_body is not None
    assert b"Invalid Signature" in entry.answer_body


def test_of_a_refused_request_nothing_stays_that_was_made_of_it(mock):
    """What was read of it is many times its size: a thousand of them would take a gigabyte."""
    url = signed("GET", f"{mock.url}/catalog/titles", {"only": "here"}, consumer=(mock.application.key, "wrong"))
    mock.http.get(url)
    refusal = last(mock).refusal
    # What it can still be looked into with is kept on purpose, for so many.
    mock.sandbox.diagnoses, refusal.evidence = Diagnoses(), None
    assert (refusal.__traceback__, refusal.__context__, refusal.args) == (None, None, ())
    gc.collect()
    held = [one for one in gc.get_objects() if isinstance(one, Parameters) and one.get("only") == "here"]
    assert held == []


# Without a socket: when it is written.


def asked(sandbox: Sandbox) -> dict[str, object]:
    """The scope of a request on its way."""
    exchange = Exchange(
        sandbox=sandbox,
        number=sandbox.journal.next_number(),
        verb="GET",
        target="/x",
        scheme="http",
        authority="localhost",
        path="/x",
        raw_path="/x",
        wall=1,
        running=1,
        now=1,
    )
    return with_exchange({"type": "http", "headers": []}, exchange)


def recorded(sandbox: Sandbox, app, send=None) -> None:
    async def nowhere(message) -> None:
        pass

    asyncio.run(Recording(app, None)(asked(sandbox), None, send or nowhere))


async def answering(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"one, ", "more_body": True})
    await send({"type": "http.response.body", "body": b"two"})


async def breaking_off(scope, receive, send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"one, ", "more_body": True})
    raise ConnectionResetError


async def silent(scope, receive, send) -> None:
    raise ConnectionResetError


def test_it_is_there_before_the_last_piece_goes_out():
    """So whoever has the whole answer finds it in the journal."""
    sandbox, there = Sandbox(a_world()), []

    async def send(message) -> None:
        there.append(len(sandbox.journal.entries()))

    recorded(sandbox, answering, send)
    assert there == [0, 0, 1]
    (entry,) = sandbox.journal.entries()
    assert (entry.answer_body, entry.answer_size, entry.broke_off) == (b"one, two", 8, False)


@pytest.mark.parametrize(("app", "status", "body"), [(breaking_off, 200, b"one, "), (silent, 0, b"")])
def test_an_answer_that_broke_off_is_kept_as_far_as_it_came(app, status, body):
    sandbox = Sandbox(a_world())
    with pytest.raises(ConnectionResetError):
        recorded(sandbox, app)
    (entry,) = sandbox.journal.entries()
    assert (entry.status, entry.answer_body, entry.broke_off) == (status, body, True)


def test_who_was_on_the_way_when_all_was_forgotten_is_forgotten_too():
    """A straggler of a test that is over stands in no other one's journal."""
    sandbox = Sandbox(a_world())

    async def clearing(scope, receive, send) -> None:
        sandbox.journal.clear()
        await answering(scope, receive, send)

    recorded(sandbox, clearing)
    assert sandbox.journal.entries() == ()


def test_a_straggler_of_a_journal_that_was_replaced_stands_in_that_one():
    sandbox = Sandbox(a_world())
    earlier = sandbox.journal

    async def replacing(scope, receive, send) -> None:
        sandbox.journal = Journal()
        await answering(scope, receive, send)

    recorded(sandbox, replacing)
    assert (len(earlier.entries()), sandbox.journal.entries()) == (1, ())

"""The mock inside a program: it serves as long as its block lasts, and clients in process reach it without a socket."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from requests_oauthlib import OAuth1Session

import mock_netflix
from mock_netflix import MockNetflix, MockNetflixError, World, create_app
from mock_netflix.journal import Journal
from mock_netflix.web.server import CannotBindError
from mock_netflix.world.titles import Title, TitleType


@pytest.fixture
def netflix() -> Iterator[MockNetflix]:
    with MockNetflix() as netflix:
        yield netflix


def a_client(world: World) -> OAuth1Session:
    application, token = world.application, world.access_token
    client = OAuth1Session(application.key, application.secret, token.token, token.secret)
    client.trust_env = False
    return client


def a_movie(world: World) -> Title:
    """The best-known movie that the ready subscriber has not rated."""
    known = world.state.catalogue.best_known(TitleType.MOVIE, 50)
    return next(title for title in known if title.key not in world.subscriber.ratings)


def is_listening(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname, parts.port)) == 0


def test_a_client_that_was_written_elsewhere_is_served_within_the_block() -> None:
    with MockNetflix() as netflix, a_client(netflix) as client:
        answer = client.get(f"{netflix.url}/users/{netflix.subscriber.user_id}")
        assert answer.status_code == 200
        assert netflix.subscriber.first_name in answer.text


def test_after_the_block_the_port_is_closed_and_the_thread_has_ended() -> None:
    before = set(threading.enumerate())
    with MockNetflix() as netflix:
        url = netflix.url
        assert is_listening(url)
    assert not is_listening(url)
    assert set(threading.enumerate()) == before


def test_an_exception_in_the_block_comes_out_of_it_and_the_port_is_closed() -> None:
    netflix = MockNetflix()

    def fails() -> None:
        with netflix:
            addresses.append(netflix.url)
            raise LookupError("mine")

    addresses: list[str] = []
    with pytest.raises(LookupError, match="mine"):
        fails()
    assert not is_listening(addresses[0])


def test_one_mock_may_serve_twice_and_keeps_its_world(netflix: MockNetflix) -> None:
    first = netflix.application
    netflix.stop()
    with netflix, a_client(netflix) as client:
        assert client.get(f"{netflix.url}/users/current").status_code == 200
        assert netflix.application == first


def test_a_mock_that_serves_is_not_started_again(netflix: MockNetflix) -> None:
    with pytest.raises(MockNetflixError, match="serves already"):
        netflix.start()
    assert is_listening(netflix.url)


def test_a_port_that_is_taken_is_said_at_once(netflix: MockNetflix) -> None:
    port = urlsplit(netflix.url).port or 0
    with pytest.raises(CannotBindError, match=str(port)):
        MockNetflix(port=port).start()


def test_code_on_an_event_loop_reaches_the_server_of_its_own_process() -> None:
    async def fetched() -> int:
        with MockNetflix() as netflix:
            async with httpx.AsyncClient(trust_env=False) as client:
                return (await client.get(netflix.sign("GET", "/users/current").url)).status_code

    assert asyncio.run(fetched()) == 200


def test_a_client_in_process_needs_no_socket() -> None:
    app = create_app()

    async def fetched() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=app.url) as client:
            return await client.get(app.sign("GET", "/users/current").url)

    assert asyncio.run(fetched()).status_code == 200
    assert len(app.state.grants.access_tokens) == 1


@pytest.mark.parametrize("place", ["query", "header", "body"])
def test_what_is_signed_is_accepted_wherever_the_parameters_stand(netflix: MockNetflix, place: str) -> None:
    data = {"title_ref": f"{netflix.url}/catalog/titles/movies/{a_movie(netflix).number}", "rating": 4}
    signed = netflix.sign("POST", "/users/current/ratings/title/actual", data=data, place=place)
    answer = httpx.request(signed.verb, signed.url, headers=signed.headers, content=signed.body, trust_env=False)
    assert answer.status_code == 201, answer.text


def test_an_application_signs_without_a_token(netflix: MockNetflix) -> None:
    signed = netflix.sign("GET", "/catalog/titles", params={"term": "love & death"}, token=None)
    assert "oauth_token" not in signed.url
    assert httpx.get(signed.url, trust_env=False).status_code == 200


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"as_of": "tomorrow"}, "write a day such as"),
        ({"as_of": "2001-01-01"}, "the service began on 2008-10-01"),
        ({"subscriber": "nobody@example.com"}, "there is no subscriber 'nobody@example.com'"),
        ({"titles": -1}, "titles cannot be -1; it takes a whole number from 0 to 5000000"),
        ({"settings": {"queries_per_second": "many"}}, "queries_per_second cannot be"),
        ({"fixtures": "there/is/no/such.yaml"}, "such.yaml"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(told: dict[str, object], says: str) -> None:
    with pytest.raises(MockNetflixError, match=says):
        MockNetflix(**told)  # type: ignore[arg-type]


def test_a_place_that_there_is_not_is_said(netflix: MockNetflix) -> None:
    with pytest.raises(MockNetflixError, match="one of query, header, body"):
        netflix.sign("GET", "/users/current", place="cookie")


def test_a_token_of_nobody_cannot_sign_without_its_secret(netflix: MockNetflix) -> None:
    with pytest.raises(MockNetflixError, match="give it with its secret"):
        netflix.sign("GET", "/users/current", token="of-nobody")
    assert "of-nobody" in netflix.sign("GET", "/users/current", token=("of-nobody", "secret")).url


def test_own_fixtures_join_the_default_world(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("movies:\n  - title: The Paper Lantern of Tests\n    year: 2009\n")
    with MockNetflix(fixtures=file) as netflix:
        found = httpx.get(netflix.sign("GET", "/catalog/titles", params={"term": "paper lantern of tests"}).url)
    assert "The Paper Lantern of Tests" in found.text


def test_fixtures_that_were_changed_are_read_again(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    for login in ("ada@example.com", "grace.h@example.com"):
        file.write_text(f"subscribers:\n  - login: {login}\n    ready: true\n")
        assert create_app(fixtures=file).subscriber.login == login


def test_worlds_of_one_server_do_not_share_what_is_written(netflix: MockNetflix) -> None:
    other, path = netflix.world(), "/users/current/ratings/title/actual"
    reference = f"{netflix.url}/catalog/titles/movies/{a_movie(netflix).number}"
    httpx.post(netflix.sign("POST", path, params={"title_ref": reference, "rating": 4}).url)
    rated = [httpx.get(one.sign("GET", path, params={"title_refs": reference}).url).text for one in (netflix, other)]
    assert ["<user_rating>4" in one for one in rated] == [True, False]


def test_a_fresh_world_refuses_the_key_of_the_one_before(netflix: MockNetflix) -> None:
    earlier = netflix.fresh("earlier")
    late = earlier.sign("GET", "/users/current").url
    netflix.fresh("later")
    assert "Invalid Consumer Key" in httpx.get(late).text


def test_a_fresh_world_is_as_the_mock_was_made_whatever_the_one_before_was() -> None:
    netflix = create_app(as_of="2012-02-01", subscriber="ottilie@example.org")
    other = netflix.fresh("one", as_of="2009-02-01", subscriber="sam@example.com", titles=500)
    world = netflix.fresh("two")
    assert (other.subscriber.login, world.subscriber.login) == ("sam@example.com", "ottilie@example.org")
    assert (other.subscriber.user_id[:2], world.subscriber.user_id[:2]) == ("T1", "BQ")
    assert len(other.state.catalogue.titles) - len(world.state.catalogue.titles) == 500


def test_a_fresh_world_that_is_ended_takes_those_with_it_that_were_made_since(netflix: MockNetflix) -> None:
    lasting, fresh = netflix.world(), netflix.fresh("fresh")
    made = netflix.world()
    netflix.end()
    answers = [httpx.get(one.sign("GET", "/users/current").url).status_code for one in (lasting, fresh, made)]
    assert answers == [200, 403, 403]


def test_the_same_label_has_the_same_keys_in_every_run() -> None:
    first, second = (create_app().fresh("tests/test_queue.py::test_add") for _ in range(2))
    assert first.application == second.application
    assert first.access_token == second.access_token


def test_the_public_names_are_sorted_and_there() -> None:
    assert list(mock_netflix.__all__) == sorted(mock_netflix.__all__)
    assert all(getattr(mock_netflix, name) for name in mock_netflix.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Netflix'"):
        _ = mock_netflix.Netflix  # type: ignore[attr-defined]


def test_importing_the_package_imports_no_server() -> None:
    code = "import sys, mock_netflix; print(sorted({'starlette', 'uvicorn', 'oauthlib', 'msgspec'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("options", [{"host": "0.0.0.0"}, {"control_token": "given"}], ids=str)
def test_its_own_side_wants_a_token_beyond_this_machine_or_where_one_is_given(options):
    with MockNetflix(**options) as netflix:
        assert netflix.control_token == options.get("control_token", netflix.control_token)
        bearer = {"Authorization": f"Bearer {netflix.control_token}"}
        address = f"{netflix.url}/_mock/credentials"
        told = [httpx.get(address, headers=headers, trust_env=False).status_code for headers in ({}, bearer)]
    assert told == [401, 200]


def test_on_this_machine_its_own_side_wants_none(netflix):
    assert netflix.control_token is None
    assert httpx.get(f"{netflix.url}/_mock/credentials", trust_env=False).status_code == 200


@pytest.mark.parametrize("often", [{"times": 0}, {"at_most": 1}, {"times": 1}])
def test_what_was_forgotten_is_not_asserted(netflix: MockNetflix, often: dict[str, int]) -> None:
    """Of requests that are forgotten nobody knows whether they were such ones; a lower bound that is met holds."""
    netflix._sandbox.journal = Journal(limit=2)
    for term in ("jaws", "alien", "heat"):
        httpx.get(netflix.sign("GET", "/catalog/titles", params={"term": term}).url, trust_env=False)
    with pytest.raises(AssertionError, match=r"1 older request was forgotten .* assert it earlier"):
        netflix.assert_requested("titles.search", params={"term": "heat" if often.get("times") else "jaws"}, **often)  # type: ignore[arg-type]
    assert len(netflix.assert_requested("titles.search", params={"term": "heat"}, at_least=1)) == 1
    assert netflix.assert_requested("titles.search", params={"term": "heat"}, times=1, after=1)


def test_it_counts_its_requests_in_words(netflix: MockNetflix) -> None:
    assert httpx.get(netflix.sign("GET", "/users/current").url).status_code == 200
    assert repr(netflix).endswith(", 1 request>")

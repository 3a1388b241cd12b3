"""Two clients that add, move and remove in any order never lose, double or misplace an entry."""

from __future__ import annotations

from xml.etree import ElementTree

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mock_netflix.sandbox import Sandbox
from mock_netflix.web.app import build_app
from mock_netflix.web.server import running
from tests.clients.signer import signed
from tests.worlds import a_movie, a_world

MOVIES = [a_movie(70_900_000 + number, f"Film {number}") for number in range(8)]
WORLD = a_world(*MOVIES)
PATH = f"/users/{WORLD.subscriber.user_id}/queues/disc"

films = st.sampled_from([movie.number for movie in MOVIES])
places = st.one_of(st.none(), st.integers(1, 10))
clients = st.sampled_from([0, 1])


class Queueing(RuleBasedStateMachine):
    """The model is a list of numbers; the server is real, and each client has a connection of its own."""

    url: str
    http: tuple[httpx.Client, httpx.Client]
    sandbox: Sandbox

    @initialize()
    def begin(self) -> None:
        self.sandbox.state = WORLD
        self.model: list[int] = []

    def send(self, client: int, verb: str, tail: str = "", **parameters: str) -> httpx.Response:
        application, token = WORLD.application, WORLD.access_token
        consumer, access = (application.key, application.secret), (token.token, token.secret)
        url = signed(verb, f"{self.url}{PATH}{tail}", parameters, consumer=consumer, token=access)
        return self.http[client].request(verb, url)

    @rule(client=clients, film=films, place=places)
    def add_or_move(self, client: int, film: int, place: int | None) -> None:
        position = {} if place is None else {"position": str(place)}
        answer = self.send(client, "POST", title_ref=f"movies/{film}", **position)
        if film in self.model and place is None:
            assert answer.status_code == 412
            return
        assert answer.status_code == 201
        if film in self.model:
            self.model.remove(film)
        self.model.insert(len(self.model) if place is None else place - 1, film)

    @rule(client=clients, film=films, place=st.integers(1, 8))
    def remove_from_a_place(self, client: int, film: int, place: int) -> None:
        answer = self.send(client, "DELETE", f"/available/{place}/{film}")
        there = self.model[place - 1 : place] == [film]
        assert answer.status_code == (200 if there else 404)
        if there:
            self.model.remove(film)

    @rule(client=clients, film=films)
    def remove(self, client: int, film: int) -> None:
        answer = self.send(client, "DELETE", f"/available/{film}")
        assert answer.status_code == (200 if film in self.model else 404)
        if film in self.model:
            self.model.remove(film)

    @rule(client=clients, film=films)
    def add_with_a_stale_etag(self, client: int, film: int) -> None:
        assert self.send(client, "POST", title_ref=f"movies/{film}", etag="7").status_code == 412

    @invariant()
    def the_queue_is_the_list(self) -> None:
        if not hasattr(self, "model"):
            return
        root = ElementTree.fromstring(self.send(0, "GET").content)
        ids = [item.findtext("id", "") for item in root.iterfind("queue_item")]
        assert ids == [f"{self.url}{PATH}/available/{at}/{film}" for at, film in enumerate(self.model, start=1)]
        assert root.findtext("number_of_results") == str(len(self.model))


def test_two_clients_never_lose_double_or_misplace_an_entry() -> None:
    sandbox = Sandbox(WORLD)
    with (
        running(build_app(sandbox)) as url,
        httpx.Client(trust_env=False) as one,
        httpx.Client(trust_env=False) as other,
    ):
        machine = type("Machine", (Queueing,), {"url": url, "http": (one, other), "sandbox": sandbox})
        machine.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
        machine.TestCase("runTest").runTest()

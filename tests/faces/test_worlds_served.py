"""Worlds of `mock-netflix serve`: another day has its data from the same files, and `--reload` is for new worlds."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, day
from mock_netflix.cli.own_fixtures import OwnFixtures
from mock_netflix.data.faults import FixtureError
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from tests.clients.signer import signed
from tests.faces.test_serve import serving

ADA = "subscribers: [{login: ada@example.com, ready: true, disc_queue: [Casablanca]}]\n"
LAUNCHED = day("2008-10-05")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(ADA)
    return path


def test_a_world_of_another_day_is_read_from_the_files(mine):
    mine.write_text("movies: [title: Zzyzx Holiday]\n" + ADA.replace("Casablanca", "Zzyzx Holiday"))
    with serving("--json", "--fixtures", str(mine)) as process, httpx.Client(trust_env=False) as http:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["base_url"]
        wanted = {"as_of": "2012-09-16", "subscriber": "ada@example.com"}
        world = http.post(f"{url}/_mock/worlds", json=wanted).json()
        consumer, token = world["application"], world["access_token"]
        who = {"consumer": (consumer["key"], consumer["secret"]), "token": (token["token"], token["secret"])}
        queue = http.get(signed("GET", f"{url}/users/@me/queues/disc", {}, **who)).text
    assert 'short="Zzyzx Holiday"' in queue
    # User ids of 2012.
    assert len(world["subscriber"]["user_id"]) == 96


def test_a_line_of_the_terminal_leads_to_the_entry_in_its_world():
    with serving("--json") as process, httpx.Client(trust_env=False) as http:
        assert process.stdout is not None
        assert process.stderr is not None
        url = json.loads(process.stdout.readline())["base_url"]
        world = http.post(f"{url}/_mock/worlds").json()
        http.get(f"{url}/catalog/titles", params={"oauth_consumer_key": world["world"]})
        line = process.stderr.readline()
    assert line.endswith(f"(/_mock/worlds/{world['world']}/requests/1)\n")


def test_files_that_became_wrong_are_said_to_who_wants_a_world_of_another_day(mine):
    with serving("--json", "--fixtures", str(mine)) as process, httpx.Client(trust_env=False) as http:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["base_url"]
        mine.write_text("films: []")
        refused = http.post(f"{url}/_mock/worlds", json={"as_of": "2012-09-16"})
        like_the_first = http.post(f"{url}/_mock/worlds")
    assert (refused.status_code, like_the_first.status_code) == (400, 201)
    assert 'unknown field "films"' in refused.json()["detail"]


def test_all_days_share_one_catalogue_and_each_is_read_once(mine):
    own = OwnFixtures([mine], DEFAULT_AS_OF)
    begun = own.read()
    launched = own.at(LAUNCHED)
    assert launched.catalogue is begun.catalogue
    assert launched.subscribers != begun.subscribers
    assert own.at(LAUNCHED) is launched


def test_so_many_days_are_kept_and_no_more(mine):
    own = OwnFixtures([mine], DEFAULT_AS_OF)
    own.read()
    first = own.at(LAUNCHED)
    others = [own.at(LAUNCHED + 86_400 * number) for number in range(1, 9)]
    assert own.at(LAUNCHED) is not first
    assert own.at(LAUNCHED + 86_400 * 8) is others[-1]


def test_another_day_is_read_from_files_that_were_changed_as_they_are_now(mine):
    own = OwnFixtures([mine], DEFAULT_AS_OF)
    begun, before = own.read(), own.at(LAUNCHED)
    mine.write_text(f"{ADA}movies: [title: Zzyzx Holiday]")
    after = own.at(LAUNCHED)
    assert len(after.catalogue.titles) == len(before.catalogue.titles) + 1 == len(begun.catalogue.titles) + 1
    mine.write_text("films: []")
    with pytest.raises(FixtureError):
        own.at(LAUNCHED)


def test_with_reload_worlds_stay_as_they_were_made_and_new_ones_follow_the_files(mine):
    own = OwnFixtures([mine], DEFAULT_AS_OF, changing=True, say=lambda _: None)
    sandboxes = Sandboxes(Sandbox(own.read()), own.at)
    before = [sandboxes.create(), sandboxes.create(LAUNCHED)]
    states = [sandbox.state for sandbox in before]
    mine.write_text(f"{ADA}movies: [title: Zzyzx Holiday]")
    assert asyncio.run(own.catch_up(sandboxes.first))
    after = [sandboxes.create(), sandboxes.create(LAUNCHED)]
    assert [sandbox.state for sandbox in before] == [sandbox.begun for sandbox in before] == states
    assert {sandbox.state.catalogue for sandbox in after} == {sandboxes.first.state.catalogue}
    assert states[0].catalogue is not sandboxes.first.state.catalogue

"""Registering applications: by JSON, by the form of the page, by the command (walkthrough, steps 1 and 2)."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.clients.signer import signed


def register_by_command(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mock_netflix", "register", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_registered_application_can_sign_at_once(mock):
    told = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Mine & Yours"}).json()
    assert re.fullmatch("[a-z0-9]{24}", told["key"])
    assert re.fullmatch("[A-Za-z0-9]{10}", told["secret"])
    url = signed("GET", f"{mock.url}/oauth/request_token", {}, consumer=(told["key"], told["secret"]))
    assert "application_name=Mine+%26+Yours" in mock.http.get(url).text


def test_the_same_name_twice_makes_two_applications(mock):
    one, other = (mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Twin"}).json() for _ in "ab")
    assert one["key"] != other["key"]
    listed = mock.http.get(f"{mock.url}/_mock/applications").json()["applications"]
    assert one in listed
    assert other in listed


def test_the_form_of_the_page_leads_back_to_the_page(mock):
    answer = mock.http.post(f"{mock.url}/_mock/applications", data={"name": "From the page"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/_mock/#applications")
    assert "From the page" in mock.http.get(f"{mock.url}/_mock/").text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"name": 7}', b'{"name": ""}', b'{"name": "a\\nb"}', b"\xff"])
def test_a_bad_name_is_one_clear_sentence_and_changes_nothing(mock, body):
    before = mock.state
    answer = mock.http.post(f"{mock.url}/_mock/applications", content=body)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]
    assert mock.state is before


def test_a_page_of_another_site_cannot_register(mock):
    headers = {"Origin": "http://evil.example"}
    answer = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Evil"}, headers=headers)
    assert answer.status_code == 403


def test_the_command_prints_key_and_secret(mock):
    said = register_by_command("Bookmarklet", "--base-url", mock.url)
    assert said.returncode == 0
    assert all(one.key in said.stdout for one in mock.state.grants.applications.values() if one.name == "Bookmarklet")
    told = json.loads(register_by_command("Other", "--json", "--base-url", mock.url).stdout)
    assert told["key"] in mock.state.grants.applications


def test_the_command_says_what_is_wrong_in_one_line(mock):
    nobody = register_by_command("X", "--base-url", "http://127.0.0.1:9")
    nameless = register_by_command("", "--base-url", mock.url)
    nowhere = register_by_command("X", "--base-url", "localhost")
    assert [one.returncode for one in (nobody, nameless, nowhere)] == [2, 2, 2]
    assert "start one with: mock-netflix serve" in nobody.stderr
    assert "the name must be 1 to 200 printable characters" in nameless.stderr
    assert "should look like http://127.0.0.1:2008" in nowhere.stderr
    assert all(one.stderr.count("\n") == 1 for one in (nobody, nameless, nowhere))


def test_an_application_may_bring_its_key_and_secret(mock):
    """Those that a client has built in."""
    told = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Old", "key": "built-in", "secret": "a&b"})
    assert (told.status_code, told.json()["key"], told.json()["secret"]) == (201, "built-in", "a&b")
    url = signed("GET", f"{mock.url}/oauth/request_token", {}, consumer=("built-in", "a&b"))
    assert mock.http.get(url).status_code == 200


def test_a_key_leads_to_one_world_only(mock):
    world = mock.http.post(f"{mock.url}/_mock/worlds").json()["world"]
    for key in (mock.application.key, world):
        again = mock.http.post(f"{mock.url}/_mock/applications", json={"name": "Twin", "key": key})
        assert (again.status_code, "is taken" in again.json()["detail"]) == (409, True)
    mock.http.delete(f"{mock.url}/_mock/worlds/{world}")


def test_a_key_that_a_client_has_built_in_is_used_in_one_world_after_another(mock):
    consumer = ("built-in", "secret")
    for _ in "ab":
        own = f"{mock.url}/_mock/worlds/{mock.http.post(f'{mock.url}/_mock/worlds').json()['world']}"
        told = {"name": "Old", "key": consumer[0], "secret": consumer[1]}
        assert mock.http.post(f"{own}/applications", json=told).status_code == 201
        url = signed("GET", f"{mock.url}/oauth/request_token", {}, consumer=consumer)
        assert mock.http.get(url).status_code == 200
        assert len(mock.http.get(f"{own}/requests").json()["requests"]) == 1
        mock.http.delete(own)
        assert mock.http.get(url).status_code == 403


def test_json_is_read_where_curl_calls_it_a_form(mock):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = mock.http.post(f"{mock.url}/_mock/applications", content=b'{"name": "By Curl"}', headers=form)
    assert (answer.status_code, answer.json()["name"]) == (201, "By Curl")

"""Every address that an answer about the catalogue gives is there (reference: client-demands 2)."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.resources.facets import FACETS
from tests.resources.in_process import Api
from tests.resources.lantern import FISH, SERIES, TITLES, WITH_BONUS, the_lantern_world
from tests.worlds import ADA, NOOR

BASE = "http://127.0.0.1:8181"
EVERYTHING = ",".join((*(facet.name for facet in FACETS), "filmography"))
STARTS = ("/", "/catalog/titles", "/catalog/people", *(f"/catalog/titles/{name}" for name in ("index", "full", "dvd")))
# Signed with a token, and the business of other tests.
OF_USERS = f"{BASE}/users"


@pytest.fixture(scope="module")
def api() -> Api:
    return Api(the_lantern_world(), BASE)


def addresses(document: bytes) -> set[str]:
    """What an answer links to or names by id on the host that was asked, pictures too."""
    found = set()
    for node in ElementTree.fromstring(document).iter():
        found |= {value for name, value in node.attrib.items() if name in ("href", "small", "medium", "large")}
        found |= {node.text} if node.tag == "id" and node.text else set()
    return {address for address in found if address.startswith(BASE)}


def crawled(api: Api) -> dict[str, int]:
    """The status of everything that can be reached from the starts, everything expanded."""
    found: dict[str, int] = {}
    ahead = deque(BASE + start for start in STARTS)
    while ahead:
        address = ahead.popleft()
        if address in found or address.startswith(OF_USERS):
            continue
        response = api.get(urlsplit(address).path, Level.SIGNED, expand=EVERYTHING)
        found[address] = response.status_code
        if response.headers["content-type"].startswith("application/xml"):
            ahead.extend(addresses(response.content))
    return found


@pytest.fixture(scope="module")
def statuses(api) -> dict[str, int]:
    return crawled(api)


def test_every_address_in_an_answer_is_answered(statuses):
    gone = [address for address, status in statuses.items() if status != 200]
    assert gone == []


def test_everything_in_the_catalogue_is_reached(statuses):
    reached = {urlsplit(address).path for address in statuses}
    for title in TITLES:
        assert any(path.startswith("/catalog/titles/") and path.endswith(f"/{title.number}") for path in reached)
        assert any(path.startswith("/Movie/") and path.endswith(f"/{title.number}") for path in reached)
    for person in (ADA, NOOR):
        assert {f"/catalog/people/{person.number}", f"/catalog/people/{person.number}/filmography"} <= reached


def test_every_part_is_reached(statuses):
    """Awards are a movie's, episodes a series'."""
    parts = {urlsplit(address).path.rpartition("/")[2] for address in statuses}
    assert {facet.name for facet in FACETS} <= parts


@pytest.mark.parametrize("title", [WITH_BONUS, FISH, SERIES], ids=lambda title: title.regular)
def test_an_address_answers_with_what_it_names(api, title):
    response = api.get(f"/catalog/titles/{title.type}/{title.number}", Level.SIGNED)
    address = ElementTree.fromstring(response.content).findtext("id")
    assert address == f"{BASE}/catalog/titles/{title.type}/{title.number}"

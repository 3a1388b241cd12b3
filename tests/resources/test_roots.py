"""The root documents: they lead to everything, and tell a browser why they do not (reference: protocol 1.1)."""

from __future__ import annotations

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from mock_netflix.oauth.levels import Level
from tests.resources.in_process import API, Api, refusal

LEADS_TO = {
    "/": ["/catalog", "/users"],
    "/catalog": ["/catalog/titles", "/catalog/people"],
    "/users": ["/users/current"],
}


@pytest.mark.parametrize("path", LEADS_TO)
def test_a_root_leads_to_what_is_below_it(path):
    api = Api()
    root = ElementTree.fromstring(api.get(path).content)
    assert root.tag == "resource"
    assert [link.attrib["href"] for link in root] == [API + target for target in LEADS_TO[path]]
    assert [api.get(target).status_code for target in LEADS_TO[path]] == [200] * len(LEADS_TO[path])


def test_users_belong_to_somebody_and_the_catalog_to_all():
    api = Api()
    assert [api.get(path, Level.SIGNED).status_code for path in LEADS_TO] == [200, 200, 400]


def test_a_browser_at_the_base_address_is_led_to_the_mocks_own_page(mock):
    answer = mock.http.get(f"{mock.url}/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/_mock/")


def test_a_client_at_the_base_address_is_told_what_is_missing_and_where_to_read_about_it(mock):
    answer = mock.http.get(f"{mock.url}/")
    assert refusal(answer) == (400, "Missing Required Consumer Key")
    explained = answer.headers["x-mock-netflix-explain"]
    assert urlsplit(explained).path.startswith("/_mock/requests/")
    assert mock.http.get(explained).json()["refused"] == "Missing Required Consumer Key"


def test_the_empty_path_is_the_root(mock):
    """As a URL without a path is sent by every client."""
    assert mock.http.get(mock.url).status_code == 400

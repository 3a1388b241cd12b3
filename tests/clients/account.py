"""What every client does once it has an access token: reads the account and searches the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from mock_netflix.world.subscribers import Subscriber

# A signed GET of a path with plain parameters: requests and httpx give answers of the same shape.
Get = Callable[..., Any]


def reads(get: Get, subscriber: Subscriber) -> None:
    """Asserts that all reads of the launch day are answered to this client, for this subscriber."""
    current = document(get("/users/current")).find("link").get("href")
    assert current.endswith(f"/users/{subscriber.user_id}")
    for segment in (subscriber.user_id, "@me"):
        assert document(get(f"/users/{segment}")).findtext("user_id") == subscriber.user_id
    returned = document(get(f"/users/{subscriber.user_id}/rental_history/returned", max_results="3"))
    assert returned.tag == "rental_history"
    found = document(get("/catalog/titles", term="the  lantern & *~+", start_index="0", expand="synopsis,formats"))
    assert int(found.findtext("number_of_results")) > 0


def document(answer: Any) -> ElementTree.Element:
    """The XML of a successful answer."""
    assert answer.status_code == 200, answer.text
    return ElementTree.fromstring(answer.content)

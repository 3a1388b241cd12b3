"""Many wrong signatures at once: each is refused, few are looked into, any of the last can be when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mock_netflix.oauth.refusals import SignatureInvalid
from tests.clients.signer import signed
from tests.conftest import Mock
from tests.web.conftest import StillClock

MANY = 100
# The secret of nobody: all there is to try is tried.
WRONG = "wrong"


def flood(mock: Mock, count: int = MANY, **plain: str) -> list[int]:
    """The statuses of calls that are signed with a secret that nobody has, in one second by the mock's clock."""
    mock.sandbox.clock = StillClock(at=mock.sandbox.clock.now())
    consumer = (mock.application.key, WRONG)
    urls = [signed("GET", f"{mock.url}/catalog/titles", plain, consumer=consumer) for _ in range(count)]
    return [mock.http.get(url).status_code for url in urls]


def refusals(mock: Mock) -> list[SignatureInvalid]:
    found = [entry.refusal for entry in mock.sandbox.journal.entries()]
    assert all(isinstance(one, SignatureInvalid) for one in found)
    return found


@pytest.fixture(autouse=True)
def _own_clock(mock: Mock) -> Iterator[None]:
    clock = mock.sandbox.clock
    yield
    mock.sandbox.clock = clock


def test_each_of_a_flood_is_refused_and_few_are_looked_into_at_once(mock: Mock):
    """A search takes some thousandths of a second; those of one second may take a fifth of it."""
    assert set(flood(mock)) == {401}
    diagnosed = [one for one in refusals(mock) if one.diagnosis is not None]
    assert 0 < len(diagnosed) < MANY
    assert refusals(mock)[-1].diagnosis is None


def test_the_others_are_when_somebody_asks(mock: Mock):
    flood(mock)
    listed = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"]
    assert {one["explanation"]["cause"] for one in listed} == {"undiagnosed", "unexplained"}
    last = mock.http.get(f"{mock.url}/_mock/requests/{listed[-1]['number']}").json()
    assert last["explanation"]["cause"] == "unexplained"


def test_a_plain_mistake_is_found_at_once_many_times_a_second(mock: Mock):
    mock.sandbox.clock = StillClock(at=mock.sandbox.clock.now())
    consumer, token = (mock.application.key, mock.application.secret), (mock.state.access_token.token, "")
    causes = [
        mock.http.get(signed("GET", mock.url + mock.user, {}, consumer=consumer, token=token)).headers[
            "x-mock-netflix-cause"
        ]
        for _ in range(20)
    ]
    assert set(causes) == {"token-secret-omitted"}


def test_what_is_kept_for_it_is_bounded(mock: Mock):
    """Of those that were put off, the last can still be looked into; of the others, only what was found is kept."""
    flood(mock, 250)
    found = refusals(mock)
    assert sum(one.evidence is not None for one in found) <= 200
    assert found[-1].evidence is not None
    assert all(one.evidence is None for one in found if one.diagnosis is not None)


def test_a_search_that_takes_too_long_is_left_for_another_time(mock: Mock):
    """Hundreds of parameters take long to write; the answer does not wait for it."""
    flood(mock, 3, **{f"parameter{number}": "a value, and more" for number in range(200)})
    assert all(one.diagnosis is None and one.evidence is not None for one in refusals(mock))
    told = mock.http.get(f"{mock.url}/_mock/requests/last-refused").json()["explanation"]
    assert told["cause"] == "unexplained"


def test_a_large_request_is_refused_without_evidence(mock: Mock):
    consumer = (mock.application.key, "wrong")
    form = "&".join(f"a{number}=b" for number in range(20_000))
    url = signed("POST", f"{mock.url}/catalog/titles", {}, consumer=consumer)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = mock.http.post(url, content=form, headers=headers)
    assert answer.status_code == 401
    told = mock.http.get(answer.headers["x-mock-netflix-explain"]).json()["explanation"]
    assert (told["cause"], "too large" in told["message"]) == ("undiagnosed", True)
    assert refusals(mock)[-1].evidence is None

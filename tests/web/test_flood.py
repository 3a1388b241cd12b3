"""Many wrong signatures at once: each is refused, few are looked into, any of the last can be when somebody asks."""

from __future__ import annotations

from mock_netflix.oauth.refusals import SignatureInvalid
from tests.clients.signer import signed
from tests.conftest import Mock

MANY = 300


def flood(mock: Mock, count: int = MANY) -> list[int]:
    """The statuses of calls that are signed without the secret of their token."""
    consumer, token = (mock.application.key, mock.application.secret), (mock.state.access_token.token, "")
    return [
        mock.http.get(signed("GET", mock.url + mock.user, {}, consumer=consumer, token=token)).status_code
        for _ in range(count)
    ]


def refusals(mock: Mock) -> list[SignatureInvalid]:
    found = [entry.refusal for entry in mock.sandbox.journal.entries()]
    assert all(isinstance(one, SignatureInvalid) for one in found)
    return found


def test_each_of_a_flood_is_refused_and_few_are_looked_into_at_once(mock: Mock):
    assert set(flood(mock)) == {401}
    diagnosed = [one for one in refusals(mock) if one.diagnosis is not None]
    assert 0 < len(diagnosed) < MANY / 2


def test_the_others_are_when_somebody_asks(mock: Mock):
    flood(mock)
    listed = mock.http.get(f"{mock.url}/_mock/requests").json()["requests"]
    assert {one["explanation"]["cause"] for one in listed} == {"undiagnosed", "token-secret-omitted", "unexplained"}
    last = mock.http.get(f"{mock.url}/_mock/requests/{listed[-1]['number']}").json()
    assert last["explanation"]["cause"] == "token-secret-omitted"


def test_what_is_kept_for_it_is_bounded(mock: Mock):
    """Of those that were put off, the last can still be looked into; of the others, only what was found is kept."""
    flood(mock)
    found = refusals(mock)
    assert sum(one.evidence is not None for one in found) <= 200
    assert found[-1].evidence is not None
    assert all(one.evidence is None for one in found if one.diagnosis is not None)


def test_a_large_request_is_refused_without_evidence(mock: Mock):
    consumer = (mock.application.key, "wrong")
    form = "&".join(f"a{number}=b" for number in range(20_000))
    url = signed("POST", f"{mock.url}/catalog/titles", {}, consumer=consumer)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = mock.http.post(url, content=form, headers=headers)
    assert answer.status_code == 401
    told = mock.http.get(answer.headers["x-mock-netflix-explain"]).json()["explanation"]
    assert (told["cause"], "too large" in told["message"]) == ("unexplained", True)
    assert refusals(mock)[-1].evidence is None

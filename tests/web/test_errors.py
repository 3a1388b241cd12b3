"""Every way to say no, provoked over the wire: status, sub code and words, in XML and JSON (protocol 7)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest

from mock_netflix.calendar import Calendar, day
from mock_netflix.oauth import refusals as g
from mock_netflix.web.errors import WORDS, Words
from mock_netflix.world import identifiers
from mock_netflix.world import refusals as r
from mock_netflix.world.grants import Standing, expire, issue_access_token, register, with_standing
from mock_netflix.world.queues import MAX_ENTRIES, Queue, QueueEntry
from mock_netflix.world.rentals import at_home
from mock_netflix.world.titles import TitleType
from tests.clients.signer import oauth_parameters, signed
from tests.conftest import Mock

Provoke = Callable[..., httpx.Response]


def ready(mock: Mock):
    return mock.state.subscribers[mock.state.subscriber.user_id]


def change(mock: Mock, **told: Any) -> None:
    mock.sandbox.state = mock.state.with_subscriber(replace(ready(mock), **told))


def nobody() -> str:
    return identifiers.user_id("nobody")


def somebody_else(mock: Mock) -> str:
    return next(one for one in mock.state.subscribers if one != mock.state.subscriber.user_id)


def consumer(mock: Mock) -> tuple[str, str]:
    return mock.application.key, mock.application.secret


def unsigned(mock: Mock, path: str, **query: Any) -> httpx.Response:
    return mock.http.get(f"{mock.url}{path}?{urlencode(query)}")


def tampered(mock: Mock, path: str, *, without: str = "", **changed: str) -> httpx.Response:
    """A call of the application whose protocol parameters were changed before they were signed."""
    output = {"output": changed.pop("output")} if "output" in changed else {}
    pairs = dict(oauth_parameters("GET", mock.url + path, output, consumer=consumer(mock)))
    sent = {**output, **pairs, **changed}
    sent.pop(without, None)
    return mock.http.get(f"{mock.url}{path}?{urlencode(sent)}")


def login(mock: Mock, callback: str | None = None, **changed: str | None) -> httpx.Response:
    """The login address by a script, with something changed or, where it is None, left out."""
    token, _ = mock.request_token(callback)
    given = {
        "oauth_token": token,
        "oauth_consumer_key": mock.application.key,
        "application_name": mock.application.name,
        "name": mock.state.subscriber.login,
        "password": mock.state.subscriber.password,
        "output": "pox",
        **changed,
    }
    return mock.http.post(f"{mock.url}/oauth/login", data={k: v for k, v in given.items() if v is not None})


def add(mock: Mock, ref: str, kind: str = "disc", **parameters: Any) -> httpx.Response:
    return mock.send("POST", f"{mock.user}/queues/{kind}", title_ref=ref, **parameters)


def queued(mock: Mock) -> str:
    kind, number = ready(mock).disc_queue.available[0].title
    return f"{kind}/{number}"


def full_queue(mock: Mock, **extra: Any) -> httpx.Response:
    entries = (QueueEntry((TitleType.MOVIE, number), "DVD", 0) for number in range(MAX_ENTRIES))
    change(mock, disc_queue=Queue(available=tuple(entries)), rentals=())
    return add(mock, "movies/60010002", **extra)


def moved_series(mock: Mock, **extra: Any) -> httpx.Response:
    change(mock, disc_queue=Queue(), rentals=())
    season = next(t for t in mock.state.catalogue.titles.values() if t.type is TitleType.SEASON)
    add(mock, f"seasons/{season.number}")
    return add(mock, f"seasons/{season.number}", position=1, **extra)


def saved_moved(mock: Mock, **extra: Any) -> httpx.Response:
    kind, number = ready(mock).disc_queue.saved[0].title
    return add(mock, f"{kind}/{number}", position=1, **extra)


def revoked(mock: Mock, **extra: Any) -> httpx.Response:
    token = replace(mock.state.access_token, revoked=True)
    grants = replace(mock.state.grants, access_tokens={token.token: token})
    mock.sandbox.state = mock.state.with_grants(grants)
    return mock.get(mock.user, **extra)


def foreign_feed(mock: Mock, **extra: Any) -> httpx.Response:
    return mock.feed("rental_history", f"/users/{somebody_else(mock)}/rental_history", **extra)


def old_host(mock: Mock, **extra: Any) -> httpx.Response:
    mock.sandbox.calendar = Calendar(day("2012-11-01"))
    token = (mock.state.access_token.token, mock.state.access_token.secret)
    url = signed("GET", f"http://api.netflix.com{mock.user}", extra, consumer=consumer(mock), token=token)
    target = url.removeprefix("http://api.netflix.com")
    return mock.http.get(mock.url + target, headers={"Host": "api.netflix.com"})


def others_request_token(mock: Mock, **extra: Any) -> httpx.Response:
    grants, other = register(mock.state.grants, "Other")
    mock.sandbox.state = mock.state.with_grants(grants)
    return login(mock, **{"oauth_consumer_key": other.key, **extra})


def stale(mock: Mock, **extra: Any) -> httpx.Response:
    token = (mock.state.access_token.token, mock.state.access_token.secret)
    given = {"title_ref": "movies/60010002", **extra}
    url = signed("POST", f"{mock.url}{mock.user}/queues/disc", given, consumer=consumer(mock), token=token)
    return mock.http.post(url, headers={"If-Match": '"7"'})


def others_access_token(mock: Mock, **extra: Any) -> httpx.Response:
    grants, other = register(mock.state.grants, "Other")
    grants, token = issue_access_token(grants, other.key, mock.state.subscriber.user_id)
    mock.sandbox.state = mock.state.with_grants(grants)
    url = signed("GET", mock.url + mock.user, extra, consumer=consumer(mock), token=(token.token, token.secret))
    return mock.http.get(url)


def ruled(mock: Mock, **rules: Any) -> Mock:
    """The mock with some of its rules changed."""
    mock.sandbox.state = mock.state.with_rules(replace(mock.state.rules, **rules))
    return mock


def standing(mock: Mock, how: Standing, **extra: Any) -> httpx.Response:
    mock.sandbox.state = mock.state.with_grants(with_standing(mock.state.grants, mock.application, how))
    return mock.get("/catalog/titles", **extra)


def expired(mock: Mock, **extra: Any) -> httpx.Response:
    grants = expire(mock.state.grants, mock.state.access_token, 1)
    mock.sandbox.state = mock.state.with_grants(grants)
    return mock.get(mock.user, **extra)


def unknown_token(mock: Mock, **extra: Any) -> httpx.Response:
    url = signed("GET", mock.url + mock.user, extra, consumer=consumer(mock), token=("nobody's", "x"))
    return mock.http.get(url)


def replayed(mock: Mock, **extra: Any) -> httpx.Response:
    ruled(mock, unique_nonces=True)
    url = signed("GET", mock.url + "/catalog/titles", extra, consumer=consumer(mock))
    return [mock.http.get(url) for _ in "ab"][1]


def over_rate(mock: Mock, rule: str, **extra: Any) -> httpx.Response:
    """The limit is reached at once, so that no second may end in between."""
    return ruled(mock, **{rule: 0}).get_as_application("/catalog/titles", **extra)


PROVOKED: dict[type[r.Refusal], Provoke] = {
    r.ParameterInvalid: lambda m, **x: m.get(f"{m.user}/rental_history", start_index="first", **x),
    r.ParameterMissing: lambda m, **x: login(m, application_name=None, **x),
    r.PageSizeInvalid: lambda m, **x: m.get(f"{m.user}/rental_history", max_results=0, **x),
    r.VersionNotSupported: lambda m, **x: m.get(m.user, v="2.0", **x),
    r.UserIdInvalid: lambda m, **x: m.get(f"/users/{nobody()}", **x),
    r.UserIdMismatch: lambda m, **x: m.get(f"/users/{somebody_else(m)}", **x),
    r.AccessTokenRevoked: revoked,
    r.BadFeedToken: lambda m, **x: m.feed("at_home", f"{m.user}/at_home", **{"feed_token": "x", **x}),
    r.FeedUserNotFound: lambda m, **x: m.feed("at_home", f"/users/{nobody()}/at_home", **x),
    r.FeedUserMismatch: foreign_feed,
    r.FeedResourceMismatch: lambda m, **x: m.feed("at_home", f"{m.user}/rental_history", **x),
    r.InvalidFeedToken: lambda m, **x: m.feed("", f"{m.user}/at_home", **x),
    r.BadRequestToken: lambda m, **x: login(m, oauth_token="x", **x),
    r.ConsumerKeyUnknown: lambda m, **x: login(m, oauth_consumer_key="x", **x),
    r.ConsumerKeyMismatch: others_request_token,
    r.ApplicationNameUndefined: lambda m, **x: login(m, application_name="", **x),
    r.ApplicationNameMismatch: lambda m, **x: login(m, application_name="Ham", **x),
    r.AuthorizationFailed: lambda m, **x: login(m, password="wrong", **x),
    r.TermsNotAccepted: lambda m, **x: login(m, accept_tos="false", **x),
    r.TitleUnavailable: lambda m, **x: add(m, "movies/1", **x),
    r.CannotMoveSaved: saved_moved,
    r.QueueTooLarge: full_queue,
    r.FormatInvalid: lambda m, **x: add(m, queued(m), format="VHS", **x),
    r.TitleAtHome: lambda m, **x: add(m, "/".join(map(str, at_home(ready(m).rentals)[0].title)), **x),
    r.CannotMoveSeries: moved_series,
    r.FormatNotAllowed: lambda m, **x: (change(m, can_instant_watch=False), add(m, queued(m), "instant", **x))[1],
    r.NotInQueue: lambda m, **x: m.send("DELETE", f"{m.user}/queues/disc/available/1", **x),
    r.AlreadyQueued: lambda m, **x: add(m, queued(m), **x),
    r.StaleEtag: lambda m, **x: add(m, queued(m), etag="7", **x),
    r.PreconditionFailed: stale,
    r.ForeignHost: lambda m, **x: m.http.get(f"{m.url}/catalog/titles", params=x, headers={"Host": "shop.example.com"}),
    r.TunnelRefused: lambda m, **x: m.http.request("CONNECT", f"{m.url}/", params=x),
    r.ForeignOrigin: lambda m, **x: m.http.post(
        f"{m.url}/oauth/login",
        headers={"Origin": "http://evil.example"},
        data={
            "oauth_token": m.request_token()[0],
            "oauth_consumer_key": m.application.key,
            "application_name": m.application.name,
            **x,
        },
    ),
    r.ResourceNotFound: lambda m, **x: m.get("/catalog/titles/movies/1", **x),
    r.SiteFeedUnknown: lambda m, **x: unsigned(m, "/Top25RSS", gid="1", **x),
    r.HostDeprecated: old_host,
    r.MethodNotAllowed: lambda m, **x: m.send("DELETE", m.user, **x),
    r.AlreadyRated: lambda m, **x: [
        m.send("POST", f"{m.user}/ratings/title/actual", title_ref="movies/60010002", rating=3, **x) for _ in "ab"
    ][1],
    g.ConsumerKeyMissing: lambda m, **x: unsigned(m, "/catalog/titles", **x),
    g.ConsumerKeyInvalid: lambda m, **x: unsigned(m, "/catalog/titles", oauth_consumer_key="x", **x),
    g.SignatureMethodUnsupported: lambda m, **x: tampered(m, "/catalog/titles", oauth_signature_method="RSA-SHA1", **x),
    g.RequestTokenMissing: lambda m, **x: tampered(m, "/oauth/access_token", **x),
    g.AccessTokenMissing: lambda m, **x: tampered(m, m.user, **x),
    g.TokenOfOtherApplication: others_access_token,
    g.TokenUnknown: unknown_token,
    g.TokenExpired: expired,
    g.ApplicationInactive: lambda m, **x: standing(m, Standing.INACTIVE, **x),
    g.ApplicationUnauthorized: lambda m, **x: standing(m, Standing.UNAUTHORIZED, **x),
    g.ParameterUnsupported: lambda m, **x: tampered(m, "/catalog/titles", oauth_version="2.0", **x),
    g.ParameterRepeated: lambda m, **x: m.get("/catalog/titles", oauth_nonce="again", **x),
    g.ParameterInTwoPlaces: lambda m, **x: m.http.post(
        f"{m.url}/catalog/titles?{urlencode({'oauth_consumer_key': m.application.key, 'oauth_nonce': 'a', **x})}",
        data={"oauth_nonce": "a"},
    ),
    g.NonceUsed: replayed,
    g.SignatureMissing: lambda m, **x: tampered(m, "/catalog/titles", without="oauth_signature", **x),
    g.OverQueriesPerSecond: lambda m, **x: over_rate(m, "queries_per_second", **x),
    g.OverQueriesPerDay: lambda m, **x: over_rate(m, "queries_per_day", **x),
    g.ServiceOverQueriesPerSecond: lambda m, **x: over_rate(m, "service_queries_per_second", **x),
    g.BadGateway: lambda m, **x: ruled(m, outage="bad-gateway").get(m.user, **x),
    g.ScheduledMaintenance: lambda m, **x: ruled(m, outage="maintenance").get(m.user, **x),
    g.GatewayTimeout: lambda m, **x: ruled(m, outage="gateway-timeout").get(m.user, **x),
    g.TimestampInvalid: lambda m, **x: tampered(
        m, "/catalog/titles", oauth_timestamp=str(int(time.time()) - 3600), **x
    ),
    g.NonceMissing: lambda m, **x: tampered(m, "/catalog/titles", without="oauth_nonce", **x),
    g.SignatureInvalid: lambda m, **x: tampered(m, "/catalog/titles", oauth_signature="x", **x),
    g.BodyTooLarge: lambda m, **x: m.http.post(
        f"{m.url}/catalog/titles?{urlencode(x)}", content=b"x" * 1_100_000, headers={"Content-Type": "text/plain"}
    ),
    g.AddressTooLong: lambda m, **x: unsigned(m, "/catalog/titles", **x, term="x" * 65_100),
}
# The token calls answer these in bare text; and an address that is too long is not read for its `output`.
_BARE = (g.RequestTokenMissing,)
_UNREAD = (g.AddressTooLong,)

each = pytest.mark.parametrize("refusal", WORDS, ids=lambda refusal: refusal.__name__)


def test_every_way_to_say_no_is_provoked():
    assert set(PROVOKED) == set(WORDS)


def as_told(words: Words, message: str) -> dict[str, str]:
    """The members of the status document."""
    code = {"status_code": str(words.status)} if words.repeats_status else {}
    sub_code = {} if words.sub_code is None else {"sub_code": str(words.sub_code)}
    return {**code, **sub_code, "message": message}


def message_of(refusal: type[r.Refusal]) -> str:
    named = {r.ParameterInvalid: "start_index", r.ParameterMissing: "application_name"}
    return WORDS[refusal].message.format(
        name=named.get(refusal),
        host="shop.example.com",
        reason="mock-netflix does not stand for /, and sends nothing on",
    )


@each
def test_the_answer_in_xml(mock: Mock, refusal: type[r.Refusal]):
    words, answer = WORDS[refusal], PROVOKED[refusal](mock)
    assert answer.status_code == words.status
    assert answer.headers.get("x-mashery-error-code") == words.gateway
    if refusal in _BARE:
        assert answer.text == words.message
        return
    root = ElementTree.fromstring(answer.content)
    assert root.tag == "status"
    assert {child.tag: child.text for child in root} == as_told(words, message_of(refusal))


@each
def test_the_answer_in_json(mock: Mock, refusal: type[r.Refusal]):
    words, answer = WORDS[refusal], PROVOKED[refusal](mock, output="json")
    assert answer.status_code == words.status
    if refusal not in (*_BARE, *_UNREAD):
        assert answer.json() == {"status": as_told(words, message_of(refusal))}


@each
def test_the_reason_is_found_behind_the_header(mock: Mock, refusal: type[r.Refusal]):
    answer = PROVOKED[refusal](mock)
    number = answer.headers["x-mock-netflix-explain"].rpartition("/")[2]
    told = mock.http.get(f"{mock.url}/_mock/requests/{number}").json()
    assert told["status"] == WORDS[refusal].status
    explanation = told["explanation"]
    assert explanation["cause"] == CAUSES.get(refusal, kebab(refusal.__name__))
    assert explanation["causes"] == [explanation["cause"]]
    if issubclass(refusal, g.GatewayRefusal):
        assert answer.headers["x-mock-netflix-cause"] == explanation["cause"]
    assert explanation["message"].endswith((".", "plaintext=true"))


# Where the code is not just the name of the fact.
CAUSES = {
    g.ParameterInTwoPlaces: "parameter-repeated",
    g.ConsumerKeyInvalid: "unknown-consumer-key",
    g.TokenUnknown: "unknown-token",
    g.TokenExpired: "expired-token",
    g.TimestampInvalid: "timestamp-skew",
    g.SignatureMissing: "unsigned",
    g.SignatureInvalid: "unexplained",
}


def kebab(name: str) -> str:
    return "".join(f"-{one.lower()}" if one.isupper() else one for one in name).removeprefix("-")

"""What a test may hand to the handle, and that anything else is refused by a sentence and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from mock_netflix import MockNetflix, MockNetflixError
from mock_netflix.oauth.signing import SigningError


@pytest.fixture(scope="module")
def served() -> Iterator[MockNetflix]:
    with MockNetflix() as served:
        yield served


@pytest.fixture
def netflix(served: MockNetflix) -> MockNetflix:
    served.reset()
    return served


REFUSED: dict[str, Callable[[Any], object]] = {
    "url cannot be None; it is a text": lambda w: w.sign("GET", None),
    "method cannot be 7; it is a text": lambda w: w.sign(7, "/x"),
    "no application has the consumer key 'key text'": lambda w: w.sign("GET", "/x", application="key text"),
    "application cannot be 5; give one, or its consumer key": lambda w: w.sign("GET", "/x", application=5),
    'params cannot be "a=1"; it is a dict': lambda w: w.sign("GET", "/x", params="a=1"),
    "data cannot be": lambda w: w.sign("POST", "/x", data=["title_ref"]),
    "extra cannot be 5": lambda w: w.sign("POST", "/x", extra=5),
    'place cannot be "url"; it is one of query, header, body': lambda w: w.sign("GET", "/x", place="url"),
    "token cannot be 5; give an access token": lambda w: w.sign("GET", "/x", token=5),
    "token cannot be (1, 2)": lambda w: w.sign("GET", "/x", token=(1, 2)),
    "there is no access token 'gone' in this world": lambda w: w.sign("GET", "/x", token="gone"),
    "ftp://x is no address": lambda w: w.sign("GET", "ftp://x"),
    " is no HTTP method; write a verb": lambda w: w.sign("", "/x"),
    "the name must be 1 to 200 printable characters": lambda w: w.register(None),
    "the key must be 1 to 200 letters and digits": lambda w: w.register("A", key=5),
    "the secret must be 1 to 200": lambda w: w.register("A", secret=5),
    "subscriber cannot be 5; name one by login": lambda w: w.issue_token(5),
    "application cannot be 7": lambda w: w.issue_token(application=7),
    "expires_in is in seconds, from 0 to": lambda w: w.issue_token(expires_in="60"),
    "expires_in is in seconds": lambda w: w.issue_token(expires_in=True),
    "request_token cannot be None; it is a text": lambda w: w.authorize(None),
    "request_token cannot be 5; it is a text": lambda w: w.verifier(5),
    "token cannot be 5; give an access token, or its name": lambda w: w.revoke_token(5),
    "token cannot be 6; give an access token, or its name": lambda w: w.expire_token(6),
    "restore takes what snapshot() gave": lambda w: w.restore(None),
    "there is no subscriber 'nobody@example.com'": lambda w: w.login("approve", subscriber="nobody@example.com"),
    'login cannot be "maybe"; it takes "page"': lambda w: w.login("maybe"),
    'saved cannot be "yes"; it is True or False': lambda w: w.queue("Casablanca", saved="yes"),
    "clear cannot be 1; it is True or False": lambda w: w.queue("Casablanca", clear=1),
    'deny cannot be "no"; it is True or False': lambda w: w.authorize("x", deny="no"),
    'there is no queue "dvd"; there are disc and instant': lambda w: w.queue("Casablanca", which="dvd"),
    "whole number from 1 to 100000": lambda w: w.watch("Casablanca", minutes=0),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_is_refused_by_a_sentence_and_changes_nothing(netflix: MockNetflix, sentence: str) -> None:
    before = netflix.state
    with pytest.raises(MockNetflixError) as refused:
        REFUSED[sentence](netflix)
    assert sentence in str(refused.value)
    assert netflix.state is before


@pytest.mark.parametrize("port", [70000, -1, "x", True, 1.5])
def test_a_port_that_cannot_be_is_refused_before_anything_is_served(port: Any) -> None:
    with pytest.raises(MockNetflixError, match="it is a number from 1 to 65535, or 0 for a free one"):
        MockNetflix(port=port)


def test_who_catches_value_errors_of_signing_still_does() -> None:
    assert issubclass(SigningError, ValueError)
    assert issubclass(SigningError, MockNetflixError)


def test_a_consumer_key_stands_for_its_application(netflix: MockNetflix) -> None:
    other = netflix.register("Other")
    token = netflix.issue_token(application=other.key)
    assert token.consumer_key == other.key
    signed = netflix.sign("GET", "/users/current", application=other.key, token=token)
    assert httpx.get(signed.url, trust_env=False).status_code == 200


def test_a_subscriber_stands_for_their_login(netflix: MockNetflix) -> None:
    ada = netflix.add_subscriber("ada@example.com")
    assert netflix.issue_token(ada).user_id == ada.user_id
    netflix.login("approve", subscriber=ada)
    assert netflix.settings.login_subscriber == ada.user_id
    asked = netflix.sign("POST", "/oauth/request_token", token=None, extra={"oauth_callback": "oob"})
    answer = httpx.post(asked.url, trust_env=False)
    request_token = dict(parse_qsl(answer.text))["oauth_token"]
    assert netflix.authorize(request_token, netflix.subscriber).user_id == netflix.subscriber.user_id


@pytest.mark.parametrize(
    "params", [{"a": ["b", "c"], "d": None, "e": 1}, [("a", "b"), ("a", "c"), ("e", 1)], (("a", ("b", "c")), ("e", 1))]
)
def test_a_list_of_values_repeats_the_name_and_none_is_left_out(netflix: MockNetflix, params: Any) -> None:
    signed = netflix.sign("POST", "/x", params=params, data=params, place="header")
    wanted = [("a", "b"), ("a", "c"), ("e", "1")]
    assert parse_qsl(urlsplit(signed.url).query) == wanted
    assert parse_qsl(signed.body) == wanted


@pytest.mark.parametrize("names", ["auth-error", None, 7, [7]])
def test_what_may_not_be_left_behind_is_a_tuple_of_names(netflix: MockNetflix, names: Any) -> None:
    with pytest.raises(MockNetflixError, match="it is a tuple of categories"):
        netflix.fail_on = names
    assert netflix.fail_on == ()


def test_a_misspelt_attribute_cannot_be_set(netflix: MockNetflix) -> None:
    handles: tuple[Any, ...] = (netflix, netflix.clock, netflix.world())
    for handle in handles:
        with pytest.raises(AttributeError):
            handle.ofset = 3600


def test_a_key_leads_to_one_world_of_a_server(netflix: MockNetflix) -> None:
    other = netflix.world()
    other.register("Theirs", key="their-key")
    for handle, key in ((netflix, "their-key"), (netflix, other.application.key), (other, netflix.application.key)):
        with pytest.raises(MockNetflixError, match="is taken in another world of this server"):
            handle.register("Mine", key=key)


def test_the_ready_application_need_not_be_registered(netflix: MockNetflix) -> None:
    ready = netflix.application
    with pytest.raises(MockNetflixError, match=f"is taken by {ready.name}, the ready application, which works already"):
        netflix.register("Mine", key=ready.key)


def test_every_handle_makes_more_worlds_on_its_server(netflix: MockNetflix) -> None:
    third = netflix.world(settings={"shipping": True}).world("a third one", as_of="2012-09-16")
    assert httpx.get(third.sign("GET", "/users/current").url, trust_env=False).status_code == 200
    third.assert_requested("users.current", times=1)
    netflix.assert_requested(times=0)
    assert not third.settings.shipping


def test_faults_are_told_as_they_are_and_removed_one_by_one(netflix: MockNetflix) -> None:
    once, never = netflix.fail_next(503), netflix.fail_next(500, endpoint="titles", times=None)
    httpx.get(netflix.sign("GET", "/users/current").url, trust_env=False)
    assert [(one.id, one.met, one.applied, one.spent) for one in netflix.faults] == [
        (once.id, 1, 1, True),
        (never.id, 0, 0, False),
    ]
    netflix.remove_fault(once)
    assert netflix.remove_fault(never.id) == never
    assert netflix.faults == ()
    with pytest.raises(MockNetflixError, match="there is no fault 1"):
        netflix.remove_fault(once)
    with pytest.raises(MockNetflixError, match="a fault is told by its id"):
        netflix.remove_fault("1")  # type: ignore[arg-type]

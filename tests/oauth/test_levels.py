"""Who is calling, and the refusals in the order of the real service."""

from __future__ import annotations

import pytest

from mock_netflix.oauth import refusals as g
from mock_netflix.oauth.explanation import explain
from mock_netflix.oauth.levels import Level
from mock_netflix.world import refusals as r
from mock_netflix.world.grants import Application
from mock_netflix.world.rules import Rules
from tests.clients import signer
from tests.oauth.incoming import (
    ACCESS,
    APPLICATION,
    NOW,
    OTHER,
    OTHERS_ACCESS,
    OTHERS_REQUEST,
    REQUEST,
    REVOKED,
    caller_of,
    received,
)

URL = "http://127.0.0.1:8080/users/current"
WINDOW = Rules().timestamp_window
NO_TOKEN = ("", "")


def pair(token) -> tuple[str, str]:
    return token.token, token.secret


def protocol(token: tuple[str, str] = NO_TOKEN, timestamp: str = str(NOW), application: Application = APPLICATION):
    """The protocol parameters of a request as it should be."""
    consumer = (application.key, application.secret)
    return signer.oauth_parameters("GET", URL, {}, consumer=consumer, token=token, timestamp=timestamp)


def asked(pairs, level: Level = Level.PROTECTED):
    return caller_of(received("GET", f"{URL}?{signer.encoded(pairs)}"), level)


# Changes of a request: each gives the pairs as they become.


def without(name):
    return lambda pairs: [one for one in pairs if one[0] != name]


def having(name, value):
    return lambda pairs: [one for one in pairs if one[0] != name] + [(name, value)]


def repeating(name, value):
    return lambda pairs: [*pairs, (name, value), (name, value)]


NO_TOKEN_REFUSED = {Level.REQUEST: g.RequestTokenMissing, Level.PROTECTED: g.AccessTokenMissing}

# All that can be wrong with a request, in the order in which it is refused.
WRONG = (
    ("no key", without("oauth_consumer_key"), g.ConsumerKeyMissing),
    ("empty key", having("oauth_consumer_key", ""), g.ConsumerKeyMissing),
    ("unknown key", having("oauth_consumer_key", "nobody"), g.ConsumerKeyInvalid),
    ("no token", without("oauth_token"), NO_TOKEN_REFUSED),
    (
        "empty token",
        having("oauth_token", ""),
        NO_TOKEN_REFUSED,
    ),
    ("repeated", repeating("oauth_version", "1.0"), g.ParameterRepeated),
    ("unsigned", without("oauth_signature"), g.SignatureMissing),
    ("empty signature", having("oauth_signature", ""), g.SignatureMissing),
    ("no method", without("oauth_signature_method"), g.SignatureMethodUnsupported),
    ("other method", having("oauth_signature_method", "PLAINTEXT"), g.SignatureMethodUnsupported),
    ("method in lower case", having("oauth_signature_method", "hmac-sha1"), g.SignatureMethodUnsupported),
    ("no nonce", without("oauth_nonce"), g.NonceMissing),
    ("empty nonce", having("oauth_nonce", ""), g.NonceMissing),
    ("unknown token", having("oauth_token", "nobody's"), g.TokenInvalid),
    ("no timestamp", without("oauth_timestamp"), g.TimestampInvalid),
    ("old timestamp", having("oauth_timestamp", "1222819200"), g.TimestampInvalid),
    ("wrong signature", having("oauth_signature", "c2lnbmF0dXJl"), g.SignatureInvalid),
)
SUBJECTS = [(place, level) for place in range(len(WRONG)) for level in (Level.REQUEST, Level.PROTECTED)]


@pytest.mark.parametrize(("place", "level"), SUBJECTS, ids=[f"{WRONG[p][0]}, {lv.name}" for p, lv in SUBJECTS])
def test_each_fault_is_refused_as_what_it_is(place, level):
    """Alone in a request that is right otherwise."""
    _, change, refusal = WRONG[place]
    right = protocol(pair(REQUEST if level is Level.REQUEST else ACCESS))
    with pytest.raises(refusal[level] if isinstance(refusal, dict) else refusal):
        asked(change(right), level)


@pytest.mark.parametrize(("place", "level"), SUBJECTS, ids=[f"{WRONG[p][0]}, {lv.name}" for p, lv in SUBJECTS])
def test_the_first_of_several_faults_is_told(place, level):
    """A request with this fault and all that come after it in the table."""
    pairs = protocol(pair(REQUEST if level is Level.REQUEST else ACCESS))
    for _, change, _ in reversed(WRONG[place:]):
        pairs = change(pairs)
    refusal = WRONG[place][2]
    with pytest.raises(refusal[level] if isinstance(refusal, dict) else refusal):
        asked(pairs, level)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (repeating("oauth_version", "1.0"), "parameter-repeated"),
        (without("oauth_signature"), "unsigned"),
        (having("oauth_signature", "x"), "unexplained"),
    ],
)
def test_a_signature_is_refused_with_its_reason(change, cause):
    """The wire has few words for these facts; the explanation tells them apart."""
    with pytest.raises(g.GatewayRefusal) as refused:
        asked(change(protocol(pair(ACCESS))))
    assert explain(refused.value).cause == cause


@pytest.mark.parametrize("level", [Level.SIGNED, Level.REQUEST, Level.PROTECTED])
def test_a_token_of_another_application_is_refused(level):
    other = OTHERS_REQUEST if level is Level.REQUEST else OTHERS_ACCESS
    with pytest.raises(g.TokenInvalid):
        asked(protocol(pair(other)), level)


@pytest.mark.parametrize(("token", "level"), [(ACCESS, Level.REQUEST), (REQUEST, Level.PROTECTED)])
def test_a_token_of_the_other_kind_is_refused(token, level):
    """A request token reads nothing, and an access token is not exchanged."""
    with pytest.raises(g.TokenInvalid):
        asked(protocol(pair(token)), level)


def test_a_revoked_token_is_told_once_the_signature_is_right():
    with pytest.raises(r.AccessTokenRevoked):
        asked(protocol(pair(REVOKED)))
    with pytest.raises(g.SignatureInvalid):
        asked(having("oauth_signature", "x")(protocol(pair(REVOKED))))


@pytest.mark.parametrize(
    "sent",
    [str(NOW), f"{NOW}.25", f"{NOW}.", f"0{NOW}", str(NOW - WINDOW), str(NOW + WINDOW)],
)
def test_timestamps_that_are_taken(sent):
    """Decimals came from python's time.time() (reference: protocol 6)."""
    assert asked(protocol(pair(ACCESS), sent)).access_token == ACCESS


@pytest.mark.parametrize(
    "sent",
    [
        *("now", "-1", "1e9", "nan", "inf", "0", "9" * 5000, "١٣٠٦٨٨٦٤٠٠"),
        *(f"+{NOW}", f" {NOW}", f"{NOW}\n", f"{NOW}.5.5", f"{NOW}000"),
        *(str(NOW - WINDOW - 1), str(NOW + WINDOW + 1)),
    ],
)
def test_timestamps_that_are_refused(sent):
    """Garbage, milliseconds, and a second beyond the window on either side."""
    with pytest.raises(g.TimestampInvalid):
        asked(protocol(pair(ACCESS), sent))


def test_an_empty_timestamp_is_refused():
    with pytest.raises(g.TimestampInvalid):
        asked(having("oauth_timestamp", "")(protocol(pair(ACCESS))))


def test_the_key_alone_is_enough_where_no_more_is_asked():
    """Unsigned, or with whatever else a client sends along (client-demands 11)."""
    assert asked([("oauth_consumer_key", APPLICATION.key)], Level.KEY).application == APPLICATION
    along = [*without("oauth_signature")(protocol(pair(OTHERS_ACCESS))), ("oauth_timestamp", "1"), ("oauth_nonce", "")]
    caller = asked(along, Level.KEY)
    assert (caller.application, caller.access_token, caller.user_id) == (APPLICATION, None, None)


def test_a_signed_call_needs_no_token_but_may_bring_one():
    """Clients sign everything with the user's token once they have it (reference: protocol 2)."""
    assert asked(protocol(), Level.SIGNED).access_token is None
    assert asked(protocol(pair(ACCESS)), Level.SIGNED).access_token == ACCESS


@pytest.mark.parametrize("token", ["", None])
def test_an_empty_token_is_none_where_none_is_needed(token):
    """Some libraries send `oauth_token=` before they have one; it is covered by the signature."""
    extra = [] if token is None else [("oauth_token", token)]
    consumer = (APPLICATION.key, APPLICATION.secret)
    pairs = signer.oauth_parameters("GET", URL, extra, consumer=consumer, timestamp=str(NOW))
    assert asked([*extra, *pairs], Level.SIGNED).application == APPLICATION


def test_the_caller_is_who_the_token_says():
    assert asked(protocol(pair(ACCESS))).user_id == ACCESS.user_id
    assert asked(protocol(pair(REQUEST)), Level.REQUEST).request_token == REQUEST
    assert asked(protocol(pair(OTHERS_ACCESS), application=OTHER)).application == OTHER


def test_a_nonce_may_come_again():
    """One client used one nonce for its whole life (client-demands 10)."""
    request = received("GET", f"{URL}?{signer.encoded(protocol(pair(ACCESS)))}")
    assert caller_of(request) == caller_of(request)


def test_the_key_of_the_signature_ends_in_an_ampersand():
    """The classic beginner's error (reference: protocol 11, 2)."""
    pairs = protocol()
    text = signer.base_string("GET", URL, pairs[:-1])
    with pytest.raises(g.SignatureInvalid):
        asked(having("oauth_signature", signer.hmac_sha1(text, APPLICATION.secret + "&", ""))(pairs), Level.SIGNED)

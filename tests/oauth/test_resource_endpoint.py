"""The verifier and oauthlib's ResourceEndpoint give the same verdict, wherever that can take the request at all.

Where it cannot is told in EXCLUDED (exclusions.py), and where it overlooks something in OVERLOOKED; the requests drawn
by chance keep away from both. It reads the time by itself, so that its clock is stopped here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from oauthlib.oauth1 import RequestValidator, ResourceEndpoint
from oauthlib.oauth1.rfc5849.endpoints import base

from mock_netflix.oauth.levels import Level
from mock_netflix.oauth.parameters import FORM
from mock_netflix.world.grants import Grants
from mock_netflix.world.refusals import Refusal
from tests.clients import signer
from tests.oauth.drawn import AUTHORITIES, VERBS, Draft, Pairs, Sent, drafts, places, secrets, with_pairs
from tests.oauth.exclusions import EXCLUDED, GET, OVERLOOKED, POST, URL, protocol_of, signed, with_protocol
from tests.oauth.incoming import ACCESS, APPLICATION, NOW, OTHER, caller_of, granted, received

many = settings(max_examples=150, deadline=None)


@pytest.fixture(scope="module", autouse=True)
def _stopped_clock():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base, "time", SimpleNamespace(time=lambda: NOW))
        yield


class Validator(RequestValidator):
    """The same applications, tokens and secrets; nothing else is looked at."""

    enforce_ssl = False
    allowed_signature_methods = ("HMAC-SHA1",)
    dummy_client = dummy_access_token = "nobody"

    def __init__(self, grants: Grants) -> None:
        super().__init__()
        self.grants = grants

    def check_client_key(self, client_key):
        return True

    check_access_token = check_nonce = check_client_key

    def validate_timestamp_and_nonce(self, *request, **more):
        return True

    validate_realms = validate_timestamp_and_nonce

    def validate_client_key(self, client_key, request):
        return client_key in self.grants.applications

    def validate_access_token(self, client_key, token, request):
        found = self.grants.access_tokens.get(token)
        return found is not None and found.consumer_key == client_key and not found.revoked

    def get_client_secret(self, client_key, request):
        return self.grants.applications[client_key].secret if client_key in self.grants.applications else ""

    def get_access_token_secret(self, client_key, token, request):
        return self.grants.access_tokens[token].secret if token in self.grants.access_tokens else ""


def ours(sent: Sent, grants: Grants, level: Level = Level.PROTECTED, feeds: tuple[str, ...] = ()) -> str:
    request = received(sent.verb, f"{sent.address}?{sent.query}", sent.header, sent.body, sent.form)
    try:
        caller_of(request, level, feeds, grants, NOW)
    except Refusal:
        return "refuses"
    return "accepts"


def theirs(sent: Sent, grants: Grants) -> str:
    headers = {} if sent.header is None else {"Authorization": sent.header}
    if sent.body:
        headers["Content-Type"] = sent.form
    endpoint = ResourceEndpoint(Validator(grants))
    try:
        valid, _ = endpoint.validate_protected_resource_request(
            f"{sent.address}?{sent.query}", sent.verb, sent.body, headers
        )
    except ValueError:
        return "crashes"
    return "accepts" if valid else "refuses"


# What makes no difference to a signature.


def _rearranged(draft: Draft, data: st.DataObject) -> Draft:
    moved = {name: tuple(data.draw(st.permutations(getattr(draft, name)))) for name in ("query", "header", "body")}
    return replace(draft, **moved)


def _moved(draft: Draft, data: st.DataObject) -> Draft:
    """A plain parameter from the query to the form, or back."""
    name, other = data.draw(st.permutations(["query", "body"]))
    plain = [pair for pair in getattr(draft, name) if not pair[0].startswith("oauth_")]
    assume(plain)
    pair = data.draw(st.sampled_from(plain))
    rest = list(getattr(draft, name))
    rest.remove(pair)
    return replace(draft, **{name: tuple(rest), other: (*getattr(draft, other), pair)})


def _spelled(draft: Draft, data: st.DataObject) -> Draft:
    port = "" if draft.authority.rpartition(":")[2].isdigit() else {"http": ":80", "https": ":443"}[draft.scheme]
    return replace(
        draft, verb=draft.verb.lower(), scheme=draft.scheme.upper(), authority=draft.authority.upper() + port
    )


NEUTRAL = {"as it was": lambda draft, data: draft, "order": _rearranged, "place": _moved, "spelling": _spelled}


@many
@given(drafts(), st.sampled_from(sorted(NEUTRAL)), st.data())
def test_both_accept_what_is_signed_rightly(draft, what, data):
    """In any order and spelling, and wherever the parameters stand."""
    sent = NEUTRAL[what](draft, data).sent()
    assert (ours(sent, draft.grants()), theirs(sent, draft.grants())) == ("accepts", "accepts")


# Any single change of a signed part.


def _parameter(draft: Draft, data: st.DataObject) -> Draft:
    """One letter more in a name or a value, the signature's own included; one parameter more, or one less."""
    place = data.draw(st.sampled_from(places(draft)))
    changes: list[Callable[[str, str], Pairs]] = [
        lambda name, value: ((name, value + "1"),),
        lambda name, value: ((name + "x", value),),
        lambda name, value: (),
    ]
    if place[0] != "header":
        # oauthlib keeps the last of those that are repeated in a header: OVERLOOKED.
        changes.append(lambda name, value: ((name, value), (name, value)))
    return with_pairs(draft, place, data.draw(st.sampled_from(changes)))


CHANGES: dict[str, Callable[[Draft, st.DataObject], Draft]] = {
    "verb": lambda draft, data: replace(draft, verb=data.draw(st.sampled_from(VERBS))),
    "scheme": lambda draft, data: replace(draft, scheme="http" if draft.scheme == "https" else "https"),
    "authority": lambda draft, data: replace(draft, authority=data.draw(st.sampled_from(AUTHORITIES))),
    "path": lambda draft, data: replace(draft, path=draft.path + data.draw(st.sampled_from("/x~"))),
    "case of the path": lambda draft, data: replace(draft, path=draft.path.swapcase()),
    "parameter": _parameter,
}


@many
@given(drafts(), st.sampled_from(sorted(CHANGES)), st.data())
def test_both_refuse_what_was_changed(draft, what, data):
    changed = CHANGES[what](draft, data)
    assume(changed != draft)
    sent = changed.sent()
    assert (ours(sent, draft.grants()), theirs(sent, draft.grants())) == ("refuses", "refuses")


@many
@given(drafts(), secrets, st.sampled_from(["consumer_secret", "token_secret"]))
def test_both_refuse_another_secret(draft, secret, whose):
    assume(getattr(draft, whose) != secret)
    sent, grants = draft.sent(), replace(draft, **{whose: secret}).grants()
    assert (ours(sent, grants), theirs(sent, grants)) == ("refuses", "refuses")


@given(drafts())
@settings(max_examples=20, deadline=None)
def test_both_refuse_a_token_that_is_revoked_or_of_another_application(draft):
    for grants in (draft.grants(revoked=True), draft.grants(consumer_key=OTHER.key)):
        assert (ours(draft.sent(), grants), theirs(draft.sent(), grants)) == ("refuses", "refuses")


# The protocol parameters themselves: what each may be told to be. None leaves it out.
ODD = {
    "oauth_consumer_key": (None, "", "nobody", APPLICATION.key.upper(), OTHER.key),
    "oauth_token": (None, "", "nobody's", ACCESS.token + " "),
    "oauth_signature_method": (None, "", "PLAINTEXT", "hmac-sha1", "HMAC-SHA256"),
    "oauth_nonce": (None, "", "0", " ", "☃"),
    "oauth_timestamp": (
        *(None, "", "now", "0", "-1", "1e9", "nan", "0x4de58100", "9999999999", "0000000001", "-306886400"),
        *(str(NOW + seconds) for seconds in (-601, -600, -599, 599, 600, 601)),
        *(f"{NOW}000", f"{NOW // 10}.", f"{NOW // 10}\n", f"{NOW}"[:9]),
    ),
    "oauth_version": (None, "1.0"),
}
oddities = st.sampled_from(sorted(ODD)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(ODD[name])))


@many
@given(st.lists(oddities, max_size=2), st.sampled_from([None, *sorted(ODD)]), st.sampled_from(["query", "header"]))
def test_both_say_the_same_of_odd_protocol_parameters(odd, twice, place):
    """The signature covers them as they are, and one of them may be there twice; they alone decide."""
    protocol = dict(protocol_of("GET", URL, ())) | dict(odd)
    pairs = tuple((name, value) for name, value in protocol.items() if value is not None)
    whole = signed("GET", URL, (*pairs, *(pair for pair in pairs if pair[0] == twice)))
    sent = replace(GET, query=signer.encoded(whole))
    if place == "header":
        sent = replace(GET, header=signer.authorization(whole))
    verdict = ours(sent, granted())
    event(verdict)
    assert verdict == theirs(sent, granted())


@pytest.mark.parametrize("row", EXCLUDED, ids=lambda row: row.what)
def test_each_exclusion_is_real(row):
    """oauthlib's endpoint cannot take it, and the verifier does."""
    assert theirs(row.sent, granted()) == row.theirs
    assert row.theirs != "accepts"
    assert ours(row.sent, granted(), row.level, row.feeds) == "accepts"


@pytest.mark.parametrize("row", OVERLOOKED, ids=lambda row: row.what)
def test_what_oauthlib_overlooks_is_refused(row):
    assert theirs(row.sent, granted()) == row.theirs == "accepts"
    assert ours(row.sent, granted(), row.level, row.feeds) == "refuses"


def test_nothing_else_is_different_about_the_examples():
    """Without what is odd about them, both accept them: the query, the header and the form."""
    form = replace(POST, body="a=1")
    for sent in (with_protocol(GET), with_protocol(GET, place="header"), with_protocol(form, (("a", "1"),))):
        assert sent.form == FORM
        assert (ours(sent, granted()), theirs(sent, granted())) == ("accepts", "accepts")

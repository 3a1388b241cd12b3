"""Which two mistakes can be told from what they give together, and on which request."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from tests.clients import scenes
from tests.clients.mistake_table import MISTAKES, Mistake, Scene
from tests.clients.mistaken import BODY, PLACES, Keys, Request, Signer, signing

# How many pairs of codes are drawn, and how.
SAMPLE, SEED = 150, 1849

# Pairs that people are known to make, by their rows.
KNOWN = (
    ("a plus for a blank", "escapes in lower case"),  # HttpUtility.UrlEncode of .NET
    ("a plus for a blank", "the tilde encoded"),  # URLEncoder of Java
    ("the real host", "https"),
    ("no port", "https"),
    ("the query not signed, the form is", "the form not signed, the query is"),
    ("no secret of the access token", "another application's secret"),
    ("no secret of the access token", "the key itself"),
    ("the consumer secret alone", "as sent"),
    ("the digest in hex", "HMAC-SHA256"),
)

_KEY = {"missing-ampersand", "secrets-swapped", "secret-of-other-application"}
_TOKEN = {"token-secret-omitted", "token-secret-extra", "request-token-secret-used"}
_ENCODED = {"double-encoded", "not-encoded"}
_ENCODER = {"space-as-plus", "unreserved-encoded", "lower-case-escapes", "not-utf-8"}
_ADDED = {"realm-signed", "signature-signed", "body-included"}
_PLAIN = {"plaintext-as-hmac"}

ROWS = {row.what: row for row in MISTAKES}
CODES = {row.code for row in MISTAKES}
# What the key itself, sent as a signature, cannot show.
_BASE_AND_DIGEST = CODES - _KEY - _TOKEN - _PLAIN - {"signature-encoded-twice"}

# Pairs that are not tried: codes, those that they do not go with, and why.
LEFT_OUT: tuple[tuple[set[str], set[str], str], ...] = (
    (_KEY - {"secret-of-other-application"}, _KEY | _TOKEN, "the key is put together once"),
    (_TOKEN, _TOKEN, "one secret stands in the token's place"),
    (_ENCODED, _ENCODED | _ENCODER, "which of two encodings came first is anybody's choice"),
    ({"wrong-host"}, {"wrong-port"}, "the authority is signed as a whole"),
    ({"hex-signature"}, {"signature-unpadded"}, "hex has no padding"),
    ({"hex-signature"}, {"signature-not-encoded", "signature-encoded-twice"}, "hex has nothing to encode"),
    ({"signature-not-encoded"}, {"signature-encoded-twice"}, "it travels in one way"),
    (_PLAIN, _BASE_AND_DIGEST, "the key itself has no base string and no digest"),
    (_ADDED, {"unsorted"}, "where the added parameter stands is anybody's choice"),
    ({"query-left-in-url"}, {"query-missing"}, "together they are the query in the address alone"),
    ({"body-missing"}, {"body-included"}, "a body is a form or it is none"),
    ({"body-missing"}, {"repeated-dropped"}, "what is repeated stands in the form"),
    ({"body-missing"}, {"empty-dropped"}, "what is empty stands in the form"),
    ({"body-included"}, _TOKEN - {"token-secret-omitted"}, "no request has a body and another token's secret"),
    ({"path-case"}, {"token-secret-extra"}, "no path has capitals and needs no token"),
    ({"realm-signed"}, {"signature-not-encoded"}, "the realm stands in the header, where a plus is one"),
)


def reason(first: Mistake, second: Mistake) -> str | None:
    """Why these two are not tried together, if they are not."""
    if first.code == second.code:
        return "they are one mistake"
    if first.alone or second.alone:
        return "it does not go with others"
    one, other = first.code, second.code
    for some, others, why in LEFT_OUT:
        if (one in some and other in others) or (other in some and one in others):
            return why
    return None


# Keys like those of the mock, for finding out what shows; no request is sent with them.
_EXAMPLE = Keys(
    address="http://127.0.0.1:2008",
    user="T1-Example.User_Id-",
    consumer=("examplekey", "consumerSecret"),
    token=("T1-Example.Token--", "tokenSecret"),
    spent="spentSecret",
    request_token=("requesttoken", "requestSecret"),
    verifier="verify",
    other=("otherkey", "otherSecret"),
)


@cache
def _request(scene: Scene, place: str) -> Request:
    return scene(_EXAMPLE, place)


@cache
def _seen_alone(request: Request) -> frozenset[str]:
    """What is received of this request when one mistake is made, or none."""
    return frozenset([Signer(request).received(), *(row.mixin(request).received() for row in MISTAKES)])


def _stages(first: Mistake, second: Mistake) -> Iterator[tuple[Scene, str]]:
    """Where both may show; which place is looked at first differs from pair to pair."""
    bound = [row.scene for row in (first, second) if row.bound]
    turn = len(first.what + second.what) % len(PLACES)
    places = [one for one in (*PLACES[turn:], *PLACES[:turn]) if one in first.places and one in second.places]
    for scene in dict.fromkeys(bound or [first.scene, second.scene, scenes.split]):
        if all(scene is one for one in bound):
            yield from ((scene, place) for place in places)


def stage(first: Mistake, second: Mistake) -> tuple[Scene, str] | None:
    """A scene and a place in which the two give what neither gives alone, nor any other; None where there is none."""
    for scene, place in _stages(first, second):
        request = _request(scene, place)
        if request.other_body is not None and place == BODY:
            continue
        try:
            signer = signing(request, first.mixin, second.mixin)
        except LookupError:
            continue
        if signer.received() not in _seen_alone(signer.request):
            return scene, place
    return None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mistakes, and where they show together."""

    mistakes: tuple[Mistake, Mistake]
    scene: Scene
    place: str


@cache
def shown() -> dict[frozenset[str], tuple[Pair, ...]]:
    """By their codes, all pairs that are not left out and show somewhere."""
    found: dict[frozenset[str], tuple[Pair, ...]] = {}
    for first, second in combinations(MISTAKES, 2):
        where = None if reason(first, second) else stage(first, second)
        if where is not None:
            codes = frozenset((first.code, second.code))
            found[codes] = (*found.get(codes, ()), Pair((first, second), *where))
    return found


def drawn() -> Iterator[Pair]:
    """The pairs that people are known to make, and a sample of the rest, always the same."""
    for first, second in KNOWN:
        codes = frozenset((ROWS[first].code, ROWS[second].code))
        yield next(pair for pair in shown()[codes] if {row.what for row in pair.mistakes} == {first, second})
    chance = random.Random(SEED)
    for codes in chance.sample(sorted(shown(), key=sorted), SAMPLE):
        yield chance.choice(shown()[codes])

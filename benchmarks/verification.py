"""What it costs to verify a signature, beside oauthlib's `ResourceEndpoint`, and to find out why one is wrong.

    python benchmarks/verification.py [--rounds N]

CPU time of this process, medians of several rounds in which all ways take turns. The request is a search of 25 titles
with everything in its query, as most clients of the service sent it; the verifiers begin with the raw query.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from oauthlib.oauth1 import RequestValidator, ResourceEndpoint

sys.path.insert(0, str(Path(__file__).parent.parent))

from mock_netflix.data.load import load
from mock_netflix.oauth.diagnosis import diagnose
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.levels import Level, identify
from mock_netflix.oauth.parameters import collect
from mock_netflix.oauth.signature import SignedRequest, base_string, equal, hmac_sha1
from tests.clients import signer  # the path above makes it importable

STATE = load()
APPLICATION, TOKEN, GRANTS = STATE.application, STATE.access_token, STATE.grants
URL = "http://127.0.0.1:2008/catalog/titles"
PLAIN = {"term": "the lantern", "start_index": "0", "max_results": "25", "expand": "synopsis,formats", "output": "json"}
CALLS = 300


class Validator(RequestValidator):
    """The secrets of one application and one token; everything else is allowed."""

    enforce_ssl = False
    client_key_length = (10, 40)
    access_token_length = (10, 100)
    nonce_length = (8, 40)

    def check_client_key(self, client_key: str) -> bool:
        return True

    def check_access_token(self, request_token: str) -> bool:
        return True

    def validate_client_key(self, client_key: str, request: object) -> bool:
        return client_key in GRANTS.applications

    def validate_access_token(self, client_key: str, token: str, request: object) -> bool:
        return token in GRANTS.access_tokens

    def validate_timestamp_and_nonce(self, *_: object, **__: object) -> bool:
        return True

    def validate_realms(self, *_: object, **__: object) -> bool:
        return True

    def get_client_secret(self, client_key: str, request: object) -> str:
        return GRANTS.applications[client_key].secret

    def get_access_token_secret(self, client_key: str, token: str, request: object) -> str:
        return GRANTS.access_tokens[token].secret

    @property
    def dummy_client(self) -> str:
        return "dummy"

    dummy_access_token = dummy_client


def made(secret: str) -> str:
    """The address signed with this consumer secret."""
    consumer, token = (APPLICATION.key, secret), (TOKEN.token, TOKEN.secret)
    return signer.signed("GET", URL, PLAIN, consumer=consumer, token=token, nonce="a1b2c3d4e5f60718")


def request_of(url: str) -> SignedRequest:
    query = urlsplit(url).query
    return SignedRequest("GET", URL, collect(query.encode(), None, None, b""), query)


def ours(url: str) -> None:
    identify(request_of(url), Level.PROTECTED, (), GRANTS, int(time.time()))


def composed(url: str) -> None:
    """oauthlib's functions as they are composed for what is not in canonical form."""
    request = request_of(url)
    text = base_string(request)
    assert equal(hmac_sha1(text, APPLICATION.secret, TOKEN.secret), request.parameters.get("oauth_signature") or "")


ENDPOINT = ResourceEndpoint(Validator())


def theirs(url: str) -> None:
    valid, _ = ENDPOINT.validate_protected_resource_request(url, "GET", "", {}, None)
    assert valid


def micros(call: Callable[[str], object], url: str, calls: int) -> float:
    """CPU microseconds a call."""
    begun = time.process_time()
    for _ in range(calls):
        call(url)
    return (time.process_time() - begun) / calls * 1e6


def diagnosed(url: str) -> Callable[[str], object]:
    evidence = Evidence(request_of(url), APPLICATION, TOKEN, GRANTS)
    return lambda _: diagnose(evidence)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    right, wrong = made(APPLICATION.secret), made("a secret that nobody has")
    ways = {"as it came": ours, "oauthlib's functions": composed, "ResourceEndpoint": theirs}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    searches: list[float] = []
    for _ in range(rounds):
        for name, call in ways.items():
            taken[name].append(micros(call, right, CALLS))
        searches.append(micros(diagnosed(wrong), wrong, 5))
    whole = statistics.median(taken["ResourceEndpoint"])
    print(f"verification, CPU time, medians of {rounds} rounds")
    for name, values in taken.items():
        print(f"  {name:<22}{statistics.median(values):>8.1f} us{statistics.median(values) / whole:>8.2f}")
    found = diagnose(Evidence(request_of(wrong), APPLICATION, TOKEN, GRANTS))
    print(f"diagnosis of a signature that nothing explains: {found.trials} signatures tried")
    print(f"  {'all alone and in pairs':<22}{statistics.median(searches) / 1000:>8.1f} ms")


if __name__ == "__main__":
    main()

"""Requests as they come off the wire, without a wire, and a world small enough to read."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from mock_netflix.oauth.levels import Caller, Level, identify
from mock_netflix.oauth.parameters import FORM, collect
from mock_netflix.oauth.signature import SignedRequest
from mock_netflix.world.grants import AccessToken, Application, FeedToken, Grants, RequestToken

NOW = 1_306_886_400
SEED = "tests"

APPLICATION = Application("Green Eggs", "k5mds6sfn594x4drvtw96n37", "srKNVRubKX")
OTHER = Application("Ham", "h5mds6sfn594x4drvtw96n37", "hrKNVRubKX")
USER = "T1" + "u" * 43 + "-"
ACCESS = AccessToken("T1" + "a" * 86 + "--", "secretOfAcce", APPLICATION.key, USER)
OTHERS_ACCESS = AccessToken("T1" + "o" * 86 + "--", "secretOfOthe", OTHER.key, USER)
REVOKED = AccessToken("T1" + "r" * 86 + "--", "secretOfRevo", APPLICATION.key, USER, revoked=True)
REQUEST = RequestToken("r5mds6sfn594x4drvtw96n37", "secretOfRequ", APPLICATION.key, None, "verify", NOW)
OTHERS_REQUEST = RequestToken("o5mds6sfn594x4drvtw96n37", "secretOfOthR", OTHER.key, None, "verify", NOW)
FEED = FeedToken("T1" + "f" * 64, APPLICATION.key, USER, "rental_history")
OTHERS_FEED = FeedToken("T1" + "g" * 64, OTHER.key, USER, "rental_history")
OTHER_FEED = FeedToken("T1" + "h" * 64, APPLICATION.key, USER, "queues.disc")


def granted(
    applications: Iterable[Application] = (APPLICATION, OTHER),
    tokens: Iterable[AccessToken] = (ACCESS, OTHERS_ACCESS, REVOKED),
    request_tokens: Iterable[RequestToken] = (REQUEST, OTHERS_REQUEST),
) -> Grants:
    return Grants(
        SEED,
        {one.key: one for one in applications},
        {one.token: one for one in request_tokens},
        {one.token: one for one in tokens},
        {one.token: one for one in (FEED, OTHERS_FEED, OTHER_FEED)},
    )


def received(verb: str, url: str, authorization: str | None = None, body: str = "", form: str = FORM) -> SignedRequest:
    """A request as the mock takes it in: a URL with its query, an `Authorization` header, a form body."""
    address = urlsplit(url)
    uri = f"{address.scheme}://{address.netloc}{address.path}"
    content_type = form if body else None
    return SignedRequest(verb, uri, collect(address.query.encode(), authorization, content_type, body.encode()))


def caller_of(
    request: SignedRequest,
    level: Level = Level.PROTECTED,
    feeds: tuple[str, ...] = (),
    grants: Grants | None = None,
    now: int = NOW,
) -> Caller:
    """Who is calling. Refuses as the mock does."""
    return identify(request, level, feeds, grants or granted(), now)

"""Requests on which mistakes show: hard to encode, hard to sort, with parameters in every place.

Each scene is made for a place of the protocol parameters. All are answered when they are signed right.
"""

from __future__ import annotations

from dataclasses import replace

from tests.clients.mistaken import BODY, Keys, Pairs, Request

# Blanks, a tilde, marks that some encoders leave bare, a plus, letters beyond ASCII; a name that is repeated, and whose
# values have another order once they are encoded; an empty value.
PLAIN: Pairs = (
    ("term", "the  lantern & *~+é!'()"),
    ("output", "json"),
    ("genre", "zombie"),
    ("genre", "épouvante"),
    ("expand", ""),
    ("max_results", "3"),
)
_TUNNEL = ("method", "GET")
_NOTE = ("note", "so ~ far: é (50% * 2)!")


def account(keys: Keys, place: str) -> Request:
    """What the subscriber returned: the path has capitals and small letters."""
    path = f"/users/{keys.user}/rental_history/returned"
    asked = Request(keys, keys.address, path, place, query=PLAIN, token=keys.token)
    return replace(asked, verb="POST", query=(), form=(*PLAIN, _TUNNEL)) if place == BODY else asked


def search(keys: Keys, place: str) -> Request:
    """A search by the application alone."""
    return replace(account(keys, place), path="/catalog/titles", token=None)


def split(keys: Keys, place: str) -> Request:
    """A POST with parameters in its query and others in its form, which stands for a GET."""
    query = (_TUNNEL, PLAIN[0], ("output", "json"))
    return replace(account(keys, place), verb="POST", query=query, form=(_NOTE, *PLAIN[2:]))


def proxied(keys: Keys, place: str) -> Request:
    """The real host is asked, and only the connection arrives here."""
    return replace(account(keys, place), base="http://api.netflix.com")


def localhost(keys: Keys, place: str) -> Request:
    return replace(account(keys, place), base=keys.address.replace("127.0.0.1", "localhost"))


def forwarded(keys: Keys, place: str) -> Request:
    """The host without the port to which the connection goes."""
    return replace(account(keys, place), base=keys.address.rpartition(":")[0])


def slashed(keys: Keys, place: str) -> Request:
    asked = account(keys, place)
    return replace(asked, path=f"{asked.path}/")


def request_token(keys: Keys, place: str) -> Request:
    callback = ("oauth_callback", "http://client.example/back?to=a~b!&and=c%20d")
    verb = "POST" if place == BODY else "GET"
    return Request(keys, keys.address, "/oauth/request_token", place, verb=verb, protocol=(callback,))


def access_token(keys: Keys, place: str) -> Request:
    """A request token that the subscriber has allowed is changed for an access token."""
    verifier = ("oauth_verifier", keys.verifier)
    verb = "POST" if place == BODY else "GET"
    path = "/oauth/access_token"
    return Request(keys, keys.address, path, place, verb=verb, token=keys.request_token, protocol=(verifier,))


def _posted(keys: Keys, place: str, media_type: str | None, body: str) -> Request:
    asked = replace(account(keys, place), verb="POST", query=(_TUNNEL, *PLAIN), form=())
    return replace(asked, other_body=(media_type, body))


def with_json(keys: Keys, place: str) -> Request:
    return _posted(keys, place, "application/json", '{"title_ref": "movies/60010002", "position": 1}')


def with_text(keys: Keys, place: str) -> Request:
    return _posted(keys, place, "text/plain", "title_ref=movies%2F60010002&position=1")


def untyped(keys: Keys, place: str) -> Request:
    """A form that does not say that it is one."""
    return _posted(keys, place, None, "title_ref=movies%2F60010002&position=1")

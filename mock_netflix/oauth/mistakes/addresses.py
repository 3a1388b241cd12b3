"""Mistakes in the verb and in the base string URI (RFC 5849 sections 3.4.1.1 and 3.4.1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, unquote

from mock_netflix.oauth.attempt import Step, Uri
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes.mistake import NOT_AT_ALL, ONCE_EACH, TWICE, Mistake

_Methods = Iterator[tuple[str, str]]
_Uris = Iterator[tuple[Uri, str]]

_VERBS = ("GET", "POST", "PUT", "DELETE", "HEAD")
# Names of the real service (reference: protocol 1.1), and names under which a mock is asked.
_HOSTS = ("api.netflix.com", "api-public.netflix.com", "api-user.netflix.com")
_HERE = ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "mock-netflix")  # noqa: S104
_DEFAULT_PORTS = {"http": "80", "https": "443"}
# Where a mock of this kind stands by default.
_USUAL_PORT = "2008"


def _other_verbs(method: str, evidence: Evidence) -> _Methods:
    tunnelled = evidence.request.parameters.get("method") or ""
    if tunnelled and tunnelled.upper() != method:
        for verb in dict.fromkeys((tunnelled.upper(), tunnelled)):
            yield verb, f"{verb} is what `method` says; signed is the verb that is sent, {method}."
    yield method.lower(), f"The verb is written in capitals: {method}."
    for verb in _VERBS:
        if verb != method:
            yield verb, f"{verb} was signed and {method} was sent."
    yield method.capitalize(), f"The verb is written in capitals: {method}."


def _other_hosts(uri: Uri, evidence: Evidence) -> _Uris:
    host, port = _parted(uri.authority)
    arrived = _parted(evidence.request.server)
    with_port = [f"{name}:{port}" for name in (*_HERE, *_HOSTS) if port]
    # Where the request arrived at, whatever host it names.
    at = [
        f"{name}:{arrived[1]}" for name in (arrived[0], "localhost", "127.0.0.1") if arrived[1] and arrived[1] != port
    ]
    for name in dict.fromkeys((*_HOSTS[:2], *at, *_HOSTS[2:], *with_port, *_HERE)):
        if _parted(name)[0] != host:
            yield uri._replace(authority=name), f"{name} was signed and {uri.authority} was asked."


def _other_schemes(uri: Uri, _: Evidence) -> _Uris:
    scheme = "http" if uri.scheme == "https" else "https"
    yield uri._replace(scheme=scheme), f"{scheme} was signed and {uri.scheme} was asked."


def _other_ports(uri: Uri, evidence: Evidence) -> _Uris:
    host, port = _parted(uri.authority)
    arrived = _parted(evidence.request.server)[1]
    if port:
        yield uri._replace(authority=host), f"{uri.authority} was asked, and {host} was signed without its port."
    for other in dict.fromkeys((arrived, *_DEFAULT_PORTS.values(), _USUAL_PORT)):
        if other and other != port:
            yield uri._replace(authority=f"{host}:{other}"), f"{host}:{other} was signed and {uri.authority} was asked."


def _slashed(uri: Uri, _: Evidence) -> _Uris:
    stripped = uri.path.rstrip("/")
    if stripped != uri.path:
        yield uri._replace(path=stripped), "It was sent with a slash at its end and signed without."
    else:
        yield uri._replace(path=f"{uri.path}/"), "It was signed with a slash at its end and sent without."
    if uri.path.startswith("//"):
        yield uri._replace(path=uri.path[1:]), "It was sent with two slashes at its beginning."
    else:
        yield uri._replace(path=f"/{uri.path}"), "It was signed with two slashes at its beginning."


def _other_case(uri: Uri, evidence: Evidence) -> _Uris:
    segments = uri.path.split("/")
    user = getattr(evidence.token, "user_id", None) or ""
    own = [user if segment.lower() == user.lower() else segment for segment in segments]
    for path in (
        uri.path.lower(),
        uri.path.upper(),
        "/".join(one[:1].upper() + one[1:] for one in segments),
        "/".join(one[:1].upper() + one[1:] for one in uri.path.lower().split("/")),
        uri.path.swapcase(),
        "/".join(own),
    ):
        if path != uri.path:
            yield uri._replace(path=path), f"{path} was signed and {uri.path} was asked."


def _with_capitals(uri: Uri, _: Evidence) -> _Uris:
    for scheme, authority in ((uri.scheme, uri.authority.upper()), (uri.scheme.upper(), uri.authority.upper())):
        yield uri._replace(scheme=scheme, authority=authority), ""
    yield uri._replace(scheme=uri.scheme.upper()), ""
    yield uri._replace(authority=uri.authority.title()), ""


def _other_escapes(uri: Uri, _: Evidence) -> _Uris:
    for path in (unquote(uri.path), quote(unquote(uri.path), safe="/"), quote(uri.path, safe="/")):
        if path != uri.path:
            yield uri._replace(path=path), f"{path} was signed and {uri.path} was asked."


def _with_query(uri: Uri, evidence: Evidence) -> _Uris:
    query = evidence.request.query
    own = "&".join(pair for pair in query.split("&") if not pair.startswith("oauth_"))
    for one in dict.fromkeys((query, own)):
        if one:
            yield uri._replace(query=one), ""
    yield uri._replace(path=f"{uri.path}?"), "It is the mark alone, with no query behind it."


def _encoded_otherwise(times: int, uri: Uri, _: Evidence) -> _Uris:
    yield uri._replace(escapes=times), "It is the base string URI."


def _parted(authority: str) -> tuple[str, str]:
    host, colon, port = authority.rpartition(":")
    return (host, port) if colon and not authority.endswith("]") else (authority, "")


_row = partial(Mistake, step=Step.URI, section="3.4.1.2")

METHODS = (
    Mistake(
        code="wrong-method",
        step=Step.METHOD,
        what="Another verb was signed than the one that was sent.",
        fix="Sign the verb of the request line, in capitals.",
        section="3.4.1.1",
        variants=_other_verbs,
        paired=3,
    ),
)

# A host and a port that are left out are told apart from a wrong host, so the port comes first.
URIS = (
    _row(
        code="query-left-in-url",
        what="The base string URI still holds the query.",
        fix="Cut the URL off before the `?`; the query's parameters are signed among the others.",
        variants=_with_query,
    ),
    _row(
        code="wrong-port",
        what="The address was signed with another port than the one that was asked.",
        fix="Sign host and port as the Host header has them; only 80 for http and 443 for https are left out.",
        variants=_other_ports,
        paired=2,
    ),
    _row(
        code="wrong-host",
        what="The address was signed for another host than the one that was asked.",
        fix="Sign the host that the Host header names.",
        variants=_other_hosts,
        paired=4,
    ),
    _row(
        code="wrong-scheme",
        what="The address was signed with another scheme than the one that was asked.",
        fix="Sign http where http is asked. Behind a proxy that ends TLS, see the rule trust_forwarded_proto.",
        variants=_other_schemes,
    ),
    _row(
        code="trailing-slash",
        what="A slash of the path was added or taken away after signing.",
        fix="Sign the path that is sent, slashes included.",
        variants=_slashed,
        paired=1,
    ),
    _row(
        code="path-case",
        what="The path was signed in other letters, small or capital, than it was sent in.",
        fix="Sign the path letter for letter as it is sent.",
        variants=_other_case,
        paired=1,
    ),
    _row(
        code="host-case",
        what="Scheme or host were signed with capitals.",
        fix="Write scheme and host in small letters before signing, however they are sent.",
        variants=_with_capitals,
        paired=1,
    ),
    _row(
        code="path-encoding",
        what="The path was percent-encoded differently when it was signed.",
        fix="Sign the path as it is sent, escapes included.",
        variants=_other_escapes,
        paired=1,
    ),
    _row(
        code="double-encoded",
        what=TWICE,
        fix=ONCE_EACH,
        variants=partial(_encoded_otherwise, 2),
        section="3.6",
    ),
    _row(
        code="not-encoded",
        what=NOT_AT_ALL,
        fix=ONCE_EACH,
        variants=partial(_encoded_otherwise, 0),
        section="3.6",
    ),
)

"""What a request asks for, undecoded: its target, and the authority it was sent to.

The signature covers these as they came over the wire, absolute request lines included (RFC 5849 section 3.4.1.2;
reference: client-demands 1, 4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.types import Scope

# Under this name the server passes the request target as it came.
TARGET = "mock_netflix.target"
_TAKEN_APART = "mock_netflix.target.taken_apart"

_AUTHORITY = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Target:
    """A request target taken apart; `authority` only where it is an absolute one."""

    scheme: str
    authority: str | None
    path: str
    query: str


def target_of(scope: Scope) -> Target:
    """The target of a request; what cannot be read at all stands for the root. It is taken apart once."""
    found: Target | None = scope.get(_TAKEN_APART)
    if found is None:
        found = scope[_TAKEN_APART] = _taken_apart(scope)
    return found


def _taken_apart(scope: Scope) -> Target:
    target: str | None = scope.get(TARGET)
    scheme = scope["scheme"]
    if target is None:
        return Target(scheme, None, scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1"))
    if target.startswith("/"):
        path, _, query = target.partition("#")[0].partition("?")
        return Target(scheme, None, path, query)
    if scope["method"] == "CONNECT":
        return Target(scheme, target, "", "")
    try:
        absolute = urlsplit(target)
    except ValueError:
        return Target(scheme, None, "/", "")
    if absolute.scheme not in _DEFAULT_PORTS:
        return Target(scheme, None, "/", "")
    return Target(absolute.scheme, absolute.netloc.rpartition("@")[2], absolute.path or "/", absolute.query)


def authority_asked(scope: Scope, target: Target) -> str | None:
    """The authority that the client asked: lower case, without a default port; None where it is none at all."""
    asked = target.authority or _header(scope, b"host")
    if not asked:
        return server_of(scope)
    match = _AUTHORITY.fullmatch(asked)
    if match is None or not 0 < int(match[2] or 80) <= _LAST_PORT:
        return None
    return asked.lower().removesuffix(_DEFAULT_PORTS[target.scheme])


def forwarded_scheme(scope: Scope) -> str | None:
    """The scheme that the first proxy was asked with; None where none says so."""
    scheme = _header(scope, b"x-forwarded-proto").partition(",")[0].strip().lower()
    return scheme if scheme in _DEFAULT_PORTS else None


def server_of(scope: Scope) -> str:
    """Where the request arrived, for a client that names no host, or none that could be one."""
    host, port = scope.get("server") or ("localhost", None)
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


def _header(scope: Scope, name: bytes) -> str:
    """The first header of a name; empty where there is none."""
    return next((value for key, value in scope["headers"] if key == name), b"").decode("latin-1")

"""What a person may have meant: said beside an answer, never instead of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from mock_netflix.oauth.parameters import Parameters
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.resources.facets import unknown_in
from mock_netflix.resources.title_refs import title_in
from mock_netflix.wire.links import Links
from mock_netflix.world.state import State

# What every call may carry.
_COMMON = frozenset({"output", "v", "method", "feed_token", "etag", "application_name"})
_CLOSE = 0.6
# Of a call with many odd parameters so many are spoken of.
_MANY = 5
_UNKNOWN, _UNEXPANDED = " is no parameter of ", " cannot be expanded"


def known_parameters(endpoint: Endpoint) -> frozenset[str]:
    """The parameters that mean something to an endpoint."""
    return _COMMON.union(endpoint.parameters)


def in_parameters(endpoint: Endpoint, known: frozenset[str], parameters: Parameters) -> tuple[str, ...]:
    """Parameters that the endpoint does not know, and values of `expand` that nothing knows."""
    odd = [name for name in parameters.names() if name not in known and not name.startswith("oauth_")]
    said = [f"{name[:60]}{_UNKNOWN}{endpoint.name}{_meant(name, known)}" for name in odd[:_MANY]]
    if expand := parameters.get("expand"):
        said += [f"{name[:60]}{_UNEXPANDED}" for name in unknown_in(expand)[:_MANY]]
    return tuple(said)


def is_of_parameters(hint: str) -> bool:
    """Whether this is what `in_parameters` says."""
    return _UNKNOWN in hint or hint.endswith(_UNEXPANDED)


def in_path(path: str, endpoints: Iterable[Endpoint]) -> tuple[str, ...]:
    """Addresses that look like one that there is not."""
    every = [pattern for endpoint in endpoints for pattern in endpoint.paths]
    whole = [pattern for pattern in every if pattern.removeprefix("/users/{user}") == path]
    if whole:
        return (f"it belongs to a user: {whole[0]}, where @me stands for the user of the token",)
    near = get_close_matches(path, [pattern for pattern in every if pattern != "/"], n=2, cutoff=_CLOSE)
    return (f"did you mean {' or '.join(near)}?",) if near else ()


def in_number(path: str, state: State, links: Links) -> tuple[str, ...]:
    """Titles that have the number at the end of an address, but are of another type."""
    found = title_in(path.rpartition("/")[2], state.catalogue)
    if found is None or not path.startswith("/catalog/titles/"):
        return ()
    return (f"that number is {found.regular}: {links.title(found)}",)


def in_verb(allowed: Sequence[str]) -> tuple[str, ...]:
    """The verbs that an address takes."""
    return (f"it takes {' and '.join(allowed)}; a verb can be sent as method=, too",)


def _meant(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name.lower(), known, n=1, cutoff=_CLOSE)
    return f": did you mean {near[0]}?" if near else ""

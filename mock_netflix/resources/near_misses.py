"""What a person may have meant: said beside an answer, never instead of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from mock_netflix.oauth.parameters import Parameters
from mock_netflix.resources.endpoint import Endpoint
from mock_netflix.resources.facets import unknown_in

# What every call may carry.
_COMMON = frozenset({"output", "v", "method", "feed_token", "etag", "application_name"})
_CLOSE = 0.6
# Of a call with many odd parameters so many are spoken of.
_MANY = 5


def in_parameters(endpoint: Endpoint, parameters: Parameters) -> tuple[str, ...]:
    """Parameters that the endpoint does not know, and values of `expand` that nothing knows."""
    known = _COMMON.union(endpoint.parameters)
    odd = dict.fromkeys(p.name for p in parameters if p.name not in known and not p.name.startswith("oauth_"))
    said = [f"{name[:60]} is no parameter of {endpoint.name}{_meant(name, known)}" for name in list(odd)[:_MANY]]
    said += [f"{name[:60]} cannot be expanded" for name in unknown_in(parameters.get("expand"))[:_MANY]]
    return tuple(said)


def in_path(path: str, endpoints: Iterable[Endpoint]) -> tuple[str, ...]:
    """Addresses that look like one that there is not."""
    every = [pattern for endpoint in endpoints for pattern in endpoint.paths]
    whole = [pattern for pattern in every if pattern.removeprefix("/users/{user}") == path]
    if whole:
        return (f"it belongs to a user: {whole[0]}, where @me stands for the user of the token",)
    near = get_close_matches(path, [pattern for pattern in every if pattern != "/"], n=2, cutoff=_CLOSE)
    return (f"did you mean {' or '.join(near)}?",) if near else ()


def in_verb(allowed: Sequence[str]) -> tuple[str, ...]:
    """The verbs that an address takes."""
    return (f"it takes {' and '.join(allowed)}; a verb can be sent as method=, too",)


def _meant(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name.lower(), known, n=1, cutoff=_CLOSE)
    return f": did you mean {near[0]}?" if near else ""

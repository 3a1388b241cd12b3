"""What a test lets go wrong in a world: the next request, several in turn, or whichever meets a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import ModuleType

import msgspec

from mock_netflix.errors import ConflictError, MockNetflixError, UnknownError
from mock_netflix.faults.effects import EFFECTS, AnyFault, Fault, Status, UniformLatency
from mock_netflix.faults.rules import Rule, is_within
from mock_netflix.oauth import refusals as of_gateway
from mock_netflix.oauth.explanation import code_of
from mock_netflix.resources import ENDPOINTS
from mock_netflix.sandbox import Sandbox
from mock_netflix.stage.members import why_not
from mock_netflix.world import refusals as of_service
from mock_netflix.world.refusals import Refusal

# A sentence repeats so many letters of a name that is none.
_SHOWN = 60
# So many like it are suggested.
_SUGGESTED = 3

# What a sequence says by itself.
_OF_TURNS = {"times", "after"}

# A status, the name of an effect, or the code of a refusal.
What = int | str


def _codes(*modules: ModuleType) -> tuple[str, ...]:
    kinds = [one for module in modules for one in vars(module).values() if isinstance(one, type)]
    refusals = [one for one in kinds if issubclass(one, Refusal) and not one.__subclasses__()]
    return tuple(dict.fromkeys(code_of(one) for one in refusals))


# Every way in which the service or its gateway says no, by the codes of explanations.
CODES = _codes(of_service, of_gateway)
_NAMES = tuple(endpoint.name for endpoint in ENDPOINTS)


def fail_next(
    sandbox: Sandbox,
    what: What,
    *,
    endpoint: str | None = None,
    path: str | None = None,
    method: str | None = None,
    consumer_key: str | None = None,
    times: int | None = 1,
    after: int = 0,
    probability: float = 1.0,
    seed: int = 0,
    **details: object,
) -> Rule:
    """Lets the next request that fits go wrong, or the next `times`; None: each, until the fault is removed.

    `what` is a status, an effect such as "reset-before-body", or the code of a refusal such as "already-queued";
    `details` are those of the effect (docs/faults.md). The rest is as in `Fault`.
    Raises MockNetflixError, and then nothing is changed.
    """
    often = {"times": times, "after": after, "probability": probability, "seed": seed}
    verb = method.upper() if isinstance(method, str) else method
    whom = {"endpoint": endpoint, "path": path, "method": verb, "consumer_key": consumer_key}
    return add(sandbox, fault_of({**_effect(what), **often, **whom, **details}))


def fail_in_turn(
    sandbox: Sandbox, outcomes: Sequence[What | Mapping[str, object] | None], **common: object
) -> tuple[Rule, ...]:
    """Lets the next requests that fit have these outcomes, one after the other; None goes well.

    An outcome with details of its own is a mapping: `{"status": 503, "retry_after": 5}`, `{"effect": "truncated", …}`.
    `common` is the same for all: which requests, and details of the effects. Raises MockNetflixError, and then nothing
    is changed.
    """
    for told in (common, *(one for one in outcomes if isinstance(one, Mapping))):
        if own := _OF_TURNS & set(told):
            raise MockNetflixError(f"each outcome happens once, in its turn; leave out {' and '.join(sorted(own))}")
    faults, well = [], 0
    for what in outcomes:
        if what is None:
            well += 1
        else:
            faults.append(fault_of({**common, **_outcome(what), "times": 1, "after": well}))
            well = 0
    with sandbox.lock:
        return sandbox.faults.add(*faults)


def add(sandbox: Sandbox, fault: Fault) -> Rule:
    """Lets every request go wrong that meets the fault. Raises MockNetflixError, and then nothing is changed."""
    checked = fault_of(msgspec.to_builtins(fault))
    with sandbox.lock:
        return sandbox.faults.add(checked)[0]


def remove(sandbox: Sandbox, number: int) -> Rule:
    """Takes away the fault with this id. Raises UnknownError."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise MockNetflixError(f"a fault is told by its id, a number, not by {repr(number)[:_SHOWN]}")
    with sandbox.lock:
        return sandbox.faults.remove(number)


def remove_all(sandbox: Sandbox) -> tuple[Rule, ...]:
    """Takes all faults away; gives them as they were."""
    with sandbox.lock:
        return sandbox.faults.remove_all()


def fault_of(members: Mapping[str, object]) -> Fault:
    """The fault that is described by `effect` and the members of that. Raises MockNetflixError, ConflictError."""
    effect = members.get("effect")
    if not isinstance(effect, str) or effect not in EFFECTS:
        raise MockNetflixError(f"{_no_such('effect', effect, EFFECTS)}; there are {', '.join(EFFECTS)}")
    path = members.get("path")
    if isinstance(path, str) and ("?" in path or not path.startswith(("/", "*"))):
        raise MockNetflixError("path begins with / or *, and has no query: /users/*/queues/*")
    for name, value in members.items():
        # A lone surrogate: Python has it, neither JSON nor XML can.
        if isinstance(value, str) and not value.isascii() and value.encode(errors="replace").decode() != value:
            raise MockNetflixError(f"{name} cannot be written as UTF-8; leave out its lone surrogates")
    try:
        fault: Fault = msgspec.convert(members, AnyFault)
    except msgspec.ValidationError:
        raise MockNetflixError(why_not(effect, members)) from None
    if isinstance(fault, UniformLatency) and fault.low > fault.high:
        raise ConflictError(f"low cannot be {fault.low}, which is more than high, {fault.high}; swap them")
    _check_names(fault)
    return fault


def _check_names(fault: Fault) -> None:
    """Whether the endpoint and the refusal that a fault names are there. Raises UnknownError."""
    name, code = fault.endpoint, fault.code if isinstance(fault, Status) else None
    if name is not None and not any(is_within(one, name) for one in _NAMES):
        like = _like(name, _families())
        raise UnknownError(f"there is no endpoint {name[:_SHOWN]!r}{like}; mock-netflix endpoints lists them")
    if code is not None and code not in CODES:
        raise UnknownError(f"{_no_such('refusal', code, CODES)}; there are {', '.join(CODES)}")


def _effect(what: object) -> dict[str, object]:
    if isinstance(what, int):
        return {"effect": "status", "status": what}
    if isinstance(what, str) and what in EFFECTS:
        return {"effect": what}
    if isinstance(what, str) and what in CODES:
        return {"effect": "status", "code": what}
    like = _no_such("effect or refusal", what, (*EFFECTS, *CODES))
    known = f"a status from 200 to 599, {', '.join(EFFECTS)} and the codes of refusals"
    raise MockNetflixError(f"{like}; there are {known} (docs/faults.md)")


def _outcome(what: object) -> Mapping[str, object]:
    if not isinstance(what, Mapping):
        return _effect(what)
    if not {"effect", "status", "code"} & set(what) or not all(isinstance(name, str) for name in what):
        raise MockNetflixError("an outcome tells its effect, status or code by name, such as {'status': 503}")
    return {"effect": "status", **what}


def _families() -> tuple[str, ...]:
    """Every name that stands for one endpoint or several."""
    parts = [name.split(".") for name in _NAMES]
    return tuple(dict.fromkeys(".".join(one[:length]) for one in parts for length in range(1, len(one) + 1)))


def _no_such(what: str, name: object, known: Iterable[str]) -> str:
    like = _like(name, tuple(known)) if isinstance(name, str) else ""
    return f"there is no {what} {repr(name)[:_SHOWN]}{like}"


def _like(name: str, known: Sequence[str]) -> str:
    found = get_close_matches(name[:_SHOWN], known, _SUGGESTED)
    return f", perhaps {' or '.join(found)}" if found else ""

"""The faults of one world: which of them a request meets, and how often each was met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from mock_netflix.errors import ConflictError, UnknownError
from mock_netflix.faults.draws import drawn, seconds_of
from mock_netflix.faults.effects import Fault, Kind, SlowBody, StaleReads, effect_of
from mock_netflix.faults.past import Past, Subscribers

# So many faults there may be at once, and so many are remembered that have done all that they were to do.
LIMIT = 1000

_READING = ("GET", "HEAD")
# At the end of the name of a family of endpoints.
FAMILY = ".*"
# What of users is read by endpoints of this family, none of which writes when it is read.
_OF_USERS = "users"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is looked at of a request. `method` is the verb that is meant, `consumer_key` as it was sent.

    `wall`: when it came, in epoch seconds by the world's clock.
    """

    endpoint: str | None
    path: str
    method: str
    consumer_key: str | None
    wall: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault in its place. `met` counts the requests that came to it, `applied` those that went wrong by it."""

    id: int
    fault: Fault
    met: int = 0
    applied: int = 0

    @property
    def spent(self) -> bool:
        """Whether it has done all that it was to do."""
        return self.fault.times is not None and self.applied >= self.fault.times


@dataclass(frozen=True, slots=True)
class Kept:
    """The faults of one moment: those that may still apply, and those that have done all that they were to do."""

    rules: Mapping[int, Rule]
    spent: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a request that meets `rules`.

    `delay` in seconds; `pace` in bytes a second; `earlier` are the subscribers that it reads in place of those there
    are.
    """

    rules: tuple[Rule, ...]
    failure: Fault | None = None
    delay: float = 0.0
    pace: int | None = None
    earlier: Subscribers | None = None

    @property
    def told(self) -> str:
        """The faults by effect and id, for the journal."""
        return ", ".join(f"{effect_of(one.fault)} {one.id}" for one in self.rules)


class Faults:
    """The faults of one world, in the order in which they are tried. Ids count from 1 and are not used again."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forgets everything; the next fault has the id 1."""
        # Those that may still apply. There is no other look at a request of a world without faults than at this.
        self.rules: Mapping[int, Rule] = {}
        self._spent: tuple[Rule, ...] = ()
        self._past = Past()
        self._longest = 0
        self._last = 0

    @property
    def all(self) -> tuple[Rule, ...]:
        """Every fault by id, with those that have done all they were to do."""
        return tuple(sorted((*self.rules.values(), *self._spent), key=lambda rule: rule.id))

    def add(self, *faults: Fault) -> tuple[Rule, ...]:
        """Puts faults after those there are. Raises ConflictError where there are too many, and then adds none."""
        if len(self.rules) + len(faults) > LIMIT:
            raise ConflictError(f"there may be {LIMIT} faults at once; remove those that are not needed any more")
        added = tuple(Rule(number, fault) for number, fault in enumerate(faults, self._last + 1))
        self._last += len(added)
        self._put({**self.rules, **{rule.id: rule for rule in added}})
        return added

    def find(self, number: int) -> Rule:
        """The fault with this id. Raises UnknownError."""
        found = next((one for one in self.all if one.id == number), None)
        if found is None:
            raise UnknownError(f"there is no fault {number}; it was removed, or there never was one")
        return found

    def applied(self, number: int) -> int:
        """How many requests went wrong by a fault. Raises UnknownError."""
        return self.find(number).applied

    def remove(self, number: int) -> Rule:
        """Takes a fault away. Raises UnknownError."""
        rule = self.find(number)
        self._put({id_: one for id_, one in self.rules.items() if id_ != number})
        self._spent = tuple(one for one in self._spent if one.id != number)
        return rule

    def remove_all(self) -> tuple[Rule, ...]:
        """Takes all faults away."""
        removed = self.all
        self._put({})
        self._spent = ()
        return removed

    def kept(self) -> Kept:
        """The faults as they are now, with what they have done, to be put back later."""
        return Kept(self.rules, self._spent)

    def restore(self, kept: Kept) -> None:
        """Puts faults back as they were; what was written earlier is read no more. Ids are not used again."""
        self._past = Past()
        self._put(kept.rules)
        self._spent = kept.spent

    def meet(self, occasion: Occasion, subscribers: Subscribers) -> Fate | None:
        """What becomes of a request, and counts it; None where it meets no fault. `subscribers`: as they are now."""
        found: dict[Kind, Rule] = {}
        earlier: Subscribers | None = None
        for rule in self.rules.values():
            fault = rule.fault
            if fault.kind in found or not matches(fault, occasion):
                continue
            if isinstance(fault, StaleReads):
                earlier = self._earlier(fault, occasion, subscribers)
                if earlier is None:
                    continue
            if (met := self._count(rule)) is not None:
                found[fault.kind] = met
        return _fate(found, earlier) if found else None

    def wrote(self, before: Subscribers, after: Subscribers, wall: int) -> None:
        """Hears of a write, at `wall` by the world's clock, while there are faults that want to know."""
        if self._longest and before is not after:
            self._past.wrote(before, after, wall, self._longest)

    def _earlier(self, fault: StaleReads, occasion: Occasion, subscribers: Subscribers) -> Subscribers | None:
        if occasion.method not in _READING or not is_within(occasion.endpoint, _OF_USERS):
            return None
        return self._past.seen_at(occasion.wall, fault.seconds, subscribers)

    def _count(self, rule: Rule) -> Rule | None:
        """Counts a request that came to a fault; gives the fault as it is then if it applies."""
        fault, nth = rule.fault, rule.met + 1
        applies = nth > fault.after and (
            fault.probability == 1 or drawn("fault", fault.seed, rule.id, nth) < fault.probability
        )
        counted = replace(rule, met=nth, applied=rule.applied + applies)
        rules = {**self.rules, rule.id: counted}
        if counted.spent:
            self._spent = (*self._spent, rules.pop(rule.id))[-LIMIT:]
        self._put(rules)
        return counted if applies else None

    def _put(self, rules: Mapping[int, Rule]) -> None:
        self.rules = rules
        faults = (rule.fault for rule in rules.values())
        self._longest = max((one.seconds for one in faults if isinstance(one, StaleReads)), default=0)
        if not self._longest:
            self._past = Past()


def matches(fault: Fault, occasion: Occasion) -> bool:
    """Whether a request is one of those that a fault is for."""
    return (
        (fault.method is None or fault.method == occasion.method)
        and (fault.consumer_key is None or fault.consumer_key == occasion.consumer_key)
        and (fault.endpoint is None or is_within(occasion.endpoint, fault.endpoint))
        and (fault.path is None or fnmatchcase(occasion.path, fault.path.rstrip("/") or "/"))
    )


def is_within(name: str | None, family: str) -> bool:
    """Whether the name of an endpoint is this one, or begins with it; `users.*` is `users`."""
    family = family.removesuffix(FAMILY)
    return name is not None and (name == family or name.startswith(f"{family}."))


def _fate(found: Mapping[Kind, Rule], earlier: Subscribers | None) -> Fate:
    failure, delay, pace = found.get("failure"), found.get("delay"), found.get("pace")
    return Fate(
        rules=tuple(sorted(found.values(), key=lambda rule: rule.id)),
        failure=None if failure is None else failure.fault,
        delay=0.0 if delay is None else seconds_of(delay.fault, delay.id, delay.applied),
        pace=pace.fault.bytes_per_second if pace is not None and isinstance(pace.fault, SlowBody) else None,
        earlier=earlier if "past" in found else None,
    )

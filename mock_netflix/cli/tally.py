"""What a command has asked of the mock, in a few lines for the terminal: how much, what was refused and why."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mock_netflix.clock import spent
from mock_netflix.faults.rules import Rule
from mock_netflix.journal import Entry
from mock_netflix.journal.entry import shown
from mock_netflix.oauth.explanation import Explanation, explain, known
from mock_netflix.oauth.refusals import GatewayRefusal
from mock_netflix.stage.ending import FOREIGN_HOST, UNKNOWN_PATH, Category, offends
from mock_netflix.world.refusals import Refusal

# So many endpoints and kinds of refusals are told, the most frequent ones; and of each kind so many requests.
_MANY, _EACH = 12, 3
# So many offending requests are kept, the newest; so many refusals, to be looked into at the end; and so many hosts.
_MOST = 1000
# Characters of what a client may have sent.
_LONGEST = 600
# Seconds of work on signatures that nobody has looked into yet.
_PATIENCE = 2.0
# What is asked for by no endpoint's name: pages, pictures, and addresses that there never were.
_NAMELESS = "(no endpoint)"


@dataclass(slots=True)
class Tally:
    """Hears of each request as it is answered."""

    asked: Counter[str] = field(default_factory=Counter)
    elsewhere: Counter[str] = field(default_factory=Counter)
    untrusting: Counter[str] = field(default_factory=Counter)
    refused: deque[tuple[Refusal, Entry]] = field(default_factory=lambda: deque(maxlen=_MOST))
    lost: deque[Entry] = field(default_factory=lambda: deque(maxlen=_MOST))
    offending: deque[Entry] = field(default_factory=lambda: deque(maxlen=_MOST))

    def hear(self, entry: Entry, world: str) -> None:
        """Adds a request."""
        if offends(entry):
            self.offending.append(entry)
        if FOREIGN_HOST.holds(entry):
            if entry.authority in self.elsewhere or len(self.elsewhere) < _MOST:
                self.elsewhere[entry.authority] += 1
            return
        self.asked[entry.endpoint or _NAMELESS] += 1
        if UNKNOWN_PATH.holds(entry):
            self.lost.append(entry)
        elif entry.refusal is not None:
            self.refused.append((entry.refusal, entry))

    def not_secured(self, target: str, reason: str) -> None:
        """Adds a client that ended TLS before it had begun."""
        if target in self.untrusting or len(self.untrusting) < _MOST:
            self.untrusting[target] += 1

    def lines(self) -> Iterator[str]:
        """How much was asked of what, what was refused and why, and what there never was."""
        number = self.asked.total() + self.elsewhere.total()
        if self.untrusting:
            yield "No TLS, most likely for the client does not trust the certificate (mock-netflix env --ca):"
            yield from _shortened(
                [f"{times:6}  {shown(host, _LONGEST)}" for host, times in self.untrusting.most_common()]
            )
        if not number and self.untrusting:
            return
        if not number:
            yield "mock-netflix: no request came. Does the command heed the proxy variables?"
            return
        yield f"mock-netflix: {_times(number, 'request')}"
        yield from _shortened([f"{times:6}  {name}" for name, times in self.asked.most_common()])
        yield from self._refused()
        if self.lost:
            yield "Addresses that the service never had:"
            addresses = Counter(f"{one.verb} {one.target.partition('?')[0]}" for one in self.lost)
            first = {f"{one.verb} {one.target.partition('?')[0]}": one for one in reversed(self.lost)}
            yield from _shortened([f"{times:6}  {_told(first[name])}" for name, times in addresses.most_common()])
        if self.elsewhere:
            yield "Refused, for the mock stands for the hosts of the service alone, and sends nothing on:"
            yield from _shortened(
                [f"{times:6}  {shown(host, _LONGEST)}" for host, times in self.elsewhere.most_common()]
            )

    def _refused(self) -> Iterator[str]:
        if not self.refused:
            return
        yield "Refused:"
        end = spent() + _PATIENCE
        kinds: dict[str, list[tuple[str, Entry]]] = {}
        for refusal, entry in self.refused:
            left = end - spent()
            explanation = explain(refusal, left) if left > 0 else known(refusal)
            kinds.setdefault(explanation.cause, []).append((_words(refusal, entry, explanation), entry))
        lines = []
        for several in sorted(kinds.values(), key=len, reverse=True):
            requests = "".join(f"\n{'':8}{_told(entry)}" for _, entry in several[:_EACH])
            more = f"\n{'':8}… {len(several) - _EACH} more" if len(several) > _EACH else ""
            lines.append(f"{len(several):6}  {several[0][0]}{requests}{more}")
        yield from _shortened(lines)


def left_lines(left: Mapping[Category, Sequence[Entry | Rule]]) -> Iterator[str]:
    """What a command may not leave behind, and did."""
    for category, several in left.items():
        yield f"{category.name}: {_times(len(several), category.thing)} {category.what}"


def _words(refusal: Refusal, entry: Entry, explanation: Explanation) -> str:
    """As `serve` has them: the words of the service, and for what the gateway refuses code and cause."""
    cause = explanation.line if isinstance(refusal, GatewayRefusal) else ""
    return shown("  ".join(filter(None, (entry.message, cause))) or explanation.line, _LONGEST)


def _told(entry: Entry) -> str:
    return shown("  ".join((entry.line, *entry.hints)), _LONGEST)


def _shortened(lines: list[str]) -> list[str]:
    left = len(lines) - _MANY
    return lines if left <= 0 else [*lines[:_MANY], f"        … {left} more"]


def _times(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"

"""What fell short of what a test wants: how often there was such a request, and in what the nearest ones differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mock_netflix.journal.entry import Entry
from mock_netflix.journal.matching import ANYTHING, Wanted, differences, matching
from mock_netflix.oauth.explanation import explain

# So many requests are told.
_MANY = 5
_ADVERBS = ("never", "once", "twice")


@dataclass(frozen=True, slots=True)
class Times:
    """How often there shall be such a request: from `least` to `most`, both included; no `most` is no bound."""

    least: int = 1
    most: int | None = None

    def allows(self, count: int) -> bool:
        """Whether it may be so often."""
        return self.least <= count and (self.most is None or count <= self.most)

    def __str__(self) -> str:
        if self.most is None:
            return f"at least {_times(self.least)}"
        if self.least == self.most:
            return _times(self.least)
        return f"at most {_times(self.most)}" if not self.least else f"{self.least} to {self.most} times"


def nearest(wanted: Wanted, entries: Sequence[Entry], most: int = _MANY) -> list[tuple[Entry, tuple[str, ...]]]:
    """The requests that differ least from what is wanted, with what is other; of like ones the newest first."""
    others = [(entry, tuple(differences(wanted, entry))) for entry in entries]
    others = [(entry, found) for entry, found in others if found]
    others.sort(key=lambda other: (len(other[1]), sum(one.distance for one in other[1]), -other[0].number))
    return [(entry, tuple(one.words for one in found)) for entry, found in others[:most]]


def judged(wanted: Wanted, times: Times, entries: Sequence[Entry], dropped: int = 0) -> str | None:
    """What is wrong with how often there was such a request; None where it was as often as wanted.

    Where older requests were forgotten, that there were no more of them cannot be told.
    """
    found = len(matching(wanted, entries))
    forgotten = dropped > wanted.after
    if times.allows(found) and not (forgotten and times.most is not None):
        return None
    said = shortfall(wanted, times, entries, dropped if forgotten else 0)
    return f"{said}, so there may have been more: assert it earlier, or reset in between" if forgotten else said


def shortfall(wanted: Wanted, times: Times, entries: Sequence[Entry], dropped: int = 0, within: str = "") -> str:
    """Lines that say what was wanted, what there was, and in what the nearest requests differ.

    `dropped`: how many older requests were forgotten. `within`: the time that was waited.
    """
    asked = [entry for entry in entries if entry.number > wanted.after]
    matched = matching(wanted, asked)
    lines = [f"{_came(wanted, len(matched))}{within}, wanted {times}"]
    if matched:
        lines += ["", *_listed("These match", matched)]
    if len(matched) < times.least:
        lines += ["", *_nearest(wanted, asked, bool(matched))]
    if dropped:
        lines += ["", f"{dropped} older {'request was' if dropped == 1 else 'requests were'} forgotten and not counted"]
    return "\n".join(lines)


def why(entry: Entry) -> str | None:
    """Why a request was refused: code, fault and fix in one line; None where it was not."""
    return None if entry.refusal is None else explain(entry.refusal).line


def _came(wanted: Wanted, count: int) -> str:
    what = str(wanted)
    if what.startswith(ANYTHING):
        rest = what.removeprefix(ANYTHING)
        return f"something{rest} was requested {_times(count)}" if count else f"nothing{rest} was requested"
    return f"{what} was requested {_times(count)}" if count else f"{what} was never requested"


def _listed(title: str, entries: Sequence[Entry]) -> Iterator[str]:
    yield f"{title}:"
    for entry in entries[-_MANY:]:
        yield f"  {entry.line}"
    if len(entries) > _MANY:
        yield f"  and {len(entries) - _MANY} before"


def _nearest(wanted: Wanted, entries: Sequence[Entry], others: bool) -> Iterator[str]:
    found = nearest(wanted, entries)
    if not found:
        since = f" after number {wanted.after}" if wanted.after else ""
        yield f"There was no other request{since}" if others else f"There was no request at all{since}"
        return
    yield "The nearest differ:" if len(found) > 1 else "The nearest differs:"
    for entry, words in found:
        yield f"  {entry.line}"
        yield from (f"      {one}" for one in words)
        if (reason := why(entry)) is not None:
            yield f"      refused: {reason}"


def _times(count: int) -> str:
    return _ADVERBS[count] if count < len(_ADVERBS) else f"{count} times"

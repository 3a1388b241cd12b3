"""Which mistake was made in signing: found by making it again.

The signature is recomputed under each mistake of the tables, and under each two of them; what reproduces the signature
that was sent is the proof, not a guess. Where nothing does, it is said so.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from mock_netflix.clock import elapsed
from mock_netflix.oauth.attempt import Right, Step, Value, right, written
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes import KEY_SENT, MISTAKES, Mistake, Transmission, readings
from mock_netflix.oauth.signature import plaintext

# A search ends after so many signatures, and after so many seconds.
_TRIALS = 20_000
_SECONDS = 0.05
# And so many bytes that were hashed: a long request has fewer trials.
_BYTES = 6_000_000

# Two mistakes that are one: the query stands in the address, and so it does not among the parameters.
_ONE_OF_TWO = {frozenset(("query-left-in-url", "query-missing")): "query-left-in-url"}


@dataclass(frozen=True, slots=True)
class Found:
    """A mistake that was made: its code, what it is, what to do, the section of RFC 5849, and what is special here."""

    code: str
    what: str
    fix: str
    section: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: no mistake, one, or two together.

    `base_string` is what the client signed, as far as it is known, and `trials` the number of signatures that were made
    to find it. `complete`: everything was tried. `is_right`: there was no mistake to be found.
    """

    mistakes: tuple[Found, ...] = ()
    base_string: str = ""
    trials: int = 0
    complete: bool = True
    is_right: bool = False


class _Candidate(NamedTuple):
    """One step with one or two mistakes in it, or none; `data` is how it stands in the base string, or the key."""

    value: Value
    data: bytes
    found: tuple[Found, ...] = ()
    rows: tuple[Mistake, ...] = ()


# The four steps with at most two mistakes in them.
_Attempt = tuple[_Candidate, _Candidate, _Candidate, _Candidate]


def diagnose(evidence: Evidence) -> Diagnosis:
    """The mistakes that reproduce the signature that was sent, the fewest that do."""
    try:
        search = _Search(evidence, right(evidence))
    except ValueError:
        return Diagnosis()
    if _is_the_key(evidence):
        return Diagnosis((_found(KEY_SENT),))
    return search.result() if search.targets else Diagnosis()


def _is_the_key(evidence: Evidence) -> bool:
    secrets = evidence.secrets
    keys = (plaintext(secrets), f"{secrets.client_secret}&", secrets.client_secret)
    return unquote(evidence.received) in (*keys, *map(unquote, keys))


class _TooMuch(Exception):
    """The bounds of the search are reached."""


class _Search:
    """One search through the tables."""

    def __init__(self, evidence: Evidence, steps: Right) -> None:
        self.evidence = evidence
        # By hash: the bytes that were received, and the mistakes made in writing them.
        self.targets: dict[str, dict[bytes, tuple[Transmission, ...]]] = {}
        for reading in readings(evidence.received):
            self.targets.setdefault(reading.algorithm, {})[reading.digest] = reading.mistakes
        self.trials = 0
        self.hashed = 0
        self.begun = elapsed()
        self.plain = {step: _Candidate(value, written(value).encode()) for step, value in steps.steps().items()}

    def result(self) -> Diagnosis:
        """The first attempt that holds, single mistakes before pairs."""
        try:
            for attempt in self._attempts():
                diagnosis = self._tried(attempt)
                if diagnosis is not None:
                    return diagnosis
        except _TooMuch:
            return Diagnosis(trials=self.trials, complete=False)
        return Diagnosis(trials=self.trials)

    def _attempts(self) -> Iterator[_Attempt]:
        key, method, uri, signed = (self.plain[step] for step in Step)
        yield key, method, uri, signed
        singles: dict[Step, list[_Candidate]] = {step: [] for step in Step}
        for row in MISTAKES:
            for nth, candidate in enumerate(self._made(row, self.plain[row.step])):
                yield self._with(candidate)
                if nth < row.paired:
                    singles[row.step].append(candidate)
        keys, methods, uris, parameters = (singles[step] for step in Step)
        yield from ((one, other, uri, signed) for one in keys for other in methods)
        yield from ((one, method, other, signed) for one in keys for other in uris)
        yield from ((one, method, uri, other) for one in keys for other in parameters)
        yield from ((key, one, other, signed) for one in methods for other in uris)
        yield from ((key, one, uri, other) for one in methods for other in parameters)
        yield from ((key, method, one, other) for one in uris for other in parameters)
        for step in Step:
            yield from map(self._with, self._doubles(step, singles[step]))

    def _with(self, candidate: _Candidate) -> _Attempt:
        """The steps as they ought to be but for this one."""
        steps = {**self.plain, candidate.rows[0].step: candidate}
        return steps[Step.KEY], steps[Step.METHOD], steps[Step.URI], steps[Step.PARAMETERS]

    def _doubles(self, step: Step, singles: list[_Candidate]) -> Iterator[_Candidate]:
        """Two mistakes in one step, each that comes to something new."""
        seen = {one.data for one in singles}
        rows = [row for row in MISTAKES if row.step is step and row.paired]
        for one in singles:
            # Only in a key does it matter which mistake was made first.
            others = rows if step is Step.KEY else rows[rows.index(one.rows[0]) + 1 :]
            for row in others:
                if row is one.rows[0]:
                    continue
                for double in islice(self._made(row, one), row.paired):
                    if double.data not in seen:
                        seen.add(double.data)
                        yield double

    def _made(self, row: Mistake, base: _Candidate) -> Iterator[_Candidate]:
        """The variants of a mistake that come to something else than it was without."""
        seen = {base.data, self.plain[row.step].data}
        for value, detail in row.variants(base.value, self.evidence):
            data = written(value).encode("utf-8", "replace")
            if data not in seen:
                seen.add(data)
                found = Found(row.code, row.what, row.fix, row.section, detail)
                yield _Candidate(value, data, (*base.found, found), (*base.rows, row))

    def _tried(self, attempt: _Attempt) -> Diagnosis | None:
        key, method, uri, signed = attempt
        base = b"%b&%b&%b" % (method.data, uri.data, signed.data)
        for algorithm, digests in self.targets.items():
            written_wrong = digests.get(hmac.digest(key.data, base, algorithm))
            if written_wrong is not None:
                found = [*(one for step in attempt for one in step.found), *map(_found, written_wrong)]
                if len(found) <= 2:
                    return Diagnosis(_together(found), base.decode(), self.trials, is_right=not found)
        self.trials += 1
        self.hashed += len(base)
        late = self.trials % 64 == 0 and elapsed() - self.begun > _SECONDS
        if late or self.trials >= _TRIALS or self.hashed >= _BYTES:
            raise _TooMuch
        return None


def _found(transmission: Transmission) -> Found:
    return Found(transmission.code, transmission.what, transmission.fix, transmission.section)


def _together(found: list[Found]) -> tuple[Found, ...]:
    """Each code once; where two are one, that one."""
    by_code = {one.code: one for one in found}
    single = _ONE_OF_TWO.get(frozenset(by_code))
    return (by_code[single],) if single is not None else tuple(by_code.values())

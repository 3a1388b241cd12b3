"""Which mistake was made in signing: found by making it again.

The signature is recomputed under each mistake of the tables, and under each two of them; what reproduces the signature
that was sent is the proof, not a guess. Where nothing does, it is said so.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf
from typing import NamedTuple, cast
from urllib.parse import unquote

from mock_netflix.clock import spent
from mock_netflix.oauth.attempt import (
    Right,
    SignedParameters,
    Step,
    Uri,
    Value,
    Writing,
    right,
    signed_by,
    uri_by,
    written,
)
from mock_netflix.oauth.evidence import Evidence
from mock_netflix.oauth.mistakes import ENCODED_TWICE, KEY_SENT, MISTAKES, Mistake, Transmission, readings
from mock_netflix.oauth.signature import PLAINTEXT

# A search ends after so many signatures, and after so many seconds of work where nobody says how many.
_TRIALS = 20_000
PATIENCE = 0.5
# And so many bytes that were hashed: a long request has fewer trials.
_BYTES = 6_000_000

# Two mistakes that are one: the query stands in the address, and so it does not among the parameters.
_QUERY_IN_URI, _QUERY_MISSING = "query-left-in-url", "query-missing"


class Found(NamedTuple):
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
    to find it. `complete`: the search came to its end. `is_right`: there was no mistake to be found.
    """

    mistakes: tuple[Found, ...] = ()
    base_string: str = ""
    trials: int = 0
    complete: bool = True
    is_right: bool = False


# A mistake that was made, and what is special about how.
_Made = tuple[Mistake | Transmission, str]


class _Candidate(NamedTuple):
    """One step with one or two mistakes in it, or none; `data` is how it stands in the base string, or the key.

    `row` and `variant` are those of the first mistake that was made in it.
    """

    value: Value
    data: bytes
    made: tuple[_Made, ...] = ()
    variant: int = 0
    row: Mistake | None = None


# A key, a method, an address and parameters with at most two mistakes in them.
_Attempt = tuple[_Candidate, _Candidate, _Candidate, _Candidate]


# With more parameters than these, time is looked at more often.
_MANY = 30


class _TooLate(Exception):
    """The time for a search is over."""


def diagnose(evidence: Evidence, seconds: float = PATIENCE) -> Diagnosis:
    """The mistakes that reproduce the signature that was sent, the fewest that do, found in so many seconds of work."""
    try:
        search = _Search(evidence, right(evidence), spent() + seconds)
    except ValueError:
        return Diagnosis()
    try:
        if evidence.request.parameters.get("oauth_signature_method") == PLAINTEXT:
            return search.key_in_plaintext()
        return search.key_sent() or (search.result() if search.targets else Diagnosis())
    except _TooLate:
        return Diagnosis(trials=max(1, search.trials), complete=False)


class _Search:
    """One search through the tables."""

    def __init__(self, evidence: Evidence, steps: Right, end: float = inf) -> None:
        self.evidence, self.end, self.trials = evidence, end, 0
        self.is_large = len(steps.signed.parameters) > _MANY
        # By hash: the bytes that were received, and the mistakes made in writing them.
        self.targets: dict[str, dict[bytes, tuple[Transmission, ...]]] = {}
        for reading in readings(evidence.received):
            self.targets.setdefault(reading.algorithm, {})[reading.digest] = reading.mistakes
        # By mistake, which of its variants make a difference to this request, and so may with another mistake.
        self.telling: dict[Mistake, set[int]] = {}
        self.plain = {step: _Candidate(value, written(value).encode()) for step, value in steps.steps().items()}
        plain = self.plain
        self.right = plain[Step.KEY], plain[Step.METHOD], plain[Step.URI], plain[Step.PARAMETERS]

    def _keys(self) -> Iterator[_Candidate]:
        """The key as it ought to be, and with each mistake."""
        right = self.plain[Step.KEY]
        yield right
        for row in MISTAKES:
            if row.step is Step.KEY:
                yield from self._made(row, right)

    def key_in_plaintext(self) -> Diagnosis:
        """Which key it is that was sent for the right one; where it is PLAINTEXT, it should be the key."""
        received = self.evidence.received
        for key in self._keys():
            text = key.data.decode()
            if key.made and received in (text, unquote(text)):
                return Diagnosis(_together(key.made))
            if unquote(received) in (text, unquote(text)):
                return Diagnosis(_together([*key.made, (ENCODED_TWICE, "")]))
        return Diagnosis()

    def key_sent(self) -> Diagnosis | None:
        """Whether the signature is no signature but the key, right or wrong."""
        received = self.evidence.received
        for key in self._keys():
            found = [*key.made, (KEY_SENT, "")]
            if received in (key.data.decode(), unquote(key.data.decode())):
                return Diagnosis(_together(found))
            if unquote(received) == key.data.decode() and not key.made:
                return Diagnosis(_together([*found, (ENCODED_TWICE, "")]))
        return None

    def result(self) -> Diagnosis:
        """The first attempt that holds, single mistakes before pairs."""
        targets, hashed, digest = tuple(self.targets.items()), 0, hmac.digest
        for attempt in self._attempts():
            key, method, uri, signed = attempt
            base = b"%b&%b&%b" % (method.data, uri.data, signed.data)
            for algorithm, digests in targets:
                wrong_on_its_way = digests.get(digest(key.data, base, algorithm))
                if wrong_on_its_way is not None:
                    made = [*(one for step in attempt for one in step.made), *((one, "") for one in wrong_on_its_way)]
                    if len(made) <= 2:
                        return Diagnosis(_together(made), base.decode(), self.trials, is_right=not made)
            self.trials += 1
            hashed += len(base)
            if self.trials >= _TRIALS or hashed >= _BYTES or (self.trials % 64 == 0 and spent() > self.end):
                raise _TooLate
        return Diagnosis(trials=self.trials)

    def _attempts(self) -> Iterator[_Attempt]:
        key, method, uri, signed = self.right
        yield self.right
        singles: dict[Step, list[_Candidate]] = {step: [] for step in Step}
        for row in MISTAKES:
            for nth, candidate in enumerate(self._made(row, self.plain[row.step])):
                yield from self._with(candidate)
                if nth < row.paired:
                    singles[row.step].append(candidate)
                    self.telling.setdefault(row, set()).add(candidate.variant)
        keys, methods, uris, parameters, encoders = (singles[step] for step in Step)
        moved = [*self._query_moved(uris, parameters)]
        texts = [*moved, *(pair for one in encoders for pair in self._encoded(one, uri, signed))]
        yield from ((key, method, *text) for text in moved)
        yield from ((one, other, uri, signed) for one in keys for other in methods)
        yield from ((one, method, other, signed) for one in keys for other in uris)
        yield from ((one, method, uri, other) for one in keys for other in parameters)
        yield from ((key, one, other, signed) for one in methods for other in uris)
        yield from ((key, one, uri, other) for one in methods for other in parameters)
        yield from ((key, method, one, other) for one in uris for other in parameters)
        yield from ((one, method, *text) for one in keys for text in texts)
        yield from ((key, one, *text) for one in methods for text in texts)
        for one in encoders:
            yield from ((key, method, *text) for pair in moved for text in self._encoded(one, *pair))
            yield from ((key, method, *text) for other in uris for text in self._encoded(one, other, signed))
            yield from ((key, method, *text) for other in parameters for text in self._encoded(one, uri, other))
        for address, rest in moved:
            yield from ((key, method, address, double) for double in self._doubles(Step.PARAMETERS, [rest]))
            yield from ((key, method, double, rest) for double in self._doubles(Step.URI, [address]))
        for step in (Step.KEY, Step.METHOD, Step.URI, Step.PARAMETERS):
            for double in self._doubles(step, singles[step]):
                yield from self._with(double)

    def _query_moved(
        self, uris: list[_Candidate], parameters: list[_Candidate]
    ) -> Iterator[tuple[_Candidate, _Candidate]]:
        """The query left in the address, and not signed among the parameters: one mistake, told with the address."""
        for uri in uris:
            for rest in parameters:
                if (uri.made[0][0].code, rest.made[0][0].code) == (_QUERY_IN_URI, _QUERY_MISSING):
                    yield uri, rest._replace(made=())

    def _with(self, candidate: _Candidate) -> Iterator[_Attempt]:
        """The steps as they ought to be but for this one."""
        key, method, uri, signed = self.right
        match cast(Mistake, candidate.row).step:
            case Step.KEY:
                yield candidate, method, uri, signed
            case Step.METHOD:
                yield key, candidate, uri, signed
            case Step.URI:
                yield key, method, candidate, signed
            case Step.PARAMETERS:
                yield key, method, uri, candidate
            case Step.ENCODER:
                for text in self._encoded(candidate, uri, signed):
                    yield key, method, *text

    def _encoded(
        self, encoder: _Candidate, uri: _Candidate, signed: _Candidate
    ) -> Iterator[tuple[_Candidate, _Candidate]]:
        """Address and parameters as an encoder writes them that does so wrongly, where that makes a difference."""
        writing = cast(Writing, encoder.value)
        address = written(uri_by(writing, cast(Uri, uri.value))).encode("utf-8", "replace")
        parameters = written(signed_by(writing, cast(SignedParameters, signed.value))).encode("utf-8", "replace")
        if (address, parameters) != (uri.data, signed.data):
            # The mistake is told once, with the parameters.
            made = (*signed.made, *encoder.made)
            yield _Candidate(uri.value, address, uri.made), _Candidate(signed.value, parameters, made)

    def _doubles(self, step: Step, singles: list[_Candidate]) -> Iterator[_Candidate]:
        """Two mistakes in one step, each that comes to something new."""
        seen = {one.data for one in singles}
        rows = [row for row in MISTAKES if row.step is step and row in self.telling]
        for one in singles:
            # Only in a key does it matter which mistake was made first.
            first = cast(Mistake, one.row)
            for row in rows if step is Step.KEY else rows[rows.index(first) + 1 :]:
                if row is first:
                    continue
                for double in self._made(row, one, self.telling[row]):
                    if double.data not in seen:
                        seen.add(double.data)
                        yield double

    def _made(self, row: Mistake, base: _Candidate, only: Collection[int] | None = None) -> Iterator[_Candidate]:
        """The variants of a mistake that come to something else than it was without."""
        seen = {base.data, self.plain[row.step].data}
        variants = row.variants(base.value, self.evidence)
        for nth, (value, detail) in enumerate(variants if only is None else islice(variants, max(only) + 1)):
            if only is not None and nth not in only:
                continue
            # To write many parameters takes longer than to hash them.
            if self.is_large and spent() > self.end:
                raise _TooLate
            data = written(value).encode("utf-8", "replace")
            # An encoder is nothing by itself; what it comes to is seen with an address and parameters.
            if data not in seen or row.step is Step.ENCODER:
                seen.add(data)
                yield _Candidate(value, data, (*base.made, (row, detail)), nth, base.row or row)


def _together(made: Sequence[_Made]) -> tuple[Found, ...]:
    """What was found, each code once."""
    found = [Found(row.code, row.what, row.fix, row.section, detail) for row, detail in made]
    return tuple({one.code: one for one in found}.values())

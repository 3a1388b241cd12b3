"""When refused signatures are looked into: at once, as long as that costs little, or else when somebody asks.

A person at a terminal wants the reason beside the refusal; a flood of bad requests must not slow the others.
"""

from __future__ import annotations

from collections import deque

from mock_netflix.clock import spent
from mock_netflix.oauth.explanation import explain
from mock_netflix.oauth.refusals import SignatureInvalid

# Seconds of work: in each second by the clock, and for one refusal. Most are found in one or two thousandths.
_SHARE = 0.2
_AT_ONCE = 0.05
# So many of those that were put off can still be looked into, with so many characters in their base strings.
_PUT_OFF = 200
_PUT_OFF_TEXT = 1_000_000


class Diagnoses:
    """What is spent on them in the second that it is, and those that were put off."""

    def __init__(self) -> None:
        self._second = -1
        self._spent = 0.0
        self._put_off: deque[SignatureInvalid] = deque()
        self._text = 0

    def look_into(self, refusal: SignatureInvalid, now: int) -> None:
        """Finds out why a signature was refused, unless it is too late in this second; `now` in epoch seconds."""
        if now != self._second:
            self._second, self._spent = now, 0.0
        left = _SHARE - self._spent
        if left > 0:
            begun = spent()
            explain(refusal, min(left, _AT_ONCE))
            self._spent += spent() - begun
        if refusal.evidence is None:
            return
        self._put_off.append(refusal)
        self._text += len(refusal.base_string)
        while len(self._put_off) > _PUT_OFF or self._text > _PUT_OFF_TEXT:
            oldest = self._put_off.popleft()
            oldest.evidence = None
            self._text -= len(oldest.base_string)

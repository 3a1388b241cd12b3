"""The row of a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mock_netflix.oauth.attempt import Step, Value
from mock_netflix.oauth.evidence import Evidence

# From a step as it is and what is known, to that step as the mistake makes it, each with words of its own where there
# is more to tell than the row does.
Variants = Callable[[Any, Evidence], Iterable[tuple[Value, str]]]


# Words of two mistakes that can be made in the address and in the parameters alike.
TWICE = "The address or the parameters are percent-encoded twice in the base string."
NOT_AT_ALL = "The address or the parameters are not percent-encoded in the base string."
ONCE_EACH = (
    "Give the library plain values: names and values are encoded once, and then the address and the sorted, joined "
    "parameters once as a whole."
)


@dataclass(frozen=True, slots=True, eq=False)
class Mistake:
    """A mistake that people make when they sign.

    `what` is the mistake and `fix` what to do, each as a sentence. `section` is of RFC 5849. `paired`: so many of its
    variants are tried together with other mistakes.
    """

    code: str
    step: Step
    what: str
    fix: str
    section: str
    variants: Variants
    paired: int = 4

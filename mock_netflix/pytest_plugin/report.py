"""The requests of a test in words, for the report of a test that failed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from msgspec.structs import fields

from mock_netflix.clock import spent
from mock_netflix.faults.effects import effect_of
from mock_netflix.faults.rules import Rule
from mock_netflix.journal import Entry
from mock_netflix.journal.entry import shown
from mock_netflix.oauth.comparison import differences, in_words
from mock_netflix.oauth.explanation import UNEXPLAINED, Explanation, explain, known
from mock_netflix.stage.ending import Category
from mock_netflix.stage.requests import Requests

# So many requests are told, the last ones.
_MANY = 30
# A line of prose, and what stands before it.
_WIDTH, _INDENT = 98, " " * 5
# So many places are told where two base strings differ, and so much of one base string and of other texts.
_FEW, _BASE_STRING, _TEXT = 3, 2000, 1000
# Seconds of work on signatures that nobody has looked into yet.
_PATIENCE = 2.0


def as_text(requests: Requests) -> str:
    """One line for each request, and below a refused one why it was refused, as far as it differs from earlier ones."""
    lines: list[str] = []
    if earlier := max(len(requests) - _MANY, 0) + requests.dropped:
        lines.append(f"… {earlier} earlier requests")
    told: dict[str, int] = {}
    end = spent() + _PATIENCE
    for entry in requests[-_MANY:]:
        lines += [entry.line, *_below(entry, told, end)]
    return "\n".join(lines)


def left_as_text(left: Mapping[Category, Sequence[Entry | Rule]]) -> str:
    """What a test left behind, category by category."""
    lines = []
    for category, several in left.items():
        number = f"a {category.thing}" if len(several) == 1 else f"{len(several)} {category.thing}s"
        told = [one.line if isinstance(one, Entry) else _line_of_fault(one) for one in several[-_MANY:]]
        lines += [f"{category.name}: {number} {category.what}", *(f"  {line}" for line in told)]
    names = ", ".join(f'"{one.name}"' for one in left)
    lines.append(f"To do: correct the client, or say @pytest.mark.mock_netflix(expect=[{names}])")
    return "\n".join(lines)


def _line_of_fault(rule: Rule) -> str:
    """A fault and which requests it was for, as it was said."""
    said = {one.name: getattr(rule.fault, one.name) for one in fields(type(rule.fault))}
    differs = {one.name: said[one.name] for one in fields(type(rule.fault)) if said[one.name] != one.default}
    words = ", ".join(f"{name}={value!r}" for name, value in differs.items())
    return shown(f"{effect_of(rule.fault)} {rule.id}: {words}", _TEXT)


def _below(entry: Entry, told: dict[str, int], end: float) -> Iterator[str]:
    """Why a request was refused, and what may have been meant.

    `told`: where each explanation stands already. `end`: when signatures are not looked into any more.
    """
    if entry.refusal is not None:
        left = end - spent()
        explanation = explain(entry.refusal, left) if left > 0 else known(entry.refusal)
        same = told.setdefault(explanation.line, entry.number)
        if same != entry.number:
            yield from _prose(f"{explanation.cause}, as in #{same}")
        else:
            yield from _explained(explanation)
    for hint in entry.hints:
        yield from _prose(f"Note: {hint}")


def _explained(explanation: Explanation) -> Iterator[str]:
    section = f" (RFC 5849 section {explanation.section})" if explanation.section else ""
    yield from _prose(f"{explanation.cause}{section}: {explanation.what}")
    if explanation.fix:
        yield from _prose(f"To do: {explanation.fix}")
    signed, right = explanation.details.get("signed_base_string"), explanation.details.get("base_string")
    for one in differences(signed, right)[:_FEW] if signed and right else ():
        yield from _prose(f"{one.part}: {one.what} {in_words(one)}")
    if right and not signed and explanation.causes == (UNEXPLAINED,):
        # In one line, for it is to be copied.
        yield f"{_INDENT}The one here: {shown(right, _BASE_STRING)}"


def _prose(text: str) -> Iterable[str]:
    words = shown(text, _TEXT)
    return wrap(words, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT, break_on_hyphens=False)

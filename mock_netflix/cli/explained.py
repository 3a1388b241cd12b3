"""An explanation in words for the terminal, and as JSON for programs.

What a person with a failing client wants to know comes first: the cause, and what to do. Long texts come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from textwrap import wrap
from typing import Any

import click

from mock_netflix.cli.beside import printable, shown
from mock_netflix.oauth.base_string import LoneBaseString
from mock_netflix.oauth.comparison import differences, makes, parts_of
from mock_netflix.oauth.mistakes import TRANSMISSIONS
from mock_netflix.oauth.pasted import Judged
from mock_netflix.oauth.told import told_of

_HOLDS = "The signature is right."
# So many differences are shown to a person.
_MANY = 10
# And so much of a long text.
_LONGEST_SIGNATURE, _LONGEST_LINE, _LONGEST_BASE_STRING, _MOST_PARAMETERS = 80, 200, 4000, 40
# No line of prose is longer, however wide the terminal is.
_WIDEST = 100


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one request: its name, and its explanation as the server tells it.

    `holds` is said where there is no explanation. `alone` is what is known of a base string by itself, and `signature`
    that of the right one, where the secrets are known.
    """

    name: str
    explanation: Mapping[str, Any] | None
    base_string: str = ""
    holds: str = _HOLDS
    notes: tuple[str, ...] = ()
    alone: LoneBaseString | None = None
    signature: str | None = None


def facts_of(judged: Judged, notes: tuple[str, ...] = ()) -> Facts:
    """What is known of a request that was pasted."""
    explanation = told_of(judged.explanation) if judged.explanation is not None else None
    request, caller = judged.request, judged.caller
    holds = _HOLDS
    if caller is not None and caller.feed_token is not None:
        holds = f"It needs no signature: its feed token opens the feed {caller.feed_token.feed}."
    elif caller is not None and request.parameters.get("oauth_signature") is None:
        holds = "It needs no signature: the consumer key is enough at this address."
    return Facts(f"{request.verb} {request.uri}", explanation, judged.base_string, holds, notes)


def as_json(facts: Facts, yours: str | None) -> dict[str, Any]:
    """Everything, for a program."""
    ours, alone = _base_string(facts), facts.alone
    told: dict[str, Any] = {
        "holds": facts.explanation is None and not (alone and alone.faults),
        "base_string": ours,
        "notes": list(facts.notes),
        **({"explanation": facts.explanation} if facts.explanation is not None else {}),
    }
    if alone is not None:
        told["faults"] = [asdict(one) for one in alone.faults]
        told["signature"] = facts.signature
    if yours is not None:
        told["differences"] = [asdict(one) for one in differences(yours, ours)] if ours else []
        known = facts.explanation or {}
        if known.get("signing_key"):
            told["makes_the_signature"] = makes(yours, known["signing_key"], known["received_signature"])
    return told


def as_text(facts: Facts, yours: str | None, columns: int) -> str:
    """Everything, for a person at a terminal of so many columns."""
    sections = (
        _heading(facts.name, columns),
        [*_verdict(facts, yours, columns)],
        [*_of_the_key(facts, yours, columns)],
        [*_notes(facts.notes, columns)],
        [*_compared(facts, yours, columns)],
        [*_signatures(facts)],
        [*_base_string_lines(facts, yours)],
    )
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _heading(name: str, columns: int) -> list[str]:
    text = printable(name)
    return [text if len(text) <= columns else f"{text[: columns - 1]}…"]


def _verdict(facts: Facts, yours: str | None, columns: int) -> Iterator[str]:
    told, alone = facts.explanation, facts.alone
    faults = alone.faults if alone is not None else ()
    for nth, one in enumerate(faults):
        yield from [""] * bool(nth)
        yield from _fault(one.code, one.section, one.what, one.fix, columns)
    if told is None:
        if not faults:
            yield click.style(facts.holds, fg="green", bold=True)
    elif not faults or not set(told["causes"]) & {"unexplained", *(one.code for one in faults)}:
        section, fix = (told.get("section") or "").removeprefix("RFC 5849 section "), told.get("fix") or ""
        what = told["message"].removesuffix(fix).strip()
        # To lay the own base string beside is what was just done.
        fix = "" if yours is not None and told["cause"] == "unexplained" else fix
        yield from [""] * bool(faults)
        yield from _fault(told["cause"], section, what, fix, columns)


def _fault(code: str, section: str, what: str, fix: str, columns: int) -> Iterator[str]:
    where = f" (RFC 5849 section {section})" if section else ""
    yield click.style(printable(code), fg="red", bold=True) + where
    yield from _prose(what, columns)
    if fix:
        yield from _prose(f"To do: {fix}", columns)


def _prose(text: str, columns: int, indent: str = "  ") -> Iterator[str]:
    width = max(30, min(columns, _WIDEST))
    words = printable(text)
    yield from wrap(words, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _notes(notes: Iterable[str], columns: int) -> Iterator[str]:
    for note in notes:
        yield from _prose(f"Note: {note}", columns, "")


def _compared(facts: Facts, yours: str | None, columns: int) -> Iterator[str]:
    """Where the base string of the client differs from the right one: the one it gave, or the one that was found."""
    ours = _base_string(facts)
    signed = yours if yours is not None else (facts.explanation or {}).get("signed_base_string")
    if not (signed and ours):
        if yours is not None:
            yield "There is no base string of the server's to lay yours beside: it did not come to the signature."
        return
    found = differences(signed, ours)
    whose = "Yours" if yours is not None else "What was signed"
    if not found:
        if yours is None or not (facts.explanation or {}).get("signing_key"):
            rest = "" if yours is not None else ": only the key, or the signature on its way, is at fault"
            yield from [] if facts.alone else [f"{whose} is the right base string{rest}."]
        return
    places = "1 place" if len(found) == 1 else f"{len(found)} places"
    yield f"{whose} differs from the right base string in {places}:"
    for one in found[:_MANY]:
        what, *texts = shown(one, ("yours" if yours is not None else "signed", "right"), columns - 2)
        yield ""
        yield from _prose(what, columns)
        yield from (f"  {_marked(line)}" for line in texts)
    if len(found) > _MANY:
        yield ""
        yield f"  … and {len(found) - _MANY} more, which --json tells."


def _marked(line: str) -> str:
    return click.style(line, fg="red", bold=True) if line.strip() == "^" else line


# Keys that are made wrongly of the right two secrets, and the codes of these mistakes.
def _wrong_keys(key: str) -> Iterator[tuple[str, str]]:
    consumer, _, token = key.partition("&")
    yield consumer, "missing-ampersand: it has no `&`"
    if token:
        yield f"{consumer}&", "token-secret-omitted: the token secret is missing from it"
        yield f"{token}&{consumer}", "secrets-swapped: its two secrets are exchanged"
        yield f"&{token}", "the consumer secret is missing from it"
        yield f"{consumer}{token}", "missing-ampersand: it has no `&`"


def _of_the_key(facts: Facts, yours: str | None, columns: int) -> Iterator[str]:
    """Whether the fault is in the key or in the base string, which a base string of the client's own tells."""
    told = facts.explanation
    if yours is None or told is None or not told.get("signing_key"):
        return
    if set(told["causes"]) & {one.code for one in TRANSMISSIONS}:
        # What came is no signature as it stands, so it tells nothing of what was signed.
        return
    key, received = told["signing_key"], told["received_signature"]
    same = not differences(yours, _base_string(facts))
    if makes(yours, key, received):
        words = "Yours makes the signature that was sent: the key is right, and only the base string is at fault."
        yield from _prose(words, columns, "")
        return
    wrong = next((what for one, what in _wrong_keys(key) if makes(yours, one, received)), None)
    if wrong is not None:
        words = f"Yours makes the signature that was sent with a wrong key: {wrong}."
        words += "" if same else " Key and base string are both at fault."
    elif same:
        words = (
            "Yours does not make the signature that was sent, though it is the right base string: the key is at fault,"
            " that is, one of the two secrets."
        )
    else:
        words = (
            "Yours does not make the signature that was sent: the key is at fault too, or that is not the base string"
            " that was signed."
        )
    yield from _prose(words, columns, "")


def _signatures(facts: Facts) -> Iterator[str]:
    told = facts.explanation or {}
    if told.get("expected_signature"):
        yield f"Signature received  {_shortened(told['received_signature'], _LONGEST_SIGNATURE)}"
        yield f"Signature expected  {told['expected_signature']}"
    elif facts.signature is not None:
        yield f"With the secrets known here, the right one has the signature  {facts.signature}"


def _base_string_lines(facts: Facts, yours: str | None) -> Iterator[str]:
    """Where it is a signature that is in question."""
    ours, told = _base_string(facts), facts.explanation
    in_question = told.get("expected_signature") if told is not None else facts.holds == _HOLDS
    if not (ours and (in_question or yours is not None)):
        return
    parts = parts_of(ours)
    yield "The right base string, one level of encoding off:"
    yield f"  {parts.method}"
    yield f"  {_shortened(parts.uri, _LONGEST_LINE)}"
    yield from (f"    {_shortened(one, _LONGEST_LINE)}" for one in parts.parameters[:_MOST_PARAMETERS])
    if len(parts.parameters) > _MOST_PARAMETERS:
        yield f"    … and {len(parts.parameters) - _MOST_PARAMETERS} more, which --json tells."
    yield ""
    yield "The same as it is signed:"
    yield f"  {_shortened(ours, _LONGEST_BASE_STRING)}"


def _shortened(text: str, most: int) -> str:
    """So much of a text as a person will read."""
    return printable(text) if len(text) <= most else f"{printable(text[:most])}… ({len(text)} characters)"


def _base_string(facts: Facts) -> str:
    text: str = facts.base_string or (facts.explanation or {}).get("base_string") or ""
    return text

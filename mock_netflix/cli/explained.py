"""An explanation in words for the terminal, and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import click

from mock_netflix.oauth.comparison import differences, makes, parts_of, shown
from mock_netflix.oauth.pasted import Judged
from mock_netflix.oauth.told import told_of

_HOLDS = "The signature is right."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one request: its explanation as the server tells it (None where nothing is wrong), its name."""

    explanation: Mapping[str, Any] | None
    name: str = ""
    base_string: str = ""


def facts_of(judged: Judged) -> Facts:
    """What is known of a request that was pasted."""
    explanation = told_of(judged.explanation) if judged.explanation is not None else None
    request = judged.request
    return Facts(explanation, f"{request.verb} {request.uri}", judged.base_string)


def as_json(facts: Facts, yours: str | None) -> dict[str, Any]:
    """Everything, for a program."""
    ours = _base_string(facts)
    told: dict[str, Any] = {
        "holds": facts.explanation is None,
        "base_string": ours,
        **({"explanation": facts.explanation} if facts.explanation is not None else {}),
    }
    if yours is not None:
        told["differences"] = [asdict(one) for one in differences(yours, ours)]
        known = facts.explanation or {}
        if known.get("signing_key"):
            told["makes_the_signature"] = makes(yours, known["signing_key"], known["received_signature"])
    return told


def as_text(facts: Facts, yours: str | None) -> str:
    """Everything, for a person."""
    return "\n".join(_lines(facts, yours)).rstrip()


def _lines(facts: Facts, yours: str | None) -> Iterator[str]:
    yield _printable(facts.name)
    yield ""
    told, ours = facts.explanation, _base_string(facts)
    if told is None:
        yield click.style(_HOLDS, fg="green", bold=True)
    else:
        section = f" ({told['section']})" if told.get("section") else ""
        yield click.style(f"{told['cause']}{section}", fg="red", bold=True)
        yield f"  {_printable(told['message'])}"
    yield ""
    if told is not None and told.get("expected_signature"):
        yield f"Signature received  {_printable(told['received_signature'])}"
        yield f"Signature expected  {told['expected_signature']}"
        yield ""
    if ours:
        yield from _base_string_lines(ours)
    signed = yours if yours is not None else (told or {}).get("signed_base_string")
    if signed and ours:
        yield ""
        yield from _comparison(signed, ours, "Yours" if yours is not None else "What was signed")
    if yours is not None and told is not None and told.get("signing_key"):
        yield ""
        yield _of_the_key(yours, told)


def _base_string_lines(ours: str) -> Iterator[str]:
    parts = parts_of(ours)
    yield "The server's base string:"
    yield f"  {ours}"
    yield "which is, one level of encoding off:"
    yield f"  {parts.method}"
    yield f"  {_printable(parts.uri)}"
    yield from (f"    {_printable(one)}" for one in parts.parameters)


def _comparison(signed: str, ours: str, whose: str) -> Iterator[str]:
    found = differences(signed, ours)
    if not found:
        yield f"{whose} is the same base string: the key differs, that is, a secret."
        return
    yield f"{whose} differs from it in {len(found)} place{'s' if len(found) > 1 else ''}:"
    for one in found:
        yield ""
        yield from (f"  {_printable(line)}" for line in shown(one))


def _of_the_key(yours: str, told: Mapping[str, Any]) -> str:
    """Whether the fault is in the base string alone."""
    if makes(yours, told["signing_key"], told["received_signature"]):
        return "Yours makes the signature that was sent: the key is right, and only the base string is at fault."
    return "Yours does not make the signature that was sent: the key is at fault, or something else was signed."


def _base_string(facts: Facts) -> str:
    text: str = facts.base_string or (facts.explanation or {}).get("base_string") or ""
    return text


def _printable(text: str) -> str:
    """What a client sent must not command the terminal."""
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)

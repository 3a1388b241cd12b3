"""An explanation as JSON: the same at the control address and on the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from mock_netflix.oauth.comparison import differences, parts_of
from mock_netflix.oauth.explanation import Explanation


def told_of(explanation: Explanation) -> dict[str, Any]:
    """A refusal in words, with the evidence it carries.

    cause, causes, message, fix, section; of a refused signature also base_string (and its parts, one level of encoding
    off), expected_signature, received_signature and, once the mistake was found, what was signed instead and where the
    two differ.
    """
    told: dict[str, Any] = {
        "cause": explanation.cause,
        "causes": list(explanation.causes),
        "message": explanation.message,
        "fix": explanation.fix,
        "section": f"RFC 5849 section {explanation.section}" if explanation.section else None,
        **explanation.details,
    }
    if base_string := told.get("base_string"):
        parts = parts_of(base_string)
        told["base_string_parts"] = {"method": parts.method, "uri": parts.uri, "parameters": list(parts.parameters)}
        if signed := told.get("signed_base_string"):
            told["differences"] = [asdict(one) for one in differences(signed, base_string)]
    return told

"""The example documents of the record, and answers cut down to what a shortened one shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.wire.trees import Said

EXAMPLES = Path(__file__).parent / "examples"


def example(name: str) -> str:
    """The XML of an example."""
    return (EXAMPLES / f"{name}.xml").read_text()


def example_json(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text())


def without_what_the_example_left_out(said: Said, wanted: Said) -> Said:
    """An answer less the children that a shortened example does not show."""
    name, attributes, text, children = said
    shown = {child[:2] for child in wanted[3]}
    return name, attributes, text, tuple(child for child in children if child[:2] in shown)

"""docs/faults.md: every effect in a line of Python and one of curl, which do the same; every code of a refusal."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

from mock_netflix.authority import Authority
from mock_netflix.embedded.surroundings import Surroundings
from mock_netflix.embedded.world import World
from mock_netflix.faults.effects import EFFECTS, Fault, Status, effect_of
from mock_netflix.oauth.explanation import code_of
from mock_netflix.redirecting import Detour
from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.stage import faults
from mock_netflix.web.app import build_app
from mock_netflix.web.errors import WORDS, words_wanted
from mock_netflix.web.tls import Tls
from tests.worlds import a_world

DOCUMENT = Path(__file__).parent.parent.joinpath("docs/faults.md").read_text()
IN_PYTHON = re.findall(r"^netflix\.(\w+)\((.*)\)$", DOCUMENT, re.MULTILINE)
BY_CURL = re.findall(r"^curl \S+/_mock/faults -d '(.*)'$", DOCUMENT, re.MULTILINE)


def in_python(function: str, arguments: str) -> tuple[Fault, ...]:
    """The faults that a line of Python makes."""
    call = ast.parse(f"{function}({arguments})", mode="eval").body
    assert isinstance(call, ast.Call)
    sandbox = Sandbox(a_world())
    given = [ast.literal_eval(one) for one in call.args]
    named: dict[str, Any] = {str(one.arg): ast.literal_eval(one.value) for one in call.keywords}
    tls = Tls(Authority)
    around = Surroundings(tls.authority, None, Detour(build_app(sandbox), tls))
    getattr(World(sandbox, "http://localhost", Sandboxes(sandbox), around), function)(*given, **named)
    return tuple(rule.fault for rule in sandbox.faults.all)


def test_a_line_of_python_and_a_line_of_curl_do_the_same():
    by_curl = [faults.fault_of(json.loads(body)) for body in BY_CURL]
    made = [in_python(function, told) for function, told in IN_PYTHON if function == "fail_next"]
    assert [fault for (fault,) in made] == by_curl


def test_every_effect_is_shown_and_stands_in_a_table():
    shown = {effect_of(fault) for function, told in IN_PYTHON for fault in in_python(function, told)}
    tabled = set(re.findall(r"^\| `([a-z-]+)` \|.*\|$", DOCUMENT, re.MULTILINE))
    assert shown == set(EFFECTS)
    assert set(EFFECTS) - {"stale-reads"} <= tabled


def test_every_code_is_shown_with_its_answer():
    rows: dict[str, str] = {}
    for kind, words in WORDS.items():
        sub_code = "" if words.sub_code is None else str(words.sub_code)
        message = words_wanted(Status(code=code_of(kind))).message
        gateway = f"`{words.gateway}`" if words.gateway else ""
        rows.setdefault(code_of(kind), f"| `{code_of(kind)}` | {words.status} | {sub_code} | {message} | {gateway} |")
    table = DOCUMENT.partition("|---|---|---|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == list(rows.values())


def test_every_field_of_a_fault_is_named():
    fields = {field for kind in EFFECTS.values() for field in kind.__struct_fields__}
    assert [field for field in fields if f"`{field}`" not in DOCUMENT] == []

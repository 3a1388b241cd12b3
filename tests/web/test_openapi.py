"""/_mock/openapi.json says what the mock's own side does: every row of it, and nothing that is otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from jsonschema import Draft202012Validator
from schemathesis import Case, HookContext, engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import NonFatalError, ScenarioFinished

from mock_netflix.sandbox import Sandbox
from mock_netflix.sandboxes import Sandboxes
from mock_netflix.web.addresses import OF_WORLD, PREFIX
from mock_netflix.web.app import build_app
from mock_netflix.web.control import OPERATIONS
from mock_netflix.web.control.mounting import Operation
from mock_netflix.web.control.openapi import PARTS, document
from mock_netflix.web.server import running
from tests.worlds import a_world

DOCUMENT = document(OPERATIONS)
DESCRIBED = {(verb, path): told for path, verbs in DOCUMENT["paths"].items() for verb, told in verbs.items()}

# Each is tried with so many requests that are right and so many that are wrong, beside those that cover the limits.
EXAMPLES = 10
CONFIG = {
    "seed": 2008,
    "generation": {"deterministic": True, "database": "none", "max-examples": EXAMPLES},
    "checks": {
        # A body may name something else that is not there, which is not found either.
        "ensure_resource_availability": {"enabled": False},
        # A list that was emptied is still there.
        "use_after_free": {"enabled": False},
        # Who waits for a request that does not come is told so.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "408", "409"]},
    },
    "operations": [
        # No schema says that one number must not be less than another.
        {
            "include-path-regex": "/(requests/verify|faults)$",
            "checks": {"positive_data_acceptance": {"enabled": False}},
        },
        # Nobody sends what is waited for; and see `in_a_hurry`.
        {
            "include-path-regex": "/requests/await$",
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ["2xx", "404", "408"]},
                "negative_data_rejection": {"enabled": False},
            },
        },
    ],
}


def name(one: Operation) -> str:
    return f"{one.verb} {one.path}"


def refs(told: Any) -> Iterator[str]:
    """Every reference within a document."""
    if isinstance(told, dict):
        yield from (value for key, value in told.items() if key == "$ref")
        told = list(told.values())
    if isinstance(told, list):
        for one in told:
            yield from refs(one)


def test_it_is_served(mock):
    answer = mock.http.get(f"{mock.url}/_mock/openapi.json")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == DOCUMENT
    assert DOCUMENT["openapi"] == "3.1.0"


def test_every_operation_is_there_below_each_address_that_it_has():
    addresses = {(one.verb.lower(), PREFIX + one.path) for one in OPERATIONS}
    addresses |= {(one.verb.lower(), OF_WORLD + one.path) for one in OPERATIONS if one.everywhere}
    assert set(DESCRIBED) == addresses
    assert len(OPERATIONS) == len({name(one) for one in OPERATIONS})


@pytest.mark.parametrize("one", OPERATIONS, ids=name)
def test_every_operation_has_types_and_words(one):
    """What is read takes nothing; what is given is JSON, a page, of another type, or nothing by its status."""
    assert one.gives is not None or one.shows or one.writes or one.status == 204, "what does it give?"
    assert one.verb != "GET" or one.takes is None
    assert one.summary
    assert not one.summary.endswith(".")
    assert set(re.findall(r"{(\w+)}", one.path)) <= PARTS.keys()


def test_every_part_of_an_address_is_used():
    assert {part for one in OPERATIONS for part in re.findall(r"{(\w+)}", one.path)} == PARTS.keys()


def test_every_id_is_a_word_and_used_once():
    ids = [told["operationId"] for told in DESCRIBED.values()]
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if not re.fullmatch(r"[a-z]+[A-Z]\w+", one)] == []


def test_every_message_has_a_name_of_its_own():
    """Two of one name would be told apart by the modules that they stand in."""
    assert [one for one in DOCUMENT["components"]["schemas"] if not re.fullmatch(r"[A-Z][A-Za-z]+", one)] == []


def test_every_reference_leads_somewhere_and_every_component_is_led_to():
    components = {kind: told for kind, told in DOCUMENT["components"].items() if kind != "securitySchemes"}
    targets = {f"#/components/{kind}/{one}" for kind, told in components.items() for one in told}
    assert set(refs(DOCUMENT)) == targets


@pytest.mark.parametrize("one", OPERATIONS, ids=name)
def test_the_control_token_may_be_shown_where_a_server_can_want_it(one):
    schemes = DOCUMENT["components"]["securitySchemes"]
    assert [(told["type"], told["scheme"]) for told in schemes.values()] == [("http", "bearer")]
    wanted = [{}, *({told: []} for told in schemes)] if one.guarded else None
    assert DESCRIBED[one.verb.lower(), PREFIX + one.path].get("security") == wanted


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """What operations take, as far down as it is one of several kinds."""
    waiting = [
        (told["operationId"], told["requestBody"]["content"]["application/json"]["schema"])
        for told in DESCRIBED.values()
        if "requestBody" in told
    ]
    while waiting:
        name, schema = waiting.pop()
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        waiting += [(name, one) for one in schema.get("anyOf", ())]
        if "anyOf" not in schema:
            yield name, schema


def test_no_body_may_hold_what_nobody_knows():
    kinds = dict(bodies())
    assert "postWorlds" in kinds
    assert {name for name, schema in kinds.items() if schema.get("additionalProperties") is not False} == set()


def test_every_type_is_a_json_schema():
    for schema in DOCUMENT["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("told", DESCRIBED.values(), ids=lambda told: told["operationId"])
def test_what_goes_wrong_is_told_by_problem_documents(told):
    answers = {int(status): one for status, one in told["responses"].items()}
    assert min(answers) < 300
    for status in (one for one in answers if one >= 400):
        assert answers[status] == {"$ref": f"#/components/responses/Problem{status}"}
    assert 403 in answers


@schemathesis.hook("before_call")
def in_a_hurry(context: HookContext, case: Case, kwargs: dict[str, Any]) -> None:
    """Nobody waits for a request that does not come."""
    if case.path.endswith("/requests/await") and isinstance(case.body, dict):
        seconds = case.body.get("timeout", 5)
        if isinstance(seconds, int | float) and 0 <= seconds <= 60:
            case.body["timeout"] = 0


def failures(config: dict[str, Any], told: dict[str, Any] = DOCUMENT) -> tuple[list[str], set[str]]:
    """What is found to be otherwise than it is told, and the operations that were tried."""
    found, tried = [], set()
    with running(build_app(Sandboxes(Sandbox(a_world())))) as url:
        # It writes what it infers into the document.
        schema = schemathesis.openapi.from_dict(
            deepcopy(told), config=SchemathesisConfig.from_dict({**config, "base-url": url})
        )
        for event in engine.from_schema(schema).execute():
            assert not isinstance(event, NonFatalError), event.value
            if not isinstance(event, ScenarioFinished):
                continue
            tried |= {node.value.operation.label for node in event.recorder.cases.values()}
            checks = (check for checks in event.recorder.checks.values() for check in checks)
            found += [
                f"{check.name}: {check.failure_info.failure.message}\n{check.failure_info.code_sample}"
                for check in checks
                if check.failure_info is not None
            ]
    return found, tried


def phases(*names: str) -> dict[str, Any]:
    """The configuration with these phases and no others."""
    every = ("examples", "coverage", "fuzzing", "stateful")
    return {**CONFIG, "phases": {name: {"enabled": name in names} for name in every}}


@pytest.mark.slow
def test_the_mock_does_what_its_description_says():
    """Requests that are right, wrong and at the limits, from schemathesis."""
    first = {path: verbs for path, verbs in DOCUMENT["paths"].items() if not path.startswith(f"{OF_WORLD}/")}
    found, tried = failures(phases("examples", "coverage", "fuzzing"), {**DOCUMENT, "paths": first})
    assert "\n\n".join(found) == ""
    assert tried == {f"{verb.upper()} {path}" for path, verbs in first.items() for verb in verbs}


def test_it_does_so_in_worlds_that_are_made_on_the_way():
    """Sequences of requests, in which one takes what another gave."""
    found, tried = failures(phases("stateful"))
    assert "\n\n".join(found) == ""
    assert any(OF_WORLD in one for one in tried)


@pytest.mark.parametrize("one", [one for one in OPERATIONS if one.everywhere], ids=name)
def test_an_operation_is_the_same_for_each_world(one):
    """But for its name, for the world in its address, and that there may be no such world."""
    first = DESCRIBED[one.verb.lower(), PREFIX + one.path]
    other = DESCRIBED[one.verb.lower(), OF_WORLD + one.path]
    world, *parameters = other["parameters"]
    assert (world["name"], parameters) == ("world", first.get("parameters", []))
    assert other["responses"] == {**first["responses"], "404": {"$ref": "#/components/responses/Problem404"}}
    rest = ("summary", "description", "tags", "requestBody", "security")
    assert [other.get(part) for part in rest] == [first.get(part) for part in rest]


def test_a_description_that_is_wrong_is_found_out():
    """A test of the test above."""
    wrong = {**DOCUMENT["components"]["schemas"]["Worlds"], "required": ["worlds", "moons"]}
    components = {**DOCUMENT["components"], "schemas": {**DOCUMENT["components"]["schemas"], "Worlds": wrong}}
    paths = {"/_mock/worlds": {"get": DOCUMENT["paths"]["/_mock/worlds"]["get"]}}
    found, tried = failures(CONFIG, {**DOCUMENT, "components": components, "paths": paths})
    assert tried == {"GET /_mock/worlds"}
    assert any("moons" in one for one in found)
    assert any("Unsupported method POST" in one for one in found)

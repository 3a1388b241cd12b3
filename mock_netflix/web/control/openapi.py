"""The description of the mock's own side as an OpenAPI 3.1 document, made of the rows of its operations.

Types become JSON Schema by msgspec. Beside what a row names, every operation refuses foreign names and pages (403), and
all but a few who does not show the control token that some servers want (401); those that take something, what is not
as it should be (400); those that write, endless bodies (413); and those of a world, one that is not there (404).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from http import HTTPStatus
from inspect import cleandoc, getdoc
from types import FunctionType
from typing import Any

import msgspec
from starlette.responses import Response

from mock_netflix.web.addresses import OF_WORLD, PREFIX
from mock_netflix.web.control.mounting import PROBLEM, Asked, Operation, ProblemDocument

_SCHEMAS = "#/components/schemas/{name}"
# The control token, which not every server wants.
_SCHEME = "bearer"
_OPTIONAL: list[dict[str, list[str]]] = [{}, {_SCHEME: []}]
_ABOUT = """Everything that a test can do with a mock of the retired Netflix public API (2008-2014).

What is below `/_mock` is about the first world. The same is below `/_mock/worlds/{world}` for each world of its own.

No operation needs a key. All are answered under names of this machine only, and not to web pages of other sites. A
server that listens beyond its own machine wants its control token, as `Authorization: Bearer TOKEN`, for everything but
`/_mock/health`, `/_mock/ca.pem` and `/_mock/proxy.pac`. What goes wrong is told by a problem document (RFC 9457); a
method that an address does not take, with 405 and `Allow`."""

# What stands in an address.
PARTS: Mapping[str, str] = {
    "world": "The consumer key that a world was made with.",
    "number": "The number of a request, or `last-refused`.",
    "id": "The id of a fault.",
    "key": "A consumer key.",
    "token": "A token.",
    "snapshot": "The name of a snapshot, or its number.",
    "subscriber": "The login, user id or nickname of a subscriber.",
    "queue": "Which queue: disc or instant.",
}

_Json = dict[str, Any]


def documented(asked: Asked) -> Response:
    """For generators of clients, and for those who would rather read tables."""
    # Imported late: the rows are there once all their modules are, and this is one of them.
    from mock_netflix.web.control import OPERATIONS

    return Response(_written(OPERATIONS), media_type="application/json")


@lru_cache(maxsize=1)
def _written(operations: tuple[Operation, ...]) -> bytes:
    return msgspec.json.encode(document(operations))


def document(operations: tuple[Operation, ...]) -> _Json:
    """The OpenAPI document of these operations."""
    # Imported late: it takes as long as a twentieth of the start.
    from importlib.metadata import version

    schemas = _Schemas(operations)
    paths: dict[str, _Json] = {}
    for one in operations:
        for path in _addresses(one):
            paths.setdefault(path, {})[one.verb.lower()] = _described(one, path, schemas)
    statuses = sorted({status for one in operations for path in _addresses(one) for status in _problems(one, path)})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "mock-netflix",
            "version": version("mock-netflix"),
            "summary": "The mock's own side",
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": list(_tags(operations)),
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "responses": {f"Problem{status}": _problem(status) for status in statuses},
            "securitySchemes": {_SCHEME: {"type": "http", "scheme": "bearer", "description": "The control token."}},
        },
    }


class _Schemas:
    """The types of all operations as JSON Schema, by the names of their components."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        rows = tuple(operations)
        found = (kind for one in rows for kind in (one.takes, one.gives) if kind is not None)
        kinds = list({repr(kind): kind for kind in (ProblemDocument, *found)}.values())
        schemas, self.components = msgspec.json.schema_components(kinds, ref_template=_SCHEMAS)
        # By how they are written, for what no type says is not to be hashed.
        self._schemas = dict(zip(map(repr, kinds), schemas, strict=True))
        self._queries: dict[type[msgspec.Struct], list[_Json]] = {}
        for kind in (one.asks for one in rows if one.asks is not None):
            self._queries[kind], more = _query(kind)
            self.components |= more
        for component in self.components.values():
            component |= {"description": cleandoc(component.get("description", ""))}

    def of(self, kind: object) -> _Json:
        return self._schemas[repr(kind)]

    def of_query(self, kind: type[msgspec.Struct] | None) -> list[_Json]:
        return [] if kind is None else self._queries[kind]


def _query(kind: type[msgspec.Struct]) -> tuple[list[_Json], dict[str, _Json]]:
    """The parameters of a query, and the components that they refer to."""
    _, components = msgspec.json.schema_components([kind], ref_template=_SCHEMAS)
    whole = components.pop(kind.__name__)
    parameters = [
        {"name": name, "in": "query", "required": name in whole["required"], "schema": _said(schema)}
        for name, schema in whole["properties"].items()
    ]
    return parameters, components


def _said(schema: _Json) -> _Json:
    """What a query can say: that a parameter is nothing, by leaving it out."""
    if schema.get("default", ...) is None:
        schema = {name: value for name, value in schema.items() if name != "default"}
    options = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    if len(options) == 1:
        schema = {**{name: value for name, value in schema.items() if name != "anyOf"}, **options[0]}
    return schema


def _described(one: Operation, path: str, schemas: _Schemas) -> _Json:
    described: _Json = {
        "operationId": _id(one.verb, path),
        "tags": [_noun(one)],
        "summary": one.summary,
        "description": getdoc(one.page) if isinstance(one.page, FunctionType) else None,
        "parameters": [*_parts(path), *schemas.of_query(one.asks)],
        "requestBody": _body(one, schemas) if one.takes is not None else None,
        "security": _OPTIONAL if one.guarded else None,
        "responses": {
            str(one.status): _answer(one, schemas),
            **{str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in _problems(one, path)},
        },
    }
    return {name: value for name, value in described.items() if value}


def _addresses(one: Operation) -> tuple[str, ...]:
    """Where an operation is: for the first world, and for each other."""
    return (PREFIX + one.path, OF_WORLD + one.path) if one.everywhere else (PREFIX + one.path,)


def _id(verb: str, path: str) -> str:
    """Such as getRequestsByNumber, and getRequestsByNumberOfWorld for a world of its own."""
    of_world = path.startswith(f"{OF_WORLD}/")
    steps = path.removeprefix(OF_WORLD if of_world else PREFIX).strip("/").split("/")
    words = "".join(f"By{step[1:-1].title()}" if "{" in step else step.title() for step in steps) or "Page"
    return f"{verb.lower()}{words}{'OfWorld' if of_world else ''}".replace(".", "").replace("-", "").replace("_", "")


def _parts(path: str) -> Iterator[_Json]:
    for step in path.split("/"):
        if step.startswith("{"):
            name = step[1:-1]
            schema = {"type": "string", "minLength": 1}
            yield {"name": name, "in": "path", "required": True, "description": PARTS.get(name, ""), "schema": schema}


def _body(one: Operation, schemas: _Schemas) -> _Json:
    schema = schemas.of(one.takes)
    whole = schemas.components.get(schema.get("$ref", "").rpartition("/")[2], schema)
    # Nothing is an object without members; one of several kinds must say which.
    required = bool(whole.get("required", True))
    return {"required": required, "content": {"application/json": {"schema": schema}}}


def _answer(one: Operation, schemas: _Schemas) -> _Json:
    content: _Json = {}
    if one.gives is not None:
        content["application/json"] = {"schema": schemas.of(one.gives)}
    if one.writes:
        content[one.writes] = {"schema": {"type": "string"}}
    if one.shows:
        content["text/html"] = {"schema": {"type": "string"}}
    answer: _Json = {"description": HTTPStatus(one.status).phrase}
    return {**answer, "content": content} if content else answer


def _problems(one: Operation, path: str) -> list[int]:
    """The statuses that it refuses with."""
    cases = (
        (401, one.guarded),
        (403, True),
        (400, one.takes is not None or one.asks is not None),
        (413, one.verb != "GET"),
        (404, path.startswith(OF_WORLD)),
    )
    return sorted({*one.problems, *(status for status, may_be in cases if may_be)})


def _problem(status: int) -> _Json:
    schema = {"$ref": _SCHEMAS.format(name=ProblemDocument.__name__)}
    return {"description": HTTPStatus(status).phrase, "content": {PROBLEM: {"schema": schema}}}


def _noun(one: Operation) -> str:
    return one.page.__module__.rpartition(".")[2]


def _tags(operations: Iterable[Operation]) -> Iterator[_Json]:
    """The nouns, each with the beginning of what its module says of itself."""
    modules = dict.fromkeys(one.page.__module__ for one in operations)
    for module in modules:
        said = (sys.modules[module].__doc__ or "").strip().partition("\n\n")[0]
        yield {"name": module.rpartition(".")[2], "description": said}


OPERATIONS = (
    Operation("GET", "/openapi.json", documented, "This description", gives=dict[str, Any], everywhere=False),
)

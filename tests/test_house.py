"""The rules of the house: small files with names, one table of refusals, no state in modules, imports one way."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, MutableMapping, MutableSequence, MutableSet
from enum import Enum
from pathlib import Path
from types import ModuleType

import click
import pytest

import mock_netflix
from mock_netflix.oauth.levels import Level
from mock_netflix.oauth.refusals import (
    BadGateway,
    GatewayRefusal,
    GatewayTimeout,
    ScheduledMaintenance,
)
from mock_netflix.resources import ENDPOINTS
from mock_netflix.web.errors import WORDS
from mock_netflix.world.refusals import Refusal

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mock_netflix"
TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(PACKAGE.rglob("*.py"))}

# Names that say nothing of what is in a file.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "base", "misc"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def modules() -> dict[str, ModuleType]:
    """Every module by its name; `__main__` is the program and not to be imported."""
    found = pkgutil.walk_packages(mock_netflix.__path__, "mock_netflix.")
    names = ["mock_netflix", *(module.name for module in found if not module.name.endswith(".__main__"))]
    return {name: importlib.import_module(name) for name in names}


MODULES = modules()


def nodes(*kinds: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    """Every node of these kinds, with the file it stands in."""
    for path, tree in TREES.items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, kinds))


def test_the_whole_package_is_looked_at():
    assert len(TREES) == len(MODULES) + 1 > 50


def test_a_file_is_named_after_what_is_in_it():
    assert [path for path in TREES if EMPTY_NAMES & set(Path(path).with_suffix("").parts)] == []


def test_a_file_is_short():
    lengths = {path: len((ROOT / path).read_text().splitlines()) for path in TREES}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_a_function_is_short():
    functions = nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    lengths = {f"{path}: {node.name}": node.end_lineno - node.lineno + 1 for path, node in functions}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_a_module_says_what_it_is():
    assert [path for path, tree in TREES.items() if not ast.get_docstring(tree)] == []


def test_no_function_writes_into_its_module():
    """There is one mutation in the whole program: the pointer of a sandbox."""
    assert [(path, node.names) for path, node in nodes(ast.Global)] == []


def changeable(value: object) -> bool:
    """Whether a value can be changed in place: a collection, or an object of ours that is not frozen.

    A command of the command line is a function that click has wrapped.
    """
    if isinstance(value, MutableMapping | MutableSequence | MutableSet):
        return True
    if isinstance(value, Enum | click.Command):
        return False
    frozen = getattr(type(value), "__dataclass_params__", None)
    ours = type(value).__module__.startswith("mock_netflix")
    return ours and not (frozen and frozen.frozen)


def state_of(module: ModuleType) -> list[str]:
    """What a module holds that can be changed and is no constant: constants are in capitals."""
    own = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    return [name for name, value in own.items() if changeable(value) and not name.isupper()]


def test_no_module_holds_state():
    assert {name: state for name, module in MODULES.items() if (state := state_of(module))} == {}


def test_the_search_for_state_finds_it():
    """A test of the test above: frozen values, classes and functions are none, nor is what is in capitals."""
    module = ModuleType("example")
    vars(module).update(cache={}, LIMITS={}, _ROWS=[], level=Level.KEY, words=WORDS[Refusal.__subclasses__()[1]])
    vars(module).update(alias=dict[str, int], call=len, kind=Refusal, one=Refusal(), pattern=(1, 2))
    assert state_of(module) == ["cache", "one"]


def test_what_is_remembered_is_bounded():
    """A client that sends ever new addresses must not fill the memory."""
    caches = {f"{name}.{key}": value for name, module in MODULES.items() for key, value in vars(module).items()}
    caches = {name: value for name, value in caches.items() if hasattr(value, "cache_parameters")}
    assert len(caches) > 3
    assert [name for name, cache in caches.items() if cache.cache_parameters()["maxsize"] is None] == []


def refusals(kind: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal that can be raised; the two that have subclasses only part them."""
    for one in kind.__subclasses__():
        yield from refusals(one) if one.__subclasses__() else (one,)


def test_every_refusal_has_a_row_and_every_row_a_refusal():
    assert set(WORDS) == set(refusals())


def test_the_refusals_of_the_gateway_have_its_codes_and_no_others():
    assert {kind for kind, words in WORDS.items() if words.gateway is not None} == set(refusals(GatewayRefusal))


# What stands for the service being away.
OUTAGES = (BadGateway, ScheduledMaintenance, GatewayTimeout)


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_a_refusal_says_what_is_wrong(kind):
    """Its docstring is shown to people as the explanation (web/control/requests.py)."""
    assert (kind.__doc__ or "").strip().endswith(".")
    assert 400 <= WORDS[kind].status < (505 if kind in OUTAGES else 500)


def test_endpoints_have_names_and_addresses_of_their_own_and_sources():
    paths = [path for endpoint in ENDPOINTS for path in endpoint.paths]
    assert len(set(paths)) == len(paths)
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS)
    assert all(endpoint.source and endpoint.title for endpoint in ENDPOINTS)


def test_imports_run_one_way():
    """The contracts of pyproject.toml."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-cache'])"
    ended = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout

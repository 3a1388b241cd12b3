"""YAML: PyYAML finds the nodes, their tags and places; values are made here, so that nothing but plain data is.

What stands without quotes keeps its text (`reading.Plain`), for YAML takes `No` for a truth and `12:30` for a number.
Anchors may be repeated, and `<<` merges them; what they would grow to is counted before anything is made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mock_netflix.data.faults import Place, Position, Unreadable, shown
from mock_netflix.data.formats.reading import DOUBLED, TOO_DEEP, Flaw, Plain, Reading

if TYPE_CHECKING:
    from yaml import MappingNode, Node, ScalarNode
    from yaml.constructor import SafeConstructor

# Characters of a text, and values with all anchors written out.
_LONGEST = 5_000_000
_MOST = 500_000

_TAG = "tag:yaml.org,2002:"
_MERGE = f"{_TAG}merge"
_TEXTS = (f"{_TAG}str", f"{_TAG}value")
_SCALARS = {f"{_TAG}{name}": f"construct_yaml_{name}" for name in ("int", "float", "bool", "null", "timestamp")}
_USUAL = {*_TEXTS, *_SCALARS, f"{_TAG}map", f"{_TAG}seq", _MERGE}


def read(text: str) -> Reading:
    """What a text of YAML says. Raises Unreadable."""
    # Imported late: most worlds have no such file.
    import yaml
    from yaml.constructor import SafeConstructor

    if len(text) > _LONGEST:
        raise Unreadable(f"is longer than {_LONGEST:,} characters; write it as JSON, which is read much faster")
    try:
        root: Node | None = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        if root is None:
            return Reading({}, _Places(None).find)
        values = _Values(SafeConstructor())
        tree = values.value(root, ())
    except yaml.MarkedYAMLError as error:
        raise Unreadable(*_told(error, text)) from None
    except yaml.YAMLError as error:
        raise Unreadable(f"is not YAML: {str(error).splitlines()[0]}") from None
    except RecursionError:
        raise Unreadable(TOO_DEEP) from None
    return Reading(tree, _Places(root).find, tuple(values.flaws))


def _told(error: Any, text: str) -> tuple[str, Position | None]:
    """What is wrong, in PyYAML's words, and where."""
    problem = error.problem or error.context or "something is wrong"
    if problem.startswith("but "):
        problem = f"{error.context}, {problem}"
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return f"is not YAML: {problem}", None
    hint = "; indent with blanks, not with tabs" if text.startswith("\t", mark.index) else ""
    return f"is not YAML: {problem}{hint}", (mark.line + 1, mark.column + 1)


class _Values:
    """Makes values of nodes, each node once, and counts what they are with all anchors written out."""

    def __init__(self, constructor: SafeConstructor) -> None:
        self.flaws: list[Flaw] = []
        self._constructor = constructor
        self._made: dict[int, tuple[object, int]] = {}
        self._open: set[int] = set()
        self._size = 0

    def value(self, node: Node, place: Place) -> object:
        known = self._made.get(id(node))
        if known is None:
            if id(node) in self._open:
                raise Unreadable("an anchor must not hold itself", _begin(node))
            self._open.add(id(node))
            before = self._size
            self._size += 1
            value = self._new(node, place)
            self._open.remove(id(node))
            known = self._made[id(node)] = value, self._size - before
        else:
            self._size += known[1]
        if self._size > _MOST:
            raise Unreadable(f"its anchors, written out, make more than {_MOST:,} values", _begin(node))
        return known[0]

    def _new(self, node: Node, place: Place) -> object:
        if node.tag not in _USUAL:
            self.flaws.append(Flaw(place, f"the tag {shown(node.tag.removeprefix(_TAG))} has no meaning here"))
            return None
        if node.id == "mapping":
            return self._mapping(node, place)
        if node.id == "sequence":
            return [self.value(one, (*place, index)) for index, one in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, object]:
        own: dict[str, object] = {}
        merged: dict[str, object] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                for one in _merged(value):
                    made = self.value(one, place)
                    merged = {**(made if isinstance(made, dict) else {}), **merged}
                continue
            if key.id != "scalar":
                self.flaws.append(Flaw(place, "a name must be one word or text, not a list or an object"))
                continue
            if key.value in own:
                self.flaws.append(Flaw((*place, key.value), DOUBLED, of_name=True))
            own[key.value] = self.value(value, (*place, key.value))
        return {**merged, **own}

    def _scalar(self, node: ScalarNode) -> object:
        maker = _SCALARS.get(node.tag)
        if maker is None:
            return node.value
        try:
            value = getattr(self._constructor, maker)(node)
        except (ValueError, KeyError, IndexError, AttributeError, OverflowError):
            # A number of thousands of digits, the 30th of February, a word that a tag calls a number.
            return node.value
        return None if value is None else Plain(node.value, value)


def _merged(node: Node) -> list[Node]:
    return node.value if node.id == "sequence" else [node]


def _begin(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1


class _Places:
    """Finds the node at a place; one of an anchor where the anchor is."""

    def __init__(self, root: Node | None) -> None:
        self._root = root

    def find(self, place: Place, of_name: bool) -> Position | None:
        key, node = None, self._root
        for step in place:
            found = next(_below(node, step), None) if node is not None else None
            if found is None:
                return None
            key, node = found
        here = key if of_name and key is not None else node
        return _begin(here) if here is not None else None


def _below(node: Node, step: str | int) -> Iterator[tuple[Node | None, Node]]:
    """The last that has this name is the one that counts; what is merged comes after what is written."""
    if isinstance(step, int):
        if node.id == "sequence" and step < len(node.value):
            yield None, node.value[step]
    elif node.id == "mapping":
        yield from ((key, value) for key, value in reversed(node.value) if key.id == "scalar" and key.value == step)
        for key, value in node.value:
            if key.tag == _MERGE:
                for one in _merged(value):
                    yield from _below(one, step)

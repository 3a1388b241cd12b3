"""Elements as the XML of the wire ("POX"; reference: resources 1.3).

Every element has an explicit end tag. Documents are indented by two blanks; groups are flat, one element a line, as the
real service wrote the inside of a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, Scalar, each
from mock_netflix.wire.text import Piece, Text, piece, put_together

# Characters that XML 1.0 has no way to write (its section 2.2) become the replacement character.
_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_REPLACEMENT = "\ufffd"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_IN_TEXT = re.compile(f"[&<>\r{_ILLEGAL}]")
_IN_ATTRIBUTE = re.compile(f'[&<>"\t\n\r{_ILLEGAL}]')
_INDENT = "  "
_IN_CDATA = re.compile(f"[{_ILLEGAL}]")


def encode(root: Element, dialect: Dialect) -> bytes:
    """A whole document in UTF-8."""
    return text(root, dialect).body


def text(root: Element, dialect: Dialect) -> Text:
    """The same with its pieces: the root, where it is kept, or those of its children that are."""
    before = f"{dialect.prolog}\n\n"
    if root.kept is not None or not root.children:
        return put_together((before.encode(), *_lines((root,), "")))
    head, end = f"{before}<{root.name}{_attributes(root)}>\n", f"</{root.name}>\n"
    return put_together((head.encode(), *_lines(root.children, _INDENT), end.encode()))


def pieces(root: str, items: Iterable[Element], dialect: Dialect) -> Iterator[bytes]:
    """A document without attributes, of any length: a piece for each item, with what stands around it."""
    before, after = f"{dialect.prolog}\n\n<{root}>", f"</{root}>\n"
    for item in items:
        yield b"%s\n%s" % (before.encode(), _block(item, _INDENT))
        before, after = "", f"\n</{root}>\n"
    yield (before + after).encode()


def escape_text(text: str) -> str:
    """A text as it stands between tags."""
    return _IN_TEXT.sub(_entity, text)


def escape_attribute(text: str) -> str:
    """A text as it stands between the quotes of an attribute."""
    return _IN_ATTRIBUTE.sub(_entity, text)


def written(value: Scalar) -> str:
    """A typed leaf in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _entity(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], _REPLACEMENT)


def _block(element: Element, margin: str) -> bytes:
    if not element.name:
        return "\n".join([_flat(child) for child in element.flattened()]).encode()
    if not element.children:
        return f"{margin}{_flat(element)}".encode()
    head, end = f"{margin}<{element.name}{_attributes(element)}>", f"{margin}</{element.name}>"
    return b"\n".join((head.encode(), *_blocks(element.children, margin + _INDENT), end.encode()))


def _blocks(elements: tuple[Element, ...], margin: str) -> list[bytes]:
    return each(elements, ("xml", margin), partial(_block, margin=margin))


def _lines(elements: tuple[Element, ...], margin: str) -> list[bytes | Piece]:
    """Blocks with the end of their last line."""
    return each(elements, ("xml lines", margin), partial(_line, margin=margin))


def _line(element: Element, margin: str) -> bytes | Piece:
    text = _block(element, margin) + b"\n"
    return text if element.kept is None else piece(text)


def _flat(element: Element) -> str:
    inside = "".join([_flat(child) for child in element.flattened()]) if element.children else ""
    return f"<{element.name}{_attributes(element)}>{_text(element)}{inside}</{element.name}>"


def _attributes(element: Element) -> str:
    told = [(name, value if isinstance(value, str) else written(value)) for name, value in element.attributes]
    return "".join([f' {name}="{_IN_ATTRIBUTE.sub(_entity, value)}"' for name, value in told])


def _text(element: Element) -> str:
    if element.text is None:
        return ""
    if element.cdata:
        legal = _IN_CDATA.sub(_REPLACEMENT, written(element.text))
        whole = legal.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
        return f"<![CDATA[{whole}]]>"
    return escape_text(written(element.text))

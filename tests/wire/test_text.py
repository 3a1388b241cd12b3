"""The pieces of a document: all of it, the same bytes in another one where they are kept, and a checksum of them."""

from __future__ import annotations

import pytest
from hypothesis import given

from mock_netflix.wire import as_json, as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element
from mock_netflix.wire.text import piece, put_together
from mock_netflix.wire.vocabulary import leaf
from tests.wire.trees import elements, forgetful, held

DIALECT = Dialect()
WRITTEN = (as_xml.text, as_json.text)
FILMS = tuple(Element("catalog_title", children=(leaf("id", number),), kept={}) for number in range(4))


def page(*films: Element) -> Element:
    return Element("catalog_titles", children=(leaf("number_of_results", len(films)), *films), items="catalog_title")


@held
@given(elements)
def test_the_pieces_are_the_whole_document(tree):
    for write in WRITTEN:
        text = write(tree, DIALECT)
        assert b"".join(text.pieces) == text.body == write(forgetful(tree), DIALECT).body
        assert write(tree, DIALECT).checksum == text.checksum


@pytest.mark.parametrize("write", WRITTEN)
def test_documents_share_the_pieces_of_what_they_have_in_common(write):
    one, other = write(page(*FILMS[:3]), DIALECT), write(page(*FILMS[1:]), DIALECT)
    assert one.pieces != other.pieces
    shared = {id(text) for text in one.pieces} & {id(text) for text in other.pieces}
    # Of an array in JSON the last value stands without what parts it from the next.
    assert len(shared) == (2 if write is as_xml.text else 1)


@pytest.mark.parametrize("write", WRITTEN)
def test_another_document_has_another_checksum(write):
    pages = (page(), page(FILMS[0]), page(FILMS[1]), page(*FILMS), page(*FILMS[::-1]), page(*FILMS[:3]))
    assert len({write(one, DIALECT).checksum for one in pages}) == len(pages)


def test_what_is_not_kept_and_stands_together_is_one_piece():
    assert put_together((b"a", b"b", piece(b"c"), piece(b"d"), b"e")).pieces == (b"ab", b"c", b"d", b"e")
    assert put_together(()).pieces == ()

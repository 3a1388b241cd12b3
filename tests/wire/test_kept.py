"""Kept encodings are the ones a fresh walk gives: the only guard of encoding things that never change just once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given

from mock_netflix.wire import as_atom, as_json, as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, group
from mock_netflix.wire.vocabulary import leaf
from tests.wire.trees import elements, forgetful, held, lists

Encode = Callable[[Element], bytes]

DIALECTS = (
    Dialect(),
    Dialect(typed=True),
    Dialect(empty_lists=True),
    Dialect(typed=True, empty_lists=True, prolog="<?xml version='1.0' standalone='yes'?>"),
)
OF_TREES: tuple[Encode, ...] = (
    *(lambda tree, dialect=dialect: as_xml.encode(tree, dialect) for dialect in DIALECTS),
    *(lambda tree, dialect=dialect: as_json.encode(tree, dialect) for dialect in DIALECTS),
)
FEEDS = (as_atom.Feed("Feed", "http://x/feed", 0), as_atom.Feed("Other", "http://y/feed?a=1", 1_300_000_000))
OF_LISTS: tuple[Encode, ...] = (*OF_TREES, *(lambda tree, feed=feed: as_atom.encode(tree, feed) for feed in FEEDS))


def all_at_once(tree: Element, encoders: tuple[Encode, ...]) -> list[bytes]:
    return [encode(tree) for encode in encoders]


@held
@given(elements)
def test_encoding_a_tree_again_gives_the_same(tree):
    assert all_at_once(tree, OF_TREES) == all_at_once(tree, OF_TREES)


@held
@given(elements)
def test_a_tree_that_keeps_its_encodings_is_written_as_one_that_keeps_nothing(tree):
    """In whatever order the encoders and the dialects come: each finds what the ones before it kept."""
    fresh = all_at_once(forgetful(tree), OF_TREES)
    assert all_at_once(tree, OF_TREES) == fresh
    assert all_at_once(tree, OF_TREES[::-1]) == fresh[::-1]


@held
@given(lists)
def test_a_list_that_keeps_its_encodings_is_written_as_one_that_keeps_nothing(tree):
    """Atom among the encoders, and two feeds that differ in everything a feed may differ in."""
    fresh = all_at_once(forgetful(tree), OF_LISTS)
    assert all_at_once(tree, OF_LISTS) == fresh
    assert all_at_once(tree, OF_LISTS[::-1]) == fresh[::-1]


@held
@given(elements)
def test_a_group_is_written_the_same_wherever_it_stands(tree):
    """The fields of a title stand in a document of their own and in lists at another depth."""
    shared = group(tree, leaf("runtime", 6600))
    shallow = Element("catalog_title", children=(shared,))
    deep = Element("catalog_titles", children=(Element("catalog_title", children=(leaf("id", "x"), shared)),))
    for document in (shallow, deep, shallow):
        assert all_at_once(document, OF_TREES) == all_at_once(forgetful(document), OF_TREES)


@held
@given(elements)
def test_an_element_is_written_the_same_at_every_depth(tree):
    """An item of a list is indented by the depth of the list."""
    shared = Element("catalog_title", children=(leaf("id", "x"), tree), kept={})
    deep = Element("catalog_titles", children=(leaf("start_index", 0), shared))
    for document in (shared, deep, Element("deeper", children=(deep,)), shared):
        assert all_at_once(document, OF_TREES) == all_at_once(forgetful(document), OF_TREES)


@pytest.mark.parametrize("encode", OF_LISTS)
def test_a_group_is_walked_once_for_each_encoding(encode):
    fields = group(Element("title", (("short", "A"),)))
    tree = Element("titles", children=(Element("catalog_title", children=(fields,)),), items="catalog_title")
    first = encode(tree)
    assert fields.kept
    kept = {name: id(encoding) for name, encoding in fields.kept.items()}
    assert encode(tree) == first
    assert {name: id(encoding) for name, encoding in fields.kept.items()} == kept


def test_what_is_kept_makes_no_difference_between_two_elements():
    one, other = group(leaf("a", 1)), group(leaf("a", 1))
    as_xml.encode(Element("t", children=(one,)), Dialect())
    assert one == other
    assert repr(one) == repr(other)

"""Elements as XML: what the captures show, and what every XML reader makes of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from mock_netflix.wire.as_xml import encode, pieces
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, Epoch, group
from mock_netflix.wire.vocabulary import category, leaf, link
from tests.wire.trees import elements, held, lists, said_by_tree, said_by_xml

PROLOG = '<?xml version="1.0" standalone="yes"?>'


def xml(element: Element, dialect: Dialect | None = None) -> str:
    return encode(element, dialect or Dialect()).decode()


def read(element: Element) -> str:
    """The text of an element as an XML reader finds it."""
    return said_by_xml(xml(element))[2]


@held
@given(elements)
def test_any_tree_comes_back_from_an_xml_reader_as_it_was(tree):
    assert said_by_xml(encode(tree, Dialect())) == said_by_tree(tree)


@held
@given(lists)
def test_a_document_in_pieces_is_the_same(tree):
    bare = Element(tree.name, children=tuple(tree.flattened()))
    assert b"".join(pieces(bare.name, bare.children, Dialect())) == encode(bare, Dialect())


def test_a_document_of_nothing_in_pieces_is_the_same():
    assert b"".join(pieces("catalog_titles", (), Dialect())) == encode(Element("catalog_titles"), Dialect())


@held
@given(elements)
def test_no_element_closes_itself(tree):
    """Clients of the time look for `</link>` (reference: resources 1.3)."""
    assert "/>" not in re.sub(r"<!\[CDATA\[.*?\]\]>", "", xml(tree), flags=re.DOTALL)
    assert xml(link("x", "queues", "queues")).endswith("></link>\n")


def test_a_document_begins_with_the_prolog_and_an_empty_line():
    assert xml(leaf("time", 1321040206)) == f"{PROLOG}\n\n<time>1321040206</time>\n"


def test_the_prolog_of_2012_has_other_quotes():
    later = Dialect(prolog="<?xml version='1.0' standalone='yes'?>")
    assert xml(leaf("time", 1), later).startswith("<?xml version='1.0' standalone='yes'?>\n\n<time>")


def test_a_document_is_indented_and_a_group_is_flat_with_one_element_a_line():
    """As the real service wrote a list and the inside of a title (reference: resources 1.3)."""
    fields = group(Element("title", (("short", "A"),)), Element("link", children=(leaf("synopsis", "…"),)))
    tree = Element("titles", children=(leaf("start_index", 0), Element("title", children=(leaf("id", "x"), fields))))
    assert xml(tree).removeprefix(f"{PROLOG}\n\n").splitlines() == [
        "<titles>",
        "  <start_index>0</start_index>",
        "  <title>",
        "    <id>x</id>",
        '<title short="A"></title>',
        "<link><synopsis>…</synopsis></link>",
        "  </title>",
        "</titles>",
    ]


def test_a_document_is_utf_8():
    assert encode(leaf("name", "Belén Rueda"), Dialect()).endswith("Belén Rueda</name>\n".encode())


@pytest.mark.parametrize(("value", "words"), [(True, "true"), (False, "false"), (3.7, "3.7"), (Epoch(5), "5")])
def test_a_typed_leaf_is_written_in_words(value, words):
    assert read(leaf("value", value)) == words
    assert f'<value is="{words}">' in xml(Element("value", (("is", value),)))


@pytest.mark.parametrize(
    ("attribute", "value"), [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#10;", "\n")]
)
def test_an_attribute_escapes_what_would_end_or_change_it(attribute, value):
    document = xml(Element("title", (("short", value),)))
    assert f'short="{attribute}"' in document
    assert said_by_xml(document)[1] == (("short", value),)


def test_a_text_escapes_what_would_be_markup():
    document = xml(leaf("url_template", "http://api.netflix.com/x?{-join|&|a|b}<\r\n]]>"))
    assert "?{-join|&amp;|a|b}&lt;&#13;\n]]&gt;<" in document


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_write_becomes_the_replacement_character(character):
    assert read(leaf("name", f"a{character}b")) == "a\ufffdb"
    assert read(Element("name", text=f"a{character}b", cdata=True)) == "a\ufffdb"
    assert said_by_xml(xml(Element("name", (("is", character),))))[1] == (("is", "\ufffd"),)


def test_a_synopsis_stands_in_cdata_with_its_markup():
    synopsis = Element("synopsis", text="By <a href='x'>Ada</a> & Noor.", cdata=True)
    assert "<synopsis><![CDATA[By <a href='x'>Ada</a> & Noor.]]></synopsis>" in xml(synopsis)


@pytest.mark.parametrize("text", ["]]>", "a ]]> b ]]> c", "]]", "]>", "]]]>", "]]>]]>", "<![CDATA[x]]>"])
def test_the_end_of_a_cdata_section_inside_one_does_not_end_it(text):
    assert read(Element("synopsis", text=text, cdata=True)) == text


@pytest.mark.parametrize("text", ["a\rb", "a\r\nb"])
def test_a_carriage_return_survives_in_cdata_as_it_does_in_a_text(text):
    """A reader takes a bare one for a line end (XML 1.0 section 2.11), so that XML and JSON would tell two stories."""
    assert read(leaf("synopsis", text)) == text
    assert read(Element("synopsis", text=text, cdata=True)) == text


def test_an_empty_text_is_an_empty_element():
    assert "<position></position>" in xml(leaf("position", ""))
    assert "<synopsis><![CDATA[]]></synopsis>" in xml(Element("synopsis", text="", cdata=True))


def test_attributes_stand_in_the_order_of_the_captures():
    assert '<category scheme="s" label="DVD" term="DVD"></category>' in xml(category("s", "DVD"))
    assert '<link href="x" rel="http://schemas.netflix.com/queues" title="queues">' in xml(
        link("x", "queues", "queues")
    )


def test_a_group_inside_a_group_stands_for_its_children_too():
    tree = Element("title", children=(group(leaf("id", 1), group(leaf("a", 2), group()), leaf("b", 3)),))
    assert [child[0] for child in said_by_xml(xml(tree))[3]] == ["id", "a", "b"]

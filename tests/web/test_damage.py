"""Damaged documents, whatever they say: no parser takes them."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given

from mock_netflix.web.damage import damaged, with_etag
from mock_netflix.wire import as_json, as_xml
from mock_netflix.wire.dialect import Dialect
from tests.wire import trees

DAMAGES = ("unclosed", "stray", "cut")


@pytest.mark.parametrize("damage", DAMAGES)
@given(element=trees.elements)
@trees.held
def test_no_parser_takes_a_damaged_document(damage, element):
    xml, text = as_xml.encode(element, Dialect()), as_json.encode(element, Dialect())
    ElementTree.fromstring(xml)
    json.loads(text)
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(damaged(xml, "application/xml;charset=UTF-8", damage))
    with pytest.raises(ValueError, match="line"):
        json.loads(damaged(text, "application/json;charset=UTF-8", damage))


def test_what_is_neither_ends_in_the_middle():
    assert damaged(b"oauth_token=x&y=z", "application/x-www-form-urlencoded", "stray") == b"oauth_to"


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (b"<queue><etag>123</etag><id>123</id></queue>", b"<queue><etag>456</etag><id>123</id></queue>"),
        (b"<queue><etag>1234</etag></queue>", b"<queue><etag>1234</etag></queue>"),
        (b'{"etag": "123", "id": "123"}', b'{"etag": "456", "id": "123"}'),
        (b'{"etag":123}', b'{"etag":456}'),
        (b'{"etag": "1234"}', b'{"etag": "1234"}'),
    ],
)
def test_the_etag_is_changed_where_it_stands_and_nowhere_else(body, changed):
    assert with_etag(body, "123", "456") == changed

"""The JSON of versions 1.0 and 1.5: the rules of the record, one by one, and the whole of them at once."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from mock_netflix.wire import as_json, as_xml
from mock_netflix.wire.dialect import Dialect
from mock_netflix.wire.element import Element, Epoch, group
from mock_netflix.wire.vocabulary import category, leaf, link, listing, status
from tests.wire.trees import elements, held, in_words, parsed, rewritten, without_empty_lists

TYPED = Dialect(typed=True)
EMPTY_LISTS = Dialect(empty_lists=True)


def json_of(element: Element, dialect: Dialect | None = None) -> Any:
    return parsed(as_json.encode(element, dialect or Dialect()))


def queue(*items: Element) -> Element:
    return listing("queue", "queue_item", items, template="t", total=len(items), start_index=0, results_per_page=25)


def test_the_rewriter_of_these_tests_follows_an_example_of_the_record():
    document = """<queue><queue_item><category scheme="s" label="available now" term="available now">Available
Now</category><id>1</id></queue_item></queue>"""
    available = {"scheme": "s", "label": "available now", "term": "available now", "content": "Available\nNow"}
    assert rewritten(document) == {"queue": {"queue_item": {"category": available, "id": "1"}}}


@held
@given(elements)
def test_json_is_the_mechanical_rewrite_of_the_xml(tree):
    assert json_of(tree) == rewritten(as_xml.encode(tree, Dialect()))


@held
@given(elements)
def test_the_typed_dialect_says_the_same_with_types(tree):
    assert in_words(json_of(tree, TYPED)) == json_of(tree)


@held
@given(elements)
def test_the_dialect_of_empty_lists_says_the_same_with_empty_lists(tree):
    assert without_empty_lists(json_of(tree, EMPTY_LISTS)) == json_of(tree)


def test_the_name_of_the_root_is_the_only_member():
    assert json_of(leaf("time", 1321040206)) == {"time": "1321040206"}


def test_attributes_and_children_share_one_object():
    tree = link("x", "catalog/titles/synopsis", "synopsis", Element("synopsis", text="Two sisters.", cdata=True))
    assert json_of(tree)["link"] == {
        "href": "x",
        "rel": "http://schemas.netflix.com/catalog/titles/synopsis",
        "title": "synopsis",
        "synopsis": "Two sisters.",
    }


def test_a_lone_child_is_an_object_and_a_repeated_one_an_array():
    one, two = Element("queue_item", (("n", 1),)), Element("queue_item", (("n", 2),))
    assert json_of(queue(one))["queue"]["queue_item"] == {"n": "1"}
    assert json_of(queue(one, two))["queue"]["queue_item"] == [{"n": "1"}, {"n": "2"}]


def test_repeated_children_come_together_wherever_they_stand():
    """In a group too: all categories of a title are one array."""
    tree = Element("t", children=(leaf("a", 1), group(leaf("b", 2), leaf("a", 3)), leaf("b", 4)))
    assert json_of(tree) == {"t": {"a": ["1", "3"], "b": ["2", "4"]}}


def test_text_beside_attributes_is_the_member_content():
    available = category("s", "available now", "Available Now")
    assert json_of(available)["category"]["content"] == "Available Now"


def test_no_text_beside_attributes_is_no_member():
    assert "content" not in json_of(category("s", "DVD"))["category"]


def test_an_element_with_only_a_text_is_a_scalar_and_an_empty_one_an_empty_string():
    assert json_of(leaf("runtime", 6600)) == {"runtime": "6600"}
    assert json_of(Element("people", items="person")) == {"people": ""}


def test_scalars_are_strings():
    tree = Element("user", children=(leaf("a", 25), leaf("b", True), leaf("c", 3.7), leaf("d", Epoch(5))))
    assert json_of(tree)["user"] == {"a": "25", "b": "true", "c": "3.7", "d": "5"}


def test_scalars_of_the_typed_dialect_keep_their_types():
    tree = Element("user", (("n", 1_000_000),), (leaf("b", True), leaf("c", 3.7), leaf("d", Epoch(5)), leaf("e", "1")))
    assert json_of(tree, TYPED)["user"] == {"n": 1_000_000, "b": True, "c": 3.7, "d": 5, "e": "1"}


def test_an_empty_list_has_no_member_and_in_2013_an_empty_array():
    assert "queue_item" not in json_of(queue())["queue"]
    assert json_of(queue(), EMPTY_LISTS)["queue"]["queue_item"] == []


def test_a_list_with_one_item_is_an_object_in_2013_as_well():
    assert json_of(queue(leaf("queue_item", "x")), EMPTY_LISTS)["queue"]["queue_item"] == "x"


def test_an_error_is_an_object_with_status():
    """client-demands: `{"status": {"status_code": …, "message": …}}`."""
    told = json_of(status(404, "Title is not in Queue", 610))
    assert told == {"status": {"status_code": "404", "sub_code": "610", "message": "Title is not in Queue"}}
    assert "sub_code" not in json_of(status(404, "Resource not found"))["status"]

"""Lists as Atom: valid by RFC 4287, with what Atom has no word for in the namespace of the service."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

from hypothesis import given

from mock_netflix.wire import as_atom
from mock_netflix.wire.element import Element, Epoch, group
from mock_netflix.wire.vocabulary import category, leaf, link, listing
from tests.wire.rfc4287 import ATOM, NFLX, complaints
from tests.wire.trees import held, lists

FEED = as_atom.Feed("Titles Returned Recently", "http://api.netflix.com/x?feed_token=T1&output=atom", 1_300_000_000)

# 1 November 2010, 03:53:14 UTC.
RETURNED = 1_288_583_594


def item(name: str = "The Paper Lantern", *further: Element, at: int | None = RETURNED) -> Element:
    """An item of a history: its own words, then the fields of its title."""
    page = name.replace(" ", "_")
    dates = () if at is None else (leaf("updated", Epoch(at)), leaf("returned_date", Epoch(at)))
    fields = group(
        Element("title", (("short", name[:5]), ("regular", name))),
        category("http://api.netflix.com/categories/genres", "Dramas"),
        leaf("release_year", 2009),
        link(f"http://www.netflix.com/Movie/{page}", "alternate", "web page"),
        html=f"<p>{name}</p>",
    )
    return Element("rental_history_item", children=(leaf("id", f"http://x/{page}/{at}"), *dates, *further, fields))


def history(*items: Element) -> Element:
    return listing(
        "rental_history",
        "rental_history_item",
        items,
        template="http://x?{-join|&|start_index|max_results}",
        total=len(items),
        start_index=0,
        results_per_page=25,
    )


def told(moment: int) -> str:
    return as_atom.date_of(moment)


def feed_of(*items: Element) -> Node:
    return ElementTree.fromstring(as_atom.encode(history(*items), FEED))


def entry_of(one: Element) -> Node:
    found = feed_of(one).find(f"{ATOM}entry")
    assert found is not None
    return found


def test_a_feed_has_all_that_atom_demands():
    other = item("Lanternfish", at=RETURNED - 1)
    assert complaints(as_atom.encode(history(item(), other), FEED)) == []
    assert complaints(as_atom.encode(history(), FEED)) == []


@held
@given(lists)
def test_any_list_is_well_formed_and_keeps_the_number_of_its_items(tree):
    feed = ElementTree.fromstring(as_atom.encode(tree, FEED))
    items = [child for child in tree.flattened() if child.name == tree.items]
    assert len(feed.findall(f"{ATOM}entry")) == len(items)


def test_a_feed_says_what_it_is_and_where():
    feed = feed_of(item())
    assert feed.findtext(f"{ATOM}id") == FEED.address
    assert feed.findtext(f"{ATOM}title") == "Titles Returned Recently"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Netflix"
    own = feed.find(f"{ATOM}link[@rel='self']")
    assert own is not None
    assert (own.get("href"), own.get("type")) == (FEED.address, "application/atom+xml")


def test_the_envelope_of_the_list_is_told_in_the_namespace_of_the_service():
    """The keys that feedparser gives to known clients: nflx_number_of_results, … (reference: protocol 9.5)."""
    feed = feed_of(item())
    told = {name: feed.findtext(NFLX + name) for name in ("number_of_results", "start_index", "results_per_page")}
    assert told == {"number_of_results": "1", "start_index": "0", "results_per_page": "25"}
    assert feed.findtext(f"{NFLX}url_template") == "http://x?{-join|&|start_index|max_results}"


def test_a_link_of_the_list_stays_a_link():
    around = link("http://api.netflix.com/catalog/titles/index", "catalog/titles/index", "index")
    tree = replace(history(), children=(around, *history().children))
    feed = ElementTree.fromstring(as_atom.encode(tree, FEED))
    assert feed.find(f"{ATOM}link[@title='index']") is not None


def test_an_entry_takes_its_id_its_full_name_and_its_date_from_the_item():
    entry = entry_of(item())
    assert entry.findtext(f"{ATOM}id") == f"http://x/The_Paper_Lantern/{RETURNED}"
    assert entry.findtext(f"{ATOM}title") == "The Paper Lantern"
    assert entry.findtext(f"{ATOM}updated") == "2010-11-01T03:53:14Z"


def test_moments_are_dates_and_numbers_stay_numbers():
    """reference: resources 3.6: nflx:returned_date and its like in ISO form."""
    entry = entry_of(item())
    assert entry.findtext(f"{NFLX}returned_date") == "2010-11-01T03:53:14Z"
    assert entry.findtext(f"{NFLX}release_year") == "2009"


def test_words_that_became_atoms_own_are_not_told_twice():
    entry = entry_of(item())
    assert [entry.find(NFLX + name) for name in ("id", "title", "updated", "link", "category")] == [None] * 5


def test_the_web_page_is_the_link_of_an_entry():
    page = entry_of(item()).find(f"{ATOM}link[@rel='alternate']")
    assert page is not None
    assert (page.get("href"), page.get("type")) == ("http://www.netflix.com/Movie/The_Paper_Lantern", "text/html")


def test_what_a_link_holds_is_told_inside_it():
    synopsis = Element("synopsis", text="Two <sisters> & a lantern.", cdata=True)
    entry = entry_of(item("A", link("http://x/synopsis", "catalog/titles/synopsis", "synopsis", synopsis)))
    assert entry.findtext(f"{ATOM}link[@title='synopsis']/{NFLX}synopsis") == "Two <sisters> & a lantern."


def test_an_extension_keeps_its_attributes_and_its_children():
    formats = Element("formats", (("n", 1),), (Element("one", (("a", '"&"'),), text="DVD"),))
    found = entry_of(item("A", formats)).find(f"{NFLX}formats")
    assert found is not None
    assert found.get("n") == "1"
    assert [(child.tag, child.get("a"), child.text) for child in found] == [(f"{NFLX}one", '"&"', "DVD")]


def test_what_a_person_reads_is_escaped_html():
    content = entry_of(item("Fish & Chips")).find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.text) == ("html", "<p>Fish & Chips</p>")


def test_an_entry_for_which_there_is_nothing_to_read_shows_its_name():
    """Without an alternate link there must be content (RFC 4287 section 4.1.2)."""
    bare = Element("rental_history_item", children=(Element("title", (("short", "Fish & Chips"),)),))
    content = entry_of(bare).find(f"{ATOM}content")
    assert content is not None
    assert (content.get("type"), content.text) == ("text", "Fish & Chips")
    assert complaints(as_atom.encode(history(bare), FEED)) == []


def test_a_feed_is_as_new_as_its_newest_entry():
    older, newer = item("A", at=RETURNED), item("B", at=RETURNED + 86_400)
    assert feed_of(older, newer).findtext(f"{ATOM}updated") == "2010-11-02T03:53:14Z"


def test_an_item_that_tells_no_date_has_that_of_what_it_speaks_of():
    """A title in a search was last changed when it could first be had in its newest format."""
    fields = group(leaf("release_year", 2009), changed=RETURNED)
    assert entry_of(Element("rental_history_item", children=(fields,))).findtext(f"{ATOM}updated") == told(RETURNED)
    own = leaf("updated", Epoch(5))
    assert entry_of(Element("rental_history_item", children=(own, fields))).findtext(f"{ATOM}updated") == told(5)


def test_a_feed_and_an_entry_without_a_date_have_that_of_the_request():
    requested = told(FEED.updated)
    assert feed_of().findtext(f"{ATOM}updated") == requested
    assert entry_of(item(at=None)).findtext(f"{ATOM}updated") == requested


def test_an_entry_without_an_id_is_named_by_its_place_in_the_feed():
    bare = Element("rental_history_item", children=(Element("title", (("short", "A"),)),))
    ids = [found.text for found in feed_of(bare, bare).iterfind(f"{ATOM}entry/{ATOM}id")]
    assert ids == [f"{FEED.address}#1", f"{FEED.address}#2"]


def test_an_entry_that_has_only_a_short_name_is_called_by_it_and_one_without_any_untitled():
    short = Element("rental_history_item", children=(Element("title", (("short", "A"),)),))
    bare = Element("rental_history_item")
    titles = [found.text for found in feed_of(short, bare).iterfind(f"{ATOM}entry/{ATOM}title")]
    assert titles == ["A", "Untitled"]


def test_a_feed_is_declared_as_utf_8():
    assert as_atom.encode(history(), FEED).startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<feed ')


def test_dates_are_those_of_rfc_3339_in_utc():
    assert as_atom.date_of(0) == "1970-01-01T00:00:00Z"
    assert as_atom.date_of(4_102_444_800) == "2100-01-01T00:00:00Z"


def test_an_entry_without_a_title_is_called_by_a_name_or_by_a_category():
    """People have names, the values of categories only labels."""
    person = Element("rental_history_item", children=(leaf("id", "http://x/1"), leaf("name", "Ada Marsh")))
    genre = Element("rental_history_item", children=(category("http://x/categories/genres", "Dramas"),))
    assert [entry_of(one).findtext(f"{ATOM}title") for one in (person, genre)] == ["Ada Marsh", "Dramas"]
    assert entry_of(person).findtext(f"{ATOM}content") == "Ada Marsh"


def test_an_item_may_tell_itself_when_it_changed():
    fields = group(leaf("release_year", 2009), changed=RETURNED)
    older = Element("rental_history_item", children=(fields,), changed=RETURNED - 1)
    newer = Element("rental_history_item", children=(fields,), changed=RETURNED + 1)
    assert [entry_of(one).findtext(f"{ATOM}updated") for one in (older, newer)] == [told(RETURNED), told(RETURNED + 1)]

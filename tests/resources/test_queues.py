"""Queues over the wire: adding, moving, removing, and every way to be refused (reference: resources 3.5, 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from mock_netflix.world.queues import MAX_ENTRIES, Queue, QueueEntry
from mock_netflix.world.rentals import at_home
from mock_netflix.world.titles import TitleType


def queue(mock, kind: str = "disc", **parameters: Any) -> ElementTree.Element:
    return ElementTree.fromstring(mock.get(f"{mock.user}/queues/{kind}", **parameters).content)


def names(mock, kind: str = "disc", **parameters: Any) -> list[str]:
    return [title.attrib["regular"] for title in queue(mock, kind, **parameters).iterfind("queue_item/title")]


def positions(mock, kind: str = "disc") -> list[str | None]:
    return [item.findtext("position") for item in queue(mock, kind).iterfind("queue_item")]


def ids(mock, kind: str = "disc") -> list[str]:
    return [item.findtext("id", "") for item in queue(mock, kind).iterfind("queue_item")]


def add(mock, ref: str, kind: str = "disc", **parameters: Any):
    return mock.send("POST", f"{mock.user}/queues/{kind}", title_ref=ref, **parameters)


def told(response) -> tuple[int, str | None, str]:
    """Status, sub code and message, which the document and the status line tell alike."""
    root = ElementTree.fromstring(response.content)
    assert root.findtext("status_code") == str(response.status_code)
    return response.status_code, root.findtext("sub_code"), root.findtext("message", "")


def a_title(mock, *, kind: TitleType = TitleType.MOVIE, formats: tuple[str, ...] = ("DVD",)):
    """A title of the default world that has all these formats, and is neither queued nor at home."""
    subscriber = mock.state.subscribers[mock.state.subscriber.user_id]
    taken = {one.entry.title for one in (*subscriber.disc_queue.placed(), *subscriber.instant_queue.placed())}
    taken |= {event.title for event in at_home(subscriber.rentals)}
    return next(
        title
        for title in mock.state.catalogue.titles.values()
        if title.type is kind and title.key not in taken and all(map(title.has_format, formats))
    )


def change(mock, **told_of: Any) -> None:
    subscriber = mock.state.subscribers[mock.state.subscriber.user_id]
    mock.sandbox.state = mock.state.with_subscriber(replace(subscriber, **told_of))


def test_a_new_title_goes_to_the_end_and_is_told_whole(mock):
    title = a_title(mock)
    before = names(mock, max_results=500)
    response = add(mock, f"http://api.netflix.com/catalog/titles/movies/{title.number}")
    root = ElementTree.fromstring(response.content)
    assert told(response) == (201, None, "success")
    created = root.find("resources_created/queue_item")
    assert created is not None
    assert created.findtext("id", "").endswith(f"/queues/disc/available/{created.findtext('position')}/{title.number}")
    assert root.findtext("etag") == queue(mock).findtext("etag")
    assert sorted(names(mock)) == sorted([*before, title.regular])


def test_a_title_goes_where_it_is_asked_to_and_the_others_move_down(mock):
    title = a_title(mock)
    before = names(mock)
    assert add(mock, f"movies/{title.number}", position="2").status_code == 201
    assert names(mock) == [before[0], title.regular, *before[1:]]
    assert positions(mock)[:3] == ["1", "2", "3"]


def test_a_title_of_the_queue_moves_by_its_own_address_and_by_that_of_its_entry(mock):
    before = names(mock)
    third = ids(mock)[2]
    assert told(add(mock, third, position="1")) == (201, None, "Move successful")
    assert names(mock)[:3] == [before[2], before[0], before[1]]


def test_without_a_position_a_queued_title_is_refused(mock):
    queued = ids(mock)[0]
    assert told(add(mock, queued)) == (412, "710", "Title is already in queue")


def test_an_empty_position_is_none_and_one_past_the_end_is_the_end(mock):
    first, other = a_title(mock), ids(mock)[0]
    assert add(mock, f"movies/{first.number}", position="").status_code == 201
    assert told(add(mock, other, position="999")) == (201, None, "Move successful")
    assert positions(mock)[:2] == ["1", "2"]


@pytest.mark.parametrize("position", ["0", "-1", "first", "1.5", "9" * 40])
def test_a_position_that_is_none_is_refused(mock, position):
    before = mock.state
    assert told(add(mock, f"movies/{a_title(mock).number}", position=position))[2] == "position is invalid"
    assert mock.state is before


def test_an_entry_goes_by_its_id_and_the_id_goes_stale_when_it_moves(mock):
    entries = ids(mock)
    path = entries[1].removeprefix(mock.url)
    add(mock, entries[1], position="1")
    assert told(mock.send("DELETE", path)) == (404, "610", "Title is not in Queue")
    fresh = ids(mock)[0].removeprefix(mock.url)
    assert told(mock.send("DELETE", fresh)) == (200, None, "Title deleted from queue")
    assert positions(mock)[0] == "1"


@pytest.mark.parametrize("verb", ["DELETE", "GET", "POST"])
def test_an_entry_goes_without_its_position_and_by_a_tunnelled_verb(mock, verb):
    number = ids(mock, "instant")[0].rpartition("/")[2]
    path = f"{mock.user}/queues/instant/available/{number}"
    answer = mock.send(verb, path, **({} if verb == "DELETE" else {"method": "delete"}))
    assert told(answer)[0] == 200
    assert told(mock.send("DELETE", path)) == (404, "610", "Title is not in Queue")


def test_a_stale_etag_is_refused_at_the_disc_queue_alone(mock):
    """As a parameter and as a header; the instant queue never minded (reference: resources 3.5)."""
    old = queue(mock).findtext("etag", "")
    assert add(mock, f"movies/{a_title(mock).number}", etag=old).status_code == 201
    again = f"movies/{a_title(mock).number}"
    assert told(add(mock, again, etag=old)) == (412, None, "queue out of Date ETag mismatch")
    streaming = f"movies/{a_title(mock, formats=('instant',)).number}"
    assert add(mock, streaming, "instant", etag=old).status_code == 201


def test_the_etag_stands_in_header_and_document_and_an_unchanged_queue_is_not_sent_again(mock):
    response = mock.get(f"{mock.user}/queues/disc")
    etag = ElementTree.fromstring(response.content).findtext("etag")
    assert response.headers["etag"] == f'"{etag}"'
    url = str(response.request.url)
    same = mock.http.get(url, headers={"If-None-Match": f'"{etag}"'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", f'"{etag}"')
    assert mock.http.get(url, headers={"If-None-Match": '"1"'}).status_code == 200


def test_an_empty_queue_has_the_etag_0(mock):
    change(mock, disc_queue=Queue())
    root = queue(mock)
    assert [root.findtext(name) for name in ("etag", "number_of_results", "results_per_page")] == ["0", "0", "0"]


def test_a_series_adds_its_discs_and_tells_when_some_were_there(mock):
    season = a_title(mock, kind=TitleType.SEASON)
    discs = mock.state.catalogue.children(season, TitleType.DISC)
    change(mock, disc_queue=Queue(), rentals=())
    ref = f"series/{season.series}/seasons/{season.number}"
    assert add(mock, f"discs/{discs[0].number}").status_code == 201
    part = add(mock, ref)
    assert told(part) == (201, "640", "Only some titles in series or disc set were added.")
    assert ElementTree.fromstring(part.content).find("already_in_queue/link").attrib["title"] == discs[0].regular
    assert names(mock) == [disc.regular for disc in discs]
    assert told(add(mock, ref)) == (412, "710", "Title is already in queue")
    assert told(add(mock, ref, position="1")) == (400, None, "Cannot move a series parent title")


def test_a_title_at_home_is_refused(mock):
    subscriber = mock.state.subscribers[mock.state.subscriber.user_id]
    kind, number = at_home(subscriber.rentals)[0].title
    assert told(add(mock, f"{kind}/{number}")) == (400, "690", "Title currently at home")


@pytest.mark.parametrize("ref", ["movies/1", "nowhere", "http://api.netflix.com/catalog/people/30900001"])
def test_an_unknown_title_is_refused(mock, ref):
    assert told(add(mock, ref)) == (400, "130", "Title not found or not available")


def test_what_does_not_come_in_this_way_is_refused(mock):
    streaming = next(t for t in mock.state.catalogue.titles.values() if {f.format for f in t.formats} == {"instant"})
    on_disc = a_title(mock)
    only = next(t for t in mock.state.catalogue.titles.values() if t.formats and not t.has_format("instant"))
    assert told(add(mock, f"{streaming.type}/{streaming.number}"))[:2] == (400, "130")
    assert told(add(mock, f"{only.type}/{only.number}", "instant"))[:2] == (400, "130")
    assert told(add(mock, f"movies/{on_disc.number}", format="VHS")) == (400, "660", "Invalid title format")


def test_a_format_must_be_the_titles_and_the_subscribers(mock):
    dvd = next(t for t in mock.state.catalogue.titles.values() if t.has_format("DVD") and not t.has_format("Blu-ray"))
    change(mock, disc_queue=Queue(), rentals=())
    assert told(add(mock, f"{dvd.type}/{dvd.number}", format="Blu-ray")) == (400, "660", "Invalid title format")
    change(mock, preferred_formats=("DVD",))
    both = a_title(mock, formats=("DVD", "Blu-ray"))
    assert told(add(mock, f"movies/{both.number}", format="Blu-ray")) == (400, None, "Invalid format for this user")
    assert add(mock, f"movies/{both.number}").status_code == 201


def test_who_cannot_watch_instantly_cannot_queue_it(mock):
    change(mock, can_instant_watch=False)
    ref = f"movies/{a_title(mock, formats=('instant',)).number}"
    assert told(add(mock, ref, "instant")) == (400, None, "Invalid format for this user")


def test_a_saved_title_cannot_be_moved_but_removed(mock):
    saved = next(one for one in ids(mock) if "/saved/" in one)
    assert told(add(mock, saved, position="1")) == (400, "620", "Title is saved; cannot move it")
    assert told(mock.send("DELETE", saved.removeprefix(mock.url)))[0] == 200


def test_an_unreleased_title_is_saved(mock):
    movie = a_title(mock)
    late = replace(movie, formats=(replace(movie.formats[0], format="DVD", available_from=1_900_000_000),))
    titles = {**mock.state.catalogue.titles, movie.key: late}
    catalogue = type(mock.state.catalogue)(titles.values(), mock.state.catalogue.people.values())
    mock.sandbox.state = replace(mock.state, catalogue=catalogue)
    add(mock, f"movies/{movie.number}")
    item = next(i for i in queue(mock).iterfind("queue_item") if i.findtext("id", "").endswith(f"saved/{movie.number}"))
    assert (item.find("category").attrib["term"], item.findtext("availability_date")) == (
        "awaiting release",
        "1900000000",
    )


def test_a_full_queue_takes_no_more(mock):
    entry = QueueEntry((TitleType.MOVIE, 1), "DVD", 0)
    full = tuple(replace(entry, title=(TitleType.MOVIE, number)) for number in range(MAX_ENTRIES))
    change(mock, disc_queue=Queue(available=full))
    assert told(add(mock, f"movies/{a_title(mock).number}")) == (400, "650", "Queue is too large")


def test_the_orders_of_a_queue(mock):
    by_name = names(mock, sort="alphabetical")
    added = [int(item.findtext("updated", "0")) for item in queue(mock, sort="date_added").iterfind("queue_item")]
    assert added == sorted(added, reverse=True)
    assert by_name[:-2] == sorted(by_name[:-2], key=str.casefold)
    assert told(mock.get(f"{mock.user}/queues/disc", sort="size")) == (400, None, "sort is invalid")


def test_a_queue_and_its_parts(mock):
    whole, available, saved = (len(names(mock, f"disc{part}")) for part in ("", "/available", "/saved"))
    assert whole == available + saved
    assert saved == 2


def test_several_titles_in_one_reference_are_added_together(mock):
    first = a_title(mock)
    change(mock, disc_queue=Queue(), rentals=())
    second = next(t for t in mock.state.catalogue.titles.values() if t.has_format("DVD") and t.key != first.key)
    assert add(mock, f"movies/{first.number},{second.type}/{second.number}").status_code == 201
    assert names(mock) == [first.regular, second.regular]


def test_a_write_answers_in_json_too(mock):
    response = add(mock, f"movies/{a_title(mock).number}", output="json")
    status = response.json()["status"]
    assert (status["status_code"], status["message"]) == ("201", "success")
    assert isinstance(status["resources_created"]["queue_item"], dict)


def test_a_write_that_asks_for_atom_gets_a_status_document(mock):
    entry = ids(mock)[0].removeprefix(mock.url)
    added = add(mock, f"movies/{a_title(mock).number}", output="atom")
    removed = mock.send("DELETE", entry, output="atom")
    assert [told(one)[0] for one in (added, removed)] == [201, 200]

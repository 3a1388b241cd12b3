"""Queues that a test fills: by the rules of the service, all titles or none."""

from __future__ import annotations

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF
from mock_netflix.errors import ConflictError, UnknownError
from mock_netflix.stage.queues import queue
from mock_netflix.stage.rentals import ship
from mock_netflix.stage.subscribers import add_subscriber, find_subscriber
from mock_netflix.stage.titles import add_title, add_titles
from mock_netflix.world.queues import AWAITING_RELEASE, Queue
from mock_netflix.world.titles import TitleType

KIT = "kit@example.com"


@pytest.fixture
def kit(sandbox) -> str:
    """Somebody whose queues are empty."""
    add_subscriber(sandbox, KIT, preferred_formats=["Blu-ray"])
    return KIT


def numbers(filled: Queue) -> list[int]:
    return [entry.title[1] for entry in filled.available]


def test_titles_come_to_the_end_in_their_order(sandbox, kit):
    first, second = add_title(sandbox, "First"), add_title(sandbox, "Second", formats=["DVD", "Blu-ray"])
    queue(sandbox, "Casablanca", subscriber=kit)
    filled = queue(sandbox, first, "Second", subscriber=kit)
    assert numbers(filled) == [60010016, first.number, second.number]
    assert filled.available[-1].format == "Blu-ray"
    assert {entry.added for entry in filled.available} == {DEFAULT_AS_OF}
    assert find_subscriber(sandbox, kit).disc_queue == filled


def test_without_a_subscriber_it_is_the_queue_of_the_ready_one(sandbox):
    lantern = add_title(sandbox, "The Paper Lantern")
    for which in ("disc", "instant"):
        before = getattr(find_subscriber(sandbox), f"{which}_queue")
        filled = queue(sandbox, lantern, which=which)
        assert numbers(filled) == [*numbers(before), lantern.number]
        assert filled.etag != before.etag


def test_a_series_by_mail_is_its_discs_and_streamed_it_is_itself(sandbox, kit):
    series, *parts = add_titles(sandbox, "Harbor", seasons=[{"discs": [{}, {}]}, {"discs": [{}]}])
    discs = [part.number for part in parts if part.type is TitleType.DISC]
    assert numbers(queue(sandbox, "Harbor", subscriber=kit)) == discs
    assert numbers(queue(sandbox, "Harbor", subscriber=kit, which="instant")) == [series.number]


def test_what_cannot_be_had_yet_is_saved_and_anything_may_be(sandbox, kit):
    add_title(sandbox, "Coming", formats={"DVD": "2011-12-01"})
    filled = queue(sandbox, "Coming", subscriber=kit)
    assert [entry.availability for entry in filled.saved] == [AWAITING_RELEASE]
    filled = queue(sandbox, "Casablanca", subscriber=kit, saved=True)
    assert (len(filled.saved), filled.available) == (2, ())


def test_a_queue_is_cleared_and_filled_anew(sandbox):
    before = find_subscriber(sandbox).disc_queue
    filled = queue(sandbox, "Casablanca", clear=True)
    assert (numbers(filled), filled.saved) == ([60010016], ())
    assert queue(sandbox, clear=True).etag == "0" != before.etag
    assert queue(sandbox, clear=True) == find_subscriber(sandbox).disc_queue


@pytest.mark.parametrize(
    ("titles", "how", "told"),
    [
        (["Casablanca", "Casablanca"], {}, "Casablanca is in the disc queue of kit@example.com already"),
        (["Casablanca", "Metropolis", "Metropolis"], {"saved": True}, "Metropolis is in the disc queue of"),
        (["Streamed"], {}, "Streamed cannot be had on disc; it comes as instant"),
        (["Mailed"], {"which": "instant"}, "Mailed cannot be had instantly; it comes as DVD"),
        (["Nothing"], {}, "Nothing cannot be had on disc; it comes as nothing"),
        (["Harbor"], {}, "Harbor has no disc that can be had"),
        (["Harbor"], {"saved": True}, "Harbor has no disc that can be had"),
        (["Mailed"], {"format": "Blu-ray"}, 'Mailed does not come as "Blu-ray"; it comes as DVD'),
        (["Casablanca"], {"which": "instant", "format": "DVD"}, 'nothing in the instant queue is "DVD"'),
        (["Casablanca", "Home"], {}, "Home is at home with kit@example.com"),
    ],
    ids=str,
)
def test_what_the_service_would_refuse_gets_a_sentence_and_changes_nothing(sandbox, kit, titles, how, told):
    formats = {"Streamed": ["instant"], "Mailed": ["DVD"], "Nothing": [], "Home": ["DVD"]}
    for name, some in formats.items():
        add_title(sandbox, name, formats=some)
    add_title(sandbox, "Harbor", type="series")
    ship(sandbox, "Home", subscriber=kit)
    before = sandbox.state
    with pytest.raises(ConflictError) as refused:
        queue(sandbox, *titles, subscriber=kit, clear=True, **how)
    assert str(refused.value).startswith(told)
    assert sandbox.state is before


def test_who_cannot_have_a_format_is_told_so(sandbox):
    add_subscriber(sandbox, KIT, can_instant_watch=False)
    add_title(sandbox, "Blue", formats=["Blu-ray"])
    for how, told in (
        ({}, "cannot have Blue as Blu-ray; it is not among their preferred_formats"),
        ({"format": "Blu-ray"}, "cannot have Blue as Blu-ray; it is not among their preferred_formats"),
        ({"which": "instant"}, "cannot watch Blue instantly; can_instant_watch is false"),
    ):
        with pytest.raises(ConflictError, match=f"{KIT} {told}"):
            queue(sandbox, "Blue", subscriber=KIT, **how)


def test_a_full_queue_takes_nothing_more(sandbox):
    before = sandbox.state
    with pytest.raises(
        ConflictError, match=r"finds no room in the instant queue of fullqueue@example\.com, which holds"
    ):
        queue(sandbox, add_title(sandbox, "One More"), subscriber="fullqueue@example.com", which="instant")
    assert sandbox.state.subscribers == before.subscribers


def test_an_unknown_queue_title_or_subscriber_changes_nothing(sandbox):
    for titles, how in ((["Casablanca", "Casablanka"], {}), ([], {"which": "cd"}), ([], {"subscriber": "nobody"})):
        with pytest.raises(UnknownError):
            queue(sandbox, *titles, clear=True, **how)
        assert sandbox.state is sandbox.begun

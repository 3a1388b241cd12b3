"""What a person's own fixtures add, and what is filled in where they say little."""

from __future__ import annotations

from typing import get_args

import pytest

from mock_netflix.calendar import LAUNCH
from mock_netflix.data.load import load
from mock_netflix.data.moments import epoch
from mock_netflix.data.schema import Places, QueueAvailability
from mock_netflix.world.queues import AVAILABILITIES, MAX_ENTRIES
from mock_netflix.world.rentals import RentalEvent, RentalState
from mock_netflix.world.titles import Availability, Title, TitleType
from tests.data.own_fixtures import NUMBER, SAMS_FIRST_TITLE, a_movie, a_subscriber, loaded, written

DAY = 86_400


def title(world, number: int = NUMBER, kind: TitleType = TitleType.MOVIE) -> Title:
    return world.catalogue.titles[kind, number]


def test_own_titles_join_the_default_ones(tmp_path):
    world = loaded(tmp_path, {"movies": [a_movie()]})
    assert title(world).regular == "Zzyzx Holiday"
    assert title(world, SAMS_FIRST_TITLE)


def test_the_files_of_a_folder_are_read_in_the_order_of_their_names(tmp_path):
    written(tmp_path, {"applications": [{"name": "Second"}]}, "b.json")
    written(tmp_path, {"applications": [{"name": "First"}]}, "a.json")
    written(tmp_path, b"no JSON", "c.txt")
    names = [application.name for application in load([tmp_path]).grants.applications.values()]
    assert names[-2:] == ["First", "Second"]


def test_the_default_ones_stay_the_ready_ones(tmp_path):
    world = loaded(tmp_path, {"subscribers": [a_subscriber()], "applications": [{"name": "Mine"}]})
    assert world.subscriber.login == load().subscriber.login
    assert world.application == load().application
    assert [one.login for one in world.subscribers.values()][-1] == "kit@example.com"


def test_a_title_that_tells_only_its_name_is_whole_and_the_same_every_time(tmp_path):
    bare = title(loaded(tmp_path, {"movies": [a_movie()]}))
    assert bare == title(loaded(tmp_path, {"movies": [a_movie()]}))
    assert (bare.short, bare.rating, bare.genres) == ("Zzyzx Holiday", "NR", ("Dramas",))
    assert 1 <= bare.average_rating <= 5
    assert bare.runtime in range(80 * 60, 140 * 60)
    assert bare.formats == (Availability("instant", epoch("2008-01-01")), Availability("DVD", epoch("2008-01-01")))


def test_minutes_become_seconds_and_dates_moments(tmp_path):
    told = a_movie(minutes=105, formats={"instant": {"from": "2010-01-01", "until": "2100-01-01T00:00:00Z"}})
    made = title(loaded(tmp_path, {"movies": [told]}))
    assert made.runtime == 6300
    assert made.formats == (Availability("instant", 1_262_304_000, 4_102_444_800),)


@pytest.mark.parametrize("rating", ["TV-14", "PG-13"])
def test_a_rating_tells_its_scheme(tmp_path, rating):
    made = title(loaded(tmp_path, {"movies": [a_movie(rating=rating)]}))
    assert made.rating_scheme == ("tv_ratings" if rating == "TV-14" else "mpaa_ratings")


def test_a_name_that_no_file_describes_is_one_person_wherever_it_stands(tmp_path):
    told = {"movies": [a_movie(cast=["Zora Quill"]), a_movie(id=NUMBER + 1, directors=["Zora Quill"])]}
    world = loaded(tmp_path, told)
    (number,) = title(world).cast
    assert title(world, NUMBER + 1).directors == (number,)
    assert world.catalogue.people[number].name == "Zora Quill"
    assert title(loaded(tmp_path, told)).cast == (number,)


def test_a_person_who_is_described_again_keeps_their_number(tmp_path):
    def hitchcock(world):
        (found,) = [one for one in world.catalogue.people.values() if one.name == "Alfred Hitchcock"]
        return found

    again = hitchcock(loaded(tmp_path, {"people": [{"name": "Alfred Hitchcock", "bio": "He is behind you."}]}))
    assert (again.number, again.bio) == (hitchcock(load()).number, "He is behind you.")


def test_parts_take_what_they_leave_out_from_what_they_are_part_of(tmp_path):
    season = {"id": 79_990_011, "number": 1, "episodes": [{"id": 79_990_012, "title": "The Fog"}]}
    season["discs"] = [{"id": 79_990_013}]
    told = {"id": 79_990_010, "title": "Harbor", "year": 2006, "rating": "TV-14", "genres": ["Television"]}
    world = loaded(tmp_path, {"series": [{**told, "seasons": [season]}]})
    episode = title(world, 79_990_012, TitleType.PROGRAM)
    disc = title(world, 79_990_013, TitleType.DISC)
    assert (episode.regular, episode.episode_name) == ("Harbor: Season 1: The Fog", "The Fog")
    assert disc.regular == "Harbor: Season 1: Disc 1"
    assert (episode.sequence, disc.sequence) == (1, 1)
    assert {(one.release_year, one.rating, one.genres) for one in (episode, disc)} == {(2006, "TV-14", ("Television",))}


def test_a_series_can_be_had_from_its_first_season_on_until_the_last_is_gone(tmp_path):
    windows = [
        {
            "instant": {"from": "2010-01-01", "until": "2011-06-10"},
            "DVD": {"from": "2009-01-01", "until": "2010-01-01"},
        },
        {"instant": {"from": "2009-01-01", "until": "2011-07-10"}, "DVD": {"from": "2010-01-01"}},
    ]
    parts = [{"id": NUMBER + 1 + n, "number": n + 1, "formats": window} for n, window in enumerate(windows)]
    world = loaded(tmp_path, {"series": [{"id": NUMBER, "title": "Harbor", "seasons": parts}]})
    assert title(world, NUMBER, TitleType.SERIES).formats == (
        Availability("instant", epoch("2009-01-01"), epoch("2011-07-10")),
        Availability("DVD", epoch("2009-01-01")),
    )


def test_a_loan_makes_two_events_and_a_viewing_one(tmp_path):
    """Rental history repeats titles (reference: protocol 11.16)."""
    loan = {"title": SAMS_FIRST_TITLE, "format": "Blu-ray", "shipped": "2011-02-01", "returned": "2011-02-05"}
    viewing = {"title": NUMBER, "watched": "2011-02-03T20:00:00Z", "minutes_viewed": 10}
    told = {"movies": [a_movie()], "subscribers": [a_subscriber(rentals=[loan, viewing])]}
    kit = list(loaded(tmp_path, told).subscribers.values())[-1]
    sent, key = epoch("2011-02-01"), (TitleType.MOVIE, SAMS_FIRST_TITLE)
    assert kit.rentals == (
        RentalEvent(key, RentalState.RETURNED, sent + 4 * DAY, "Blu-ray"),
        RentalEvent(
            (TitleType.MOVIE, NUMBER), RentalState.WATCHED, sent + 2 * DAY + 72_000, "instant", viewed_time=600
        ),
        RentalEvent(key, RentalState.SHIPPED, sent, "Blu-ray", estimated_arrival=sent + DAY),
    )


def test_a_subscriber_who_tells_little_is_whole(tmp_path):
    kit = list(loaded(tmp_path, {"subscribers": [a_subscriber()]}).subscribers.values())[-1]
    assert (kit.nickname, kit.can_instant_watch, kit.max_maturity_level) == ("Kit", True, 1_000_000)
    assert (kit.preferred_formats, kit.rentals, dict(kit.ratings)) == (("DVD",), (), {})


def test_a_queue_may_be_filled_after_what_is_told(tmp_path):
    told = [{"title": SAMS_FIRST_TITLE, "added": "2011-05-30"}]
    given = a_subscriber(
        disc_queue=told, disc_queue_filled_to=40, instant_queue_filled_to=30, preferred_formats=["Blu-ray"]
    )
    world = loaded(tmp_path, {"subscribers": [given]})
    kit = list(world.subscribers.values())[-1]
    assert (len(kit.disc_queue.available), len(kit.instant_queue.available)) == (40, 30)
    assert kit.disc_queue.available[0].title == (TitleType.MOVIE, SAMS_FIRST_TITLE)
    assert len({entry.title for entry in kit.disc_queue.available}) == 40
    assert {entry.format for entry in kit.instant_queue.available} == {"Instant"}
    for entry in kit.disc_queue.available[1:]:
        formats = {one.format: one for one in world.catalogue.titles[entry.title].formats}
        assert entry.title[0] in (TitleType.MOVIE, TitleType.DISC)
        assert entry.format == ("Blu-ray" if "Blu-ray" in formats else "DVD")
        assert entry.added == max(formats[entry.format].available_from, LAUNCH)
        assert formats[entry.format].available_until is None
    assert kit == list(loaded(tmp_path, {"subscribers": [given]}).subscribers.values())[-1]


def test_a_queue_that_has_enough_is_not_filled(tmp_path):
    told = [
        {"title": SAMS_FIRST_TITLE, "added": "2011-05-30"},
        {"title": 60010001, "added": "2011-05-30", "saved": True},
    ]
    given = a_subscriber(disc_queue=told, disc_queue_filled_to=2)
    kit = list(loaded(tmp_path, {"subscribers": [given]}).subscribers.values())[-1]
    assert [len(kit.disc_queue.available), len(kit.disc_queue.saved)] == [1, 1]


def test_a_queue_is_not_filled_with_what_is_at_home_or_too_mature(tmp_path):
    home = (TitleType.MOVIE, 60010012)
    rentals = [{"title": home[1], "shipped": "2011-05-30"}]
    given = a_subscriber(rentals=rentals, disc_queue_filled_to=10, max_maturity_level=40)
    world = loaded(tmp_path, {"subscribers": [given]})
    entries = list(world.subscribers.values())[-1].disc_queue.available
    assert len(entries) == 10
    assert home not in {entry.title for entry in entries}
    assert {world.catalogue.titles[entry.title].rating for entry in entries} <= {"G", "TV-Y", "TV-Y7"}


def test_stars_may_be_the_word_that_hides_a_title(tmp_path):
    rating = {"title": SAMS_FIRST_TITLE, "stars": "not_interested", "rated": "2011-02-01"}
    kit = list(loaded(tmp_path, {"subscribers": [a_subscriber(ratings=[rating])]}).subscribers.values())[-1]
    assert kit.ratings[TitleType.MOVIE, SAMS_FIRST_TITLE].stars is None


def test_reviews_are_kept_newest_first(tmp_path):
    older = {"title": SAMS_FIRST_TITLE, "text": "At first I was not sure.", "written": "2010-01-01"}
    newer = {"title": SAMS_FIRST_TITLE, "text": "Now I am.", "written": "2010-01-02"}
    kit = list(loaded(tmp_path, {"subscribers": [a_subscriber(reviews=[older, newer])]}).subscribers.values())[-1]
    assert [review.text for review in kit.reviews] == ["Now I am.", "At first I was not sure."]
    assert kit.reviews[0].at == kit.reviews[1].at + DAY == epoch("2010-01-02")


@pytest.mark.parametrize(
    ("date", "moment"),
    [("1970-01-01", 0), ("2010-01-01", 1_262_304_000), ("2010-11-01T03:53:14Z", 1_288_583_594)],
)
def test_a_date_without_a_time_is_midnight_utc(date, moment):
    assert epoch(date) == moment


def test_fixtures_may_say_every_state_of_a_queue_entry_but_the_one_that_follows():
    """An entry is "saved" by its own field."""
    assert set(get_args(QueueAvailability)) == set(AVAILABILITIES) - {"saved"}


def test_a_queue_may_be_filled_as_far_as_it_goes():
    assert get_args(Places)[1].le == MAX_ENTRIES

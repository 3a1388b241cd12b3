"""What a person may leave out of their fixtures, and how it is filled in: ids, dates, names, who is ready."""

from __future__ import annotations

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, day
from mock_netflix.data.faults import Fault
from mock_netflix.data.load import load
from mock_netflix.world.rentals import RentalState
from mock_netflix.world.titles import TitleKey, TitleType
from tests.data.own_fixtures import SAMS_FIRST_TITLE, a_movie, faults, loaded, named, subscriber, written

DAY = 86_400
DEFAULT = load()
LONE = {"defaults": False}


def queue_of(folder, *refs: object, **content: object) -> list[TitleKey]:
    """The titles that these references lead to."""
    ada = {"login": "ada@example.com", "disc_queue": list(refs)}
    world = loaded(folder, {**content, "subscribers": [ada]})
    return [entry.title for entry in subscriber(world, "ada@example.com").disc_queue.available]


def test_an_id_that_is_left_out_follows_from_title_and_year(tmp_path):
    first = loaded(tmp_path, {"movies": [{"title": "A"}, {"title": "A", "year": 1999}]})
    again = loaded(tmp_path, {"movies": [{"title": "Other"}, {"title": "A", "year": 1999}, {"title": "A"}]})
    keys = {title.key for title in first.catalogue.titles.values() if title.regular == "A"}
    assert len(keys) == 2
    assert keys <= set(again.catalogue.titles)
    assert not keys & set(DEFAULT.catalogue.titles)


def test_an_id_that_is_left_out_is_nobody_elses(tmp_path):
    made = named(loaded(tmp_path, {"movies": [{"title": "A"}]}), "A").number
    taken = {"movies": [{"title": "A"}, {"title": "B", "id": made}]}
    assert named(loaded(tmp_path, taken), "B").number == made
    assert named(loaded(tmp_path, taken), "A").number == made + 1


def test_a_whole_series_needs_no_id_and_no_number(tmp_path):
    season = {"episodes": [{"title": "The Fog"}, {}], "discs": [{}]}
    world = loaded(tmp_path, {"series": [{"title": "Harbor", "seasons": [season, season]}]})
    parts = [title for title in world.catalogue.titles.values() if title.regular.startswith("Harbor: ")]
    assert len(parts) == len({title.number for title in parts}) == 8
    episode = named(world, "Harbor: Season 2: The Fog")
    assert [one.regular for one in world.catalogue.parents(episode)] == ["Harbor: Season 2", "Harbor"]
    assert episode.has_format("instant")


def test_a_title_is_named_by_name_number_type_or_year(tmp_path):
    movie, sams = (TitleType.MOVIE, 79_990_001), (TitleType.MOVIE, SAMS_FIRST_TITLE)
    assert queue_of(tmp_path, "zzyzx holiday", SAMS_FIRST_TITLE, movies=[a_movie()]) == [movie, sams]
    assert queue_of(tmp_path, "movies/79990001", str(SAMS_FIRST_TITLE), movies=[a_movie()]) == [movie, sams]
    assert queue_of(tmp_path, "Zzyzx Holiday (1999)", movies=[a_movie(year=1999)]) == [movie]


def test_a_number_that_no_title_has_may_be_the_name_of_one(tmp_path):
    assert queue_of(tmp_path, 300, movies=[a_movie(title="300")]) == [(TitleType.MOVIE, 79_990_001)]


def test_ones_own_title_goes_before_one_of_the_default_world_and_a_whole_before_its_parts(tmp_path):
    assert queue_of(tmp_path, "Casablanca", movies=[a_movie(title="Casablanca")]) == [(TitleType.MOVIE, 79_990_001)]
    harbor = {"id": 79_990_001, "title": "Harbor", "seasons": [{"id": 79_990_002, "title": "Harbor"}]}
    assert queue_of(tmp_path, "Harbor", series=[harbor]) == [(TitleType.SERIES, 79_990_001)]


@pytest.mark.parametrize(
    ("years", "choices"),
    [((1953, 1997), '"Titanic (1953)" or "Titanic (1997)"'), ((None, 1997), '"movies/1" or "movies/2"')],
)
def test_a_name_that_several_titles_have_is_a_fault_that_says_what_to_write(tmp_path, years, choices):
    titanics = [{"id": index, "title": "Titanic", "year": year} for index, year in enumerate(years, start=1)]
    ada = {"login": "a", "reviews": [{"title": "Titanic", "text": "?"}]}
    (found,) = faults(tmp_path, {"movies": titanics, "subscribers": [ada]})
    assert found.endswith(f'subscribers[0].reviews[0].title: several titles are called "Titanic"; write {choices}')


@pytest.mark.parametrize(
    ("login", "names"),
    [
        ("ada@example.com", ("Ada", "Doe")),
        ("ada.marsh_2@example.com", ("Ada", "Marsh")),
        ("ADA", ("Ada", "Doe")),
        ("7@example.com", ("7@example.com", "Doe")),
    ],
)
def test_a_login_is_enough_for_a_subscriber(tmp_path, login, names):
    ada = subscriber(loaded(tmp_path, {"subscribers": [{"login": login}]}), login)
    assert (ada.first_name, ada.last_name) == names
    assert (ada.password, ada.nickname) == ("popcorn", names[0])


def test_dates_that_are_left_out_lie_before_the_day_of_the_world(tmp_path):
    names = ["Casablanca", "Blade Runner"]
    told = {"disc_queue": names, "ratings": dict.fromkeys(names, 3), "rentals": names}
    told["reviews"] = [{"title": name, "text": "Good."} for name in names]
    path = written(tmp_path, {"subscribers": [{"login": "ada@example.com", **told}]})
    for as_of in (DEFAULT_AS_OF, day("2009-01-01")):
        ada = subscriber(load([path], as_of=as_of), "ada@example.com")
        assert [as_of - entry.added for entry in ada.disc_queue.available] == [DAY, 2 * DAY]
        assert [as_of - rating.at for rating in ada.ratings.values()] == [DAY, 2 * DAY]
        assert [as_of - review.at for review in ada.reviews] == [DAY, 2 * DAY]
        assert [(event.state, (as_of - event.at) // DAY) for event in ada.rentals] == [
            (RentalState.RETURNED, 2),
            (RentalState.SHIPPED, 7),
            (RentalState.RETURNED, 9),
            (RentalState.SHIPPED, 14),
        ]


def test_a_rental_without_a_date_that_is_instant_was_watched(tmp_path):
    ada = {"login": "a", "rentals": [{"title": "Casablanca", "format": "instant"}]}
    (event,) = subscriber(loaded(tmp_path, {"subscribers": [ada]}), "a").rentals
    assert (event.state, event.format) == (RentalState.WATCHED, "instant")


def test_what_is_dated_later_than_the_world_is_said_not_to_be_there(tmp_path):
    queue = [{"title": "Casablanca", "added": "2024-05-01"}]
    notes: list[Fault] = []
    path = written(tmp_path, {"subscribers": [{"login": "a", "disc_queue": queue}]})
    world = load([path], note=notes.append)
    assert not subscriber(world, "a").disc_queue.available
    assert [str(one) for one in notes] == [
        f"{path}:1:18: subscribers[0]: what is dated later is not there yet; "
        "--as-of chooses the day, which is 2011-06-01"
    ]


def test_formats_may_be_a_list_and_a_window_just_its_first_day(tmp_path):
    listed = named(loaded(tmp_path, {"movies": [a_movie(formats=["Blu-ray", "instant"])]}), "Zzyzx Holiday")
    dated = named(loaded(tmp_path, {"movies": [a_movie(formats={"DVD": "2010-05-01"})]}), "Zzyzx Holiday")
    assert [(one.format, one.available_from) for one in listed.formats] == [
        ("instant", day("2008-01-01")),
        ("Blu-ray", day("2008-01-01")),
    ]
    assert [(one.format, one.available_from) for one in dated.formats] == [("DVD", day("2010-05-01"))]


def test_a_title_may_stand_once_in_a_queue_and_be_rated_once(tmp_path):
    ada = {"login": "a", "instant_queue": ["Casablanca", "casablanca"], "ratings": {"Casablanca": 1, "casablanca": 2}}
    assert [one.partition(": ")[2] for one in faults(tmp_path, {"subscribers": [ada]})] == [
        "subscribers[0].instant_queue[1]: casablanca is in this queue already",
        "subscribers[0].ratings.casablanca: casablanca is rated already",
    ]


def test_one_file_that_says_so_leaves_the_default_world_out(tmp_path):
    written(tmp_path, {"movies": [{"title": "A"}]}, "a.json")
    written(tmp_path, {**LONE, "subscribers": [{"login": "ada"}], "applications": [{"name": "Mine"}]}, "b.json")
    world = load([tmp_path])
    assert [title.regular for title in world.catalogue.titles.values()] == ["A"]
    assert [one.login for one in world.subscribers.values()] == ["ada"]
    assert [one.name for one in world.grants.applications.values()] == ["Mine"]
    assert (world.subscriber.login, world.application.name) == ("ada", "Mine")


def test_a_world_that_names_nobody_has_the_ready_ones_of_every_start(tmp_path):
    world = loaded(tmp_path, LONE)
    assert not world.catalogue.titles
    assert world.application == DEFAULT.application
    assert world.access_token == DEFAULT.access_token
    assert (world.subscriber.login, world.subscriber.password) == ("sam@example.com", "popcorn")
    assert world.subscriber.user_id == DEFAULT.subscriber.user_id


def test_a_queue_may_not_name_a_default_title_where_there_are_none(tmp_path):
    (found,) = faults(tmp_path, {**LONE, "subscribers": [{"login": "a", "disc_queue": ["Casablanca"]}]})
    assert 'no title is called "Casablanca"' in found


def test_the_ready_ones_may_be_chosen(tmp_path):
    content = {
        "subscribers": [{"login": "ada"}, {"login": "noor", "ready": True}],
        "applications": [{"name": "Mine", "ready": True}],
    }
    world = loaded(tmp_path, content)
    assert (world.subscriber.login, world.application.name) == ("noor", "Mine")
    assert world.access_token.user_id == world.subscriber.user_id


def test_only_one_is_ready(tmp_path):
    content = {"applications": [{"name": "A", "ready": True}, {"name": "B", "ready": True}]}
    (found,) = faults(tmp_path, content)
    assert found.endswith("applications[1].ready: another one is the ready one already")

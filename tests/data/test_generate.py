"""Generated worlds: the same everywhere, each thing by its own number alone, and spread as in life."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_netflix.data import schema
from mock_netflix.data.faults import FixtureError
from mock_netflix.data.generate.as_fixtures import write
from mock_netflix.data.generate.draws import draws
from mock_netflix.data.generate.people import FIRST_PERSON, PEOPLE_OF_BLOCK
from mock_netflix.data.generate.titles import FIRST_TITLE
from mock_netflix.data.generate.world import Generated
from mock_netflix.data.load import load
from mock_netflix.world.maturity import LEVELS
from mock_netflix.world.people import Person
from mock_netflix.world.ratings import predict, taste_of
from mock_netflix.world.titles import TitleType

# Large enough for all kinds of things, small enough to be looked at as a whole.
SOME = 3000
WORLD = Generated(1, SOME, 40)
TITLES = {title.number: title for title in WORLD.titles.values()}
WHOLES = [title for title in TITLES.values() if title.type in (TitleType.MOVIE, TitleType.SERIES)]
MOVIES = [title for title in WHOLES if title.type is TitleType.MOVIE]
LOADED = load(generated=WORLD)

numbers = st.integers(FIRST_TITLE, FIRST_TITLE + SOME - 1)


def ignored(done: int, total: int) -> None:
    pass


def written(world: Generated, path: Path) -> Path:
    """The world in a file."""
    with path.open("wb") as file:
        write(world, file, lines=path.suffix == ".jsonl", progress=ignored)
    return path


def test_the_first_of_a_seed_never_change(tmp_path):
    """Neither with the version of Python nor with the machine; if this changes, every generated world does."""
    raw = written(Generated(1, 200, 3), tmp_path / "world.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == "db53b8c2b01b8a9fdae817f13d068f65c6d3b4b9820b885cef6fef7ed45e9525"


def test_a_title_that_is_named_in_the_documentation_is_what_it_says_there():
    """docs/generator.md"""
    title = TITLES[80_000_017]
    assert (title.regular, title.release_year) == ("Brad Stephenson", 2009)


def test_another_seed_makes_another_world():
    others = Generated(2, 50)
    same = [title for title in others.titles.values() if title == TITLES[title.number]]
    assert same == []
    assert next(iter(others.people.values())).name != next(iter(WORLD.people.values())).name


@given(numbers)
def test_a_title_is_the_same_in_a_world_of_any_size_and_whatever_was_asked_before(number):
    small = Generated(1, number - FIRST_TITLE + 1)
    large = Generated(1, 2_000_000)
    assert small.titles.numbered(number) == large.titles.numbered(number) == TITLES[number]
    for person in TITLES[number].cast + TITLES[number].directors:
        assert small.people[person] == large.people[person] == WORLD.people[person]


@given(st.permutations(range(FIRST_TITLE, FIRST_TITLE + 12)))
def test_the_order_of_asking_makes_no_difference(order):
    fresh = Generated(1, SOME)
    assert [fresh.titles.numbered(number) for number in order] == [TITLES[number] for number in order]


@given(st.integers(1, 40), st.integers(50, SOME))
@settings(max_examples=30)
def test_a_subscriber_of_a_smaller_world_has_the_same_past_as_far_as_its_titles_go(number, size):
    small = list(Generated(1, size, number).described())[-1]
    large = list(Generated(1, SOME, number).described())[-1]

    def within(one: schema.Rental | schema.Rating | schema.QueueEntry | schema.Review) -> bool:
        return int(str(one.title).partition("/")[2]) < FIRST_TITLE + size

    assert (small.login, small.first_name, small.last_name) == (large.login, large.first_name, large.last_name)
    for name in ("rentals", "ratings", "disc_queue", "instant_queue", "reviews"):
        assert getattr(small, name) == [one for one in getattr(large, name) if within(one)]


def test_a_world_has_as_many_titles_as_were_asked_for():
    for count in (0, 1, 7, 499, 500, 501, 1234):
        world = Generated(1, count)
        assert len(world.titles) == len(list(world.titles)) == len({*world.titles}) == count


def test_the_people_of_a_world_are_those_of_its_titles():
    for count in (0, 1, 7, 499, 500, 501, 1234):
        world = Generated(1, count)
        credited = {person for title in world.titles.values() for person in (*title.cast, *title.directors)}
        assert {*world.people} == credited
        assert len(world.people) == len(credited)


def test_what_is_not_in_the_world_is_not_found():
    for key in (TitleType.MOVIE, FIRST_TITLE + SOME), (TitleType.MOVIE, FIRST_TITLE - 1), (TitleType.DISC, FIRST_TITLE):
        assert key not in WORLD.titles
        assert WORLD.titles.get(key) is None
    assert WORLD.people.get(FIRST_PERSON - 1) is None
    assert WORLD.people.get(FIRST_PERSON + PEOPLE_OF_BLOCK - 1) is None
    assert WORLD.people.get(max(WORLD.people) + 1) is None


def test_a_part_comes_after_what_it_is_a_part_of():
    for title in TITLES.values():
        if title.series is not None:
            assert TITLES[title.series].type is TitleType.SERIES
            assert title.series < title.number
        if title.season is not None:
            assert TITLES[title.season].type is TitleType.SEASON
            assert title.season < title.number


def test_every_series_that_is_whole_has_seasons_with_episodes_and_discs():
    catalogue = LOADED.catalogue
    for series in (title for title in WHOLES[:-1] if title.type is TitleType.SERIES):
        assert catalogue.children(series, TitleType.SEASON)[0].sequence == 1
        for season in catalogue.children(series, TitleType.SEASON):
            episodes = catalogue.children(season, TitleType.PROGRAM)
            assert [one.sequence for one in episodes] == [*range(1, len(episodes) + 1)]
            assert episodes
            assert catalogue.children(season, TitleType.DISC)


def test_every_title_is_one_that_the_service_could_have_had():
    for title in TITLES.values():
        assert 1920 <= (title.release_year or 0) <= 2011
        assert title.rating in LEVELS
        assert 1 <= title.average_rating <= 5
        assert title.genres
        assert title.regular[0].isupper() or not title.regular[0].isascii()
        assert "{" not in title.regular + title.synopsis
        assert title.synopsis[-1] == "."
        for one in title.formats:
            assert one.available_until is None or one.available_until > one.available_from


def shares(found: Counter[object]) -> dict[object, float]:
    return {name: count / found.total() for name, count in found.items()}


def test_years_ratings_and_formats_are_spread_as_in_life():
    decades = shares(Counter((movie.release_year or 0) // 10 for movie in MOVIES))
    assert decades[200] > decades[199] > decades[198] > decades[197] > decades[194] > 0
    ratings = shares(Counter(movie.rating for movie in MOVIES))
    assert ratings["R"] > ratings["PG-13"] > ratings["PG"] > ratings["G"] > 0
    assert {movie.rating for movie in MOVIES if (movie.release_year or 0) < 1968} > {"NR"}
    formats = {
        name: sum(movie.has_format(name) for movie in MOVIES) / len(MOVIES) for name in ("DVD", "instant", "Blu-ray")
    }
    assert formats["DVD"] > 0.5 > formats["instant"] > 0.2 > formats["Blu-ray"] > 0.05
    liked = [movie.average_rating for movie in MOVIES]
    assert 3.2 < sum(liked) / len(liked) < 3.6


def test_people_recur_with_a_long_tail():
    films = Counter(person for title in WHOLES for person in {*title.cast, *title.directors})
    often, once = films.most_common(1)[0][1], sum(1 for count in films.values() if count == 1)
    assert often > 12
    assert 0.15 < once / len(films) < 0.7
    assert sum(1 for count in films.values() if count > 4) > len(films) / 20


def test_everybody_has_a_name_of_their_own():
    names = [person.name for person in WORLD.people.values()]
    assert len({*names}) == len(names)
    assert any(not name.isascii() for name in names)


@given(st.integers(0, 10**7))
def test_nobody_far_away_has_the_name_of_a_neighbour(number):
    """All pairs of names are given out before there are initials, and then with each initial."""
    people = WORLD.people._people
    names = [people.name(FIRST_PERSON + number + step) for step in (0, 1, 16, 1024, 10**6)]
    assert len({*names}) == 5
    assert all(len(name.split()) >= 2 for name in names)


def test_nobody_of_the_default_world_has_the_name_of_a_generated_person():
    """Else a generated file would describe them anew; after new default people: tools/draw_names.py."""
    last_names = {name for language in WORLD.people._people._speakers for name in language._last}
    default = load().catalogue.people.values()
    assert [one.name for one in default if isinstance(one, Person) and one.name.split()[-1] in last_names] == []


def test_default_titles_stand_beside_the_generated_ones():
    plain = load()
    assert {*LOADED.catalogue.titles} == {*plain.catalogue.titles} | {*WORLD.titles}
    assert len(LOADED.catalogue.titles) == len(plain.catalogue.titles) + SOME
    assert len(LOADED.catalogue.people) == len(plain.catalogue.people) + len(WORLD.people)
    assert LOADED.subscriber.login == plain.subscriber.login
    assert LOADED.access_token == plain.access_token


def test_subscribers_have_a_past_and_plans():
    """Some of each; the titles are all there."""
    generated = [one for one in LOADED.subscribers.values() if one.login.startswith("subscriber")]
    assert len(generated) == 40
    assert sum(len(one.rentals) for one in generated) > 40 * 10
    assert sum(len(one.ratings) for one in generated) > 40 * 4
    assert sum(len(one.disc_queue.available) for one in generated) > 40 * 2
    for one in generated:
        keys = (*one.ratings, *(event.title for event in one.rentals))
        assert {*keys} <= {*LOADED.catalogue.titles}


def test_predictions_follow_what_a_subscriber_likes():
    """Ratings that are left out are told better by the predictions than by the averages, over all subscribers."""
    rated, averages = 0.0, 0.0
    for one in LOADED.subscribers.values():
        taste = taste_of(one, LOADED.catalogue)
        for key, rating in one.ratings.items():
            if rating.stars is not None and one.login.startswith("subscriber"):
                title = LOADED.catalogue.titles[key]
                rated += abs(predict(taste, title) - rating.stars)
                averages += abs(title.average_rating - rating.stars)
    assert rated < averages


@pytest.mark.parametrize("name", ["world.json", "world.jsonl"])
def test_a_file_holds_the_same_world(tmp_path, name):
    world = Generated(5, 700, 4)
    read, made = load([written(world, tmp_path / name)]), load(generated=world)
    assert dict(read.catalogue.titles) == {**made.catalogue.titles}
    assert dict(read.catalogue.people) == {**made.catalogue.people}
    # A queue that is filled up has titles of one's own files in it, and none that are generated beside them.
    filled = next(one.user_id for one in made.subscribers.values() if one.login == "fullqueue@example.com")
    assert {**read.subscribers, filled: None} == {**made.subscribers, filled: None}


def test_an_empty_world_is_a_file_too(tmp_path):
    for name in ("empty.json", "empty.jsonl"):
        assert load([written(Generated(1, 0), tmp_path / name)]).subscribers == load().subscribers


def test_a_mistake_in_lines_of_json_is_told_with_its_line(tmp_path):
    mine = tmp_path / "mine.jsonl"
    mine.write_text('{"people": [{"name": "Ada Marsh"}]}\n\n{"movies": [{"id": 5}]}\n')
    with pytest.raises(FixtureError) as error:
        load([mine])
    assert str(error.value).startswith(f"{mine}:3: ")


def test_a_folder_may_have_lines_of_json(tmp_path):
    tmp_path.joinpath("mine.jsonl").write_text('{"movies": [{"id": 5, "title": "Five"}]}\n')
    assert (TitleType.MOVIE, 5) in load([tmp_path]).catalogue.titles


def test_fixtures_may_name_generated_titles_and_go_before_them(tmp_path):
    mine = tmp_path / "mine.json"
    own = {"id": FIRST_TITLE, "title": "Mine"}
    rated = {"title": FIRST_TITLE + 1, "stars": 4, "rated": "2011-01-01"}
    somebody = {
        "login": "subscriber1@example.com",
        "password": "x",
        "first_name": "A",
        "last_name": "B",
        "ratings": [rated],
    }
    mine.write_text(json.dumps({"movies": [own], "subscribers": [somebody]}))
    world = load([mine], generated=Generated(1, 5, 1))
    assert world.catalogue.titles[TitleType.MOVIE, FIRST_TITLE].regular == "Mine"
    assert [title.regular for title in world.catalogue.titles.values()].count("Mine") == 1
    assert [one.password for one in world.subscribers.values() if one.login == "subscriber1@example.com"] == ["x"]


def test_draws_are_what_they_always_were():
    assert draws(1, "title", 80_000_001)[:4] == (28867, 62815, 47473, 50781)

"""A mistake in a fixture file names the file, the place in it, and the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mock_netflix.data.files import FixtureError
from mock_netflix.data.load import load
from tests.data.own_fixtures import SAMS_FIRST_TITLE, a_movie, a_subscriber, loaded, written


def mistake(folder: Path, content: object) -> FixtureError:
    """The mistake in a file with this content; it names the file."""
    with pytest.raises(FixtureError) as caught:
        loaded(folder, content)
    assert caught.value.file == str(folder / "mine.json")
    assert str(caught.value).startswith(f"{caught.value.file}: ")
    return caught.value


def in_movie(**told: object) -> dict[str, object]:
    """A file with a mistake in its second movie."""
    return {"movies": [a_movie(), a_movie(id=79_990_002, **told)]}


def in_subscriber(**told: object) -> dict[str, object]:
    return {"subscribers": [a_subscriber(**told)]}


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        ({"films": []}, "", "unknown field `films`"),
        (in_movie(titel="?"), "movies[1]", "unknown field `titel`"),
        (in_movie(awards=[{"type": "baftas", "name": "Best", "yaer": 2}]), "movies[1].awards[0]", "field `yaer`"),
        ({"movies": [{"id": 1}]}, "movies[0]", "missing required field `title`"),
        (in_movie(year="1999"), "movies[1].year", "got `str`"),
        (in_movie(average_rating=7), "movies[1].average_rating", "<= 5"),
        (in_movie(rating="PG-14"), "movies[1].rating", "'PG-14'"),
        (in_movie(genres=["Dramas", ""]), "movies[1].genres[1]", "length >= 1"),
        ({"movies": {}}, "movies", "Expected `array`, got `object`"),
        ([], "", "Expected `object`, got `array`"),
        ({"applications": [{"name": "A", "key": "A"}]}, "applications[0].key", "regex"),
        (
            in_subscriber(disc_queue=[{"title": "films/1", "added": "2011-02-01"}]),
            "subscribers[0].disc_queue[0].title",
            "",
        ),
    ],
)
def test_a_field_of_another_name_or_type_is_named_by_its_path(tmp_path, content, place, reason):
    found = mistake(tmp_path, content)
    assert found.place == place
    assert reason in found.reason


def test_a_wrong_name_in_a_list_of_names_is_named_with_its_path(tmp_path):
    said = str(mistake(tmp_path, in_movie(formats={"VHS": {"from": "2001-01-01"}})))
    assert "'VHS'" in said
    assert "movies[1].formats" in said


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{\n  "movies": [\n    {"id": 1,, }\n  ]\n}', "line 3, column 14"),
        (b'{\n  "movies": [],\n}', "line 3, column 1"),
        (b"{\r\n  // mine\r\n}", "line 2, column 3"),
        (b"\xef\xbb\xbf{}", "line 1, column 1"),
    ],
)
def test_bad_json_is_named_by_line_and_column(tmp_path, content, place):
    assert mistake(tmp_path, content).place == place


@pytest.mark.parametrize("content", [b"", b'{"movies": [\n  {"id": 1,', b'{"movies": [\n  {"id": 1, "title": "Z'])
def test_json_that_breaks_off_is_named_by_line_and_column_too(tmp_path, content):
    assert re.fullmatch(r"line \d+, column \d+", mistake(tmp_path, content).place)


def test_what_is_not_utf_8_is_named_by_line_and_column_too(tmp_path):
    content = '{"movies": [\n  {"id": 79990001, "title": "Belén"}]}'.encode("latin-1")
    assert mistake(tmp_path, content).place == "line 2, column 33"


@pytest.mark.parametrize("date", ["2011", "2 May 2011", "2011-05-02 17:20:00", "2011-05-02T17:20:00+02:00", ""])
def test_what_is_not_written_as_a_date_is_named_by_its_path(tmp_path, date):
    found = mistake(tmp_path, in_subscriber(rentals=[{"title": SAMS_FIRST_TITLE, "shipped": date}]))
    assert found.place == "subscribers[0].rentals[0].shipped"


@pytest.mark.parametrize(
    "content",
    [
        in_movie(formats={"DVD": {"from": "2011-02-30"}}),
        in_subscriber(rentals=[{"title": SAMS_FIRST_TITLE, "shipped": "2011-02-30"}]),
        in_subscriber(ratings=[{"title": SAMS_FIRST_TITLE, "stars": 3, "rated": "2011-02-30"}]),
        in_subscriber(reviews=[{"title": SAMS_FIRST_TITLE, "text": "Good.", "written": "2011-02-30"}]),
    ],
)
def test_a_day_that_there_is_none_of_names_its_title_or_subscriber_and_the_date(tmp_path, content):
    """A subscriber may have a hundred rentals: without the date nobody finds the one that is meant."""
    found = mistake(tmp_path, content)
    assert found.place.startswith(("movies[1]", "subscribers[0]"))
    assert "2011-02-30" in str(found)


@pytest.mark.parametrize("ref", [1, "movies/1", "series/70010013"])
@pytest.mark.parametrize("part", ["rentals", "ratings", "reviews", "disc_queue", "instant_queue"])
def test_a_reference_to_no_title_is_named_by_its_path(tmp_path, part, ref):
    when = {"rentals": {"shipped": "2011-02-01"}, "ratings": {"rated": "2011-02-01", "stars": 3}}
    when["reviews"] = {"written": "2011-02-01", "text": "Good."}
    entry = {"title": ref, **when.get(part, {"added": "2011-02-01"})}
    found = mistake(tmp_path, in_subscriber(**{part: [entry]}))
    assert (found.place, found.reason) == (f"subscribers[0].{part}[0].title", f"{ref}: no title has this number")


def test_an_ambiguous_reference_names_the_choices(tmp_path):
    """A series and its season may share a number (reference: resources 2.4)."""
    twins = {"id": 79_990_001, "title": "Harbor", "seasons": [{"id": 79_990_001, "number": 1}]}
    rental = {"title": 79_990_001, "shipped": "2011-02-01"}
    found = mistake(tmp_path, {"series": [twins], **in_subscriber(rentals=[rental])})
    assert found.reason.endswith('several titles have this number, write "series/79990001", write "seasons/79990001"')


def test_a_title_that_is_there_already_names_both(tmp_path):
    found = mistake(tmp_path, {"movies": [a_movie(), a_movie(title="Other")]})
    assert (found.place, found.reason) == ("movies[1]", "there is a title movies/79990001 already: Other")
    assert mistake(tmp_path, {"movies": [a_movie(id=SAMS_FIRST_TITLE)]}).place == "movies[0]"


@pytest.mark.parametrize("login", ["sam@example.com", "SAM@Example.com"])
def test_a_login_that_is_there_already_is_named(tmp_path, login):
    found = mistake(tmp_path, in_subscriber(login=login))
    assert (found.place, found.reason) == ("subscribers[0].login", f"there is a subscriber {login} already")


def test_a_queue_that_cannot_be_filled_names_how_far_it_goes(tmp_path):
    found = mistake(tmp_path, in_subscriber(disc_queue_filled_to=500, max_maturity_level=10))
    assert found.place == "subscribers[0]"
    assert re.fullmatch(r"a queue cannot be filled to 500: there are only \d+ titles for it", found.reason)


def test_a_queue_is_filled_to_at_most_five_hundred(tmp_path):
    assert mistake(tmp_path, in_subscriber(instant_queue_filled_to=501)).place.endswith("instant_queue_filled_to")


def test_two_people_with_one_id_are_a_mistake(tmp_path):
    """Else both names in a cast would lead to the second of them."""
    people = [{"id": 39_990_001, "name": "Ada"}, {"id": 39_990_001, "name": "Noor"}]
    assert mistake(tmp_path, {"people": people, "movies": [a_movie(cast=["Ada", "Noor"])]}).place.startswith(
        "people[1]"
    )


def test_two_applications_with_one_key_are_a_mistake(tmp_path):
    """Else the second would silently take the place of the first."""
    applications = [{"name": "Ham", "key": "k" * 24}, {"name": "Eggs", "key": "k" * 24}]
    assert mistake(tmp_path, {"applications": applications}).place.startswith("applications[1]")


def test_a_file_that_cannot_be_read_says_why(tmp_path):
    with pytest.raises(FixtureError, match=r"nowhere\.json: cannot be read: No such file or directory$"):
        load([tmp_path / "nowhere.json"])


def test_a_folder_without_fixtures_is_a_mistake(tmp_path):
    written(tmp_path, b"", "notes.txt")
    with pytest.raises(FixtureError, match=re.escape(f"{tmp_path}: there is no *.json file in this folder")):
        load([tmp_path])

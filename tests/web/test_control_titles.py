"""/_mock/titles, series and people: what a test adds is in every answer of its world, and in no other's."""

from __future__ import annotations

import pytest

from tests.web.made_worlds import own

LANTERN = {"title": "The Paper Lantern", "year": 2009, "cast": ["Humphrey Bogart", "Ada Marsh"], "genres": ["Lanterns"]}
HARBOR = {"title": "Harbor Lights", "seasons": [{"episodes": [{"title": "Fog"}], "discs": [{}]}]}


def added(mock, body: object, noun: str = "titles", under: str = "/_mock"):
    return mock.http.post(f"{mock.url}{under}/{noun}", json=body)


def names(mock, path: str, term: str) -> list[str]:
    """The titles, or people, that a signed search finds."""
    answer = mock.get(path, term=term, output="json").json()
    found = next(iter(answer.values()))
    items = found.get("catalog_title") or found.get("person") or []
    items = items if isinstance(items, list) else [items]
    return [item["title"]["regular"] if "title" in item else item["name"] for item in items]


def test_a_title_that_was_added_is_found_in_every_way(mock):
    told = added(mock, LANTERN)
    assert told.status_code == 201
    title = told.json()
    assert (title["title"], title["type"], title["year"], title["parts"]) == ("The Paper Lantern", "movies", 2009, [])
    assert names(mock, "/catalog/titles", "paper lantern")[0] == "The Paper Lantern"
    document = mock.get(title["id"].removeprefix(mock.url), expand="cast").text
    assert "The Paper Lantern" in document
    assert "Humphrey Bogart" in document
    key = {"oauth_consumer_key": mock.application.key}
    completed = mock.http.get(f"{mock.url}/catalog/titles/autocomplete", params={**key, "term": "paper l"})
    assert "The Paper Lantern" in completed.text


def test_it_is_with_the_people_genres_and_files_of_the_catalogue(mock):
    assert "Ada Marsh" not in names(mock, "/catalog/people", "ada marsh")
    title = added(mock, LANTERN).json()
    assert names(mock, "/catalog/people", "ada marsh")[0] == "Ada Marsh"
    (bogart,) = mock.state.catalogue.people_called("Humphrey Bogart")
    assert title["id"] in mock.get(f"/catalog/people/{bogart.number}/filmography").text
    assert "Lanterns" in mock.get("/categories/genres").text
    index = mock.http.get(mock.get("/catalog/titles/index").headers["location"])
    assert title["id"] in index.text


def test_it_has_a_page_and_a_poster(mock):
    title = added(mock, LANTERN).json()
    assert "The Paper Lantern" in mock.http.get(f"{mock.url}/Movie/any/{title['number']}").text
    poster = mock.http.get(f"{mock.url}/us/boxshots/large/{title['number']}.jpg")
    assert (poster.status_code, poster.headers["content-type"]) == (200, "image/jpeg")


def test_a_series_comes_with_titles_for_its_parts(mock):
    series = added(mock, HARBOR, "series").json()
    assert [part["type"] for part in series["parts"]] == ["seasons", "discs", "programs"]
    for part in (series, *series["parts"]):
        assert mock.get(part["id"].removeprefix(mock.url)).status_code == 200
    assert "Harbor Lights: Season 1: Fog" in mock.get(f"/catalog/titles/series/{series['number']}/episodes").text


def test_a_person_with_a_biography_is_named_by_titles(mock):
    person = added(mock, {"name": "Ada Marsh", "bio": "Came to film late."}, "people").json()
    added(mock, LANTERN)
    document = mock.get(f"/catalog/people/{person['number']}", expand="filmography").text
    assert "Came to film late." in document
    assert "The Paper Lantern" in document


def test_titles_are_listed_by_words_the_best_first(mock):
    title = added(mock, LANTERN).json()
    told = mock.http.get(f"{mock.url}/_mock/titles", params={"q": "paper lantern", "limit": 1}).json()
    assert told["titles"] == [{name: value for name, value in title.items() if name != "parts"}]
    assert told["found"] >= 1
    everything = mock.http.get(f"{mock.url}/_mock/titles").json()
    assert (len(everything["titles"]), everything["found"]) == (25, len(mock.state.catalogue.titles))


def refused(mock, body: object, noun: str = "titles") -> tuple[int, str]:
    before = mock.state
    answer = added(mock, body, noun)
    assert answer.headers["content-type"] == "application/problem+json"
    assert mock.state is before
    return answer.status_code, answer.json()["detail"]


def test_every_fault_of_a_body_is_told(mock):
    body = {"titel": "X", "yaer": 2009, "formats": ["VHS"], "bonus_discs": [{"minutes": "long"}]}
    status, detail = refused(mock, body)
    assert (status, detail.splitlines()) == (
        400,
        [
            "4 faults in this movie:",
            'titel: unknown field "titel"; did you mean "title"?',
            'yaer: unknown field "yaer"; did you mean "year"?',
            'formats[0]: "VHS" is not one of Blu-ray, DVD, instant',
            'bonus_discs[0].minutes: should be a whole number from 1 on, not the text "long".',
        ],
    )


@pytest.mark.parametrize(
    ("body", "noun", "status", "told"),
    [
        ({"title": "X", "seasons": []}, "titles", 400, 'seasons: unknown field "seasons"'),
        ({"seasons": []}, "series", 400, "the field title is missing."),
        ({"title": "X", "titel": 1}, "titles", 400, 'titel: unknown field "titel"; did you mean "title"?'),
        ({"title": 300}, "titles", 400, "The body is not what is wanted here: Expected `str`, got `int`"),
        ([], "titles", 400, "Send an object of JSON."),
        (
            {"title": "X", "id": 60010001},
            "titles",
            409,
            "there is a title movies/60010001 already: A Trip to the Moon.",
        ),
        ({"name": "Humphrey Bogart"}, "people", 409, "there is a person "),
        ({"name": "X", "born": 1900}, "people", 400, 'born: unknown field "born"'),
    ],
    ids=str,
)
def test_what_cannot_be_added_is_refused_with_a_sentence(mock, body, noun, status, told):
    answered, detail = refused(mock, body, noun)
    assert answered == status
    assert detail.startswith(told)


def test_the_same_title_twice_is_refused(mock):
    assert added(mock, LANTERN).status_code == 201
    status, detail = refused(mock, LANTERN)
    assert (status, "has this name and year too" in detail) == (409, True)


def test_two_worlds_never_see_what_the_other_adds(server):
    here, there = server.made(), server.made()
    titles = [
        added(world, {"title": name, "id": 5, "cast": [name]}, under=own(world)).json()
        for world, name in ((here, "Lantern Here"), (there, "Lantern There"))
    ]
    assert titles[0]["id"] == titles[1]["id"]
    for world, name, other in ((here, "Lantern Here", "Lantern There"), (there, "Lantern There", "Lantern Here")):
        for _ in range(2):
            assert names(world, "/catalog/titles", "lantern here there")[:1] == [name]
            document = world.get("/catalog/titles/movies/5", expand="cast").text
            assert name in document
            assert other not in document
            assert other not in world.http.get(world.get("/catalog/titles/dvd").headers["location"]).text
        assert names(world, "/catalog/people", other) == [name]
    assert server.first.get("/catalog/titles/movies/5").status_code == 404


def test_pages_and_pictures_are_there_for_every_world_though_their_addresses_do_not_tell_it(server):
    world = server.made()
    number = added(world, LANTERN, under=own(world)).json()["number"]
    (ada,) = world.state.catalogue.people_called("Ada Marsh")
    assert "The Paper Lantern" in server.http.get(f"{server.url}/Movie/any/{number}").text
    assert "Ada Marsh" in server.http.get(f"{server.url}/RoleDisplay/any/{ada.number}").text
    poster = server.http.get(f"{server.url}/us/boxshots/large/{number}.jpg")
    assert (poster.status_code, poster.headers["content-type"]) == (200, "image/jpeg")
    assert server.http.get(f"{server.url}/Movie/any/{number + 1}").status_code == 404
    server.deleted(world)
    assert server.http.get(f"{server.url}/us/boxshots/large/{number}.jpg").status_code == 404


def test_a_file_of_the_catalogue_changes_with_it(mock):
    """Who has the earlier file is not told that it is still the same."""
    first = mock.http.get(mock.get("/catalog/titles/dvd").headers["location"])
    added(mock, LANTERN)
    location = mock.get("/catalog/titles/dvd").headers["location"]
    second = mock.http.get(location, headers={"If-None-Match": first.headers["etag"]})
    assert (second.status_code, "The Paper Lantern" in second.text) == (200, True)


def test_a_reset_forgets_what_was_added(mock):
    begun = mock.sandbox.begun
    title = added(mock, LANTERN).json()
    mock.sandbox.reset()
    assert mock.state is begun
    assert mock.get(title["id"].removeprefix(mock.url)).status_code == 404

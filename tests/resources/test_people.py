"""People: search, a person, and their filmography (reference: resources 2.7)."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Node

import feedparser
import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from tests.resources.in_process import API, Api, refusal
from tests.resources.lantern import FISH, SERIES, WITH_BONUS, the_lantern_world
from tests.wire.rfc4287 import complaints
from tests.worlds import ADA, NOOR, a_movie, a_world

WORLD = the_lantern_world()
ADDRESS = f"{API}/catalog/people/{ADA.number}"
# Characters that mean something to XML, HTML and addresses.
ODD = Person(30900009, "B. <b>O'Dd & Söhne</b>", 'Acts "so" & <i>so</i> ]]>')


def ask(path: str = "", world=WORLD, **parameters: str):
    return Api(world).get(f"/catalog/people{path}", Level.SIGNED, **parameters)


def root(path: str = "", world=WORLD, **parameters: str) -> Node:
    response = ask(path, world, **parameters)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def names(node: Node) -> list[str | None]:
    return [person.findtext("name") for person in node.findall("person")]


def test_people_are_found_by_any_word_of_a_term():
    found = root(term="vale somebody ada")
    assert sorted(map(str, names(found))) == ["Ada Marsh", "Noor Vale"]
    assert found.findtext("number_of_results") == "2"


def test_without_a_term_there_are_all_those_of_the_most_titles_first():
    assert names(root()) == names(root(term=" ")) == ["Noor Vale", "Ada Marsh"]


def test_a_term_that_nobody_is_called_by_finds_nobody():
    assert names(root(term="zebra")) == []


def test_a_person_is_told_alike_in_a_search_in_a_cast_and_alone():
    alone = ask(f"/{ADA.number}").text.partition("<person>")[2]
    cast = Api(WORLD).get("/catalog/titles/movies/70900001/cast", Level.SIGNED).text
    for document in (ask(term="ada").text, cast):
        assert "".join(alone.split()) in "".join(document.split())


def test_a_person_without_a_biography_has_none():
    assert (root(f"/{ADA.number}").findtext("bio"), root(f"/{NOOR.number}").find("bio")) == (ADA.bio, None)


@pytest.mark.parametrize("path", ["", "/filmography"])
@pytest.mark.parametrize("number", ["1", "0", "-1", "ada", "1.5", "%D9%A3", "9" * 5000, "30900001x", "%00"])
def test_who_is_unknown_is_not_found(number, path):
    assert refusal(ask(f"/{number}{path}")) == (404, "Resource not found")


def test_a_filmography_has_the_newest_first_with_all_that_is_said_of_it():
    films = root(f"/{NOOR.number}/filmography", expand="synopsis")
    assert films.tag == "filmography"
    told = [item.find("title").attrib["regular"] for item in films.findall("filmography_item")]  # type: ignore[union-attr]
    assert told == [WITH_BONUS.regular, SERIES.regular, FISH.regular]
    assert films.findtext("filmography_item/link/synopsis") == WITH_BONUS.synopsis


def test_a_filmography_may_be_empty():
    """Of somebody who was only awarded something."""
    world = replace(WORLD, catalogue=Catalogue((a_movie(cast=(), directors=()),), (ADA,)))
    assert list(root(f"/{ADA.number}/filmography", world)) == []
    assert list(root(f"/{ADA.number}", world, expand="filmography").find("link[@title='filmography']") or ()) == []


@pytest.mark.parametrize("path", ["", f"/{NOOR.number}"])
def test_a_filmography_is_expanded_to_links(path):
    """reference: resources 2.6."""
    link = root(path, term="vale", expand="synopsis, Filmography").find(
        ".//link[@title='filmography']/filmography/link"
    )
    assert link is not None
    assert dict(link.attrib) == {
        "href": f"{API}/catalog/titles/movies/70900001",
        "rel": "http://schemas.netflix.com/catalog/title",
        "title": WITH_BONUS.regular,
    }
    assert root(path, term="vale", expand="cast").find(".//filmography") is None


def test_a_feed_of_people_has_their_names_their_biographies_and_lasting_dates():
    parsed = feedparser.parse(ask(term="ada", output="atom").content)
    entry = parsed.entries[0]
    assert (parsed.bozo, entry.title, entry.id) == (False, "Ada Marsh", ADDRESS)
    assert str(ADA.bio) in entry.content[0].value
    assert entry.link == f"http://www.netflix.com/RoleDisplay/Ada_Marsh/{ADA.number}"
    assert entry.updated == "2010-01-01T00:00:00Z"


@pytest.mark.parametrize("output", ["pox", "json", "atom"])
def test_an_odd_name_does_no_harm(output):
    movie = a_movie(cast=(ODD.number,), directors=())
    world = replace(a_world(movie), catalogue=Catalogue((movie,), (ODD,)))
    answer = ask(world=world, term="sohne", output=output)
    if output == "atom":
        assert complaints(answer.content) == []
        assert feedparser.parse(answer.content).entries[0].title_detail.value == ODD.name
    else:
        person = answer.json()["people"]["person"] if output == "json" else ElementTree.fromstring(answer.content)[4]
        told = person if output == "json" else {child.tag: child.text for child in person}
        assert (told["name"], told["bio"]) == (ODD.name, ODD.bio)

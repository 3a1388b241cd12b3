"""The example documents of the catalogue (reference: examples 8.4 to 8.9), asked for as a client did then."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from mock_netflix.oauth.levels import Level
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.state import State
from mock_netflix.world.titles import Availability, Award, Title, TitleType
from tests.resources.in_process import Api
from tests.resources.record import example, example_json, without_what_the_example_left_out
from tests.wire.trees import Said, said_by_xml
from tests.worlds import ADA, NOOR, a_movie, a_world

INES = Person(30900005, "Ines Holm")
MOVIE = "/catalog/titles/movies/70900001"
LANTERN = a_movie(
    directors=(INES.number,),
    genres=("Dramas",),
    screen_formats=(("DVD", "Widescreen Anamorphic 2.35:1"),),
    languages=(("DVD", (("English", ("Dolby Digital 5.1",)), ("French", ("Dolby Digital 2.0 Stereo",)))),),
    awards=(
        Award("golden_globe_awards", "Best Supporting Actress", 2010, won=True, person=NOOR.number),
        Award("academy_awards", "Best Picture", 2010, won=False),
    ),
    bonus_discs=(70900003,),
)
BONUS = a_movie(70900003, "The Paper Lantern: Bonus Material", type=TitleType.DISC)
# As like the first as only it is; 63 others share no more than its genre.
SALT_ROAD = replace(
    LANTERN, number=70900004, regular="Salt Road", short="Salt Road", release_year=2004, rating="R", runtime=7020
)
OTHERS = [a_movie(70910000 + place, f"Drama {place}", genres=("Dramas",), cast=(), directors=()) for place in range(63)]
VALES = [Person(30910000 + place, f"Vale {place}") for place in range(211)]


def a_world_with(*titles: Title) -> State:
    """A world of these titles and 212 people who are called Vale, besides Ada Marsh and Ines Holm."""
    return replace(a_world(*titles), catalogue=Catalogue(titles, (ADA, NOOR, INES, *VALES)))


WORLDS = {
    "similars": a_world_with(LANTERN, replace(SALT_ROAD, average_rating=3.4), BONUS, *OTHERS),
    "index": a_world_with(replace(LANTERN, formats=(Availability("DVD", 1262304000),))),
}
PARTS = (
    "synopsis",
    "cast",
    "format_availability",
    "screen_formats",
    "languages_and_audio",
    "awards",
    "bonus_materials",
)
WHOLE = (
    *((part, f"{MOVIE}/{part}", {}) for part in PARTS),
    ("people", "/catalog/people", {"term": "vale", "max_results": 1}),
    ("person", "/catalog/people/30900001", {}),
)
SHORTENED = (
    ("similars", f"{MOVIE}/similars", {"max_results": 1}),
    ("filmography", "/catalog/people/30900001/filmography", {}),
)


def answer(name: str, path: str, asked: dict[str, Any], **further: str) -> str:
    """What the mock answers where the example was asked for."""
    world = WORLDS.get(name) or a_world_with(LANTERN, BONUS)
    response = Api(world).get(path, Level.SIGNED, **asked, **further)
    assert response.status_code == 200
    return response.text


@pytest.mark.parametrize(("name", "path", "asked"), WHOLE)
def test_an_example_is_answered_in_xml_element_by_element(name, path, asked):
    assert said_by_xml(answer(name, path, asked)) == said_by_xml(example(name))


@pytest.mark.parametrize(("name", "path", "asked"), WHOLE)
def test_an_example_is_answered_in_json(name, path, asked):
    assert json.loads(answer(name, path, asked, output="json")) == example_json(name)


@pytest.mark.parametrize(("name", "path", "asked"), SHORTENED)
def test_an_example_whose_items_are_shortened_is_answered_in_xml(name, path, asked):
    root, _, _, (*envelope, item) = said_by_xml(answer(name, path, asked))
    wanted_root, _, _, (*wanted_envelope, wanted) = said_by_xml(example(name))
    assert (root, envelope) == (wanted_root, wanted_envelope)
    assert without_what_the_example_left_out(item, wanted) == wanted


def test_an_item_of_the_index_has_the_elements_of_the_example_in_their_order():
    """The numbers under the bars and the dates are of our own making."""
    written = answer("index", "/catalog/titles/index", {"include_amg": "true", "include_tms": "true"})
    *_, (item,) = own_values(written.replace("DVD", "instant"))
    *_, (wanted,) = own_values(example("index"))
    assert without_what_the_example_left_out(item, wanted) == wanted


def own_values(document: str) -> Said:
    return said_by_xml(re.sub(r"(<updated>|id.upc\">)\d+", r"\1", document))

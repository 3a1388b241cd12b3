"""What the pages of titles and people show, and that nothing of a catalogue is ever more than text in them."""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.titles import Availability
from tests.resources.in_process import SITE, Api
from tests.resources.lantern import EPISODE, SEASON, SERIES, WITH_BONUS, the_lantern_world
from tests.worlds import NOW, a_movie, a_world

SCRIPT = "<script>alert('x')</script>"


def page(api: Api, path: str) -> str:
    answer = api.unsigned("GET", path, {})
    assert answer.status_code == 200
    return answer.text


def test_a_series_leads_to_its_parts_and_they_to_the_whole():
    api = Api(the_lantern_world(), base=SITE)
    series, episode = (page(api, f"/Movie/x/{one.number}") for one in (SERIES, EPISODE))
    assert all(f"/{one.number}" in series for one in (SEASON, EPISODE))
    assert all(f"/{one.number}" in episode for one in (SEASON, SERIES))
    assert "The Fog" in series


def test_a_title_says_where_it_can_be_had_on_that_day():
    formats = (
        Availability("instant", NOW - 86_400, 4_102_444_800),
        Availability("DVD", NOW - 86_400, NOW + 86_400),
        Availability("Blu-ray", 0, NOW - 86_400),
    )
    told = page(Api(a_world(a_movie(7, formats=formats)), base=SITE), "/Movie/x/7")
    assert "Instant streaming since 2011-05-31<br>DVD since 2011-05-31 until 2011-06-02<" in told
    assert "not now" in page(Api(a_world(a_movie(7, formats=())), base=SITE), "/Movie/x/7")


def test_nothing_of_a_catalogue_is_more_than_text():
    movie = a_movie(7, SCRIPT, synopsis=SCRIPT, genres=(SCRIPT,), rating=SCRIPT, official_url="javascript:alert(1)")
    person = Person(movie.cast[0], SCRIPT, SCRIPT)
    world = a_world(movie)
    others = (one for one in world.catalogue.people.values() if one.number != person.number)
    api = Api(replace(world, catalogue=Catalogue((movie,), (person, *others))), base=SITE)
    for path in ("/Movie/x/7", f"/RoleDisplay/x/{person.number}"):
        told = page(api, path)
        assert "<script" not in told
        assert "javascript:" not in told


def test_an_official_address_is_led_to():
    assert 'href="http://lantern.example/?a=1&amp;b=2"' in page(
        Api(the_lantern_world(), base=SITE), f"/Movie/x/{WITH_BONUS.number}"
    )

"""The series of the default world: every case that a client may meet is there by name."""

from __future__ import annotations

import unicodedata

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF
from mock_netflix.data.load import load
from mock_netflix.world.titles import Title, TitleType
from mock_netflix.world.word_index import words

WORLD = load()
CATALOGUE = WORLD.catalogue
DAY = 86_400
OLDER = ("The Twilight Zone", "Avatar: The Last Airbender", "Deadwood", "Firefly")

SERIES = {title.regular: title for title in CATALOGUE.titles.values() if title.type is TitleType.SERIES}
EVERYTHING = tuple(title for title in CATALOGUE.titles.values() if title.series is not None or title in SERIES.values())


def seasons(series: str) -> tuple[Title, ...]:
    return CATALOGUE.children(SERIES[series], TitleType.SEASON)


def episodes(whole: Title) -> tuple[Title, ...]:
    return CATALOGUE.children(whole, TitleType.PROGRAM)


def discs(whole: Title) -> tuple[Title, ...]:
    return CATALOGUE.children(whole, TitleType.DISC)


ALL_SEASONS = [season for name in SERIES for season in seasons(name)]


def had_as(title: Title) -> tuple[str, ...]:
    return tuple(one.format for one in title.formats)


def test_there_are_at_least_sixteen_series_and_the_first_four_are_among_them():
    assert len(SERIES) >= 16
    assert set(OLDER) <= set(SERIES)


def test_at_least_fifteen_series_have_several_seasons():
    assert sum(len(seasons(name)) >= 2 for name in SERIES) >= 15


def test_no_series_is_from_after_2010():
    assert max(title.release_year for title in EVERYTHING) == 2010


def test_every_season_has_its_first_episodes_by_name_and_the_discs_that_it_comes_on():
    for season in ALL_SEASONS:
        told = [episode.episode_name for episode in episodes(season)]
        assert told, season.regular
        assert not [name for name in told if name.startswith("Episode ")]
        assert bool(discs(season)) is (season.has_format("DVD") or season.has_format("Blu-ray"))


def test_most_seasons_have_four_episodes_or_more():
    assert sum(len(episodes(season)) >= 4 for season in ALL_SEASONS) >= 0.9 * len(ALL_SEASONS)


def test_discs_of_a_set_are_counted_in_their_names():
    for season in ALL_SEASONS:
        assert [disc.regular for disc in discs(season)] == [
            f"{season.regular}: Disc {place}" for place in range(1, len(discs(season)) + 1)
        ]


def test_no_two_parts_of_one_season_have_the_same_name():
    for season in ALL_SEASONS:
        names = [episode.episode_name for episode in episodes(season)]
        assert len(set(names)) == len(names)


def test_every_series_and_season_has_a_synopsis_of_its_own():
    wholes = [*SERIES.values(), *ALL_SEASONS]
    assert len({title.synopsis for title in wholes}) == len(wholes)
    assert all(len(title.synopsis) >= 20 for title in SERIES.values())


def test_every_series_names_those_who_made_it():
    for series in SERIES.values():
        assert series.cast
        assert series.directors
        assert len(series.genres) >= 2
        assert series.genres[0] == "Television"


@pytest.mark.parametrize("rating", ["TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA", "NR"])
def test_every_television_rating_occurs(rating):
    assert [series.regular for series in SERIES.values() if series.rating == rating]


@pytest.mark.parametrize(
    "formats",
    [
        ("instant", "DVD", "Blu-ray"),
        ("instant", "DVD"),
        ("DVD", "Blu-ray"),
        ("DVD",),
        ("instant",),
    ],
)
def test_seasons_come_in_every_combination_of_formats(formats):
    assert [season.regular for season in ALL_SEASONS if had_as(season) == formats]


@pytest.mark.parametrize("name", ["24", "Doctor Who", "Star Trek", "Arrested Development", "Buffy the Vampire Slayer"])
def test_some_series_have_seasons_that_can_be_watched_and_others_that_cannot(name):
    watched = {season.has_format("instant") for season in seasons(name)}
    assert watched == {True, False}


@pytest.mark.parametrize("name", ["M*A*S*H", "The Simpsons", "The Wire", "Band of Brothers", "Breaking Bad"])
def test_some_series_cannot_be_watched_instantly_at_all(name):
    assert "instant" not in had_as(SERIES[name])
    assert not any(episode.formats for episode in episodes(SERIES[name]))


def test_a_season_of_the_office_has_no_discs_and_three_are_left_out_before_it():
    *older, last = seasons("The Office (U.S.)")
    assert [season.sequence for season in (*older, last)] == [1, 2, 3, 7]
    assert had_as(last) == ("instant",)
    assert not discs(last)


def test_battlestar_galactica_leaves_within_two_weeks_of_the_day_of_the_world():
    series = SERIES["Battlestar Galactica"]
    for title in (series, *seasons(series.regular), *episodes(series)):
        (until,) = [one.available_until for one in title.formats if one.format == "instant"]
        assert DEFAULT_AS_OF < until <= DEFAULT_AS_OF + 14 * DAY


def test_mad_men_cannot_be_watched_yet_and_a_season_of_breaking_bad_is_not_out_yet():
    (instant,) = [one for one in SERIES["Mad Men"].formats if one.format == "instant"]
    assert instant.available_from > DEFAULT_AS_OF
    assert all(one.available_from > DEFAULT_AS_OF for one in seasons("Breaking Bad")[-1].formats)


def test_band_of_brothers_is_a_miniseries_of_ten_parts():
    series = SERIES["Band of Brothers"]
    assert "TV Miniseries" in series.genres
    assert len(episodes(series)) == 10


@pytest.mark.parametrize("name", ["The Simpsons", "Cowboy Bebop", "Avatar: The Last Airbender"])
def test_some_series_are_animated(name):
    assert {"Adult Animation", "Anime & Animation", "Kids' TV"} & set(SERIES[name].genres)


def test_some_series_are_british():
    british = {series.regular for series in SERIES.values() if "British TV" in series.genres}
    assert {"Fawlty Towers", "Doctor Who", "Planet Earth"} <= british


def test_scener_ur_ett_aktenskap_is_not_in_english_and_its_name_is_not_ascii():
    series = SERIES["Scener ur ett äktenskap"]
    assert "Foreign" in series.genres
    assert not series.regular.isascii()
    assert series.short == "Scenes from a Marriage"
    assert [language for _, spoken in seasons(series.regular)[0].languages for language, _ in spoken] == ["Swedish"]


def test_all_names_are_written_with_composed_letters():
    for title in EVERYTHING:
        assert title.regular == unicodedata.normalize("NFC", title.regular)


def test_the_name_of_24_is_a_number_and_those_of_its_episodes_are_hours():
    first = episodes(SERIES["24"])
    assert len(CATALOGUE.children(seasons("24")[0], TitleType.PROGRAM)) == 24
    assert first[0].episode_name == "Day 1: 12:00 A.M. - 1:00 A.M."
    assert first[23].episode_name == "Day 1: 11:00 P.M. - 12:00 A.M."


def test_mash_has_stars_in_its_name_and_is_found_by_it():
    assert SERIES["M*A*S*H"] in CATALOGUE.search("M*A*S*H")[:2]


def test_some_episodes_have_awkward_names():
    names = {episode.episode_name for episode in EVERYTHING if episode.type is TitleType.PROGRAM}
    assert {"?", "3", "33", "42", "¡Amigos!", "...In Translation", "Más", "What Are Little Girls Made Of?"} <= names
    assert words("?") == []


def test_freaks_and_geeks_is_one_box_with_everything_in_it():
    (box,) = seasons("Freaks and Geeks")
    assert box.regular == "Freaks and Geeks: The Complete Series"
    assert (len(discs(box)), len(episodes(box))) == (6, 18)


def test_a_series_of_one_season_shares_its_number_with_it():
    """reference: resources 2.4."""
    for name, series in SERIES.items():
        if len(seasons(name)) == 1:
            assert seasons(name)[0].number == series.number


def test_a_season_of_star_trek_and_the_whole_of_lost_need_more_than_one_page():
    """Lists come in pages of 25 (reference: resources 1.5)."""
    assert len(episodes(seasons("Star Trek")[0])) == 29
    assert len(episodes(SERIES["Lost"])) > 50


def test_two_series_are_called_the_office():
    assert {"The Office (U.K.)", "The Office (U.S.)"} <= set(SERIES)
    assert SERIES["The Office (U.K.)"].short == SERIES["The Office (U.S.)"].short == "The Office"


@pytest.mark.parametrize("kind", ["golden_globe_awards", "baftas", "afi", "time"])
def test_series_have_awards_of_the_kinds_that_are_given_to_television(kind):
    won = [award for series in SERIES.values() for award in series.awards if award.type == kind]
    assert won
    assert all(award.year <= 2011 for award in won)


def test_some_awards_were_won_by_a_person_and_some_only_nominated():
    awards = [award for series in SERIES.values() for award in series.awards]
    assert {award.won for award in awards} == {True, False}
    assert any(award.person for award in awards)


def test_at_least_twenty_people_of_the_series_have_a_biography():
    named = {number for title in EVERYTHING for number in (*title.cast, *title.directors)}
    assert sum(bool(CATALOGUE.people[number].bio) for number in named) >= 20


def test_people_of_series_are_people_of_films_too():
    """One name is one person, whichever file it stands in."""
    hitchcock = SERIES["Alfred Hitchcock Presents"].directors[0]
    kinds = {title.type for title in CATALOGUE.filmography(hitchcock)}
    assert kinds >= {TitleType.MOVIE, TitleType.SERIES}


def test_every_number_is_in_the_range_of_its_type():
    ranges = {
        TitleType.SERIES: range(70_020_001, 70_021_000),
        TitleType.SEASON: range(70_020_001, 70_022_000),
        TitleType.DISC: range(70_022_001, 70_023_000),
        TitleType.PROGRAM: range(70_023_001, 70_025_000),
    }
    assert not [title for title in EVERYTHING if title.number not in ranges[title.type]]


def test_only_a_season_shares_its_number_with_anything():
    numbers = [title.number for title in CATALOGUE.titles.values() if title.type is not TitleType.SEASON]
    assert len(set(numbers)) == len(numbers)

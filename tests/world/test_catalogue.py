"""What belongs to a title: its seasons, episodes and discs, and the titles that are like it."""

from __future__ import annotations

from dataclasses import replace

from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.titles import Title, TitleType
from tests.worlds import ADA, NOOR, a_movie

SERIES = a_movie(10, "Harbor Lights", type=TitleType.SERIES)


def season(number: int) -> Title:
    return a_movie(number, f"Season {number}", type=TitleType.SEASON, series=10)


def part(kind: TitleType, number: int, of: int) -> Title:
    return a_movie(number, f"{kind} {number}", type=kind, series=10, season=of)


# A series of one season may share its number with it (reference: resources 2.4).
FIRST, SECOND = season(10), season(12)
EPISODES = [part(TitleType.PROGRAM, number, of) for number, of in ((21, 10), (22, 10), (23, 12))]
DISCS = [part(TitleType.DISC, number, of) for number, of in ((31, 10), (32, 12), (33, 12))]
BONUS = a_movie(41, "Bonus Material", type=TitleType.DISC)
OTHER = a_movie(99, "Another Series", type=TitleType.SERIES)
CATALOGUE = Catalogue((SERIES, OTHER, FIRST, SECOND, *EPISODES, *DISCS, BONUS, a_movie()), (ADA, NOOR))


def numbers(parent: Title, kind: TitleType) -> list[int]:
    return [title.number for title in CATALOGUE.children(parent, kind)]


def test_a_series_has_the_parts_of_all_its_seasons_in_their_order():
    assert numbers(SERIES, TitleType.SEASON) == [10, 12]
    assert numbers(SERIES, TitleType.PROGRAM) == [21, 22, 23]
    assert numbers(SERIES, TitleType.DISC) == [31, 32, 33]


def test_a_season_has_its_own_parts_even_where_it_shares_the_number_of_its_series():
    assert (numbers(FIRST, TitleType.PROGRAM), numbers(FIRST, TitleType.DISC)) == ([21, 22], [31])
    assert (numbers(SECOND, TitleType.PROGRAM), numbers(SECOND, TitleType.DISC)) == ([23], [32, 33])


def test_what_is_no_series_and_no_season_has_no_parts():
    for title in (a_movie(), EPISODES[0], DISCS[0], BONUS, OTHER):
        assert [numbers(title, kind) for kind in (TitleType.PROGRAM, TitleType.DISC)] == [[], []]


def like(number: int, **told: object) -> Title:
    return a_movie(number, f"Movie {number}", **{"cast": (), "directors": (), "genres": (), **told})


def similar(title: Title, *others: Title) -> list[int]:
    return [other.number for other in Catalogue((title, *others), (ADA, NOOR)).similar(title)]


def test_titles_are_similar_that_share_people_or_genres_the_most_alike_first():
    title = like(1, directors=(NOOR.number,), cast=(ADA.number,), genres=("Dramas",))
    by_genre, by_cast = like(2, genres=("Dramas",)), like(3, cast=(ADA.number,))
    by_director, by_all = like(4, directors=(NOOR.number,)), title_like(title, 5)
    assert similar(title, by_genre, by_cast, by_director, by_all, like(6)) == [5, 4, 3, 2]


def title_like(title: Title, number: int) -> Title:
    """A title with everything of another."""
    return a_movie(number, f"Movie {number}", cast=title.cast, directors=title.directors, genres=title.genres)


def test_only_movies_and_series_are_similar_to_anything():
    others = [like(10 + place, type=kind, genres=("Dramas",)) for place, kind in enumerate(TitleType)]
    assert similar(like(1, genres=("Dramas",)), *others) == [10, 11]


def test_a_title_is_not_similar_to_itself():
    assert similar(like(1, genres=("Dramas",))) == []


def test_titles_that_are_equally_alike_come_with_the_best_rated_first():
    better, worse = (like(n, genres=("Dramas",), average_rating=r) for n, r in ((2, 4.5), (3, 3.5)))
    title = like(1, genres=("Dramas",))
    assert similar(title, worse, better) == similar(title, better, worse) == [2, 3]


def test_no_more_than_a_hundred_titles_are_similar():
    others = [like(number, genres=("Dramas",)) for number in range(2, 150)]
    assert len(similar(like(1, genres=("Dramas",)), *others)) == 100


def test_parts_come_by_season_and_then_by_their_own_numbers_however_they_are_listed():
    first, second = replace(FIRST, sequence=1), replace(SECOND, sequence=2)
    episodes = [replace(episode, sequence=place) for episode, place in zip(EPISODES, (2, 1, 1), strict=True)]
    catalogue = Catalogue((*reversed(episodes), second, SERIES, first), (ADA, NOOR))
    assert [title.number for title in catalogue.children(SERIES, TitleType.SEASON)] == [10, 12]
    assert [title.number for title in catalogue.children(SERIES, TitleType.PROGRAM)] == [22, 21, 23]
    assert [title.number for title in catalogue.children(first, TitleType.PROGRAM)] == [22, 21]


def test_a_part_knows_the_season_and_the_series_that_it_belongs_to():
    assert CATALOGUE.parents(EPISODES[2]) == (SECOND, SERIES)
    assert CATALOGUE.parents(SECOND) == (SERIES,)
    assert CATALOGUE.parents(SERIES) == CATALOGUE.parents(BONUS) == ()


def filmography(person: int, *titles: Title) -> list[int]:
    return [title.number for title in Catalogue(titles, (ADA, NOOR)).filmography(person)]


def test_a_filmography_has_the_newest_first_and_what_has_no_year_last():
    """reference: resources 2.7."""
    years = ((1, 1999), (2, None), (3, 2010), (4, 1950))
    movies = [like(number, cast=(ADA.number,), release_year=year) for number, year in years]
    assert filmography(ADA.number, *movies) == [3, 1, 4, 2]


def test_a_filmography_has_what_a_person_played_in_or_directed_once():
    both = like(1, cast=(ADA.number,), directors=(ADA.number,))
    assert filmography(ADA.number, both, like(2, cast=(NOOR.number,)), like(3, directors=(ADA.number,))) == [1, 3]
    assert filmography(99, both) == []


def test_parts_are_in_a_filmography_only_where_the_whole_does_not_name_the_person():
    """A guest of one episode is in that episode; those of the whole series are in the series."""
    series, season, episode = (
        replace(title, cast=(ADA.number,), directors=()) for title in (SERIES, FIRST, EPISODES[0])
    )
    guest = replace(episode, cast=(ADA.number, NOOR.number))
    movie = like(1, cast=(ADA.number,), bonus_discs=(BONUS.number,), release_year=2001)
    bonus = replace(BONUS, cast=(ADA.number,), directors=())
    titles = (series, season, guest, movie, bonus)
    assert filmography(ADA.number, *titles) == [SERIES.number, 1]
    assert filmography(NOOR.number, *titles) == [guest.number]


def test_the_genres_of_a_catalogue_come_by_the_alphabet():
    catalogue = Catalogue((like(1, genres=("b", "C")), like(2, genres=("Äa", "b"))), ())
    assert catalogue.genres == ("Äa", "b", "C")

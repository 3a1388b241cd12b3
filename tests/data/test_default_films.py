"""The films of the default world: whatever a client has to cope with, there is a film that has it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from mock_netflix.calendar import DEFAULT_AS_OF, day
from mock_netflix.data.load import load
from mock_netflix.data.schema import AwardType
from mock_netflix.world.titles import Title, TitleType

WORLD = load()
CATALOGUE = WORLD.catalogue
FILMS = [title for title in CATALOGUE.titles.values() if title.type is TitleType.MOVIE]
TWO_WEEKS = 14 * 86_400


def film(name: str, year: int | None = None) -> Title:
    """The one film of this name, or of this name and year."""
    (found,) = (one for one in FILMS if one.regular == name and year in (None, one.release_year))
    return found


def person(name: str) -> int:
    (number,) = (one.number for one in CATALOGUE.people.values() if one.name == name)
    return number


def formats(title: Title) -> set[str]:
    return {one.format for one in title.formats}


def window(title: Title, name: str) -> tuple[int, int | None]:
    (found,) = ((one.available_from, one.available_until) for one in title.formats if one.format == name)
    return found


# How many, and how true.


def test_there_are_at_least_220_films():
    assert len(FILMS) >= 220


def test_the_films_of_the_first_release_keep_their_ids():
    assert {title.number for title in FILMS} >= {*range(60010001, 60010031), *range(70010001, 70010031)}
    assert (film("Psycho").number, film("Yojimbo").number) == (60010030, 70010001)


def test_no_two_films_share_a_name_and_a_year():
    assert not [
        which for which, count in Counter((one.regular, one.release_year) for one in FILMS).items() if count > 1
    ]


def test_every_film_has_a_year_a_director_and_a_plausible_length():
    for one in FILMS:
        assert one.release_year
        assert 1900 < one.release_year <= 2011
        assert one.directors
        assert one.runtime
        assert 14 <= one.runtime / 60 <= 240


def test_every_film_since_1925_names_its_players_unless_it_has_none():
    assert {one.regular for one in FILMS if len(one.cast) < 2} == {"Baraka"}


def test_every_synopsis_is_told_in_a_few_sentences_without_a_quotation():
    for one in FILMS:
        assert 60 <= len(one.synopsis) <= 330, one.regular
        assert one.synopsis.endswith(".")
        assert '"' not in one.synopsis


def test_nothing_comes_out_before_the_film_or_before_the_format_was_invented():
    invented = {"DVD": day("1997-03-01"), "Blu-ray": day("2006-06-20"), "instant": day("2008-01-01")}
    for one in FILMS:
        for offered in one.formats:
            assert offered.available_from >= max(invented[offered.format], day(f"{one.release_year}-01-01")), (
                one.regular
            )
            assert offered.available_until is None or offered.available_until > offered.available_from


def test_screen_formats_and_languages_are_told_only_of_what_a_film_comes_in():
    for one in FILMS:
        assert {name for name, _ in (*one.screen_formats, *one.languages)} <= formats(one), one.regular


# Ratings, formats and dates.


@pytest.mark.parametrize(
    ("rating", "name"),
    [
        ("G", "Ratatouille"),
        ("PG", "Back to the Future"),
        ("PG-13", "Titanic"),
        ("PG-13", "The Dark Knight"),
        ("R", "Pulp Fiction"),
        ("NC-17", "Showgirls"),
        ("NC-17", "Lust, Caution"),
        ("NR", "Double Indemnity"),
        ("NR", "Ikiru"),
        ("UR", "Requiem for a Dream"),
        ("UR", "Eraserhead"),
    ],
)
def test_there_is_a_film_of_every_rating(rating, name):
    assert (film(name).rating_scheme, film(name).rating) == ("mpaa_ratings", rating)


@pytest.mark.parametrize(
    ("name", "comes_in"),
    [
        ("My Man Godfrey", {"instant"}),
        ("The Pianist", {"instant", "DVD"}),
        ("Lawrence of Arabia", {"DVD"}),
        ("Alien³", {"Blu-ray"}),
        ("Inception", {"DVD", "Blu-ray"}),
        ("Chungking Express", {"instant", "Blu-ray"}),
        ("Rocky", {"instant", "DVD", "Blu-ray"}),
        ("Certified Copy", set()),
    ],
)
def test_a_film_comes_in_every_combination_of_formats(name, comes_in):
    assert formats(film(name)) == comes_in


@pytest.mark.parametrize("name", ["The Lives of Others", "Chinatown", "High Noon", "A Fistful of Dollars", "Dracula"])
def test_some_films_stop_being_watched_within_two_weeks(name):
    start, end = window(film(name), "instant")
    assert start < DEFAULT_AS_OF < (end or 0) <= DEFAULT_AS_OF + TWO_WEEKS


@pytest.mark.parametrize("name", ["Stagecoach", "Ran", "2046", "The Magnificent Seven"])
def test_some_films_were_to_be_watched_once_and_still_come_on_disc(name):
    _, end = window(film(name), "instant")
    assert (end or DEFAULT_AS_OF) < DEFAULT_AS_OF
    assert window(film(name), "DVD")[0] < DEFAULT_AS_OF


@pytest.mark.parametrize(
    ("name", "year", "released"),
    [
        ("True Grit", 2010, "2011-06-07"),
        ("Another Year", 2010, "2011-06-07"),
        ("Barney's Version", 2010, "2011-06-28"),
        ("Incendies", 2010, "2011-09-13"),
    ],
)
def test_some_films_have_a_date_that_is_still_to_come(name, year, released):
    assert {one.available_from for one in film(name, year).formats} == {day(released)}
    assert day(released) > DEFAULT_AS_OF


@pytest.mark.parametrize(
    "name", ["Certified Copy", "Midnight in Paris", "Harry Potter and the Deathly Hallows: Part 2"]
)
def test_some_films_are_announced_without_a_date(name):
    assert not film(name).formats


@pytest.mark.parametrize("name", ["Jurassic Park", "Pulp Fiction", "The Big Lebowski", "West Side Story"])
def test_some_films_are_on_dvd_and_await_their_blu_ray(name):
    assert window(film(name), "DVD")[0] < DEFAULT_AS_OF < window(film(name), "Blu-ray")[0]


def test_what_is_later_than_2010_is_not_to_be_had_yet():
    later = [one for one in FILMS if (one.release_year or 0) > 2010]
    assert later
    assert all(offered.available_from > DEFAULT_AS_OF for one in later for offered in one.formats)


# Names that a client has to carry unharmed.


@pytest.mark.parametrize(
    "name",
    [
        "La Jetée",  # accents
        "Alien³",  # a letter beyond Latin-1's alphabet
        "Amélie",
        "Y Tu Mamá También",
        "Willy Wonka & the Chocolate Factory",
        "Henry & June",
        'Precious: Based on the Novel "Push" by Sapphire',
        '"Crocodile" Dundee',
        "A Hard Day's Night",
        "Singin' in the Rain",
        "3:10 to Yuma",
        "Crouching Tiger, Hidden Dragon",
        "It's a Mad, Mad, Mad, Mad World",
        "Good Night, and Good Luck.",
        "Moulin Rouge!",
        "Airplane!",
        "O Brother, Where Art Thou?",
        "Who's Afraid of Virginia Woolf?",
        "When Harry Met Sally...",
        "Face/Off",
        "8 1/2",
        "(500) Days of Summer",
        "M*A*S*H",
        "E.T. the Extra-Terrestrial",
        "sex, lies, and videotape",
        "WALL-E",
        "Se7en",
        "12 Monkeys",
        "The 39 Steps",
        "District 9",
        "300",
        "1408",
        "21",
        "2046",
        "1984",
        "M",
        "Z",
        "Up",
        "Pi",
        "Big",
        "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
        "The Assassination of Jesse James by the Coward Robert Ford",
        "Those Magnificent Men in Their Flying Machines, or How I Flew from London to Paris in 25 Hours and 11 Minutes",
    ],
)
def test_a_film_with_an_uncommon_name_is_found_by_it(name):
    found = CATALOGUE.search(name)
    assert name in [one.regular for one in found[:3]]


@pytest.mark.parametrize(("typed", "meant"), [("amelie", "Amélie"), ("la jetee", "La Jetée"), ("alien3", "Alien³")])
def test_a_name_is_found_without_its_accents(typed, meant):
    assert CATALOGUE.search(typed)[0].regular == meant


def test_very_long_names_have_a_short_one():
    long = [one for one in FILMS if len(one.regular) > 45]
    assert len(long) >= 5
    assert all(len(one.short) < 50 for one in long)
    assert all(one.short != one.regular for one in long)


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("King Kong", [1933, 2005]),
        ("Invasion of the Body Snatchers", [1956, 1978]),
        ("3:10 to Yuma", [1957, 2007]),
        ("The Fly", [1958, 1986]),
        ("The Manchurian Candidate", [1962, 2004]),
        ("The Thomas Crown Affair", [1968, 1999]),
        ("True Grit", [1969, 2010]),
        ("The Italian Job", [1969, 2003]),
        ("Solaris", [1972, 2002]),
    ],
)
def test_the_same_name_stands_for_two_films(name, years):
    assert sorted(one.release_year or 0 for one in FILMS if one.regular == name) == years
    assert {one.regular for one in CATALOGUE.search(name)[:2]} == {name}


@pytest.mark.parametrize(
    ("typed", "at_least"),
    [
        ("the lost", {"The Lost World", "The Lost Weekend", "The Lost Boys", "The Lost World: Jurassic Park"}),
        ("the good", {"The Good, the Bad and the Ugly", "The Good Girl", "The Good German", "The Good Shepherd"}),
        ("the big", {"The Big Sleep", "The Big Heat", "The Big Chill", "The Big Lebowski"}),
        ("big", {"Big", "Big Fish", "The Big Sleep", "The Big Lebowski"}),
        ("star tr", {"Star Trek", "Star Trek II"}),
        ("the man", {"The Manchurian Candidate", "The Man Who Shot Liberty Valance"}),
    ],
)
def test_a_beginning_is_completed_to_a_whole_family_of_names(typed, at_least):
    assert set(CATALOGUE.complete(typed)) >= at_least


def test_a_common_beginning_has_more_completions_than_are_told():
    assert len(CATALOGUE.complete("the")) == 10


# Sets of films.


@pytest.mark.parametrize(
    "parts",
    [
        ["A Fistful of Dollars", "For a Few Dollars More", "The Good, the Bad and the Ugly"],
        ["Three Colors: Blue", "Three Colors: White", "Three Colors: Red"],
        [
            "The Lord of the Rings: The Fellowship of the Ring",
            "The Lord of the Rings: The Two Towers",
            "The Lord of the Rings: The Return of the King",
        ],
        [
            "Star Wars: Episode IV: A New Hope",
            "Star Wars: Episode V: The Empire Strikes Back",
            "Star Wars: Episode VI: Return of the Jedi",
            "Star Wars: Episode I: The Phantom Menace",
            "Star Wars: Episode II: Attack of the Clones",
            "Star Wars: Episode III: Revenge of the Sith",
        ],
        ["Alien", "Aliens", "Alien³", "Alien: Resurrection"],
        ["Kill Bill: Vol. 1", "Kill Bill: Vol. 2"],
    ],
)
def test_the_parts_of_a_set_are_films_of_their_own_in_the_order_they_came_out(parts):
    years = [film(name).release_year or 0 for name in parts]
    assert all(before <= after for before, after in pairwise(years))


def test_part_after_part_of_a_set_is_like_the_first():
    similar = [one.regular for one in CATALOGUE.similar(film("The Lord of the Rings: The Fellowship of the Ring"))]
    assert set(similar[:2]) == {
        "The Lord of the Rings: The Two Towers",
        "The Lord of the Rings: The Return of the King",
    }


@pytest.mark.parametrize("name", ["Brazil", "Solaris", "Se7en", "Gladiator", "The Dark Knight", "Apocalypse Now"])
def test_some_films_have_a_disc_of_bonus_material(name):
    one = next(one for one in FILMS if one.regular == name)
    (number,) = one.bonus_discs
    disc = CATALOGUE.titles[TitleType.DISC, number]
    assert disc.regular == f"{name}: Bonus Material"
    assert formats(disc) <= {"DVD", "Blu-ray"}


def test_a_bonus_disc_comes_on_dvd_on_blu_ray_or_on_both():
    discs = [CATALOGUE.titles[TitleType.DISC, number] for one in FILMS for number in one.bonus_discs]
    assert len(discs) >= 20
    assert {frozenset(formats(one)) for one in discs} == {
        frozenset({"DVD"}),
        frozenset({"Blu-ray"}),
        frozenset({"DVD", "Blu-ray"}),
    }


# Awards.


def awards_of(name: str, year: int | None = None) -> set[tuple[str, str, int, bool]]:
    return {(one.type, one.name, one.year, one.won) for one in film(name, year).awards}


@pytest.mark.parametrize(
    ("name", "award"),
    [
        ("It Happened One Night", ("academy_awards", "Best Picture", 1935, True)),
        ("Schindler's List", ("academy_awards", "Best Picture", 1994, True)),
        ("The King's Speech", ("academy_awards", "Best Picture", 2011, True)),
        ("The Shawshank Redemption", ("academy_awards", "Best Picture", 1995, False)),
        ("Avatar", ("golden_globe_awards", "Best Motion Picture - Drama", 2010, True)),
        ("Kill Bill: Vol. 1", ("golden_globe_awards", "Best Actress - Drama", 2004, False)),
        ("The Elephant Man", ("baftas", "Best Film", 1981, True)),
        ("Let the Right One In", ("baftas", "Best Film Not in the English Language", 2010, False)),
        ("Memento", ("independent_spirit_awards", "Best Feature", 2002, True)),
        ("Reservoir Dogs", ("independent_spirit_awards", "Best Director", 1993, False)),
        ("Blood Simple", ("sundance_film_festival", "Grand Jury Prize: Dramatic", 1985, True)),
        ("Reservoir Dogs", ("sundance_film_festival", "Grand Jury Prize: Dramatic", 1992, False)),
        ("Chinatown", ("afi", "AFI's 100 Years...100 Movies", 1998, True)),
        ("Mulholland Drive", ("afi", "Movie of the Year", 2002, False)),
        ("Catwoman", ("razzie", "Worst Picture", 2005, True)),
        ("Scarface", ("razzie", "Worst Director", 1984, False)),
        ("Chungking Express", ("time", "All-TIME 100 Movies", 2005, True)),
    ],
)
def test_a_film_won_or_was_nominated_for_awards_of_every_type(name, award):
    assert award in awards_of(name)


def test_every_type_of_award_occurs_won_and_but_for_the_lists_of_time_also_lost():
    given = {(award.type, award.won) for one in FILMS for award in one.awards}
    types = set(AwardType.__args__)
    assert {kind for kind, won in given if won} == types
    assert {kind for kind, won in given if not won} == types - {"time"}


def test_an_award_of_a_year_has_one_winner():
    """But for ties, and for lists that many films are on."""
    best = Counter(
        (award.type, award.year)
        for one in FILMS
        for award in one.awards
        if award.won and award.type in ("academy_awards", "baftas") and award.name in ("Best Picture", "Best Film")
    )
    assert max(best.values()) == 1


def test_whom_an_award_names_took_part_in_the_film():
    for one in FILMS:
        assert {award.person for award in one.awards if award.person} <= {*one.cast, *one.directors}, one.regular


# People.


@pytest.mark.parametrize(
    "name",
    [
        "Akira Kurosawa",
        "Alfred Hitchcock",
        "Billy Wilder",
        "Christopher Nolan",
        "Howard Hawks",
        "Martin Scorsese",
        "Pedro Almodóvar",
        "Quentin Tarantino",
        "Stanley Kubrick",
        "Steven Spielberg",
    ],
)
def test_some_directors_made_four_films_or_more(name):
    assert sum(person(name) in one.directors for one in FILMS) >= 4


@pytest.mark.parametrize(
    "name",
    [
        "Cary Grant",
        "George Clooney",
        "Harrison Ford",
        "Humphrey Bogart",
        "James Stewart",
        "Robert De Niro",
        "Samuel L. Jackson",
        "Sigourney Weaver",
        "Takashi Shimura",
        "Tom Hanks",
    ],
)
def test_some_people_acted_in_five_films_or_more(name):
    filmography = CATALOGUE.filmography(person(name))
    assert sum(person(name) in one.cast for one in FILMS) >= 5
    assert len(filmography) >= 5
    assert CATALOGUE.search_people(name)[0].name == name


def test_people_of_many_films_have_a_biography():
    for number, count in Counter(number for one in FILMS for number in (*one.cast, *one.directors)).items():
        if count >= 8:
            assert CATALOGUE.people[number].bio, CATALOGUE.people[number].name


def test_there_are_at_least_sixty_biographies_all_of_people_in_a_title():
    told = [one for one in CATALOGUE.people.values() if one.bio]
    assert len(told) >= 60
    assert all(CATALOGUE.filmography(one.number) for one in told)


def test_a_film_is_most_like_others_of_its_director():
    assert {one.regular for one in CATALOGUE.similar(film("Strangers on a Train"))[:3]} <= {
        one.regular for one in FILMS if person("Alfred Hitchcock") in one.directors
    }


# Discs, and what is on them.


def test_there_is_every_kind_of_screen_format():
    told = {label for one in FILMS for _, label in one.screen_formats}
    assert told >= {"Full Screen", "Widescreen Anamorphic 2.35:1", "Widescreen Letterbox 1.66:1", "Widescreen 2.40:1"}
    assert {name for one in FILMS for name, _ in one.screen_formats} == {"DVD", "Blu-ray"}


def test_some_discs_have_a_choice_of_screen_formats():
    assert [label for name, label in film("Mad Max").screen_formats if name == "DVD"] == [
        "Widescreen Anamorphic 2.35:1",
        "Full Screen",
    ]


def test_films_speak_many_languages_in_every_delivery_format():
    spoken = {(delivery, language) for one in FILMS for delivery, tracks in one.languages for language, _ in tracks}
    assert {delivery for delivery, _ in spoken} == {"instant", "DVD", "Blu-ray"}
    assert {language for _, language in spoken} >= {
        "Arabic",
        "Cantonese",
        "Danish",
        "English",
        "French",
        "German",
        "Italian",
        "Japanese",
        "Korean",
        "Mandarin",
        "Polish",
        "Portuguese",
        "Russian",
        "Spanish",
        "Spanish (Neutral)",
        "Swedish",
        "Thai",
    }


def test_there_is_every_kind_of_sound():
    heard = {audio for one in FILMS for _, tracks in one.languages for _, audios in tracks for audio in audios}
    assert heard >= {
        "DTS 5.1",
        "DTS 5.1 HD",
        "DTS-HD Master Audio 5.1",
        "Dolby Digital 1.0 Mono",
        "Dolby Digital 2.0 Stereo",
        "Dolby Digital 2.0 Surround",
        "Dolby Digital 5.1",
        "Dolby TrueHD 5.1",
        "LPCM 1.0 Mono",
        "PCM 5.1",
    }


def test_some_films_have_an_official_address():
    told = {one.official_url for one in FILMS if one.official_url}
    assert len(told) >= 10
    assert all(url.startswith("http://") for url in told)
    assert film("Avatar").official_url == "http://www.avatarmovie.com/"

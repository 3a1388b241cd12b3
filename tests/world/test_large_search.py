"""Search and autocomplete over many titles: they find what a plain search finds, in its order, with exact counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mock_netflix.data.generate.world import Generated
from mock_netflix.data.load import load
from mock_netflix.world import word_index
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.tally import Tally, bits_of, ranks_of
from mock_netflix.world.titles import Title, TitleType
from mock_netflix.world.word_index import words
from tests.worlds import a_movie

# Few words, so that many titles share them; some begin alike, some have accents and marks, some are none.
WORDS = ["the", "of", "a", "lantern", "lanternfish", "lan", "paper", "moon", "Ámelie", "amelie"]
ODD_WORDS = ["O'Brien", "wall-e", "!", "…", "2", "lo", "l"]
PEOPLE = [Person(number, name) for number, name in enumerate(("Ada Moon", "Lan Vale", "Belén the", "O’Brien"), start=1)]

texts = st.lists(st.sampled_from(WORDS + ODD_WORDS), max_size=5).map(" ".join)
terms = st.builds(lambda text, cut: text[: len(text) - cut], texts, st.integers(0, 3))


@st.composite
def catalogues(draw: st.DrawFn) -> list[Title]:
    people = st.lists(st.integers(1, len(PEOPLE)), max_size=3).map(tuple)
    return [
        a_movie(
            number,
            draw(texts),
            type=draw(st.sampled_from(TitleType)),
            short=draw(texts),
            synopsis=draw(texts),
            average_rating=draw(st.integers(10, 50)) / 10,
            cast=draw(people),
            directors=draw(people),
            genres=tuple(draw(st.sets(st.sampled_from("abc")))),
        )
        for number in range(1, draw(st.integers(1, 12)))
    ]


def points(asked: list[str], found: tuple[tuple[list[str], int], ...]) -> float:
    """What a thing scores, said as plainly as possible: the best match of each word, and a bonus for the very name."""
    score = 0.0
    for place, word in enumerate(asked):
        whole = [worth for text, worth in found if word in text]
        begun = [worth / 2 for text, worth in found if any(one.startswith(word) for one in text)]
        score += max([*whole, *(begun if place == len(asked) - 1 else ()), 0])
    return score + 40 * (found[0][0] == asked)


def plainly(term: str, titles: list[Title]) -> list[Title]:
    """What a search finds that looks at every title."""
    names = {person.number: person.name for person in PEOPLE}
    kinds = list(TitleType)
    famous = sorted(titles, key=lambda one: (kinds.index(one.type), -one.average_rating, one.regular, one.number))
    if not term.strip():
        return famous
    scores = {}
    for title in famous:
        people = words(" ".join(names[number] for number in (*title.cast, *title.directors)))
        found = (words(title.regular), 8), (people, 3), (words(title.synopsis), 1)
        scores[title.key] = points(words(term), found)
    return sorted((one for one in famous if scores[one.key]), key=lambda one: -scores[one.key])


@pytest.mark.parametrize("many", [0, 3, 1000])
@given(catalogues(), terms)
def test_it_finds_what_a_search_finds_that_looks_at_every_title(many, titles, term):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_index, "_MANY", many)
        patch.setattr(word_index, "_FEW", 0)
        patch.setattr(word_index, "_LARGE_PART", 10**9)
        found = Catalogue(titles, PEOPLE).search(term)
        assert list(found) == plainly(term, titles)
        assert len(found) == len(plainly(term, titles))


@given(catalogues(), terms)
def test_completions_are_those_of_a_walk_over_every_name(titles, term):
    asked = " ".join(words(term))
    wholes = [one for one in plainly("", titles) if one.type in (TitleType.MOVIE, TitleType.SERIES)]

    def begins(title: Title) -> bool:
        name = words(title.regular)
        return any(" ".join(name[place:]).startswith(asked) for place in range(len(name)))

    expected = dict.fromkeys(one.short for one in wholes if asked and begins(one))
    assert Catalogue(titles, PEOPLE).complete(term) == tuple(expected)[:10]


@given(catalogues())
def test_similar_titles_are_those_of_a_walk_over_every_title(titles):
    title = titles[0] if titles else a_movie(1, cast=(), directors=(), genres=())
    scores = {}
    for other in plainly("", titles):
        shared = (("directors", 4), ("cast", 3), ("genres", 1))
        scores[other.key] = sum(len({*getattr(title, by)} & {*getattr(other, by)}) * worth for by, worth in shared)
    wholes = (one for one in plainly("", titles) if one.type in (TitleType.MOVIE, TitleType.SERIES))
    alike = sorted((one for one in wholes if scores[one.key]), key=lambda one: -scores[one.key])
    assert Catalogue(titles, PEOPLE).similar(title) == tuple(one for one in alike if one.key != title.key)


ranks = st.sets(st.integers(0, 9000), max_size=40)


@given(ranks, st.integers(0, 50), st.integers(0, 50))
def test_a_set_of_ranks_gives_any_part_of_itself(some, start, stop):
    assert [*ranks_of(bits_of(some, 9001), start, stop)] == sorted(some)[start:stop]
    assert [*ranks_of(bits_of(some, 9001))] == sorted(some)


@given(st.lists(st.tuples(ranks, st.integers(1, 90)), max_size=6), st.integers(0, 60), st.integers(0, 60))
def test_a_tally_ranks_by_the_points_and_then_by_the_rank(given_points, start, stop):
    tally, scores = Tally(), dict[int, int]()
    for some, worth in given_points:
        tally.give((bits_of(some, 9001), worth))
        scores.update({rank: scores.get(rank, 0) + worth for rank in some})
    expected = sorted(scores, key=lambda rank: (-scores[rank], rank))
    ranking = tally.ranking()
    assert list(ranking[start:stop]) == expected[start:stop]
    assert (len(ranking), list(ranking)) == (len(expected), expected)
    assert [ranking[place] for place in range(-len(expected), len(expected))] == expected * 2


GENERATED = load(generated=Generated(1, 4000)).catalogue


@pytest.mark.parametrize("term", ["the", "the man", "t", "lan", "", "season 1", "zebra", "göteborg", "goteborg"])
def test_pages_of_a_large_catalogue_fit_together(term):
    found = GENERATED.search(term)
    every = [title.key for title in found]
    assert len(every) == len({*every}) == len(found)
    pages = [title.key for start in range(0, len(found), 700) for title in found[start : start + 700]]
    assert pages == every
    assert found[len(found) :] == ()


def test_every_word_of_a_title_and_of_its_people_finds_it():
    for title in GENERATED.search("")[::97]:
        people = [GENERATED.people[number].name for number in (*title.cast, *title.directors)]
        for text in (title.regular, title.synopsis, *people):
            word = words(text)[-1]
            assert title.key in {one.key for one in GENERATED.search(word)}
            assert title.key in {one.key for one in GENERATED.search(word[:2])}


def test_every_person_is_found_by_name_and_the_best_known_come_first():
    people = GENERATED.search_people("")
    assert len(people) == len(GENERATED.people)
    for person in people[::501]:
        assert GENERATED.search_people(person.name)[0] == person
    films = [len(GENERATED.filmography(person.number)) for person in people[:200]]
    assert films == sorted(films, reverse=True)


def test_the_best_known_of_a_type_are_the_first_of_it_in_the_order_of_fame():
    for kind in TitleType:
        famous = [title for title in GENERATED.search("") if title.type is kind][:5]
        assert [*GENERATED.best_known(kind, 5)] == famous
    assert [*Catalogue((), PEOPLE).best_known(TitleType.DISC, 5)] == []


def test_a_person_changes_with_the_newest_of_their_titles():
    for person in GENERATED.search_people("")[::307]:
        changed = [title.changed for title in GENERATED.filmography(person.number) if title.changed is not None]
        assert GENERATED.changed_with(person.number) == max(changed, default=None)

"""From fixture files to the state of a world."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mock_netflix.calendar import DEFAULT_AS_OF, LONG_TOKENS, LONG_USER_IDS
from mock_netflix.data import schema
from mock_netflix.data.cast_list import CastList
from mock_netflix.data.files import Fixture, FixtureError, default_folder, read_all
from mock_netflix.data.subscribers import of_subscriber
from mock_netflix.data.titles import of_movie, of_series
from mock_netflix.world import identifiers
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.grants import Grants, issue_access_token, register
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title, TitleKey, TitleType

if TYPE_CHECKING:
    from mock_netflix.data.generate.world import Generated

DEFAULT_SEED = "mock-netflix"


def load(
    paths: Iterable[Path] = (),
    seed: str = DEFAULT_SEED,
    as_of: int = DEFAULT_AS_OF,
    generated: Generated | None = None,
) -> State:
    """The default world, and what the files or folders at `paths` and a generated world add to it.

    `as_of` (epoch seconds) decides on the forms of ids and tokens. Raises FixtureError.
    """
    fixtures = read_all((default_folder(), *paths))
    people = CastList(_people(fixtures))
    titles = _titles(fixtures, people)
    form = identifiers.long_user_id if as_of >= LONG_USER_IDS else identifiers.user_id
    user_id = partial(form, seed)
    described = {person.number: person for person in people.everyone()}
    catalogue = generated.beside(titles, described) if generated else Catalogue(titles, described)
    more = generated.subscribers(user_id) if generated else ()
    subscribers = {one.user_id: one.until(as_of) for one in _subscribers(fixtures, catalogue.titles, user_id)}
    for one in more:
        # Who is described in a file goes before who would be generated with the same login.
        subscribers.setdefault(one.user_id, one.until(as_of))
    grants = _applications(fixtures, Grants(seed, long_tokens=as_of >= LONG_TOKENS))
    application = next(iter(grants.applications.values()))
    subscriber = next(iter(subscribers.values()))
    grants, token = issue_access_token(grants, application.key, subscriber.user_id)
    return State(catalogue, subscribers, grants, application, subscriber, token)


def _people(fixtures: list[Fixture]) -> Iterator[schema.Person]:
    taken: set[int] = set()
    for fixture in fixtures:
        for place, person in enumerate(fixture.content.people):
            if person.id in taken:
                raise FixtureError(fixture.file, f"people[{place}].id", f"there is a person {person.id} already")
            if person.id is not None:
                taken.add(person.id)
            yield person


def _applications(fixtures: list[Fixture], grants: Grants) -> Grants:
    for fixture in fixtures:
        for place, given in enumerate(fixture.content.applications):
            if given.key in grants.applications:
                where = f"applications[{place}].key"
                raise FixtureError(fixture.file, where, f"there is an application with the key {given.key} already")
            grants, _ = register(grants, given.name, given.key, given.secret)
    return grants


def _titles(fixtures: list[Fixture], people: CastList) -> dict[TitleKey, Title]:
    titles: dict[TitleKey, Title] = {}
    for fixture in fixtures:
        for place, described in _described(fixture.content):
            try:
                made = list(
                    of_movie(described, people) if isinstance(described, schema.Movie) else of_series(described, people)
                )
            except ValueError as error:
                raise FixtureError(fixture.file, place, str(error)) from None
            for title in made:
                if title.key in titles:
                    raise FixtureError(
                        fixture.file, place, f"there is a title {title.type}/{title.number} already: {title.regular}"
                    )
                titles[title.key] = title
    return titles


def _described(content: schema.FixtureFile) -> Iterator[tuple[str, schema.Movie | schema.Series]]:
    for place, movie in enumerate(content.movies):
        yield f"movies[{place}]", movie
    for place, series in enumerate(content.series):
        yield f"series[{place}]", series


def _subscribers(
    fixtures: list[Fixture], titles: Mapping[TitleKey, Title], user_id: Callable[[str], str]
) -> Iterator[Subscriber]:
    logins: set[str] = set()
    for fixture in fixtures:
        for place, given in enumerate(fixture.content.subscribers):
            where = f"subscribers[{place}]"

            def find(ref: schema.TitleRef, at: str, where: str = where, file: str = fixture.file) -> TitleKey:
                kind, _, number = ref.partition("/") if isinstance(ref, str) else ("", "", str(ref))
                kinds = (TitleType(kind),) if kind else tuple(TitleType)
                found = [key for one in kinds if (key := (one, int(number))) in titles]
                if len(found) == 1:
                    return found[0]
                reason = "no title has this number" if not found else "several titles have this number"
                choices = "".join(f', write "{kind}/{number}"' for kind, number in found)
                raise FixtureError(file, f"{where}.{at}", f"{ref}: {reason}{choices}")

            if given.login.casefold() in logins:
                raise FixtureError(fixture.file, f"{where}.login", f"there is a subscriber {given.login} already")
            logins.add(given.login.casefold())
            try:
                yield of_subscriber(given, user_id(given.login), find)
            except ValueError as error:
                raise FixtureError(fixture.file, where, str(error)) from None

"""From fixture files to the state of a world."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mock_netflix.calendar import DEFAULT_AS_OF, LONG_TOKENS, LONG_USER_IDS
from mock_netflix.data import schema
from mock_netflix.data.cast_list import CastList
from mock_netflix.data.faults import Fault, Faults, Place
from mock_netflix.data.files import Fixture, default_fixtures, own_fixtures
from mock_netflix.data.numbering import described as described_in
from mock_netflix.data.numbering import number_titles
from mock_netflix.data.references import References
from mock_netflix.data.subscribers import Telling, of_subscriber
from mock_netflix.data.titles import of_movie, of_series
from mock_netflix.world import identifiers
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.grants import Application, Grants, issue_access_token, register
from mock_netflix.world.state import State
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.titles import Title, TitleKey

if TYPE_CHECKING:
    from mock_netflix.data.generate.world import Generated

DEFAULT_SEED = "mock-netflix"

# What is said of dates that have not come yet; the day of the world follows.
_LATER = "what is dated later is not there yet; --as-of chooses the day, which is"

# Whom a world has that names nobody: those of the default world, so that keys and tokens are the same.
_SOMEBODY = schema.FixtureFile(
    subscribers=[schema.Subscriber(login="sam@example.com", first_name="Sam", last_name="Larkwell")]
)
_SOME_APPLICATION = schema.FixtureFile(applications=[schema.Application(name="Green Eggs")])


def _unheard(note: Fault) -> None:
    """Nobody listens."""


def load(
    paths: Iterable[Path] = (),
    seed: str = DEFAULT_SEED,
    as_of: int = DEFAULT_AS_OF,
    note: Callable[[Fault], object] = _unheard,
    generated: Generated | None = None,
    catalogue: Catalogue | None = None,
) -> State:
    """The default world and what the files or folders at `paths` add to it; or, where one says so, only the latter.

    A generated world stands beside them. `catalogue`: the one that was made of all this before, to be shared.

    `as_of` (epoch seconds) decides on the forms of ids and tokens, and nothing is later. `note` hears of what is no
    fault, but may not be meant. Raises FixtureError with every fault there is.
    """
    faults = Faults()
    fixtures = _fixtures(paths, faults)
    number_titles(fixtures, faults)
    people = CastList(_people(fixtures, faults))
    titles, own = _titles(fixtures, people, faults)
    described = {person.number: person for person in people.everyone()}
    keys = [title.key for title in own]
    if catalogue is None:
        catalogue = generated.beside(titles, described, keys) if generated else Catalogue(titles, described, own=keys)
    references = References(titles.values(), keys, catalogue.titles)
    form = identifiers.long_user_id if as_of >= LONG_USER_IDS else identifiers.user_id
    user_id = partial(form, seed)
    subscribers, subscriber = _subscribers(fixtures, references, titles.values(), faults, user_id, as_of)
    for one in generated.subscribers(user_id) if generated else ():
        # Who is described in a file goes before who would be generated with the same login.
        subscribers.setdefault(one.user_id, one.until(as_of))
    grants, application = _applications(fixtures, Grants(seed, long_tokens=as_of >= LONG_TOKENS), faults)
    faults.check()
    for said in faults.notes:
        note(said)
    grants, token = issue_access_token(grants, application.key, subscriber.user_id)
    return State(catalogue, subscribers, grants, application, subscriber, token)


def _fixtures(paths: Iterable[Path], faults: Faults) -> list[Fixture]:
    """What a world is made of; there is always a subscriber in it, and an application."""
    fixtures = own_fixtures(paths, faults)
    if all(fixture.content.defaults for fixture in fixtures):
        fixtures = [*default_fixtures(), *fixtures]
    if not any(fixture.content.subscribers for fixture in fixtures):
        fixtures.append(Fixture("", _SOMEBODY))
    if not any(fixture.content.applications for fixture in fixtures):
        fixtures.append(Fixture("", _SOME_APPLICATION))
    return fixtures


def _people(fixtures: list[Fixture], faults: Faults) -> Iterator[schema.Person]:
    taken: set[int] = set()
    for fixture in fixtures:
        for index, person in enumerate(fixture.content.people):
            if person.id in taken:
                reason = f"there is a person {person.id} already"
                faults.add(fixture.file, reason, ("people", index, "id"), fixture.find)
            if person.id is not None:
                taken.add(person.id)
            yield person


def _titles(fixtures: list[Fixture], people: CastList, faults: Faults) -> tuple[dict[TitleKey, Title], list[Title]]:
    """All titles, and those of a person's own files."""
    titles: dict[TitleKey, Title] = {}
    own: list[Title] = []
    for fixture in fixtures:
        for place, one in described_in(fixture.content):
            made = list(of_movie(one, people) if isinstance(one, schema.Movie) else of_series(one, people))
            for title in made:
                if title.key in titles:
                    reason = f"there is a title {title.type}/{title.number} already: {titles[title.key].regular}"
                    faults.add(fixture.file, reason, place, fixture.find)
                titles[title.key] = title
            if fixture.own:
                own += made
    return titles, own


def _subscribers(
    fixtures: list[Fixture],
    references: References,
    titles: Collection[Title],
    faults: Faults,
    user_id: Callable[[str], str],
    as_of: int,
) -> tuple[dict[str, Subscriber], Subscriber]:
    """All subscribers by user id, as they were on that day, and the ready one."""
    subscribers: dict[str, Subscriber] = {}
    logins: set[str] = set()
    ready = _Ready(faults)
    for fixture in fixtures:
        for index, given in enumerate(fixture.content.subscribers):
            place = "subscribers", index
            if given.login.casefold() in logins:
                reason = f"there is a subscriber {given.login} already"
                faults.add(fixture.file, reason, (*place, "login"), fixture.find)
            logins.add(given.login.casefold())
            told = Telling(fixture, place, given, references, faults, as_of, titles)
            whole = of_subscriber(told, user_id(given.login))
            subscribers[whole.user_id] = one = whole.until(as_of)
            if fixture.own and one != whole:
                faults.note(fixture.file, f"{_LATER} {datetime.fromtimestamp(as_of, UTC).date()}", place, fixture.find)
            ready.hear(one.user_id, given.ready, fixture, (*place, "ready"))
    return subscribers, subscribers[ready.name]


def _applications(fixtures: list[Fixture], grants: Grants, faults: Faults) -> tuple[Grants, Application]:
    """The grants with all applications, and the ready one."""
    ready = _Ready(faults)
    for fixture in fixtures:
        for index, given in enumerate(fixture.content.applications):
            place = "applications", index
            if given.key in grants.applications:
                reason = f"there is an application with the key {given.key} already"
                faults.add(fixture.file, reason, (*place, "key"), fixture.find)
            grants, made = register(grants, given.name, given.key, given.secret)
            ready.hear(made.key, given.ready, fixture, (*place, "ready"))
    return grants, grants.applications[ready.name]


class _Ready:
    """Which of several is the ready one: the one of which it is said, or the first."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._said = False
        self.name = ""

    def hear(self, name: str, said: bool, fixture: Fixture, place: Place) -> None:
        if said and self._said:
            self._faults.add(fixture.file, "another one is the ready one already", place, fixture.find)
        if said or not self.name:
            self.name = name
        self._said = self._said or said

"""A generated world: as many titles and subscribers as were asked for, and the people of the titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from mock_netflix.data import schema
from mock_netflix.data.faults import Faults
from mock_netflix.data.files import Fixture
from mock_netflix.data.generate.people import People
from mock_netflix.data.generate.shelves import GeneratedPeople, GeneratedTitles
from mock_netflix.data.generate.subscribers import generated_subscriber
from mock_netflix.data.generate.titles import Titles
from mock_netflix.data.references import References
from mock_netflix.data.subscribers import Telling, of_subscriber
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.people import Person
from mock_netflix.world.subscribers import Subscriber
from mock_netflix.world.survey import Progress
from mock_netflix.world.titles import Title, TitleKey
from mock_netflix.world.together import Together


class Generated:
    """The world of a seed with so many titles and subscribers. `progress` is told how far loading it has come."""

    def __init__(self, seed: int, titles: int, subscribers: int = 0, progress: Progress | None = None) -> None:
        people = People(seed)
        made = Titles(seed, people)
        self.titles = GeneratedTitles(made, titles)
        self.people = GeneratedPeople(people, made, titles)
        self._seed, self._subscribers, self._progress = seed, subscribers, progress

    def described(self) -> Iterator[schema.Subscriber]:
        """The subscribers, as a fixture file would describe them."""
        for number in range(1, self._subscribers + 1):
            yield generated_subscriber(self._seed, number, self.titles)

    def subscribers(self, user_id: Callable[[str], str]) -> Iterator[Subscriber]:
        """The subscribers. `user_id` makes an id of a login."""
        references, faults = References((), (), self.titles), Faults()
        nowhere = Fixture("", schema.FixtureFile())
        for given in self.described():
            yield of_subscriber(Telling(nowhere, (), given, references, faults, 0, ()), user_id(given.login))

    def beside(
        self, titles: Mapping[TitleKey, Title], people: Mapping[int, Person], own: Iterable[TitleKey] = ()
    ) -> Catalogue:
        """The catalogue of these titles and people and the generated ones, ready to be searched."""
        catalogue = Catalogue(Together(titles, self.titles), Together(people, self.people), titles, own)
        catalogue.prepare(self._progress)
        return catalogue

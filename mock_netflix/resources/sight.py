"""From where a thing of the catalogue is seen; what is shown of it depends on nothing else, and so can be kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from mock_netflix.calendar import FAR_AWAY
from mock_netflix.wire.links import Links
from mock_netflix.world.catalogue import Catalogue
from mock_netflix.world.titles import Availability, Title


# Compared by identity, for it is part of the key of everything that is kept.
@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A catalogue, the addresses for the host that was asked, and the day, in epoch seconds of its beginning.

    `told_until`: later ends of availability are not told on that day; None where all are.
    """

    catalogue: Catalogue
    links: Links
    today: int
    told_until: int | None

    def formats(self, title: Title) -> tuple[Availability, ...]:
        """The formats of a title that are not gone, with what was told of their ends (reference: protocol 1.3)."""
        left = (one for one in title.formats if one.available_until is None or one.available_until > self.today)
        return tuple(replace(one, available_until=self._told(one)) for one in left)

    def _told(self, availability: Availability) -> int | None:
        until = availability.available_until
        if self.told_until is None or (until is not None and until <= self.told_until):
            return until
        return FAR_AWAY if availability.format == "instant" else None


@lru_cache(maxsize=64)
def sight_of(catalogue: Catalogue, links: Links, today: int, told_until: int | None) -> Sight:
    """The same sight for the same parts; bounded, for clients choose the host."""
    return Sight(catalogue, links, today, told_until)
